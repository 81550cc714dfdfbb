//! Random accounts: a few keys, deployments of every kind of which all that counts is known, authorizations, and actions on them.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::impact::{Action, ActionKind, Assessment, Gone, assess, assess_after};
use crate::ingest::Input;
use crate::inventory::Inventory;
use crate::now::Now;

pub(super) const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const IBM: &str = "fedcba9876543210fedcba9876543210";

/// The keys, by the KMS instance in which each is.
pub(super) const KEYS: [usize; 3] = [0, 0, 1];

/// A deployment that uses keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deployment {
    EventStreams,
    EventStreamsGen2,
    AnotherGen2,
    Bucket,
    Volume,
    Database,
    /// Of a service of which nothing is known.
    SecretsManager,
}

impl Deployment {
    pub(super) const ALL: [Self; 7] = [
        Self::EventStreams,
        Self::EventStreamsGen2,
        Self::AnotherGen2,
        Self::Bucket,
        Self::Volume,
        Self::Database,
        Self::SecretsManager,
    ];

    /// The service that an authorization must name.
    pub(super) const fn source(self) -> &'static str {
        match self {
            Self::EventStreams | Self::EventStreamsGen2 | Self::AnotherGen2 => "messagehub",
            Self::Bucket => "cloud-object-storage",
            Self::Volume => "server-protect",
            Self::Database => "databases-for-postgresql",
            Self::SecretsManager => "secrets-manager",
        }
    }

    /// What is registered with its key.
    pub(super) fn resource(self) -> String {
        let number = Self::ALL.iter().position(|one| *one == self).expect("one of all");
        let (service, place) = (self.source(), "us-south");
        match self {
            Self::Bucket => format!("crn:v1:bluemix:public:{service}:global:a/{ACCOUNT}:{}:bucket:b", guid(number)),
            Self::Volume => format!("crn:v1:bluemix:public:is:{place}-1:a/{ACCOUNT}::volume:r006-{number}"),
            _ => format!("crn:v1:bluemix:public:{service}:{place}:a/{ACCOUNT}:{}::", guid(number)),
        }
    }

    /// Its record, where the Resource Controller lists it.
    fn record(self) -> Option<Value> {
        let plan = match self {
            Self::EventStreams => "enterprise-3nodes-2tb",
            Self::EventStreamsGen2 | Self::AnotherGen2 => "eventstreams-gen2-enterprise",
            Self::Database => "databases-for-postgresql-standard",
            Self::SecretsManager => "standard",
            Self::Bucket | Self::Volume => return None,
        };
        let parameters = json!({"members": 3});
        Some(json!({"crn": self.resource(), "resource_plan_id": plan, "state": "active", "parameters": parameters}))
    }
}

/// Of which keys an authorization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    All,
    Instance(usize),
    Key(usize),
}

impl Scope {
    /// Whether it is no narrower than another.
    pub(super) fn holds(self, other: Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Instance(one), Self::Instance(two)) => one == two,
            (Self::Key(one), Self::Key(two)) => one == two,
            _ => false,
        }
    }

    pub(super) fn covers(self, key: usize) -> bool {
        match self {
            Self::All => true,
            Self::Instance(instance) => KEYS[key] == instance,
            Self::Key(one) => one == key,
        }
    }
}

/// An authorization.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) source: &'static str,
    pub(super) scope: Scope,
    pub(super) reader: bool,
    pub(super) delegator: bool,
    /// [`Policy::AUTHOR`] made it, for the service that works for it.
    pub(super) by_service: bool,
}

/// What is done, by the places of its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    Delete(usize),
    Disable(usize),
    Rotate(usize),
    Revoke(usize),
    Remove(Deployment),
}

/// An account.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// A key, and what uses it.
    pub(super) uses: Vec<(usize, Deployment)>,
    pub(super) policies: Vec<Policy>,
}

fn guid(number: usize) -> String {
    format!("{number:08}-1111-4111-8111-111111111111")
}

fn kms(instance: usize) -> String {
    guid(100 + instance)
}

fn key_id(key: usize) -> String {
    guid(200 + key)
}

impl Account {
    /// Its exports, with what is left out of them.
    pub(super) fn inventory(&self, without: &[&str]) -> Inventory {
        let key = |key: usize| {
            let crn = format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{}:key:{}", kms(KEYS[key]), key_id(key));
            json!({"id": key_id(key), "crn": crn, "name": format!("k{key}"), "state": 1, "extractable": false})
        };
        let registration =
            |(key, of): &(usize, Deployment)| json!({"keyId": key_id(*key), "resourceCrn": of.resource()});
        let exports = [
            ("keys", (0..KEYS.len()).map(key).collect::<Vec<_>>()),
            ("registrations", self.uses.iter().map(registration).collect()),
            ("instances", Deployment::ALL.into_iter().filter_map(Deployment::record).collect()),
            ("policies", self.policies.iter().enumerate().map(|(number, policy)| policy.record(number)).collect()),
        ];
        let there = exports.into_iter().filter(|(name, rows)| !without.contains(name) && !rows.is_empty());
        let inputs = there.map(|(name, rows)| Input::named(format!("{name}.json"), Value::from(rows).to_string()));
        Inventory::read(inputs.collect())
    }

