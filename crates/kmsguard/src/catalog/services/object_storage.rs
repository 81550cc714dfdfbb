//! Cloud Object Storage: buckets and backup vaults.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, KeyRegions, Member, Placement, Set, Shape};
use super::{Delegation, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const KEY_PAGE: Source = Source {
    title: "Cloud Object Storage: Managing encryption with Key Protect",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-kp",
    as_of: "2026-08-07",
};
const BUCKET_API: Source = Source {
    title: "Cloud Object Storage: Bucket operations",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-compatibility-api-bucket-operations",
    as_of: "2026-08-07",
};
const VAULT_PAGE: Source = Source {
    title: "Cloud Object Storage: Backup vault provisioning",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-bvm-provisioning",
    as_of: "2025-07-02",
};

/// A bucket.
pub static BUCKET: Service = Service {
    id: "object-storage-bucket",
    title: "Object Storage bucket",
    source_title: Some("Cloud Object Storage"),
    service_name: "cloud-object-storage",
    source_type: None,
    crn_service: "cloud-object-storage",
    crn_types: &["bucket"],
    generation: Generation::NotApplicable,
    also: &["cos", "cos-bucket", "object-storage", "bucket"],
    plans: &[],
    plans_because: None,
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "object-storage.roles",
        "Object Storage needs Reader on the KMS instance or the key, and no delegation",
        KEY_PAGE,
    ),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "object-storage.targets",
        "buckets take keys of Key Protect and of Hyper Protect Crypto Services",
        KEY_PAGE,
    ),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new(
        "object-storage.scope",
        "an authorization may be restricted to one key; a CRN in the place of the instance's GUID authorizes nothing",
        Source {
            title: "terraform-ibm-cos#758, #173: authorization for one key",
            url: "https://github.com/terraform-ibm-modules/terraform-ibm-cos/issues/173",
            as_of: "2026-11-26",
        },
    ),
    key_ring: None,
    doubtful: None,
};

/// Where the key of a bucket goes.
pub static BUCKET_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::Bucket,
    members: &[Member {
        holds: Holds::KeyCrn,
        json: None,
        header: Some("ibm-sse-kp-customer-root-key-crn"),
        cli: None,
        terraform: Some("kms_key_crn"),
    }],
    because: Fact::new(
        "object-storage.key-header",
        "the key goes into the header `ibm-sse-kp-customer-root-key-crn`, beside `ibm-sse-kp-encryption-algorithm: AES256`",
        BUCKET_API,
    ),
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(Fact::new(
        "object-storage.key-is-final",
        "the key of a bucket is chosen when the bucket is made: it cannot be added later",
        KEY_PAGE,
    )),
    effective: None,
    repeated: false,
    key_regions: &[KeyRegions {
        of: Holds::KeyCrn,
        target: "kms",
        regions: &["eu-de", "jp-tok", "us-south"],
        because: CROSS_REGION_KEYS,
    }],
};

/// What becomes of a bucket and its key.
pub static BUCKET_LIFE: Life = Life {
    registers: Stated::Yes(Fact::new(
        "object-storage.registrations",
        "buckets made since 2020-02-26 are registered on their key, as `…:bucket:NAME` of the Object Storage instance; older ones \
         are not",
        KEY_PAGE,
    )),
    soft_delete: None,
    migration_intent: Stated::Yes(MIGRATION_INTENT),
};

/// A backup vault.
pub static BACKUP_VAULT: Service = Service {
    id: "object-storage-backup-vault",
    title: "Object Storage backup vault",
    also: &["backup-vault", "cos-backup-vault"],
    crn_types: &["backup-vault"],
    targets: &["kms"],
    targets_because: Fact::new(
        "object-storage-backup-vault.targets",
        "a backup vault takes keys of Key Protect",
        VAULT_PAGE,
    ),
    ..BUCKET
};

/// Where the key of a backup vault goes.
pub static BACKUP_VAULT_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::BackupVault,
    members: &[Member::json(Holds::KeyCrn, "/sse_kp_customer_root_key_crn").terraform("kms_key_crn")],
    because: Fact::new(
        "object-storage-backup-vault.key-member",
        "the key goes into `sse_kp_customer_root_key_crn`; the page's own sample lacks a segment of the CRN",
        VAULT_PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Unknown,
    final_because: Some(Fact::new(
        "object-storage-backup-vault.changes",
        "the pages speak of metrics and activity tracking as what can be changed later, and not of the key",
        VAULT_PAGE,
    )),
    effective: Some("/sse_kp_customer_root_key_crn"),
    repeated: false,
    key_regions: &[],
};

/// What becomes of a backup vault and its key.
pub static BACKUP_VAULT_LIFE: Life =
    Life { registers: Stated::Unknown, soft_delete: None, migration_intent: Stated::Yes(MIGRATION_INTENT) };

/// Keys for buckets across regions.
pub const CROSS_REGION_KEYS: Fact = Fact::new(
    "object-storage.cross-region-keys",
    "a bucket across regions takes a key in us-south, eu-de or jp-tok; any other bucket a key in any region",
    KEY_PAGE,
)
.but("a bucket across regions takes a key in us-south or jp-tok", BUCKET_API);

/// How the key is read back.
pub const READ_BACK: Fact = Fact::new(
    "object-storage.read-back",
    "`HEAD` of the bucket answers `ibm-sse-kp-enabled: True` and the key in `ibm-sse-kp-crk-id`",
    BUCKET_API,
);

/// How long the deletion of a key takes to show.
pub const NOTICE: Fact = Fact::new(
    "object-storage.notice",
    "deleting the key makes reads and writes fail within about 90 seconds; restoring it in time brings them back",
    KEY_PAGE,
);

/// How a bucket is deregistered.
pub const DEREGISTER: Fact = Fact::new(
    "object-storage.deregister",
    "a bucket deregisters from its key as it is deleted: a key or an authorization that goes at the same moment leaves the \
     registration behind",
    Source {
        title: "terraform-ibm-cos#672: bucket and key deleted together",
        url: "https://github.com/terraform-ibm-modules/terraform-ibm-cos/issues/672",
        as_of: "2026-11-26",
    },
);

const MIGRATION_INTENT: Fact = Fact::new(
    "object-storage.migration-intent",
    "Object Storage knows the intents of a migration to Key Protect Dedicated",
    MIGRATION,
);

/// The command line has no flag for the key.
pub const NO_FLAG: Fact = Fact::new(
    "object-storage.command",
    "the documented options of `ibmcloud cos bucket-create` hold none for a key: send the call, or use Terraform",
    Source {
        title: "Cloud Object Storage: CLI reference, create a bucket",
        url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-ic-cos-cli",
        as_of: "2026-08-07",
    },
);
