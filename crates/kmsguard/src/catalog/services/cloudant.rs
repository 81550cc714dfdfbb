//! Cloudant.

use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::{OnPlan, Plan};
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const PAGE: Source = Source {
    title: "Cloudant: Creating and leveraging a Dedicated Hardware plan instance",
    url: "https://cloud.ibm.com/docs/Cloudant?topic=Cloudant-creating-and-leveraging-an-ibm-cloudant-dedicated-hardware-plan-instance-on-ibm-cloud",
    as_of: "2026-11-26",
};

/// Cloudant on dedicated hardware.
pub static CLOUDANT: Service = Service {
    id: "cloudant",
    title: "Cloudant",
    source_title: None,
    service_name: "cloudantnosqldb",
    source_type: None,
    crn_service: "cloudantnosqldb",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["cloudantnosqldb"],
    plans: &[
        Plan::taking("dedicated-hardware", None),
        Plan::with("standard", None, OnPlan::NotTaken),
        Plan::with("lite", None, OnPlan::NotTaken),
    ],
    plans_because: Some(Fact::new(
        "cloudant.plan",
        "only the plan `dedicated-hardware` takes a key; instances of the Standard plan that are made on it share it",
        PAGE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "cloudant.roles",
        "the page has the service authorized for the KMS instance and names no role; Reader is what every other service needs",
        PAGE,
    ),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms"],
    targets_because: Fact::new("cloudant.targets", "Cloudant takes keys of Key Protect", PAGE),
    scopes: &[Scope::Instance, Scope::Account],
    scopes_because: Fact::new("cloudant.scope", "the documented authorization names a KMS instance", PAGE),
    key_ring: None,
    doubtful: None,
};

/// Where the key goes.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::Both,
    call: Call::ResourceController,
    members: &[
        Member::json(Holds::InstanceCrn, "/parameters/kms_instance_crn"),
        Member::json(Holds::KeyCrn, "/parameters/kms_key_crn"),
    ],
    because: Fact::new(
        "cloudant.key-parameters",
        "`kms_instance_crn` and `kms_key_crn` are given both or neither",
        PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Unknown,
    final_because: None,
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// What becomes of an instance and its key.
pub static LIFE: Life = Life { registers: Stated::Unknown, soft_delete: None, migration_intent: Stated::Unknown };

/// How long it takes.
pub const PROVISIONING: Fact = Fact::new(
    "cloudant.provisioning",
    "dedicated hardware is made within about five days; `location`, where it stands, which may be another place than the instance's \
     region, and `hipaa` go into the parameters beside the key",
    PAGE,
);
