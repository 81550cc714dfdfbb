//! VPC: volumes, boot volumes, file shares and custom images.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::{Delegation, Fact, Grant, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const BLOCK_AUTHORIZATION: Source = Source {
    title: "VPC: Establishing service-to-service authorizations for block storage",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-block-s2s-auth",
    as_of: "2026-08-21",
};
const BLOCK_PAGE: Source = Source {
    title: "VPC: Creating Block Storage volumes with customer-managed encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-block-storage-vpc-encryption",
    as_of: "2026-08-21",
};
const SHARE_AUTHORIZATION: Source = Source {
    title: "VPC: Establishing service-to-service authorizations for File Storage",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-file-s2s-auth",
    as_of: "2026-08-21",
};
const SHARE_PAGE: Source = Source {
    title: "VPC: Creating file shares with customer-managed encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-file-storage-vpc-encryption",
    as_of: "2026-08-21",
};
const IMAGE_PAGE: Source = Source {
    title: "VPC: Creating an encrypted custom image",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-create-encrypted-custom-image",
    as_of: "2026-08-21",
};
const MANAGING: Source = Source {
    title: "VPC: Managing data encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing",
    as_of: "2026-08-21",
};

/// A data volume.
pub static VOLUME: Service = Service {
    id: "vpc-volume",
    title: "VPC block storage volume",
    source_title: Some("Cloud Block Storage"),
    service_name: "server-protect",
    source_type: None,
    crn_service: "is",
    crn_types: &["volume", "snapshot"],
    generation: Generation::NotApplicable,
    also: &["is", "vpc", "volume", "block-storage", "cloud-block-storage"],
    plans: &[],
    plans_because: None,
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "vpc-volume.roles",
        "the source of the authorization is Cloud Block Storage, `server-protect`, and not `is`; Reader is enough within an account, \
         every documented example across accounts has delegation too",
        BLOCK_AUTHORIZATION,
    )
    .but("the steps of the console tick delegation, the samples for the command line and Terraform do not have it", BLOCK_AUTHORIZATION),
    delegation: Delegation::AcrossAccounts,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "vpc.targets",
        "volumes, shares and images take keys of Key Protect and of Hyper Protect Crypto Services",
        BLOCK_PAGE,
    ),
    scopes: &[Scope::Key, Scope::Instance, Scope::Account],
    scopes_because: Fact::new(
        "vpc.scope",
        "the pages authorize the service for a KMS instance; Key Protect takes one key as well",
        Source {
            title: "Key Protect: Managing user access",
            url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-manage-access",
            as_of: "2026-08-12",
        },
    )
    .but(
        "a volume was refused its key until an authorization of one instance was widened",
        Source {
            title: "terraform-provider-ibm#4522: the CRN specified in the request is not valid",
            url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4522",
            as_of: "2026-08-05",
        },
    ),
    key_ring: None,
    doubtful: None,
};

/// Where the key of a volume goes.
pub static VOLUME_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::Vpc,
    members: &[Member::json(Holds::KeyCrn, "/encryption_key/crn").cli("--encryption-key").terraform("encryption_key")],
    because: Fact::new("vpc-volume.key-member", "the key goes into `encryption_key.crn` of the volume", BLOCK_PAGE),
    set: Set::AtCreation,
    change: Change::Unknown,
    final_because: Some(MADE_WITH_KEY),
    effective: Some("/encryption_key/crn"),
    repeated: false,
    key_regions: &[],
};

/// What becomes of a volume and its key.
pub static VOLUME_LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "vpc-volume.migration-intent",
        "Block Storage for VPC knows the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// The boot volume of a virtual server.
pub static BOOT_VOLUME: Service = Service {
    id: "vpc-boot-volume",
    title: "VPC boot volume",
    also: &["boot-volume", "virtual-server", "vsi"],
    crn_types: &["volume"],
    ..VOLUME
};

