//! Secrets Manager.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::Plan;
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::{READER, VIEWER};

const PAGE: Source = Source {
    title: "Secrets Manager: Creating a service instance",
    url: "https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-create-instance",
    as_of: "2026-11-26",
};
const MODULE: Source = Source {
    title: "terraform-ibm-secrets-manager: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-secrets-manager",
    as_of: "2026-11-26",
};

/// Secrets Manager.
pub static SECRETS_MANAGER: Service = Service {
    id: "secrets-manager",
    title: "Secrets Manager",
    source_title: None,
    service_name: "secrets-manager",
    source_type: None,
    crn_service: "secrets-manager",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["secret-manager", "secretsmanager"],
    plans: &[
        Plan::taking("standard", Some("7713c3a8-3be8-4a9a-81bb-ee822fcaac3d")),
        Plan::taking("trial", Some("869c191a-3c2a-4faf-98be-18d48f95ba1f")),
    ],
    plans_because: Some(Fact::new(
        "secrets-manager.plan",
        "the ids of the plans are GUIDs: `ibmcloud catalog service secrets-manager` prints them",
        PAGE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "secrets-manager.roles",
        "Secrets Manager needs Reader on the key; for a key of Hyper Protect Crypto Services also the platform role Viewer on its instance",
        MODULE,
    ),
    delegation: Delegation::No,
    hyper_protect_roles: &[&VIEWER],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "secrets-manager.targets",
        "Secrets Manager takes keys of Key Protect and of Hyper Protect Crypto Services",
        MODULE,
    ),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new("secrets-manager.scope", "IBM's own module authorizes the service for one key", MODULE),
    key_ring: None,
    doubtful: None,
};

/// Where the key goes.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::ResourceController,
    members: &[Member::json(Holds::KeyCrn, "/parameters/kms_key")],
    because: Fact::new("secrets-manager.key-parameter", "the full CRN of the key goes into `parameters.kms_key`", PAGE)
        .but("IBM's own module also sends `kms_instance`, the GUID of the KMS instance", MODULE),
    set: Set::AtCreation,
    change: Change::Unknown,
    final_because: None,
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// What becomes of an instance and its key.
pub static LIFE: Life = Life {
    registers: Stated::Unknown,
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "secrets-manager.migration-intent",
        "Secrets Manager knows the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};
