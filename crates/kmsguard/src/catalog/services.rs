//! The services that take a customer's key: what each needs, and how it is told.
//!
//! A row is a service, or a generation or part of one that is told in another way. What only some ask for stands in tables of its
//! own, so that a program that does not ask for it does not carry it: [`placement`] says where a key goes, [`life`] what becomes
//! of a deployment and its key, `catalog::effects` what an action on the key does. What no page that was read states is unknown
//! in the type.

pub mod app_configuration;
pub mod cloudant;
pub mod clusters;
mod common;
pub mod databases;
pub mod db2;
pub mod event_notifications;
pub mod event_streams;
mod fact;
mod life;
mod lookup;
mod moving;
pub mod object_storage;
mod placement;
mod plans;
pub mod schematics;
pub mod secrets_manager;
pub mod vpc;
pub mod watsonx_data;

pub use common::{
    AUTHORIZATION_ACCOUNT, AUTHORIZATION_ROLE, DUPLICATE, NAME, NAME_LONGEST, ROOT_KEY, TARGET_ADDRESS, WAIT,
    WAIT_SECONDS,
};
pub use fact::{Against, Fact};
pub use life::{Life, SoftDelete, Stated, life};
pub use lookup::{
    by_id, is_taker, named, of_crn, of_instance, reclaimable_days, registers, takers, takes_key_on_instance,
};
pub use moving::{MoveKind, Moving, moving};
pub use placement::{Call, Change, Holds, KeyRegions, Member, Placement, Set, Shape, placement};
pub use plans::{OnPlan, Plan};

use super::Source;
use super::needs::Generation;
use super::roles::Role;

/// How far an authorization reaches on the side of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One key.
    Key,
    /// All keys of one KMS instance.
    Instance,
    /// All keys of the account.
    Account,
}

impl Scope {
    /// The word that requests use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Instance => "instance",
            Self::Account => "account",
        }
    }
}

/// When a service passes its authorization on to a service it depends on, and so needs delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delegation {
    /// Never.
    No,
    /// Always.
    Always,
    /// When a key for backups is set.
    WithBackupKey,
    /// On plans whose names hold this word, or when a key for backups is set.
    OnPlans(&'static str),
    /// Every documented example across accounts has it; none says that it is needed.
    AcrossAccounts,
}

/// The service through which a deployment works that was made, with an authorization that it makes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependent {
    /// The service.
    pub service: &'static str,
    /// What was read about it.
    pub because: Fact,
}

/// An authorization that a service needs beside its own for the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The service that is let in.
    pub source: &'static str,
    /// What it is called.
    pub source_title: &'static str,
    /// The type of its resources, where the authorization names one.
    pub source_type: Option<&'static str>,
    /// The service that it is let in to; none: the KMS of the key.
    pub target: Option<&'static str>,
    /// With which roles.
    pub roles: &'static [&'static Role],
    /// Why.
    pub because: Fact,
}

/// The regions in which a service was offered when the list was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regions {
    /// Their ids.
    pub known: &'static [&'static str],
    /// Where they were read.
    pub source: Source,
}

/// A scope that may not be honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubtful {
    /// The scope.
    pub scope: Scope,
    /// What is doubtful.
    pub what: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// A service that takes a customer's key.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// The id that requests use.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What the console calls the source of its authorization, where that is not its title.
    pub source_title: Option<&'static str>,
    /// The service by the name that an authorization's subject has for it.
    pub service_name: &'static str,
    /// The type of its resources, where an authorization's subject names one.
    pub source_type: Option<&'static str>,
    /// The service by the name that the CRNs of its deployments have.
    pub crn_service: &'static str,
    /// The resource types of those CRNs; an empty one is a service instance.
    pub crn_types: &'static [&'static str],
    /// Its generation.
    pub generation: Generation,
    /// Other words for it, which are not ids: they name two services, or none exactly.
    pub also: &'static [&'static str],
    /// Its plans; none where a key does not hang on a plan. The first that takes a key is the one a plan is made for.
    pub plans: &'static [Plan],
    /// Where its plans were read, and what is to be known of them.
    pub plans_because: Option<Fact>,
    /// Where it is offered; none where no list was read.
    pub regions: Option<Regions>,
    /// The roles it needs on the key in every case.
    pub roles: &'static [&'static Role],
    /// Why these, and when delegation.
    pub roles_because: Fact,
    /// When it needs delegation too.
    pub delegation: Delegation,
    /// Roles it also needs where the key is of Hyper Protect Crypto Services.
    pub hyper_protect_roles: &'static [&'static Role],
    /// Authorizations it needs beside the one for the key.
    pub grants: &'static [Grant],
    /// The service that works for it.
    pub dependent: Option<Dependent>,
    /// The services whose keys it takes.
    pub targets: &'static [&'static str],
    /// Why these.
    pub targets_because: Fact,
    /// The scopes it takes, the one to use first.
    pub scopes: &'static [Scope],
    /// Why not narrower.
    pub scopes_because: Fact,
    /// Whether it honours an authorization of a key ring; none where nothing was found.
    pub key_ring: Option<bool>,
    /// A scope that may not be honoured.
    pub doubtful: Option<Doubtful>,
}

impl Service {
    /// The plan that a request is made for where it names none: the first that takes a key.
    #[must_use]
    pub fn key_plan(&self) -> Option<&'static Plan> {
        self.plans.iter().find(|plan| plan.key == OnPlan::Taken)
    }

    /// The plan of a name or an id.
    #[must_use]
    pub fn plan(&self, text: &str) -> Option<&'static Plan> {
        self.plans.iter().find(|plan| plan.is(text))
    }
}

/// All services that a plan can be made for, those of a family together.
pub static SERVICES: &[&Service] = &[
    &event_streams::GEN2,
    &event_streams::CLASSIC,
    &databases::ELASTICSEARCH_GEN2,
    &databases::MONGODB_GEN2,
    &databases::MYSQL_GEN2,
    &databases::POSTGRESQL_GEN2,
    &databases::REDIS_GEN2,
    &databases::VALKEY_GEN2,
    &databases::ELASTICSEARCH,
    &databases::ENTERPRISEDB,
    &databases::ETCD,
    &databases::MONGODB,
    &databases::MYSQL,
    &databases::POSTGRESQL,
    &databases::REDIS,
    &databases::RABBITMQ,
    &object_storage::BUCKET,
    &object_storage::BACKUP_VAULT,
    &vpc::VOLUME,
    &vpc::BOOT_VOLUME,
    &vpc::SHARE,
    &vpc::IMAGE,
    &clusters::SECRETS,
    &clusters::WORKER_DISKS,
    &cloudant::CLOUDANT,
    &secrets_manager::SECRETS_MANAGER,
    &event_notifications::EVENT_NOTIFICATIONS,
    &app_configuration::APP_CONFIGURATION,
    &db2::DB2,
    &watsonx_data::WATSONX_DATA,
    &schematics::SCHEMATICS,
];