    /// What is asked of an inventory.
    pub(super) fn actions(&self, deeds: &[Deed], force: bool) -> Vec<Action<'static>> {
        let action = |deed: &Deed| {
            let (kind, target) = match *deed {
                Deed::Delete(key) => (ActionKind::DeleteKey, format!("k{key}")),
                Deed::Disable(key) => (ActionKind::DisableKey, format!("k{key}")),
                Deed::Rotate(key) => (ActionKind::RotateKey, format!("k{key}")),
                Deed::Revoke(policy) => (ActionKind::RevokePolicy, format!("p{policy}")),
                Deed::Remove(deployment) => (ActionKind::DeleteInstance, deployment.resource()),
            };
            Action { kind, target: target.into(), force }
        };
        deeds.iter().map(action).collect()
    }

    /// Whether the exports name what a deed is on.
    pub(super) fn knows(&self, deed: Deed) -> bool {
        match deed {
            Deed::Revoke(policy) => policy < self.policies.len(),
            Deed::Remove(of) => of.record().is_some() || self.uses.iter().any(|(_, user)| *user == of),
            Deed::Delete(_) | Deed::Disable(_) | Deed::Rotate(_) => true,
        }
    }
}

impl Policy {
    /// The deployment that makes authorizations by itself.
    pub(super) const AUTHOR: Deployment = Deployment::EventStreamsGen2;

    fn record(&self, number: usize) -> Value {
        let attribute = |name: &str, value: &str| json!({"name": name, "value": value});
        let account = if self.by_service { IBM } else { ACCOUNT };
        let mut resource = vec![attribute("accountId", ACCOUNT), attribute("serviceName", "kms")];
        match self.scope {
            Scope::All => {}
            Scope::Instance(instance) => resource.push(attribute("serviceInstance", &kms(instance))),
            Scope::Key(key) => {
                resource.push(attribute("resourceType", "key"));
                resource.push(attribute("resource", &key_id(key)));
            }
        }
        let roles = [(self.reader, "serviceRole:Reader"), (self.delegator, "role:AuthorizationDelegator")];
        let roles = roles.into_iter().filter(|(has, _)| *has);
        let roles: Vec<_> =
            roles.map(|(_, role)| json!({"role_id": format!("crn:v1:bluemix:public:iam::::{role}")})).collect();
        let author = if self.by_service { Self::AUTHOR.resource() } else { "IBMid-1".to_owned() };
        json!({
            "id": format!("p{number}"), "type": "authorization", "state": "active", "created_by_id": author, "roles": roles,
            "subjects": [{"attributes": [attribute("accountId", account), attribute("serviceName", self.source)]}],
            "resources": [{"attributes": resource}],
        })
    }
}

pub(super) fn now() -> Now {
    "2026-11-21T12:00:00Z".parse().expect("a moment")
}

/// What a set of actions does to an account.
pub(super) fn assessed(account: &Account, deeds: &[Deed], force: bool) -> Assessment {
    let inventory = account.inventory(&[]);
    assess(&inventory, now(), &account.actions(deeds, force)).expect("every target is known")
}

/// What a set of actions does once others are done.
pub(super) fn assessed_after(account: &Account, before: &[Deed], deeds: &[Deed], force: bool) -> Assessment {
    let inventory = account.inventory(&[]);
    let gone = Gone::after(&inventory, &account.actions(before, force)).expect("every target is known");
    assess_after(&inventory, now(), &account.actions(deeds, force), &gone).expect("every target is known")
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::All),
        (0..2_usize).prop_map(Scope::Instance),
        (0..KEYS.len()).prop_map(Scope::Key),
        (0..KEYS.len()).prop_map(Scope::Key),
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    let sources = [
        "messagehub",
        "messagehub",
        "server-protect",
        "cloud-object-storage",
        "databases-for-postgresql",
        "secrets-manager",
    ];
    (0..sources.len(), scope(), any::<bool>(), any::<bool>(), proptest::bool::weighted(0.3)).prop_map(
        move |(source, scope, reader, delegator, by_service)| Policy {
            source: sources[source],
            scope,
            reader: reader || !delegator,
            delegator,
            by_service: by_service && sources[source] == "server-protect",
        },
    )
}

fn deployment() -> impl Strategy<Value = Deployment> {
    (0..Deployment::ALL.len()).prop_map(|number| Deployment::ALL[number])
}

pub(super) fn account() -> impl Strategy<Value = Account> {
    let uses = proptest::collection::btree_set((0..KEYS.len(), deployment()), 0..7);
    (uses, proptest::collection::vec(policy(), 1..7))
        .prop_map(|(uses, policies)| Account { uses: uses.into_iter().collect(), policies })
}

pub(super) fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let key = || 0..KEYS.len();
    let deed = prop_oneof![
        key().prop_map(Deed::Delete),
        key().prop_map(Deed::Disable),
        key().prop_map(Deed::Rotate),
        (0..7_usize).prop_map(Deed::Revoke),
        (0..7_usize).prop_map(Deed::Revoke),
        (0..7_usize).prop_map(Deed::Revoke),
        deployment().prop_map(Deed::Remove),
    ];
    proptest::collection::vec(deed, 1..5)
}
