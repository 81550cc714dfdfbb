//! Db2 as a service.

use super::life::{Life, SoftDelete, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::plans::Plan;
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const PAGE: Source = Source {
    title: "Db2 on Cloud: Key Protect integration",
    url: "https://cloud.ibm.com/docs/Db2onCloud?topic=Db2onCloud-key-protect-v2",
    as_of: "2026-06-30",
};
const PROVISION: Source = Source {
    title: "Db2 on Cloud: Provision a service instance",
    url: "https://cloud.ibm.com/docs/Db2onCloud?topic=Db2onCloud-provisioning",
    as_of: "2026-06-30",
};
const PROVIDER: Source = Source {
    title: "terraform-provider-ibm: ibm_db2",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/r/db2.html.markdown",
    as_of: "2026-08-05",
};

/// Db2 as a service.
pub static DB2: Service = Service {
    id: "db2",
    title: "Db2",
    source_title: None,
    service_name: "dashdb-for-transactions",
    source_type: None,
    crn_service: "dashdb-for-transactions",
    crn_types: &[""],
    generation: Generation::NotApplicable,
    also: &["dashdb", "dashdb-for-transactions", "db2-saas", "db2oncloud"],
    plans: &[
        Plan::taking("performance", None),
        Plan::taking("PerformanceSubscription", None),
        Plan::taking("standard", None),
        Plan::taking("enterprise", None),
    ],
    plans_because: Some(Fact::new(
        "db2.plan",
        "the standard, enterprise and performance plans take keys; on performance plans backups are encrypted with the same key",
        PAGE,
    )),
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "db2.delegation",
        "performance plans need Reader and delegation; standard and enterprise plans need Reader, and delegation too where a key for \
         backups is set",
        PAGE,
    ),
    delegation: Delegation::OnPlans("performance"),
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "db2.targets",
        "Db2 takes keys of Key Protect and of Hyper Protect Crypto Services",
        PAGE,
    ),
    scopes: &[Scope::Instance, Scope::Account],
    scopes_because: Fact::new("db2.scope", "the documented authorization names a KMS instance", PAGE),
    key_ring: None,
    doubtful: None,
};

/// Where the keys go.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::Both,
    call: Call::ResourceController,
    members: &[
        Member::json(Holds::InstanceCrn, "/parameters/disk_encryption_instance_crn")
            .terraform("disk_encryption_instance_crn"),
        Member::json(Holds::KeyCrn, "/parameters/disk_encryption_key_crn").terraform("disk_encryption_key_crn"),
        Member::json(Holds::BackupKeyCrn, "/parameters/backup_encryption_key_crn"),
    ],
    because: Fact::new(
        "db2.key-parameters",
        "`disk_encryption_instance_crn` and `disk_encryption_key_crn` name the instance and the key by their CRNs; \
         `backup_encryption_key_crn` the key for backups",
        PROVISION,
    )
    .but("Terraform's `ibm_db2` has no argument for a key for backups", PROVIDER),
    set: Set::AtCreation,
    change: Change::Unknown,
    final_because: None,
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// What becomes of an instance and its keys.
pub static LIFE: Life = Life {
    registers: Stated::Unknown,
    soft_delete: Some(SoftDelete {
        reclaimable_days: None,
        registered_days: Some(9),
        because: Fact::new(
            "db2.soft-delete",
            "a deleted deployment stays registered on the key during its soft deletion, up to 9 days",
            PAGE,
        ),
    }),
    migration_intent: Stated::Unknown,
};
