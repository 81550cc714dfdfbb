//! Classes of sources and of keys that policies do not tell apart, by number: the uses of a large account fall into few pairs of them,
//! and a pair of numbers is found sooner than all that is known of a use.

use hashbrown::{HashMap, HashSet};

use super::evaluate::is_considered;
use super::fact::{Fact, Source, Target};
use super::shape::{Decided, Shapes, UNNAMED};
use super::uses::{plan_facts, provisioned, source};
use crate::catalog::needs::{PlanFacts, UseFacts, needs};
use crate::inventory::{Belongs, Inventory, KeyIndex, Listing, Part, Symbol, Use};
use crate::policy::{Authorization, Value};

/// All that is known of a source by its deployment and that a decision depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct SourceClass<'a> {
    source: Source<'a>,
    plan: PlanFacts<'a>,
    backup_key: Option<bool>,
    provisioned: Option<bool>,
}

/// The classes of a key. Policies that name the key for other services than that of a source can never apply to it, and to that
/// source the key is as one that no policy names.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyClass {
    /// With its id.
    exact: u32,
    /// As one that no policy names.
    unnamed: u32,
    /// The services for which policies name it, as a place among those of all keys.
    services: Option<usize>,
}

/// The classes that were met, and what was decided of their pairs.
#[derive(Debug, Clone)]
pub(super) struct Classes<'a> {
    pub(super) shapes: Shapes<'a>,
    /// What was decided of a class of sources and one of keys.
    pub(super) known: HashMap<(u32, u32), Decided>,
    by_deployment: HashMap<(Symbol, Part), u32>,
    sources: HashMap<SourceClass<'a>, u32>,
    /// By the number of a source's class, the services on whose policies a decision about it depends: its own, and those that may
    /// work for it.
    concerned: Vec<Vec<&'a str>>,
    keys: HashMap<(Target<'a>, bool), u32>,
    /// Where the services stand for which policies name a key, by its id.
    named_keys: HashMap<&'a str, usize>,
    /// An empty one is any.
    services: Vec<Vec<&'a str>>,
    resources_are_alike: bool,
    /// The service whose resources are sources of their own kinds.
    volumes: Option<Symbol>,
    /// The deployments of which a disk is registered with some key.
    with_disks: Option<HashSet<Symbol>>,
}

impl<'a> Classes<'a> {
    pub(super) fn new(inventory: &'a Inventory, shapes: Shapes<'a>) -> Self {
        let (named_keys, services) = services_by_key(&inventory.policies);
        Self {
            resources_are_alike: shapes.resources_are_alike(),
            shapes,
            known: HashMap::new(),
            by_deployment: HashMap::new(),
            sources: HashMap::new(),
            concerned: Vec::new(),
            keys: HashMap::new(),
            named_keys,
            services,
            volumes: inventory.interner.find("is"),
            with_disks: None,
        }
    }

    /// The classes of a key and of the list of authorizations that decides about it.
    pub(super) fn of_key(&mut self, target: Target<'a>, listing: Listing) -> KeyClass {
        let shape = self.shapes.target(target);
        let key_id = if self.shapes.keys_are_compared() { shape.key_id } else { Fact::Value(UNNAMED) };
        KeyClass {
            exact: number(&mut self.keys, (shape, listing.is_usable())),
            unnamed: number(&mut self.keys, (Target { key_id, ..shape }, listing.is_usable())),
            services: target.key_id.value().and_then(|id| self.named_keys.get(id)).copied(),
        }
    }

    /// The classes of the source and the key of a use, where they are all that a decision about it depends on.
    pub(super) fn of_use(
        &mut self,
        inventory: &'a Inventory,
        found: &Use,
        key: KeyClass,
        disks: &HashSet<(KeyIndex, Symbol)>,
    ) -> Option<(u32, u32)> {
        let source = self.of_source(inventory, found, disks)?;
        let concerned = self.concerned.get(source as usize)?;
        let services = key.services.and_then(|place| self.services.get(place));
        let names = |service: &&str| service.is_empty() || concerned.contains(service);
        let is_named = services.is_some_and(|services| services.iter().any(names));
        Some((source, if is_named { key.exact } else { key.unnamed }))
    }

