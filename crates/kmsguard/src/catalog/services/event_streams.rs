//! Event Streams.

use super::common::MIGRATION;
use super::life::{Life, SoftDelete, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::{OnPlan, Plan};
use super::{Delegation, Dependent, Fact, Regions, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

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
/// Event Streams Gen 2.
pub static GEN2: Service = Service {
    id: "event-streams-gen2",
    title: "Event Streams Gen 2",
    source_title: None,
    service_name: "messagehub",
    source_type: None,
    crn_service: "messagehub",
    crn_types: &[""],
    generation: Generation::Gen2,
    also: &["messagehub", "event-streams", "eventstreams", "kafka"],
    plans: &[Plan::taking("enterprise-gen2", Some("eventstreams-gen2-enterprise"))],
    plans_because: Some(PLAN_NAMES),
    regions: Some(Regions { known: GEN2_REGIONS, source: RELEASE_NOTES }),
    roles: &[&READER],
    roles_because: Fact::new(
        "event-streams-gen2.delegation",
        "Reader and delegation are both needed: the deployment passes its authorization on to the block storage under it; \
         without either, provisioning fails",
        KEY_PAGE,
    ),
    delegation: Delegation::Always,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: Some(Dependent { service: "server-protect", because: DEPENDENT_AUTHORIZATION }),
    targets: &["kms"],
    targets_because: NO_HYPER_PROTECT,
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new(
        "event-streams-gen2.scope",
        "an authorization may be restricted to a root key or a KMS instance; restrictions to a key ring are not supported",
        KEY_PAGE,
    ),
    key_ring: Some(false),
    doubtful: None,
};

/// Where the key of Gen 2 goes.
pub static GEN2_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::ResourceController,
    members: &[Member::json(Holds::KeyCrn, "/parameters/dataservices/encryption/disk")],
    because: KEY_PARAMETER,
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(KEY_IS_FINAL),
    effective: Some("/extensions/dataservices/encryption/disk"),
    repeated: true,
    key_regions: &[],
};

/// What becomes of a deployment of Gen 2.
pub static GEN2_LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: Some(SoftDelete { reclaimable_days: Some(3), registered_days: Some(9), because: SOFT_DELETE }),
    migration_intent: Stated::Yes(MIGRATION_INTENT),
};

/// The classic generation.
pub static CLASSIC: Service = Service {
    id: "event-streams-classic",
    title: "Event Streams",
    source_title: None,
    service_name: "messagehub",
    source_type: None,
    crn_service: "messagehub",
    crn_types: &[""],
    generation: Generation::Classic,
    also: &["messagehub", "event-streams", "eventstreams", "kafka"],
    plans: &[
        Plan::taking("enterprise-3nodes-2tb", Some("ibm.message.hub.enterprise.3nodes.2tb")),
        Plan::with("standard", Some("ibm.message.hub.standard"), OnPlan::Ignored),
        Plan::with("lite", Some("ibm.message.hub.lite"), OnPlan::NotTaken),
        Plan::with("messagehub-standard", None, OnPlan::NotTaken),
    ],
    plans_because: Some(CLASSIC_PLAN),
    regions: Some(Regions { known: CLASSIC_REGIONS, source: CLASSIC_REGIONS_PAGE }),
    roles: &[&READER],
    roles_because: Fact::new(
        "event-streams-classic.roles",
        "Reader is enough: the classic generation passes its authorization on to no other service",
        CLASSIC_KEY_PAGE,
    ),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "event-streams-classic.targets",
        "the Enterprise plan takes keys of Key Protect and of Hyper Protect Crypto Services",
        CLASSIC_KEY_PAGE,
    ),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new(
        "event-streams-classic.scope",
        "IBM's own module authorizes the service for one key",
        MODULE,
    ),
    key_ring: None,
    doubtful: None,
};

