//! watsonx.data.

use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::{OnPlan, Plan};
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

/// IBM's module is all that was found: no page names the parameters.
const MODULE: Source = Source {
    title: "terraform-ibm-watsonx-data: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-watsonx-data",
    as_of: "2026-11-26",
};

/// watsonx.data.
pub static WATSONX_DATA: Service = Service {
    id: "watsonx-data",
    title: "watsonx.data",
    source_title: None,
    service_name: "lakehouse",
    source_type: None,
    crn_service: "lakehouse",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["lakehouse", "watsonxdata"],
    plans: &[
        Plan::taking("lakehouse-enterprise", None),
        Plan::with("lakehouse-enterprise-mcsp", None, OnPlan::NotTaken),
        Plan::with("lite", None, OnPlan::NotTaken),
    ],
    plans_because: Some(Fact::new(
        "watsonx-data.plan",
        "only the plan `lakehouse-enterprise` takes a key; in au-syd and ca-tor the plan is `lakehouse-enterprise-mcsp`, which does not",
        MODULE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new("watsonx-data.roles", "watsonx.data needs Reader on the key", MODULE),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms"],
    targets_because: Fact::new("watsonx-data.targets", "watsonx.data takes keys of Key Protect", MODULE),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new("watsonx-data.scope", "IBM's own module authorizes the service for one key", MODULE),
    key_ring: None,
    doubtful: None,
};

/// Where the key goes.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::InstanceAndKeyId,
    call: Call::ResourceController,
    members: &[
        Member::json(Holds::KeyCrn, "/parameters/kms_instance"),
        Member::json(Holds::KeyId, "/parameters/kms_key"),
    ],
    because: Fact::new(
        "watsonx-data.key-parameters",
        "`kms_instance` holds the full CRN of the key, in spite of its name, and `kms_key` the id of the key",
        MODULE,
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

/// The centres that go with the regions.
pub static DATACENTERS: &[(&str, &str)] = &[
    ("au-syd", "ibm:au-syd:syd"),
    ("ca-tor", "ibm:ca-tor:tor"),
    ("eu-de", "ibm:eu-de:fra"),
    ("eu-gb", "ibm:eu-gb:lon"),
    ("jp-tok", "ibm:jp-tok:tok"),
    ("us-east", "ibm:us-east:wdc"),
    ("us-south", "ibm:us-south:dal"),
];

/// The other parameters.
pub const PARAMETERS: Fact = Fact::new(
    "watsonx-data.parameters",
    "beside the key, IBM's own module sends `datacenter`, `cloud_type` and `region`",
    MODULE,
);
