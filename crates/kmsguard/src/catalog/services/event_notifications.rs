//! Event Notifications.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::{OnPlan, Plan};
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const PAGE: Source = Source {
    title: "Event Notifications: Managing encryption",
    url: "https://cloud.ibm.com/docs/event-notifications?topic=event-notifications-en-managing-encryption",
    as_of: "2022-11-28",
};
const CLI: Source = Source {
    title: "Event Notifications: CLI reference, integrations",
    url: "https://cloud.ibm.com/docs/event-notifications?topic=event-notifications-en-cli",
    as_of: "2026-11-26",
};
const MODULE: Source = Source {
    title: "terraform-ibm-event-notifications: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-event-notifications",
    as_of: "2026-11-26",
};

/// Event Notifications.
pub static EVENT_NOTIFICATIONS: Service = Service {
    id: "event-notifications",
    title: "Event Notifications",
    source_title: None,
    service_name: "event-notifications",
    source_type: None,
    crn_service: "event-notifications",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["event-notification", "eventnotifications"],
    plans: &[Plan::taking("standard", None), Plan::with("lite", None, OnPlan::NotTaken)],
    plans_because: Some(Fact::new(
        "event-notifications.plan",
        "customer-managed keys are on the Standard plan only",
        PAGE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new("event-notifications.roles", "Event Notifications needs Reader on the KMS instance", PAGE),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms"],
    targets_because: Fact::new(
        "event-notifications.targets",
        "integrations of type `hs-crypto` are deprecated: new ones take keys of Key Protect",
        CLI,
    )
    .but("keys of Hyper Protect Crypto Services are taken", PAGE),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new(
        "event-notifications.scope",
        "IBM's own module authorizes the service for one key",
        MODULE,
    ),
    key_ring: None,
    doubtful: None,
};

/// Where the key goes.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::InstanceAndKeyId,
    call: Call::Integration,
    members: &[
        Member::json(Holds::Endpoint, "/metadata/endpoint").terraform("metadata.endpoint"),
        Member::json(Holds::InstanceCrn, "/metadata/crn").terraform("metadata.crn"),
        Member::json(Holds::KeyId, "/metadata/root_key_id").terraform("metadata.root_key_id"),
    ],
    because: Fact::new(
        "event-notifications.key-members",
        "the integration of type `kms` names the endpoint and the CRN of the KMS instance, and the id of the key",
        CLI,
    ),
    set: Set::Later,
    change: Change::Unknown,
    final_because: Some(Fact::new(
        "event-notifications.key-is-final",
        "customer-managed encryption cannot be disabled once it is enabled: delete the instance and make another",
        PAGE,
    )),
    effective: Some("/metadata/root_key_id"),
    repeated: false,
    key_regions: &[],
};

/// What becomes of an instance and its key.
pub static LIFE: Life = Life {
    registers: Stated::Unknown,
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "event-notifications.migration-intent",
        "Event Notifications knows the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// What a disabled or deleted key does.
pub const SHUT_DOWN: Fact = Fact::new(
    "event-notifications.key-gone",
    "with the key disabled or deleted the instance shuts down; enabling it restarts the instance with its data, deleting it is final",
    PAGE,
);
