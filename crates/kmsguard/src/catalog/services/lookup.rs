//! Finds services in the table: by id, by the words that people use, by a CRN, by an instance and its plan.

use super::{SERVICES, Service, life, placement};
use crate::catalog::needs::{Generation, PlanFacts, generation};

/// The service of an id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Service> {
    SERVICES.iter().copied().find(|service| service.id == id)
}

/// The services that a word may mean which is no id: the name that IAM has, another word, a title.
pub fn named(word: &str) -> impl Iterator<Item = &'static Service> {
    let word = word.to_ascii_lowercase();
    SERVICES.iter().copied().filter(move |service| {
        [service.service_name, service.crn_service].contains(&word.as_str())
            || service.also.contains(&word.as_str())
            || service.title.eq_ignore_ascii_case(&word)
    })
}

/// The services of which a CRN may name a deployment, or a resource that is encrypted with the key: by its service and its
/// resource type.
pub fn of_crn<'a>(service_name: &'a str, resource_type: &'a str) -> impl Iterator<Item = &'static Service> + 'a {
    let listed = move |service: &&'static Service| {
        service.crn_service == service_name && service.crn_types.contains(&resource_type)
    };
    SERVICES.iter().copied().filter(listed)
}

/// The service that a service instance is of: by the name that IAM and its CRN have, and by what is known of its generation.
/// None where the service is not listed, takes its key on something below the instance, or where nothing tells the generation.
#[must_use]
pub fn of_instance(service_name: &str, facts: &PlanFacts<'_>) -> Option<&'static Service> {
    let mut listed = of_crn(service_name, "");
    let generation = generation(service_name, facts);
    if generation == Generation::NotApplicable {
        return listed.next();
    }
    listed.find(|service| service.generation == generation)
}

/// The services that are documented to take a customer's key, by the names that authorizations and CRNs have for them.
#[must_use]
pub fn takers() -> Vec<&'static str> {
    let mut names: Vec<&str> =
        SERVICES.iter().flat_map(|service| [service.service_name, service.crn_service]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a service is documented to take a customer's key, by the name that authorizations and CRNs have for it.
#[must_use]
pub fn is_taker(name: &str) -> bool {
    SERVICES.iter().any(|service| service.service_name == name || service.crn_service == name)
}

/// Whether a service registers what it encrypts with a key, so that a complete list of registrations shows it. Of one that has
/// parts which do, and others of which nothing is known, the parts count that authorizations are needed for most.
#[must_use]
pub fn registers(name: &str) -> bool {
    let mut rows = SERVICES.iter().filter(|service| service.service_name == name || service.crn_service == name);
    rows.any(|service| life(service).and_then(|life| life.registers.known()) == Some(true))
}

/// For how many days a deleted deployment of a service can be had back, where its pages promise that. `service` is that of a CRN. Where
/// nothing tells the generation, both must promise it.
#[must_use]
pub fn reclaimable_days(service: &str, generation: Generation) -> Option<u32> {
    let either =
        |row: &Service| !matches!(generation, Generation::Gen2 | Generation::Classic) || row.generation == generation;
    let rows = SERVICES.iter().copied().filter(|row| row.crn_service == service && either(row));
    let days = rows.map(|row| life(row)?.soft_delete.as_ref()?.reclaimable_days);
    days.collect::<Option<Vec<u32>>>()?.into_iter().min()
}

/// Whether a service takes its key as a parameter of the service instance, and is known to repeat it, so that an instance whose
/// parameters are known and name none has none. Object Storage takes it per bucket, VPC per volume, clusters by a call of their
/// own.
#[must_use]
pub fn takes_key_on_instance(name: &str) -> bool {
    let mut rows = SERVICES.iter().filter(|service| service.crn_service == name);
    rows.any(|service| placement(service).is_some_and(super::Placement::is_told_by_instance))
}
