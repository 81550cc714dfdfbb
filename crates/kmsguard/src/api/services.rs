//! The catalogue of services, as `kmsguard schema services` prints it.

use serde::Serialize;

use crate::catalog::Source;
use crate::catalog::effects::{
    Consequence, Effect, Family, disable_key, families, restore_key, revoke, revoke_both, revoke_dependent, rotate_key,
};
use crate::catalog::needs::Generation;
use crate::catalog::services::{
    Call, Change, Delegation, Fact, Holds, Placement, SERVICES, Service, Set, Shape, Stated, life, placement,
};

/// A fact with its pages; both, where two contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueFact {
    /// Its name, by which notes cite it.
    #[serde(rename = "ref")]
    pub reference: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
    /// What another page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<CatalogueDoubt>,
}

/// What another page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueDoubt {
    /// What it says.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
}

/// A plan of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CataloguePlan {
    /// As the command line and Terraform take it.
    pub name: &'static str,
    /// As the REST API takes it; null where none was found.
    pub id: Option<&'static str>,
    /// What it does with a key: `taken`, `not-taken`, `ignored` or `unknown`.
    pub key: &'static str,
}

/// A member of a call that names the key, or a part of its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueMember {
    /// What it holds.
    pub holds: &'static str,
    /// Its place in the body, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<&'static str>,
    /// The header of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<&'static str>,
    /// The flag of the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cli: Option<&'static str>,
    /// The argument of Terraform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terraform: Option<&'static str>,
}

/// Regions of keys, where only some are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueKeyRegions {
    /// For which of the keys.
    pub of: &'static str,
    /// The service of the keys.
    pub target: &'static str,
    /// The regions.
    pub regions: &'static [&'static str],
}

/// What an action on the key does to the deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueEffect {
    /// To which of them.
    pub family: &'static str,
    /// The action: `delete-key`, `disable-key`, `restore-key`, `rotate-key`, `revoke` for its own authorization, `revoke-dependent` for the one that it
    /// made for the service below it, `revoke-both`. Of an action that is not here no page that was read says what it does.
    pub action: &'static str,
    /// The effect in one word.
    pub effect: Effect,
    /// The effect in a sentence.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
}

/// A service that takes a customer's key. What no page that was read states is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueService {
    /// The id that requests use.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The service by the name that an authorization's subject has for it.
    pub service_name: &'static str,
    /// The type of its resources, where an authorization's subject names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<&'static str>,
    /// The service by the name that the CRNs of its deployments have.
    pub crn_service: &'static str,
    /// The resource types of those CRNs; an empty one is a service instance.
    pub crn_types: &'static [&'static str],
    /// `gen2` or `classic`, for services that have both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<&'static str>,
    /// Its plans; none where a key does not hang on a plan.
    pub plans: Vec<CataloguePlan>,
    /// The fields that a request for a plan may have.
    pub fields: Vec<&'static str>,
    /// The regions in which it was offered when the list was read; null where no list was read.
    pub regions: Option<&'static [&'static str]>,
    /// How it wants the key to be named: `key-crn`, `instance-and-key-id` or `both`.
    pub key: &'static str,
    /// The call that takes the key.
    pub call: &'static str,
    /// The members of that call that name the key.
    pub members: Vec<CatalogueMember>,
    /// When a key can be set: `at-creation` or `later`.
    pub set: &'static str,
    /// How it can be changed: `never`, `again`, `support-ticket`, or null where nothing was found.
    pub change: Option<&'static str>,
    /// The roles it needs on the key in every case.
    pub roles: Vec<&'static str>,
    /// When it needs delegation too: `no`, `always`, `with-backup-key`, `on-performance-plans`, or `unknown-across-accounts`.
    pub delegation: &'static str,
    /// The service that works for it, by an authorization that it makes itself.
    pub dependents: Vec<&'static str>,
    /// The services that need authorizations beside it.
    pub also_authorized: Vec<&'static str>,
    /// The services whose keys it takes.
    pub targets: &'static [&'static str],
    /// The scopes of an authorization that it honours, the one to use first.
    pub scopes: Vec<&'static str>,
    /// Whether it honours an authorization of a key ring; null where nothing was found.
    pub key_ring: Option<bool>,
    /// The scope that may not be honoured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubtful_scope: Option<&'static str>,
    /// Regions of keys, where only some are taken.
    pub key_regions: Vec<CatalogueKeyRegions>,
    /// Whether it registers what it encrypts on the key; null where nothing was found.
    pub registers: Option<bool>,
    /// For so many days a deleted deployment can be had back; null where nothing was found.
    pub reclaimable_days: Option<u32>,
    /// For up to so many days a deleted deployment stays registered; null where nothing was found.
    pub registered_days: Option<u32>,
    /// Whether IBM's tool that moves keys to Key Protect Dedicated knows its intents; null where nothing was found.
    pub migration_intent: Option<bool>,
    /// What actions on the key do.
    pub effects: Vec<CatalogueEffect>,
    /// The facts behind all this, with their pages.
    pub facts: Vec<CatalogueFact>,
}