/// Where the key of a boot volume goes.
pub static BOOT_VOLUME_PLACEMENT: Placement = Placement {
    members: &[Member::json(Holds::KeyCrn, "/boot_volume_attachment/volume/encryption_key/crn")
        .terraform("boot_volume.encryption")],
    because: Fact::new(
        "vpc-boot-volume.key-member",
        "the key goes into `boot_volume_attachment.volume.encryption_key.crn` of the virtual server",
        BLOCK_PAGE,
    ),
    effective: None,
    ..VOLUME_PLACEMENT
};

/// What becomes of a boot volume and its key.
pub static BOOT_VOLUME_LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: None,
    migration_intent: Stated::No(Fact::new(
        "vpc-boot-volume.migration-intent",
        "the table of services that know the intents of a migration does not have virtual servers; whether their boot volumes count \
         as Block Storage, which it has, is not said",
        MIGRATION,
    )),
};

/// A file share.
pub static SHARE: Service = Service {
    id: "vpc-share",
    title: "VPC file share",
    source_title: Some("VPC Infrastructure Services"),
    service_name: "is",
    source_type: Some("share"),
    crn_types: &["share", "share-snapshot"],
    also: &["share", "file-share", "file-storage"],
    roles_because: Fact::new(
        "vpc-share.roles",
        "the source of the authorization is `is` with resource type `share`; Reader is enough within an account, the listing across \
         accounts has delegation too",
        SHARE_AUTHORIZATION,
    ),
    ..VOLUME
};

/// Where the key of a share goes.
pub static SHARE_PLACEMENT: Placement = Placement {
    because: Fact::new("vpc-share.key-member", "the key goes into `encryption_key.crn` of the share", SHARE_PAGE),
    ..VOLUME_PLACEMENT
};

/// What becomes of a share and its key.
pub static SHARE_LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: None,
    migration_intent: Stated::No(Fact::new(
        "vpc-share.migration-intent",
        "VPC File Storage does not know the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// A custom image.
pub static IMAGE: Service = Service {
    id: "vpc-image",
    title: "VPC custom image",
    crn_types: &["image"],
    also: &["image", "custom-image"],
    roles_because: Fact::new(
        "vpc-image.roles",
        "the key is used by Cloud Block Storage, `server-protect`, with Reader; the image service needs Reader on Object Storage, where \
         the image's file is, and nothing on the key",
        IMAGE_PAGE,
    ),
    grants: &[Grant {
        source: "is",
        source_title: "Image Service for VPC",
        source_type: Some("image"),
        target: Some("cloud-object-storage"),
        roles: &[&READER],
        because: Fact::new(
            "vpc-image.object-storage",
            "the image service reads the image's file from Object Storage, and needs Reader there",
            IMAGE_PAGE,
        ),
    }],
    ..VOLUME
};

/// Where the key of an image goes.
pub static IMAGE_PLACEMENT: Placement = Placement {
    because: Fact::new(
        "vpc-image.key-member",
        "the key goes into `encryption_key.crn`, and the passphrase of the image's file, wrapped by that key, into \
         `encrypted_data_key`",
        IMAGE_PAGE,
    ),
    ..VOLUME_PLACEMENT
};

/// What becomes of an image and its key.
pub static IMAGE_LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: None,
    migration_intent: Stated::No(Fact::new(
        "vpc-image.migration-intent",
        "VPC images do not know the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// What is registered on the key, and for how long.
pub const REGISTRATIONS: Fact = Fact::new(
    "vpc.registrations",
    "volumes, snapshots, shares and images are registered on their key; if the authorization goes before the resource does, the \
     registration stays for ever",
    MANAGING,
);

/// What disabling and deleting the key do.
pub const STOPPED: Fact = Fact::new(
    "vpc.key-gone",
    "with the key deleted, instances with such volumes are stopped and shares suspended, and billed on; with it disabled they run until \
     they are stopped and do not start again",
    MANAGING,
);

const MADE_WITH_KEY: Fact = Fact::new(
    "vpc.key-at-creation",
    "the pages set the key when the resource is made; changing it for another root key is not described",
    MANAGING,
);
