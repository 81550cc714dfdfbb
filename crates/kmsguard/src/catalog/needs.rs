//! What a service needs of an authorization to use a key: which role, whether delegation, and which other services then work
//! for it.

use super::Source;
use super::services::{Delegation, SERVICES, Service};

/// The generation of a data service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generation {
    /// Generation 2, on VPC.
    Gen2,
    /// The older one.
    Classic,
    /// The service has both, and nothing tells which.
    Unknown,
    /// The service has no generations.
    NotApplicable,
}

/// Whether something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Required {
    /// It is not.
    No,
    /// What is known does not tell.
    Unknown,
    /// It is.
    Yes,
}

impl Required {
    /// Needed only if both are.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    const fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

/// What is known of an instance that tells its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PlanFacts<'a> {
    /// The plan's name or id.
    pub plan: Option<&'a str>,
    /// `parameters.dataservices` or `extensions.dataservices` is there.
    pub dataservices: bool,
    /// `kms_key_crn` is among the parameters.
    pub kms_key_crn: bool,
}

/// What is known of a use that tells its needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct UseFacts<'a> {
    /// What tells the generation.
    pub plan: PlanFacts<'a>,
    /// Whether a key for backups is set; not known where the instance's parameters are not.
    pub backup_key: Option<bool>,
    /// Whether the disks of a cluster's workers are encrypted with the key.
    pub worker_disks: Option<bool>,
    /// Whether the deployment is provisioned.
    pub provisioned: Option<bool>,
    /// Whether the source is in another account than the key.
    pub other_account: Option<bool>,
    /// It is about to be migrated to another key, which IBM's tool never does without delegation.
    pub migration: bool,
}

/// What a source needs. All need the role `Reader`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Whether it needs the role `AuthorizationDelegator` too.
    pub delegation: Required,
    /// Its generation.
    pub generation: Generation,
    /// It is a cluster, or a disk of one: on Key Protect Dedicated it does not honour keys and key rings.
    pub cluster: bool,
    /// The services that work for it through an authorization of their own.
    pub dependents: Vec<NeededDependent>,
    /// Where that was read.
    pub source: Option<Source>,
}

/// A service that works for a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeededDependent {
    /// The service.
    pub service: &'static str,
    /// Whether the deployment has it.
    pub required: Required,
}

/// The message broker of the databases' family. Only its older generation is documented.
const RABBITMQ: &str = "messages-for-rabbitmq";

/// Whether a service is a database of the Cloud Databases family that has both generations.
fn is_database(service: &str) -> bool {
    service.starts_with("databases-for-")
}

/// Whether a plan's name or id says Gen 2: `enterprise-gen2`, `eventstreams-gen2-enterprise`.
#[must_use]
pub fn is_gen2_plan(plan: &str) -> bool {
    plan.match_indices("-gen2").any(|(start, word)| {
        let rest = plan.get(start + word.len()..).unwrap_or_default();
        rest.is_empty() || (rest.starts_with('-') && rest.len() > 1)
    })
}

/// Whether a plan's name or id is one of the older generation of a service.
fn is_classic_plan(service: &str, plan: &str) -> bool {
    // The ids of the databases' plans are the service and the name.
    let name = plan.strip_prefix(service).and_then(|rest| rest.strip_prefix('-')).unwrap_or(plan);
    let mut classic =
        SERVICES.iter().filter(|row| row.service_name == service && row.generation == Generation::Classic);
    classic.any(|row| row.plan(plan).or_else(|| row.plan(name)).is_some())
}

/// The generation of an instance.
#[must_use]
pub fn generation(service: &str, facts: &PlanFacts<'_>) -> Generation {
    if service != "messagehub" && !is_database(service) && service != "messages-for-rabbitmq" {
        return Generation::NotApplicable;
    }
    if facts.plan.is_some_and(is_gen2_plan) || facts.dataservices {
        return Generation::Gen2;
    }
    // Of RabbitMQ only the older generation is documented.
    if service == "messages-for-rabbitmq" {
        return Generation::Classic;
    }
    let Some(plan) = facts.plan else { return Generation::Unknown };
    if facts.kms_key_crn || is_classic_plan(service, plan) { Generation::Classic } else { Generation::Unknown }
}

/// What a source needs. The service is the one that a policy must name; none where that is not known.
#[must_use]
pub fn needs(service: Option<&str>, facts: &UseFacts<'_>) -> Need {
    let Some(service) = service else {
        return Need {
            delegation: Required::Unknown,
            generation: Generation::Unknown,
            cluster: false,
            dependents: Vec::new(),
            source: None,
        };
    };
    let generation = generation(service, &facts.plan);
    let (delegation, source) = delegation(service, generation, facts);
    Need {
        delegation,
        generation,
        cluster: service == "containers-kubernetes",
        dependents: dependents(service, generation, facts),
        source,
    }
}

