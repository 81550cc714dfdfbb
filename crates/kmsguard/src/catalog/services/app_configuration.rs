//! App Configuration.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::{OnPlan, Plan};
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const PAGE: Source = Source {
    title: "App Configuration: Managing encryption",
    url: "https://cloud.ibm.com/docs/app-configuration?topic=app-configuration-ac-managing-encryption",
    as_of: "2026-03-17",
};
const CLI: Source = Source {
    title: "App Configuration: CLI reference, integrations",
    url: "https://cloud.ibm.com/docs/app-configuration?topic=app-configuration-app-configuration-cli",
    as_of: "2026-11-26",
};
const MODULE: Source = Source {
    title: "terraform-ibm-app-configuration: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-app-configuration",
    as_of: "2026-11-26",
};

/// App Configuration.
pub static APP_CONFIGURATION: Service = Service {
    id: "app-configuration",
    title: "App Configuration",
    source_title: None,
    service_name: "apprapp",
    source_type: None,
    crn_service: "apprapp",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["apprapp", "appconfig", "app-config"],
    plans: &[
        Plan::taking("enterprise", None),
        Plan::with("standardv2", None, OnPlan::NotTaken),
        Plan::with("basic", None, OnPlan::NotTaken),
        Plan::with("lite", None, OnPlan::NotTaken),
    ],
    plans_because: Some(Fact::new(
        "app-configuration.plan",
        "customer-managed keys are on the Enterprise plan only",
        PAGE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new("app-configuration.roles", "App Configuration needs Reader on the KMS instance", PAGE),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms"],
    targets_because: Fact::new("app-configuration.targets", "App Configuration takes keys of Key Protect", PAGE),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new("app-configuration.scope", "IBM's own module authorizes the service for one key", MODULE),
    key_ring: None,
    doubtful: None,
};

/// Where the key goes.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::InstanceAndKeyId,
    call: Call::Integration,
    members: &[
        Member::json(Holds::InstanceCrn, "/metadata/kms_instance_crn").terraform("kms_instance_crn"),
        Member::json(Holds::Endpoint, "/metadata/kms_endpoint").terraform("kms_endpoint"),
        Member::json(Holds::KeyId, "/metadata/root_key_id").terraform("root_key_id"),
    ],
    because: Fact::new(
        "app-configuration.key-members",
        "the integration of type `KMS` names the CRN and the endpoint of the KMS instance, and the id of the key",
        CLI,
    ),
    set: Set::Later,
    change: Change::Never,
    final_because: Some(Fact::new(
        "app-configuration.key-is-final",
        "customer-managed encryption cannot be disabled once it is enabled: delete the instance and make another",
        PAGE,
    )),
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// What becomes of an instance and its key.
pub static LIFE: Life = Life {
    registers: Stated::Yes(Fact::new(
        "app-configuration.registrations",
        "an instance is registered on its key",
        Source {
            title: "Key Protect: Integrating services",
            url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-integrate-services",
            as_of: "2026-08-12",
        },
    )),
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "app-configuration.migration-intent",
        "App Configuration knows the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// What the key covers.
pub const COVERS: Fact =
    Fact::new("app-configuration.covers", "only the data of segments is encrypted with the key", PAGE);

/// What a disabled or deleted key does.
pub const SHUT_DOWN: Fact = Fact::new(
    "app-configuration.key-gone",
    "with the key disabled or deleted the instance shuts down; enabling it restarts the instance with its data, deleting it is final",
    PAGE,
);
