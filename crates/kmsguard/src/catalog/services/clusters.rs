//! Kubernetes and OpenShift clusters: their secrets, and the disks of their workers.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::{Delegation, Dependent, Doubtful, Fact, Grant, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const SETUP: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Setting up a KMS provider",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-setup",
    as_of: "2026-08-21",
};
const SECRETS_PAGE: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting Kubernetes secrets by using a KMS provider",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-secrets",
    as_of: "2026-08-21",
};
const WORKERS_PAGE: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting VPC worker disks",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-vpc-worker-disks",
    as_of: "2026-08-21",
};
const MOVING: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Migrating from Hyper Protect Crypto Services to Key Protect",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-hpcs-to-kp-migration",
    as_of: "2026-08-21",
};

/// The secrets of a cluster.
pub static SECRETS: Service = Service {
    id: "cluster-secrets",
    title: "Kubernetes or OpenShift cluster secrets",
    source_title: Some("Kubernetes Service"),
    service_name: "containers-kubernetes",
    source_type: None,
    crn_service: "containers-kubernetes",
    crn_types: &["", "cluster"],
    generation: Generation::NotApplicable,
    also: &["containers-kubernetes", "iks", "roks", "kubernetes", "openshift", "cluster"],
    plans: &[],
    plans_because: None,
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "clusters.delegation",
        "the cluster service needs Reader and delegation on the KMS instance",
        SETUP,
    ),
    delegation: Delegation::Always,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms", "hs-crypto"],
    targets_because: Fact::new(
        "clusters.targets",
        "clusters take keys of Key Protect and of Hyper Protect Crypto Services",
        SECRETS_PAGE,
    ),
    scopes: &[Scope::Instance, Scope::Account, Scope::Key],
    scopes_because: SCOPES,
    key_ring: None,
    doubtful: Some(Doubtful {
        scope: Scope::Key,
        what: "an authorization of one key is not honoured for a cluster whose key is of Key Protect Dedicated",
        help: "a CRN does not tell Key Protect from Key Protect Dedicated; `instance` is honoured with both",
    }),
};

/// Where the key of the secrets goes.
pub static SECRETS_PLACEMENT: Placement = Placement {
    shape: Shape::InstanceAndKeyId,
    call: Call::Cluster,
    members: &[
        Member::json(Holds::InstanceId, "/instance_id").cli("--instance-id").terraform("kms_config.instance_id"),
        Member::json(Holds::KeyId, "/crk_id").cli("--crk").terraform("kms_config.crk_id"),
        Member::json(Holds::Account, "/account_id").terraform("kms_config.account_id"),
    ],
    because: Fact::new(
        "cluster-secrets.key-members",
        "the key is named by the GUID of its KMS instance and by its id, and by the account of the instance where it is another; not \
         by its CRN",
        SECRETS_PAGE,
    ),
    set: Set::Later,
    change: Change::Again,
    final_because: Some(Fact::new(
        "cluster-secrets.changes",
        "the same call changes the KMS instance or the key; a key that was used before cannot be used again for the cluster",
        SECRETS_PAGE,
    )),
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// The disks of the workers of a pool.
pub static WORKER_DISKS: Service = Service {
    id: "cluster-worker-disks",
    title: "Kubernetes or OpenShift worker disks",
    crn_types: &["worker-pool", "worker"],
    also: &["worker-pool", "workers", "worker-disks"],
    roles_because: Fact::new(
        "cluster-worker-disks.delegation",
        "the cluster service needs Reader and delegation, and Cloud Block Storage an authorization of its own with Reader, both in the \
         account of the KMS instance",
        WORKERS_PAGE,
    ),
    grants: &[Grant {
        source: "server-protect",
        source_title: "Cloud Block Storage",
        source_type: None,
        target: None,
        roles: &[&READER],
        because: Fact::new(
            "cluster-worker-disks.block-storage",
            "Cloud Block Storage needs Reader on the KMS instance beside the cluster service",
            WORKERS_PAGE,
        ),
    }],
    dependent: Some(Dependent { service: "server-protect", because: DEPENDENT_AUTHORIZATION }),
    ..SECRETS
};

/// Where the key of the disks goes.
pub static WORKER_DISKS_PLACEMENT: Placement = Placement {
    shape: Shape::InstanceAndKeyId,
    call: Call::Cluster,
    members: &[
        Member::json(Holds::InstanceId, "/workerVolumeEncryption/kmsInstanceID")
            .cli("--kms-instance")
            .terraform("kms_instance_id"),
        Member::json(Holds::KeyId, "/workerVolumeEncryption/workerVolumeCRKID").cli("--crk").terraform("crk"),
        Member::json(Holds::Account, "/workerVolumeEncryption/kmsAccountID")
            .cli("--kms-account-id")
            .terraform("kms_account_id"),
    ],
    because: Fact::new(
        "cluster-worker-disks.key-members",
        "the key is named by the GUID of its KMS instance and by its id, for each worker pool of its own; with a cluster only the pool \
         `default` is encrypted",
        WORKERS_PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(Fact::new(
        "cluster-worker-disks.key-is-final",
        "the KMS instance that encrypts a worker pool cannot be changed: make another pool",
        WORKERS_PAGE,
    )),
    effective: None,
    repeated: false,
    key_regions: &[],
};

/// What becomes of a cluster and its keys.
pub static LIFE: Life = Life {
    registers: Stated::Yes(REGISTRATIONS),
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "clusters.migration-intent",
        "clusters know the intents of a migration to Key Protect Dedicated, and need a second synchronization",
        MIGRATION,
    )),
};

const SCOPES: Fact = Fact::new(
    "clusters.scope",
    "with Key Protect Dedicated the authorization must name the service or the instance and not a key or a key ring; a CRN does not \
     tell whether a key is of it",
    WORKERS_PAGE,
);

const DEPENDENT_AUTHORIZATION: Fact = Fact::new(
    "cluster-worker-disks.dependent-authorization",
    "the cluster service makes a third authorization, of Cloud Block Storage in an account of IBM's; workers that do not come up may \
     lack it",
    WORKERS_PAGE,
);

/// What is registered on the key.
pub const REGISTRATIONS: Fact = Fact::new(
    "clusters.registrations",
    "a cluster is registered once for its secrets, once for each worker pool, and once for each worker, as a volume in an account of \
     IBM's",
    MOVING,
);

/// The authorization is needed to the end.
pub const DELETION: Fact = Fact::new(
    "clusters.deletion",
    "the authorization must stand when the cluster is deleted: without it the registration cannot be removed, nor the key without force",
    Source {
        title: "terraform-ibm-landing-zone#738: authorization deleted before the cluster",
        url: "https://github.com/terraform-ibm-modules/terraform-ibm-landing-zone/issues/738",
        as_of: "2026-11-26",
    },
);

/// What a deleted key does to the secrets.
pub const SECRETS_LOST: Fact = Fact::new(
    "cluster-secrets.key-gone",
    "if the key is deleted the cluster is unusable and its data lost; if it is disabled, secrets cannot be read until it is enabled",
    SECRETS_PAGE,
);

/// What the master does meanwhile.
pub const MASTER: Fact = Fact::new(
    "cluster-secrets.master",
    "while it is enabled the master of the cluster may not be reachable; it is done when the master is ready and the key management \
     service `enabled`",
    SECRETS_PAGE,
);