/// The rows that a source may be of: those of its service, and of its generation where that is known.
fn rows(service: &str, generation: Generation) -> impl Iterator<Item = &'static Service> {
    let unknown = generation == Generation::Unknown;
    let rows = SERVICES.iter().copied().filter(move |row| unknown || row.generation == generation);
    rows.filter(move |row| row.service_name == service)
}

/// Whether a deployment of a service may work through another service, by an authorization that it makes itself.
#[must_use]
pub fn may_work_through(service: &str, dependent: &str) -> bool {
    let named = rows(service, Generation::Unknown).filter_map(|row| row.dependent).any(|row| row.service == dependent);
    named || (dependent == "server-protect" && unlisted_gen2(service, Generation::Unknown))
}

/// Whether a database may be of Gen 2 although no page shows a Gen 2 of it.
fn unlisted_gen2(service: &str, generation: Generation) -> bool {
    let possible = matches!(generation, Generation::Gen2 | Generation::Unknown);
    possible && rows(service, Generation::Gen2).next().is_none() && (is_database(service) || service == RABBITMQ)
}

/// Whether a source needs delegation, and where that was read. Rows that differ leave it open.
fn delegation(service: &str, generation: Generation, facts: &UseFacts<'_>) -> (Required, Option<Source>) {
    let unlisted = unlisted_gen2(service, generation).then_some(Required::Yes);
    let needed = || rows(service, generation).map(|row| delegation_of(row, facts)).chain(unlisted);
    let (least, most) = (needed().min(), needed().max());
    let needed = match (least, most) {
        (Some(least), Some(most)) if least == most => most,
        (Some(_), Some(_)) => Required::Unknown,
        // A service that is not listed is not known to pass anything on.
        _ => Required::No,
    };
    (needed, rows(service, generation).next().map(|row| row.roles_because.source))
}

/// Whether a service of the catalogue needs delegation.
#[must_use]
pub fn delegation_of(row: &Service, facts: &UseFacts<'_>) -> Required {
    let backup = Required::of(facts.backup_key);
    match row.delegation {
        Delegation::No => Required::No,
        Delegation::Always => Required::Yes,
        Delegation::WithBackupKey if facts.migration => Required::Yes,
        Delegation::WithBackupKey => backup,
        Delegation::OnPlans(_) if facts.backup_key == Some(true) => Required::Yes,
        Delegation::OnPlans(word) => on_plans(word, facts.plan.plan),
        // Every documented example across accounts has the delegator; none says that it is needed.
        Delegation::AcrossAccounts => Required::of(facts.other_account).and(Required::Unknown),
    }
}

