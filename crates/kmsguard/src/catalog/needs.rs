//! What a service needs of an authorization to use a key: which role, whether delegation, and which other services then work
//! for it.

use super::Source;

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

const GEN2_STREAMS: Source = Source {
    title: "Event Streams (Gen 2): Managing encryption with Key Protect",
    url: "https://cloud.ibm.com/docs/EventStreams-gen2?topic=EventStreams-gen2-key-protect",
    as_of: "2026-04-17",
};
const CLASSIC_STREAMS: Source = Source {
    title: "Event Streams: Managing encryption",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-managing_encryption",
    as_of: "2026-04-21",
};
const GEN2_DATABASES: Source = Source {
    title: "Cloud Databases (Gen 2): Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases-gen2?topic=cloud-databases-gen2-key-protect",
    as_of: "2026-08-21",
};
const CLASSIC_DATABASES: Source = Source {
    title: "Cloud Databases: Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-key-protect",
    as_of: "2026-07-31",
};
const CLUSTERS: Source = Source {
    title: "Kubernetes Service: Setting up worker node encryption",
    url: "https://cloud.ibm.com/docs/containers?topic=containers-encryption-vpc-worker-disks",
    as_of: "2024-12-01",
};
const DB2: Source = Source {
    title: "Db2 on Cloud: Key Protect integration",
    url: "https://cloud.ibm.com/docs/Db2onCloud?topic=Db2onCloud-key-protect-v2",
    as_of: "2026-06-30",
};
const STORAGE: Source = Source {
    title: "VPC: Establishing service-to-service authorizations for block storage",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-block-s2s-auth",
    as_of: "2026-08-21",
};

/// Plans of Event Streams that are not Gen 2, by name and by id.
static CLASSIC_STREAMS_PLANS: &[&str] = &[
    "lite",
    "standard",
    "enterprise-3nodes-2tb",
    "ibm.message.hub.standard",
    "ibm.message.hub.lite",
    "ibm.message.hub.enterprise.3nodes.2tb",
];

/// Plans of the databases that are not Gen 2: the names, which stand behind the service in the ids.
static CLASSIC_DATABASE_PLANS: &[&str] = &["standard", "enterprise", "platinum"];

/// The services that are documented to take a customer's key, by the names that IAM has for them.
///
/// Source: the pages of each service on encryption with Key Protect, as of 2026-08-21; Terraform modules of IBM for `lakehouse`.
pub static TAKERS: &[&str] = &[
    "apprapp",
    "cloud-object-storage",
    "cloudantnosqldb",
    "containers-kubernetes",
    "dashdb-for-transactions",
    "databases-for-elasticsearch",
    "databases-for-enterprisedb",
    "databases-for-etcd",
    "databases-for-mongodb",
    "databases-for-mysql",
    "databases-for-postgresql",
    "databases-for-redis",
    "databases-for-valkey",
    "event-notifications",
    "is",
    "lakehouse",
    "messagehub",
    "messages-for-rabbitmq",
    "schematics",
    "secrets-manager",
    "server-protect",
];

/// Whether a service is documented to register every key that it uses. Of the others nothing is known: Schematics, Event
/// Notifications, Secrets Manager, Db2 and Cloudant state it nowhere.
///
/// Source: Key Protect docs, *Registrations*, and the pages of the services, as of 2026-08-21.
#[must_use]
pub fn registers(service: &str) -> bool {
    let listed = ["apprapp", "cloud-object-storage", "containers-kubernetes", "is", "messagehub", "server-protect"];
    listed.contains(&service) || is_database(service) || service == "messages-for-rabbitmq"
}

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

/// The generation of an instance.
#[must_use]
pub fn generation(service: &str, facts: &PlanFacts<'_>) -> Generation {
    let streams = service == "messagehub";
    if !streams && !is_database(service) && service != "messages-for-rabbitmq" {
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
    let listed = if streams {
        CLASSIC_STREAMS_PLANS.contains(&plan)
    } else {
        let name = plan.strip_prefix(service).and_then(|rest| rest.strip_prefix('-')).unwrap_or(plan);
        CLASSIC_DATABASE_PLANS.contains(&name)
    };
    if listed || facts.kms_key_crn { Generation::Classic } else { Generation::Unknown }
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
    let backup = Required::of(facts.backup_key);
    let database = is_database(service) || service == "messages-for-rabbitmq";
    let (delegation, source) = match service {
        _ if database && generation == Generation::Gen2 => (Required::Yes, Some(GEN2_DATABASES)),
        _ if database && facts.migration => (Required::Yes, Some(CLASSIC_DATABASES)),
        _ if database && generation == Generation::Classic => (backup, Some(CLASSIC_DATABASES)),
        // Either generation needs it where there is a key for backups, and only the older one can do without.
        _ if database => (backup.max(Required::Unknown), Some(GEN2_DATABASES)),
        "messagehub" => match generation {
            Generation::Gen2 => (Required::Yes, Some(GEN2_STREAMS)),
            Generation::Classic => (Required::No, Some(CLASSIC_STREAMS)),
            Generation::Unknown | Generation::NotApplicable => (Required::Unknown, Some(GEN2_STREAMS)),
        },
        "containers-kubernetes" => (Required::Yes, Some(CLUSTERS)),
        "dashdb-for-transactions" => (performance(facts.plan.plan), Some(DB2)),
        // Every documented example across accounts has the delegator; none says that it is needed.
        "server-protect" | "is" => (Required::of(facts.other_account).and(Required::Unknown), Some(STORAGE)),
        _ => (Required::No, None),
    };
    Need {
        delegation,
        generation,
        cluster: service == "containers-kubernetes",
        dependents: dependents(service, generation, facts),
        source,
    }
}

/// Whether a plan is given by an id that names nothing.
fn is_guid_like(plan: &str) -> bool {
    plan.len() >= 32 && plan.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn performance(plan: Option<&str>) -> Required {
    // A plan that is given by its GUID tells nothing.
    let named = plan.filter(|plan| !is_guid_like(plan));
    Required::of(named.map(|plan| plan.to_ascii_lowercase().contains("performance")))
}

/// The services through which a provisioned deployment works.
///
/// Source: Event Streams (Gen 2) and Cloud Databases docs, *Key Protect integration*; Kubernetes Service docs, *worker node
/// encryption*: the authorization for them is made by the delegating service.
fn dependents(service: &str, generation: Generation, facts: &UseFacts<'_>) -> Vec<NeededDependent> {
    let gen2 = match generation {
        Generation::Gen2 => Required::Yes,
        Generation::Unknown => Required::Unknown,
        Generation::Classic | Generation::NotApplicable => Required::No,
    };
    let database = is_database(service) || service == "messages-for-rabbitmq";
    let classic = match generation {
        _ if !database => Required::No,
        Generation::Classic => Required::Yes,
        Generation::Unknown => Required::Unknown,
        Generation::Gen2 | Generation::NotApplicable => Required::No,
    };
    let cluster = if service == "containers-kubernetes" { Required::of(facts.worker_disks) } else { Required::No };
    let provisioned = Required::of(facts.provisioned);
    [("server-protect", gen2.max(cluster)), ("cloud-object-storage", classic.and(Required::of(facts.backup_key)))]
        .into_iter()
        .map(|(service, required)| NeededDependent { service, required: required.and(provisioned) })
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
