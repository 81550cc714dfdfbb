//! Event Streams.

use super::{Fact, Scope, Service, Source};
use crate::catalog::roles::{AUTHORIZATION_DELEGATOR, READER};

const KEY_PAGE: Source = Source {
    title: "Event Streams Gen 2: Key Protect integration",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-key-protect",
    as_of: "2026-02-26",
};
const RELEASE_NOTES: Source = Source {
    title: "Event Streams Gen 2: Release notes",
    url: "https://cloud.ibm.com/docs/event-streams-gen2",
    as_of: "2026-10-08",
};
const SIZES: Source = Source {
    title: "Event Streams Gen 2: Scaling capacity; Limits and quotas",
    url: "https://cloud.ibm.com/docs/event-streams-gen2",
    as_of: "2026-04-17",
};
const CLASSIC_KEY_PAGE: Source = Source {
    title: "Event Streams: Managing encryption",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-managing_encryption",
    as_of: "2026-04-21",
};
const RESOURCE_CONTROLLER: Source = Source {
    title: "Resource Controller API: Create a new resource instance",
    url: "https://cloud.ibm.com/apidocs/resource-controller/resource-controller#create-resource-instance",
    as_of: "2026-06-29",
};

/// Event Streams Gen 2.
pub static GEN2: Service = Service {
    id: "event-streams-gen2",
    title: "Event Streams Gen 2",
    service_name: "messagehub",
    also: &["messagehub", "event-streams", "eventstreams", "kafka"],
    roles: &[&READER, &AUTHORIZATION_DELEGATOR],
    roles_because: Fact {
        id: "event-streams-gen2.delegation",
        text: "Reader and delegation are both needed: the deployment passes its authorization on to the block storage under it; \
               without either, provisioning fails",
        source: KEY_PAGE,
    },
    delegation: true,
    targets: &["kms"],
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact {
        id: "event-streams-gen2.scope",
        text: "an authorization may be restricted to a root key or a KMS instance; restrictions to a key ring are not supported",
        source: KEY_PAGE,
    },
};

/// A plan by its two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanNames {
    /// As the command line and Terraform take it.
    pub name: &'static str,
    /// As the REST API takes it.
    pub id: &'static str,
}

/// The plan of Gen 2.
pub static GEN2_PLAN: PlanNames = PlanNames { name: "enterprise-gen2", id: "eventstreams-gen2-enterprise" };

/// Plans of the classic generation, by name and by id.
pub static CLASSIC_PLANS: &[&str] =
    &["enterprise-3nodes-2tb", "ibm.message.hub.enterprise.3nodes.2tb", "lite", "messagehub-standard", "standard"];

/// Which of a plan's names goes where.
pub static PLAN_NAMES: Fact = Fact {
    id: "event-streams-gen2.plan",
    text: "the REST API takes the plan's id `eventstreams-gen2-enterprise`, the command line and Terraform its name `enterprise-gen2`",
    source: KEY_PAGE,
};

/// Regions in which Gen 2 was offered when the list was read.
pub static GEN2_REGIONS: &[&str] = &[
    "au-syd", "br-sao", "ca-mon", "ca-tor", "eu-de", "eu-es", "eu-gb", "in-che", "in-mum", "jp-osa", "jp-tok",
    "us-east", "us-south",
];

/// Where that list was read.
pub static GEN2_REGIONS_SOURCE: Source = RELEASE_NOTES;

/// Sizes of Gen 2.
pub static THROUGHPUT_MB_S: u64 = 100;
/// The least storage, in decimal gigabytes.
pub static STORAGE_GB_LEAST: u64 = 2000;
/// Where the sizes were read.
pub static SIZES_SOURCE: Source = SIZES;
/// The version of the parameters' schema.
pub static SCHEMA_VERSION: &str = "1.0.0";
/// Where it was read.
pub static SCHEMA_SOURCE: Source = Source {
    title: "Cloud Databases Gen 2: API",
    url: "https://cloud.ibm.com/docs/cloud-databases-gen2",
    as_of: "2026-07-17",
};

/// Parameters of the classic generation: on Gen 2 they do nothing.
pub static CLASSIC_PARAMETERS: &[&str] = &[
    "iam_token_only",
    "kms_key",
    "kms_key_crn",
    "metrics",
    "mirroring",
    "service-endpoints",
    "storage_size",
    "throughput",
];

/// Where they were read.
pub static CLASSIC_PARAMETERS_SOURCE: Source = CLASSIC_KEY_PAGE;

/// The longest name of an instance.
pub static NAME_LONGEST: usize = 180;
/// Where the rules for names were read.
pub static NAME_SOURCE: Source = RESOURCE_CONTROLLER;

/// Where the key goes.
pub static KEY_PARAMETER: Fact = Fact {
    id: "event-streams-gen2.key-parameter",
    text: "the key goes into `parameters.dataservices.encryption.disk`, by its full CRN and not its id",
    source: KEY_PAGE,
};

/// The key is chosen once.
pub static KEY_IS_FINAL: Fact = Fact {
    id: "event-streams-gen2.key-is-final",
    text: "the key is set when the deployment is made and cannot be added, changed or removed later: to change it, delete the \
           deployment and make another",
    source: KEY_PAGE_GEN2_ENCRYPTION,
};

const KEY_PAGE_GEN2_ENCRYPTION: Source = Source {
    title: "Event Streams Gen 2: Managing encryption",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-managing_encryption",
    as_of: "2026-04-17",
};

/// The KMS it takes keys of.
pub static NO_HYPER_PROTECT: Fact = Fact {
    id: "event-streams-gen2.targets",
    text: "Gen 2 takes keys of Key Protect; Hyper Protect Crypto Services is not supported",
    source: KEY_PAGE,
};

/// What appears once the deployment stands.
pub static DEPENDENT_AUTHORIZATION: Fact = Fact {
    id: "event-streams-gen2.dependent-authorization",
    text: "the deployment makes a second authorization, of block storage (`server-protect`) with Reader on the key; if it is \
           removed, every deployment on this key fails until a support ticket brings it back",
    source: KEY_PAGE,
};

/// One key, one deployment.
pub static DO_NOT_SHARE: Fact = Fact {
    id: "event-streams-gen2.do-not-share",
    text: "do not use one key for several deployments: what happens to the key or its authorizations happens to all of them",
    source: KEY_PAGE,
};

/// What the console's steps may no longer be.
pub static CONSOLE_CHANGED: Fact = Fact {
    id: "event-streams-gen2.console",
    text: "the console's provisioning page changed on 2026-10-07; these steps are older",
    source: RELEASE_NOTES,
};

/// Where the key can be read back.
pub static READ_BACK: Fact = Fact {
    id: "event-streams-gen2.read-back",
    text: "`extensions.dataservices.encryption.disk` is the key in effect; `parameters` only repeats what was asked for",
    source: Source {
        title: "Event Streams Gen 2: API",
        url: "https://cloud.ibm.com/docs/event-streams-gen2",
        as_of: "2026-04-17",
    },
};

/// What is registered on the key.
pub static REGISTRATIONS: Fact = Fact {
    id: "event-streams-gen2.registrations",
    text: "key events of Gen 2 come from the block storage under it, so the key is very likely registered for volumes, perhaps in \
           an account of IBM's, and not for the instance; inferred, not documented",
    source: Source {
        title: "Event Streams Gen 2: Activity tracking events",
        url: "https://cloud.ibm.com/docs/event-streams-gen2",
        as_of: "2026-04-17",
    },
};