    /// The class of the source of a use; none where more than its deployment and the form of its CRN counts.
    fn of_source(&mut self, inventory: &'a Inventory, found: &Use, disks: &HashSet<(KeyIndex, Symbol)>) -> Option<u32> {
        let Belongs::Deployment(deployment) = found.belongs else { return None };
        let with_disks =
            self.with_disks.get_or_insert_with(|| disks.iter().map(|(_, deployment)| *deployment).collect());
        let by_itself = found.part == Part::Other || Some(found.service) == self.volumes;
        if !self.resources_are_alike || by_itself || with_disks.contains(&deployment) {
            return None;
        }
        if let Some(known) = self.by_deployment.get(&(deployment, found.part)) {
            return Some(*known);
        }
        let (plan, backup_key) = plan_facts(inventory, Some(deployment));
        let class = SourceClass {
            source: self.shapes.source(source(inventory, found)),
            plan,
            backup_key,
            provisioned: provisioned(inventory, deployment),
        };
        // A source whose service is not known may be that of any policy.
        let service = class.source.service_name.value()?;
        let number = number(&mut self.sources, class);
        if self.concerned.len() <= number as usize {
            let mut services = vec![service];
            for other_account in [None, Some(false), Some(true)] {
                let facts = UseFacts {
                    plan,
                    backup_key,
                    provisioned: class.provisioned,
                    worker_disks: None,
                    other_account,
                    migration: false,
                };
                services.extend(needs(Some(service), &facts).dependents.iter().map(|dependent| dependent.service));
            }
            self.concerned.push(services);
        }
        self.by_deployment.insert((deployment, found.part), number);
        Some(number)
    }
}

/// The services for which policies name a key, by the id of the key; the services are an empty text where a policy may be for any.
fn services_by_key(policies: &[Authorization]) -> (HashMap<&str, usize>, Vec<Vec<&str>>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut services: Vec<Vec<&str>> = Vec::new();
    for policy in policies.iter().filter(|policy| is_considered(policy)) {
        let service = match policy.subjects.as_slice() {
            [subject] if !subject.unreadable => subject.exact("serviceName").unwrap_or_default(),
            _ => "",
        };
        for attribute in policy.resources.iter().flat_map(|side| &side.attributes) {
            let Value::Texts(texts) = &attribute.value else { continue };
            for key in texts.iter().filter(|_| attribute.name == "resource") {
                let place = *places.entry(key).or_insert(services.len());
                if services.len() == place {
                    services.push(Vec::new());
                }
                if let Some(of_key) = services.get_mut(place).filter(|of_key| !of_key.contains(&service)) {
                    of_key.push(service);
                }
            }
        }
    }
    (places, services)
}