/// The services that take a customer's key, with all that is known of them.
#[must_use]
pub fn services() -> Vec<CatalogueService> {
    SERVICES.iter().filter_map(|service| Some(row(service, placement(service)?))).collect()
}

fn row(service: &'static Service, placement: &'static Placement) -> CatalogueService {
    let life = life(service);
    let soft_delete = life.and_then(|life| life.soft_delete.as_ref());
    CatalogueService {
        id: service.id,
        title: service.title,
        service_name: service.service_name,
        source_type: service.source_type,
        crn_service: service.crn_service,
        crn_types: service.crn_types,
        generation: match service.generation {
            Generation::Gen2 => Some("gen2"),
            Generation::Classic => Some("classic"),
            Generation::Unknown | Generation::NotApplicable => None,
        },
        plans: service
            .plans
            .iter()
            .map(|plan| CataloguePlan { name: plan.name, id: plan.id, key: plan.key.name() })
            .collect(),
        fields: crate::plan::fields_of(service),
        regions: service.regions.map(|regions| regions.known),
        key: match placement.shape {
            Shape::KeyCrn => "key-crn",
            Shape::InstanceAndKeyId => "instance-and-key-id",
            Shape::Both => "both",
        },
        call: call(placement.call),
        members: members(placement),
        set: if placement.set == Set::AtCreation { "at-creation" } else { "later" },
        change: match placement.change {
            Change::Never => Some("never"),
            Change::Again => Some("again"),
            Change::SupportTicket => Some("support-ticket"),
            Change::Unknown => None,
        },
        roles: service.roles.iter().map(|role| role.name).collect(),
        delegation: match service.delegation {
            Delegation::No => "no",
            Delegation::Always => "always",
            Delegation::WithBackupKey => "with-backup-key",
            Delegation::OnPlans(_) => "on-performance-plans",
            Delegation::AcrossAccounts => "unknown-across-accounts",
        },
        dependents: service.dependent.iter().map(|dependent| dependent.service).collect(),
        also_authorized: service.grants.iter().map(|grant| grant.source).collect(),
        targets: service.targets,
        scopes: service.scopes.iter().map(|scope| scope.name()).collect(),
        key_ring: service.key_ring,
        doubtful_scope: service.doubtful.map(|doubtful| doubtful.scope.name()),
        key_regions: placement
            .key_regions
            .iter()
            .map(|some| CatalogueKeyRegions { of: holds(some.of), target: some.target, regions: some.regions })
            .collect(),
        registers: life.and_then(|life| life.registers.known()),
        reclaimable_days: soft_delete.and_then(|soft| soft.reclaimable_days),
        registered_days: soft_delete.and_then(|soft| soft.registered_days),
        migration_intent: life.and_then(|life| life.migration_intent.known()),
        effects: effects(service),
        facts: facts(service, placement),
    }
}

const fn call(call: Call) -> &'static str {
    match call {
        Call::ResourceController => "resource-controller",
        Call::Bucket => "object-storage-bucket",
        Call::BackupVault => "object-storage-backup-vault",
        Call::Vpc => "vpc",
        Call::Cluster => "cluster",
        Call::Integration => "integration",
        Call::Settings => "schematics-settings",
    }
}

const fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::KeyCrn => "key-crn",
        Holds::BackupKeyCrn => "backup-key-crn",
        Holds::InstanceCrn => "instance-crn",
        Holds::InstanceId => "instance-id",
        Holds::KeyId => "key-id",
        Holds::Endpoint => "endpoint",
        Holds::Account => "account",
    }
}

fn members(placement: &'static Placement) -> Vec<CatalogueMember> {
    let member = |member: &'static crate::catalog::services::Member| CatalogueMember {
        holds: holds(member.holds),
        json: member.json,
        header: member.header,
        cli: member.cli,
        terraform: member.terraform,
    };
    placement.members.iter().map(member).collect()
}

