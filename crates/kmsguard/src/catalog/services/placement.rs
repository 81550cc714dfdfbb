//! Where a key goes: into which call, under which name, in which of three shapes, and when.

use super::{Fact, Service};
use super::{
    app_configuration, cloudant, clusters, databases, db2, event_notifications, event_streams, object_storage,
    schematics, secrets_manager, vpc, watsonx_data,
};

/// How a service wants a key to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// By the full CRN of the key.
    KeyCrn,
    /// By the KMS instance, its CRN or its GUID, and the id of the key.
    InstanceAndKeyId,
    /// By the CRN of the KMS instance and the full CRN of the key.
    Both,
}

/// The call that takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `POST /v2/resource_instances` of Resource Controller; the members stand under `parameters`.
    ResourceController,
    /// `PUT /BUCKET` of the S3 interface of Object Storage; the members are headers.
    Bucket,
    /// `POST /backup_vaults` of Object Storage's configuration.
    BackupVault,
    /// A call of the VPC API.
    Vpc,
    /// A call of the Kubernetes Service API.
    Cluster,
    /// An integration of an instance that stands already.
    Integration,
    /// `PUT /v2/settings/kms` of Schematics.
    Settings,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The CRN of the key.
    KeyCrn,
    /// The CRN of the key for backups.
    BackupKeyCrn,
    /// The CRN of the KMS instance.
    InstanceCrn,
    /// The GUID of the KMS instance.
    InstanceId,
    /// The id of the key.
    KeyId,
    /// The endpoint of the KMS instance.
    Endpoint,
    /// The account of the KMS instance, where it is another.
    Account,
}

/// One member of a call that names the key, or a part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// What it holds.
    pub holds: Holds,
    /// Its place in the body, as a JSON pointer; none where the call has no body.
    pub json: Option<&'static str>,
    /// The header of that name.
    pub header: Option<&'static str>,
    /// The flag of the command line; none where the command takes the JSON.
    pub cli: Option<&'static str>,
    /// The argument of Terraform; none where none was found, or where Terraform takes the JSON.
    pub terraform: Option<&'static str>,
}

impl Member {
    /// A member of a body, of which nothing else is known.
    #[must_use]
    pub const fn json(holds: Holds, pointer: &'static str) -> Self {
        Self { holds, json: Some(pointer), header: None, cli: None, terraform: None }
    }

    /// The same, with its argument in Terraform.
    #[must_use]
    pub const fn terraform(self, argument: &'static str) -> Self {
        Self { terraform: Some(argument), ..self }
    }

    /// The same, with its flag on the command line.
    #[must_use]
    pub const fn cli(self, flag: &'static str) -> Self {
        Self { cli: Some(flag), ..self }
    }
}

/// When a key can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// When the deployment is made, and not later.
    AtCreation,
    /// On a deployment that stands.
    Later,
}

/// How a key that is set can be changed for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Not at all: the deployment is made anew.
    Never,
    /// By the same call again.
    Again,
    /// By a support ticket.
    SupportTicket,
    /// Nothing was found about it.
    Unknown,
}

/// Keys of some regions only are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRegions {
    /// For which of the keys.
    pub of: Holds,
    /// The service of the keys, `kms` or `hs-crypto`.
    pub target: &'static str,
    /// The regions.
    pub regions: &'static [&'static str],
    /// Where that was read.
    pub because: Fact,
}

/// Where a key goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Placement {
    /// How it is named.
    pub shape: Shape,
    /// The call that takes it.
    pub call: Call,
    /// The members of the call.
    pub members: &'static [Member],
    /// Where that was read.
    pub because: Fact,
    /// When it can be set.
    pub set: Set,
    /// How it can be changed.
    pub change: Change,
    /// Where that was read; none where nothing was found.
    pub final_because: Option<Fact>,
    /// Where the key in effect is read back, as a JSON pointer into the answer: what was asked for is only repeated elsewhere.
    pub effective: Option<&'static str>,
    /// Whether Resource Controller is known to repeat the parameters that an instance of this service was given.
    pub repeated: bool,
    /// Regions of keys, where only some are taken.
    pub key_regions: &'static [KeyRegions],
}

impl Placement {
    /// The member that holds something.
    #[must_use]
    pub fn member(&self, holds: Holds) -> Option<&'static Member> {
        self.members.iter().find(|member| member.holds == holds)
    }

    /// Whether an instance whose parameters are known and name no key has none: Resource Controller is known to repeat, for this
    /// service, what it was given.
    #[must_use]
    pub fn is_told_by_instance(&self) -> bool {
        self.call == Call::ResourceController && self.repeated
    }
}

/// Where the key of each service goes, by the service's id.
static PLACEMENTS: &[(&str, &Placement)] = &[
    (event_streams::GEN2.id, &event_streams::GEN2_PLACEMENT),
    (event_streams::CLASSIC.id, &event_streams::CLASSIC_PLACEMENT),
    (object_storage::BUCKET.id, &object_storage::BUCKET_PLACEMENT),
    (object_storage::BACKUP_VAULT.id, &object_storage::BACKUP_VAULT_PLACEMENT),
    (vpc::VOLUME.id, &vpc::VOLUME_PLACEMENT),
    (vpc::BOOT_VOLUME.id, &vpc::BOOT_VOLUME_PLACEMENT),
    (vpc::SHARE.id, &vpc::SHARE_PLACEMENT),
    (vpc::IMAGE.id, &vpc::IMAGE_PLACEMENT),
    (clusters::SECRETS.id, &clusters::SECRETS_PLACEMENT),
    (clusters::WORKER_DISKS.id, &clusters::WORKER_DISKS_PLACEMENT),
    (cloudant::CLOUDANT.id, &cloudant::PLACEMENT),
    (secrets_manager::SECRETS_MANAGER.id, &secrets_manager::PLACEMENT),
    (event_notifications::EVENT_NOTIFICATIONS.id, &event_notifications::PLACEMENT),
    (app_configuration::APP_CONFIGURATION.id, &app_configuration::PLACEMENT),
    (db2::DB2.id, &db2::PLACEMENT),
    (watsonx_data::WATSONX_DATA.id, &watsonx_data::PLACEMENT),
    (schematics::SCHEMATICS.id, &schematics::PLACEMENT),
];

/// Where the key of a service goes.
#[must_use]
pub fn placement(service: &Service) -> Option<&'static Placement> {
    let listed = PLACEMENTS.iter().find(|(id, _)| *id == service.id).map(|(_, placement)| *placement);
    listed.or_else(|| databases::placement(service))
}