/// The number of a class: the next one, if it was not met before.
fn number<C: Eq + std::hash::Hash>(known: &mut HashMap<C, u32>, class: C) -> u32 {
    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
    *known.entry(class).or_insert(next)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::uses::{decided_uses, listing_of};
    use super::super::{Verdict, decide};
    use crate::ingest::Input;
    use crate::inventory::Inventory;

    const OWN: &str = "0123456789abcdef0123456789abcdef";
    const OTHER: &str = "fedcba9876543210fedcba9876543210";
    const SERVICES: [&str; 5] =
        ["messagehub", "databases-for-redis", "cloud-object-storage", "containers-kubernetes", "server-protect"];

    fn guid(of: char, number: usize) -> String {
        format!("{of}{number:07x}-0000-4000-8000-000000000000")
    }

    fn key(number: usize) -> String {
        format!("crn:v1:bluemix:public:kms:eu-de:a/{OWN}:{}:key:{}", guid('a', number % 2), guid('b', number))
    }

    /// Keys, registrations of every service on every key, and policies that name keys for one service, for any and for none that can be
    /// read.
    fn exports(with_unreadable: bool) -> String {
        let keys: Vec<String> =
            (0..9).map(|number| format!(r#"{{"crn":"{}","state":1,"extractable":false}}"#, key(number))).collect();
        let mut registrations = Vec::new();
        for number in 0..9 {
            for (row, service) in SERVICES.iter().enumerate() {
                for account in [OWN, OTHER] {
                    let instance = guid('c', row + number % 2);
                    let tail = match row {
                        2 => "bucket:b",
                        3 if number % 3 == 0 => "worker-pool:p",
                        _ => ":",
                    };
                    registrations.push(format!(
                        r#"{{"keyId":"{}","resourceCrn":"crn:v1:bluemix:public:{service}:eu-de:a/{account}:{instance}:{tail}"}}"#,
                        guid('b', number)
                    ));
                }
            }
        }
        let mut policies = Vec::new();
        let attribute =
            |name: &str, value: &str| format!(r#",{{"name":"{name}","value":"{value}","operator":"stringEquals"}}"#);
        for (number, service) in SERVICES.iter().chain(&SERVICES).enumerate() {
            let mut subject = attribute("serviceName", service);
            if number == 7 {
                let _ = write!(subject, "{}", attribute("serviceInstance", &guid('c', 2)));
            }
            if number == 8 {
                subject = attribute("resourceGroupId", "group");
            }
            if number == 9 && !with_unreadable {
                continue;
            }
            let subjects = if number == 9 {
                "17".to_owned()
            } else {
                format!(r#"[{{"attributes":[{{"name":"accountId","value":"{OWN}"}}{subject}]}}]"#)
            };
            let mut resource = attribute("serviceName", "kms");
            if number != 4 {
                resource += &attribute("resource", &guid('b', number % 8));
            }
            let role = if number % 4 == 3 { "AuthorizationDelegator" } else { "Reader" };
            let kind = if number % 4 == 3 { "role" } else { "serviceRole" };
            policies.push(format!(
                r#"{{"id":"p{number}","type":"authorization","subjects":{subjects},"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::{kind}:{role}"}}],"resources":[{{"attributes":[{{"name":"accountId","value":"{OWN}"}}{resource}]}}]}}"#
            ));
        }
        format!("[{}]\n[{}]\n[{}]", keys.join(","), registrations.join(","), policies.join(","))
    }

    #[test]
    fn a_use_is_decided_as_it_is_by_itself() {
        let mut verdicts = Vec::new();
        for with_unreadable in [true, false] {
            let inventory = Inventory::read(vec![Input::named("all.json", exports(with_unreadable))]);
            let decided = decided_uses(&inventory, |verdict| verdict == Verdict::NotCovered);
            assert_eq!(decided.len(), 90);
            for one in &decided {
                let key_use = one.key_use();
                let complete = listing_of(&inventory, &key_use.target).1.is_usable();
                let alone = decide(&key_use, inventory.policies.iter().enumerate(), complete);
                let text = inventory.text(one.found.resource);
                let parts = |found: &super::super::Decision| {
                    (
                        found.verdict,
                        found.single_policy,
                        found.policies.clone(),
                        found.possible.clone(),
                        found.missing.clone(),
                        found.unknown.clone(),
                        found.dependents.clone(),
                    )
                };
                assert_eq!(parts(&one.decision), parts(&alone), "{text} on {}", inventory.text(one.found.key_id));
                verdicts.push(alone.verdict);
            }
        }
        for verdict in [Verdict::Covered, Verdict::Unknown, Verdict::NotCovered] {
            assert!(verdicts.contains(&verdict), "{verdict:?} is among them");
        }
    }
}