fn effects(service: &'static Service) -> Vec<CatalogueEffect> {
    let resource_type = service.crn_types.first().copied().unwrap_or_default();
    let families = families(service.crn_service, resource_type).iter().filter(|family| {
        let either = service.generation == Generation::NotApplicable;
        either || family.generation.is_none_or(|generation| generation == service.generation)
    });
    let effect = |family: &Family, action, consequence: &Consequence| CatalogueEffect {
        family: family.name,
        action,
        effect: consequence.effect,
        text: consequence.what,
        source: consequence.source,
    };
    let mut effects = Vec::new();
    for family in families {
        let columns = [
            ("delete-key", Some(&family.delete_key)),
            ("disable-key", disable_key(family)),
            ("restore-key", restore_key(family)),
            ("rotate-key", rotate_key(family)),
            ("revoke", revoke(family)),
            ("revoke-dependent", revoke_dependent(family)),
            ("revoke-both", revoke_both(family)),
        ];
        let known = columns.into_iter().filter_map(|(action, found)| Some(effect(family, action, found?)));
        effects.extend(known);
    }
    effects
}

/// The facts of a row, each once.
fn facts(service: &'static Service, placement: &'static Placement) -> Vec<CatalogueFact> {
    let life = life(service);
    let stated = |of: fn(&crate::catalog::services::Life) -> &Stated| life.and_then(|life| of(life).because());
    let mut found: Vec<&Fact> = vec![&service.roles_because, &service.scopes_because, &service.targets_because];
    found.extend(service.plans_because.as_ref());
    found.extend(service.grants.iter().map(|grant| &grant.because));
    found.extend(service.dependent.as_ref().map(|dependent| &dependent.because));
    found.push(&placement.because);
    found.extend(placement.final_because.as_ref());
    found.extend(placement.key_regions.iter().map(|regions| &regions.because));
    found.extend(stated(|life| &life.registers));
    found.extend(life.and_then(|life| life.soft_delete.as_ref()).map(|soft| &soft.because));
    found.extend(stated(|life| &life.migration_intent));
    let mut facts: Vec<CatalogueFact> = found.into_iter().map(CatalogueFact::from).collect();
    facts.sort_by_key(|fact| fact.reference);
    facts.dedup();
    facts
}

impl From<&Fact> for CatalogueFact {
    fn from(fact: &Fact) -> Self {
        let against = fact.against.map(|against| CatalogueDoubt { text: against.text, source: against.source });
        Self { reference: fact.id, text: fact.text, source: fact.source, against }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::services;
    use crate::api::{PlanRequest, plan};
    use crate::catalog::services::SERVICES;

    #[test]
    fn every_service_has_all_its_columns() {
        let rows = services();
        assert_eq!(rows.len(), SERVICES.len());
        let mut ids: Vec<&str> = rows.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows.len(), "ids are unique");
        for row in &rows {
            assert!(!row.members.is_empty() && !row.roles.is_empty() && !row.scopes.is_empty(), "{}", row.id);
            assert!(row.plans.is_empty() || row.plans.iter().any(|plan| plan.key == "taken"), "{}", row.id);
        }
    }

    #[test]
    fn a_request_may_have_the_fields_of_its_row_and_no_others() {
        let unknown = |document: serde_json::Value| {
            let answer = plan(&PlanRequest::new(document, "2026-11-21T12:00:00Z".parse().expect("a moment")));
            answer.problems.iter().filter(|problem| problem.code == "PLAN003").count()
        };
        for row in services() {
            let mut document: serde_json::Map<_, _> =
                row.fields.iter().map(|field| ((*field).to_owned(), serde_json::Value::Null)).collect();
            document.insert("service".to_owned(), row.id.into());
            assert_eq!(unknown(document.clone().into()), 0, "{}", row.id);
            let others = ["backup_key", "bucket", "cluster", "location", "zone"];
            let others: Vec<_> = others.iter().filter(|field| !row.fields.contains(field)).collect();
            document.extend(others.iter().map(|field| ((**field).to_owned(), serde_json::Value::Null)));
            assert_eq!(unknown(document.into()), others.len(), "{}", row.id);
        }
    }

    #[test]
    fn facts_of_one_name_say_one_thing_and_have_a_date() {
        let mut named = BTreeMap::new();
        for fact in services().into_iter().flat_map(|row| row.facts) {
            let date = fact.source.as_of;
            assert!(date.len() == 10 && date.starts_with("20"), "{}", fact.reference);
            assert!(fact.source.url.starts_with("https://"), "{}", fact.reference);
            assert!(!fact.text.ends_with('.'), "{}", fact.reference);
            let other = named.entry(fact.reference).or_insert_with(|| fact.clone());
            assert_eq!(*other, fact, "two facts of one name");
        }
    }
}
