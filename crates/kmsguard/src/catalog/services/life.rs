//! What becomes of a deployment and its key: registrations, soft deletion, migration.

use super::{Fact, Service};
use super::{
    app_configuration, cloudant, clusters, databases, db2, event_notifications, event_streams, object_storage,
    schematics, secrets_manager, vpc, watsonx_data,
};

/// Something that a page says, denies, or is silent about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// It is so.
    Yes(Fact),
    /// It is not.
    No(Fact),
    /// Nothing was found.
    Unknown,
}

impl Stated {
    /// As a flag; none where nothing was found.
    #[must_use]
    pub const fn known(&self) -> Option<bool> {
        match self {
            Self::Yes(_) => Some(true),
            Self::No(_) => Some(false),
            Self::Unknown => None,
        }
    }

    /// What was found.
    #[must_use]
    pub const fn because(&self) -> Option<&Fact> {
        match self {
            Self::Yes(fact) | Self::No(fact) => Some(fact),
            Self::Unknown => None,
        }
    }
}

/// How long a deleted deployment goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoftDelete {
    /// For so many days it can be had back; none where nothing was found.
    pub reclaimable_days: Option<u32>,
    /// For up to so many days it stays registered on its key; none where nothing was found.
    pub registered_days: Option<u32>,
    /// Where that was read.
    pub because: Fact,
}

/// What becomes of a deployment and its key.
#[derive(Debug, PartialEq, Eq)]
pub struct Life {
    /// Whether it registers what it encrypts on the key.
    pub registers: Stated,
    /// What becomes of a deleted deployment; none where nothing was found.
    pub soft_delete: Option<SoftDelete>,
    /// Whether IBM's tool that moves keys to Key Protect Dedicated knows its intents.
    pub migration_intent: Stated,
}

/// The lives, by the services' ids.
static LIVES: &[(&str, &Life)] = &[
    (event_streams::GEN2.id, &event_streams::GEN2_LIFE),
    (event_streams::CLASSIC.id, &event_streams::CLASSIC_LIFE),
    (object_storage::BUCKET.id, &object_storage::BUCKET_LIFE),
    (object_storage::BACKUP_VAULT.id, &object_storage::BACKUP_VAULT_LIFE),
    (vpc::VOLUME.id, &vpc::VOLUME_LIFE),
    (vpc::BOOT_VOLUME.id, &vpc::BOOT_VOLUME_LIFE),
    (vpc::SHARE.id, &vpc::SHARE_LIFE),
    (vpc::IMAGE.id, &vpc::IMAGE_LIFE),
    (clusters::SECRETS.id, &clusters::LIFE),
    (clusters::WORKER_DISKS.id, &clusters::LIFE),
    (cloudant::CLOUDANT.id, &cloudant::LIFE),
    (secrets_manager::SECRETS_MANAGER.id, &secrets_manager::LIFE),
    (event_notifications::EVENT_NOTIFICATIONS.id, &event_notifications::LIFE),
    (app_configuration::APP_CONFIGURATION.id, &app_configuration::LIFE),
    (db2::DB2.id, &db2::LIFE),
    (watsonx_data::WATSONX_DATA.id, &watsonx_data::LIFE),
    (schematics::SCHEMATICS.id, &schematics::LIFE),
];

/// What becomes of the deployments of a service.
#[must_use]
pub fn life(service: &Service) -> Option<&'static Life> {
    let listed = LIVES.iter().find(|(id, _)| *id == service.id).map(|(_, life)| *life);
    listed.or_else(|| databases::life(service))
}