/// Where the key of the classic generation goes.
pub static CLASSIC_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::ResourceController,
    members: &[Member::json(Holds::KeyCrn, "/parameters/kms_key_crn")],
    because: Fact::new(
        "event-streams-classic.key-parameter",
        "the key goes into `parameters.kms_key_crn`, by its full CRN",
        CLASSIC_KEY_PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(Fact::new(
        "event-streams-classic.key-is-final",
        "customer-managed encryption is chosen when the instance is made and cannot be disabled later: delete the instance and \
         make another; only clusters made after October 2019 have it",
        CLASSIC_KEY_PAGE,
    )),
    effective: None,
    repeated: true,
    key_regions: &[],
};

/// What becomes of a deployment of the classic generation.
pub static CLASSIC_LIFE: Life = Life {
    registers: Stated::Yes(CLASSIC_DEREGISTERS),
    soft_delete: Some(SoftDelete { reclaimable_days: Some(3), registered_days: None, because: CLASSIC_SOFT_DELETE }),
    migration_intent: Stated::Yes(MIGRATION_INTENT),
};

/// What the plans of the classic generation do with a key.
pub static CLASSIC_PLAN: Fact = Fact::new(
    "event-streams-classic.plan",
    "only the Enterprise plan encrypts with a customer's key; the Standard plan takes the parameter without an error and ignores it",
    Source {
        title: "terraform-provider-ibm#4662: the Standard plan accepts KMS parameters",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4662",
        as_of: "2026-08-05",
    },
);

/// What the key of the classic generation covers.
pub static CLASSIC_COVERS: Fact = Fact::new(
    "event-streams-classic.covers",
    "only the payload of messages is encrypted with the key; names of topics, configuration and schemas are not",
    CLASSIC_KEY_PAGE,
);

/// Sizes of the classic generation are texts.
pub static CLASSIC_SIZES: Fact = Fact::new(
    "event-streams-classic.sizes",
    "`throughput` and `storage_size` are texts: 150 with 2048 to 12288 in steps of 2048, 300 with 4096, 8192 or 12288, 450 with \
     6144 or 12288",
    Source {
        title: "Event Streams: Scaling capacity",
        url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-scaling_capacity",
        as_of: "2026-04-21",
    },
);

pub(in crate::catalog) const CLASSIC_REGIONS: &[&str] =
    &["au-syd", "br-sao", "ca-tor", "eu-de", "eu-es", "eu-gb", "jp-osa", "jp-tok", "us-east", "us-south"];

pub(in crate::catalog) const CLASSIC_REGIONS_PAGE: Source = Source {
    title: "Event Streams: Choosing your plan",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-plan_choose",
    as_of: "2026-04-21",
};

const MODULE: Source = Source {
    title: "terraform-ibm-event-streams: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-event-streams",
    as_of: "2026-11-26",
};

const CLASSIC_DEREGISTERS: Fact = Fact::new(
    "event-streams-classic.registrations",
    "the instance is registered on the key; its authorization must stay after the instance is deleted, until the key shows that it \
     has been deregistered",
    CLASSIC_KEY_PAGE,
);

const CLASSIC_SOFT_DELETE: Fact = Fact::new(
    "event-streams-classic.soft-delete",
    "a deleted instance can be had back for three days",
    Source {
        title: "Event Streams: Securing your data",
        url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-data_security",
        as_of: "2026-04-21",
    },
);

/// How long a deleted deployment of Gen 2 keeps its key.
const SOFT_DELETE: Fact = Fact::new(
    "event-streams-gen2.soft-delete",
    "a deleted deployment stays registered on the key during its soft deletion, up to 9 days; until then only force deletes the key",
    KEY_PAGE,
)
.but(
    "a deleted instance is kept for three days",
    Source {
        title: "Event Streams Gen 2: Securing your data",
        url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-data_security",
        as_of: "2026-04-17",
    },
);

const MIGRATION_INTENT: Fact = Fact::new(
    "event-streams.migration-intent",
    "Event Streams knows the intents of a migration to Key Protect Dedicated, and takes up to one business day",
    MIGRATION,
);