/// Whether a plan is given by an id that names nothing.
fn is_guid_like(plan: &str) -> bool {
    plan.len() >= 32 && plan.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn on_plans(word: &str, plan: Option<&str>) -> Required {
    // A plan that is given by its GUID tells nothing.
    let named = plan.filter(|plan| !is_guid_like(plan));
    Required::of(named.map(|plan| plan.to_ascii_lowercase().contains(word)))
}

/// The services through which a provisioned deployment works, by an authorization that it makes itself.
fn dependents(service: &str, generation: Generation, facts: &UseFacts<'_>) -> Vec<NeededDependent> {
    let known = if generation == Generation::Unknown { Required::Unknown } else { Required::Yes };
    let provisioned = Required::of(facts.provisioned);
    let mut dependents: Vec<NeededDependent> = Vec::new();
    let mut add = |service, required: Required| match dependents.iter_mut().find(|known| known.service == service) {
        Some(listed) => listed.required = listed.required.max(required),
        None => dependents.push(NeededDependent { service, required }),
    };
    if unlisted_gen2(service, generation) {
        add("server-protect", known);
    }
    for row in rows(service, generation) {
        let Some(dependent) = row.dependent else { continue };
        add(
            dependent.service,
            match row.generation {
                Generation::Classic => known.and(Required::of(facts.backup_key)),
                Generation::NotApplicable => Required::of(facts.worker_disks),
                Generation::Gen2 | Generation::Unknown => known,
            },
        );
    }
    dependents
        .into_iter()
        .map(|dependent| NeededDependent { required: dependent.required.and(provisioned), ..dependent })
        .filter(|dependent| dependent.required != Required::No)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(plan: &str) -> PlanFacts<'_> {
        PlanFacts { plan: Some(plan), ..PlanFacts::default() }
    }

    #[test]
    fn a_plan_tells_the_generation() {
        use Generation::{Classic, Gen2, NotApplicable, Unknown};
        let cases = [
            ("messagehub", plan("enterprise-gen2"), Gen2),
            ("messagehub", plan("eventstreams-gen2-enterprise"), Gen2),
            ("messagehub", plan("enterprise-3nodes-2tb"), Classic),
            ("messagehub", plan("ibm.message.hub.enterprise.3nodes.2tb"), Classic),
            ("messagehub", plan("enterprise-gen20"), Unknown),
            ("messagehub", PlanFacts::default(), Unknown),
            ("messagehub", PlanFacts { dataservices: true, ..PlanFacts::default() }, Gen2),
            ("messagehub", PlanFacts { kms_key_crn: true, ..plan("something-new") }, Classic),
            ("messagehub", PlanFacts { kms_key_crn: true, ..plan("enterprise-gen2") }, Gen2),
            ("databases-for-redis", plan("databases-for-redis-gen2-standard"), Gen2),
            ("databases-for-redis", plan("standard"), Classic),
            ("databases-for-redis", plan("databases-for-redis-standard"), Classic),
            ("cloud-object-storage", plan("standard"), NotApplicable),
        ];
        for (service, facts, expected) in cases {
            assert_eq!(generation(service, &facts), expected, "{service} {facts:?}");
        }
    }

    #[test]
    fn delegation_is_needed_as_the_table_says() {
        use Required::{No, Unknown, Yes};
        let none = UseFacts::default();
        let on = |name| UseFacts { plan: plan(name), ..UseFacts::default() };
        let cases = [
            ("messagehub", on("enterprise-gen2"), Yes),
            ("messagehub", on("enterprise-3nodes-2tb"), No),
            ("messagehub", none, Unknown),
            ("databases-for-mysql", on("standard-gen2"), Yes),
            ("databases-for-mysql", on("standard"), Unknown),
            ("databases-for-mysql", UseFacts { backup_key: Some(true), ..on("standard") }, Yes),
            ("databases-for-mysql", UseFacts { backup_key: Some(false), ..on("standard") }, No),
            ("databases-for-mysql", UseFacts { backup_key: Some(false), migration: true, ..on("standard") }, Yes),
            ("databases-for-mysql", UseFacts { backup_key: Some(false), ..none }, Unknown),
            ("databases-for-mysql", UseFacts { backup_key: Some(true), ..none }, Yes),
            ("messages-for-rabbitmq", UseFacts { backup_key: Some(false), ..none }, No),
            ("containers-kubernetes", none, Yes),
            ("dashdb-for-transactions", on("performance"), Yes),
            ("dashdb-for-transactions", on("PerformanceSubscription"), Yes),
            ("dashdb-for-transactions", on("standard"), No),
            ("dashdb-for-transactions", none, Unknown),
            ("server-protect", UseFacts { other_account: Some(true), ..none }, Unknown),
            ("server-protect", UseFacts { other_account: Some(false), ..none }, No),
            ("server-protect", none, Unknown),
            ("is", UseFacts { other_account: Some(true), ..none }, Unknown),
            ("cloud-object-storage", UseFacts { other_account: Some(true), ..none }, No),
            ("schematics", none, No),
        ];
        for (service, facts, expected) in cases {
            assert_eq!(needs(Some(service), &facts).delegation, expected, "{service} {facts:?}");
        }
        assert_eq!(needs(None, &none).delegation, Unknown);
    }

    #[test]
    fn a_provisioned_deployment_of_a_delegating_service_has_a_dependent() {
        let made = UseFacts { provisioned: Some(true), ..UseFacts::default() };
        let of = |service: &str, facts: UseFacts<'_>| {
            needs(Some(service), &facts)
                .dependents
                .iter()
                .map(|dependent| (dependent.service, dependent.required))
                .collect::<Vec<_>>()
        };
        let gen2 = UseFacts { plan: plan("enterprise-gen2"), ..made };
        assert_eq!(of("messagehub", gen2), [("server-protect", Required::Yes)]);
        assert_eq!(of("messagehub", UseFacts { provisioned: Some(false), ..gen2 }), []);
        assert_eq!(of("messagehub", UseFacts { provisioned: None, ..gen2 }), [("server-protect", Required::Unknown)]);
        let classic = UseFacts { plan: plan("standard"), ..made };
        assert_eq!(
            of("databases-for-redis", UseFacts { backup_key: Some(true), ..classic }),
            [("cloud-object-storage", Required::Yes)]
        );
        assert_eq!(of("databases-for-redis", UseFacts { backup_key: Some(false), ..classic }), []);
        assert_eq!(
            of("containers-kubernetes", UseFacts { worker_disks: Some(true), ..made }),
            [("server-protect", Required::Yes)]
        );
        assert_eq!(of("cloud-object-storage", made), []);
    }
}