/// Which of a plan's names goes where.
pub const PLAN_NAMES: Fact = Fact::new(
    "event-streams-gen2.plan",
    "the REST API takes the plan's id `eventstreams-gen2-enterprise`, the command line and Terraform its name `enterprise-gen2`",
    KEY_PAGE,
);

/// Regions in which Gen 2 was offered when the list was read.
pub(in crate::catalog) const GEN2_REGIONS: &[&str] = &[
    "au-syd", "br-sao", "ca-mon", "ca-tor", "eu-de", "eu-es", "eu-gb", "in-che", "in-mum", "jp-osa", "jp-tok",
    "us-east", "us-south",
];

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

/// Where the key goes.
pub const KEY_PARAMETER: Fact = Fact::new(
    "event-streams-gen2.key-parameter",
    "the key goes into `parameters.dataservices.encryption.disk`, by its full CRN and not its id",
    KEY_PAGE,
);

/// The key is chosen once.
pub const KEY_IS_FINAL: Fact = Fact::new(
    "event-streams-gen2.key-is-final",
    "the key is set when the deployment is made and cannot be added, changed or removed later: to change it, delete the \
           deployment and make another",
    KEY_PAGE_GEN2_ENCRYPTION,
);

const KEY_PAGE_GEN2_ENCRYPTION: Source = Source {
    title: "Event Streams Gen 2: Managing encryption",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-managing_encryption",
    as_of: "2026-04-17",
};

/// The KMS it takes keys of.
pub const NO_HYPER_PROTECT: Fact = Fact::new(
    "event-streams-gen2.targets",
    "Gen 2 takes keys of Key Protect; Hyper Protect Crypto Services is not supported",
    KEY_PAGE,
);

/// What appears once the deployment stands.
pub const DEPENDENT_AUTHORIZATION: Fact = Fact::new(
    "event-streams-gen2.dependent-authorization",
    "the deployment makes a second authorization, of block storage (`server-protect`) with Reader on the key; if it is \
           removed, every deployment on this key fails until a support ticket brings it back",
    KEY_PAGE,
);

/// One key, one deployment.
pub const DO_NOT_SHARE: Fact = Fact::new(
    "event-streams-gen2.do-not-share",
    "do not use one key for several deployments: what happens to the key or its authorizations happens to all of them",
    KEY_PAGE,
);

/// What the console's steps may no longer be.
pub const CONSOLE_CHANGED: Fact = Fact::new(
    "event-streams-gen2.console",
    "the console's provisioning page changed on 2026-10-07; these steps are older",
    RELEASE_NOTES,
);

/// Where the key can be read back.
pub const READ_BACK: Fact = Fact::new(
    "event-streams-gen2.read-back",
    "`extensions.dataservices.encryption.disk` is the key in effect; `parameters` only repeats what was asked for",
    Source {
        title: "Event Streams Gen 2: API",
        url: "https://cloud.ibm.com/docs/event-streams-gen2",
        as_of: "2026-04-17",
    },
);

/// What is registered on the key.
pub const REGISTRATIONS: Fact = Fact::new(
    "event-streams-gen2.registrations",
    "key events of Gen 2 come from the block storage under it, so the key is very likely registered for volumes, perhaps in \
           an account of IBM's, and not for the instance; inferred, not documented",
    Source {
        title: "Event Streams Gen 2: Activity tracking events",
        url: "https://cloud.ibm.com/docs/event-streams-gen2",
        as_of: "2026-04-17",
    },
);

/// Rotation.
pub const ROTATION: Fact = Fact::new(
    "event-streams-gen2.rotation",
    "the key may be rotated, by hand or by a policy: deployments take its new version",
    KEY_PAGE,
);

/// What deleting the key does.
pub const CRYPTO_SHREDDING: Fact = Fact::new(
    "event-streams-gen2.crypto-shredding",
    "deleting a key in use, which only force does, locks the disks and disables every deployment on it: the data is unrecoverable, \
     and Key Protect reports `kms.secrets.delete`",
    KEY_PAGE,
);
