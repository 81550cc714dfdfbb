//! What the exports say of KMS instances, and of the keys that a service uses for a whole account.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::crn::{Kind, parse};
use crate::inventory::{InstancePolicy, Inventory, Pair, Settings};
use crate::order::{Arrange as _, Gather as _};

/// A policy of a KMS instance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InstancePolicyReport {
    /// `allowedNetwork`, `dualAuthDelete`, `keyCreateImportAccess` and so on, as exported.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// From where the instance may be reached: `public-and-private` or `private-only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// After how many months new keys are rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval_months: Option<u8>,
}

/// A KMS instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KmsInstanceReport {
    /// Its CRN.
    pub crn: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its plan, by name or id as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The state that the Resource Controller gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// So many keys of it were read.
    pub keys: u32,
    /// The ids of its key rings, sorted, where a list of them was read.
    pub key_rings: Vec<String>,
    /// Its policies, by type, where a list of them was read.
    pub policies: Vec<InstancePolicyReport>,
}

/// A key of an account's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingsKey {
    /// Its CRN.
    pub key: String,
    /// The endpoint by which the service reaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

/// The keys that a service uses for a whole account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingsReport {
    /// The CRN that stands for the service in this account and location; without an account where nothing names it.
    pub crn: String,
    /// The location the settings are for, in lower case.
    pub location: String,
    /// `byok` or `kyok`, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The primary key, then the secondary one.
    pub keys: Vec<SettingsKey>,
}

/// A key to migrate from and the key to migrate to, as the files of IBM's key migration tool pair them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationPair {
    /// The CRN of the key to migrate from.
    pub source_key: String,
    /// The CRN of the key to migrate to.
    pub target_key: String,
    /// How many resources the tool found registered on the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_associations: Option<u32>,
    /// How many it found on the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_associations: Option<u32>,
    /// What became of the operation, as the tool wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The input that pairs them.
    pub input: String,
    /// The row in it.
    pub pointer: String,
}

impl Inventory {
    /// The pairs of keys for a migration, in the order of the inputs.
    #[must_use]
    pub fn migration_pairs(&self) -> Vec<MigrationPair> {
        let text = |symbol| self.text(symbol).to_owned();
        let report = |pair: &Pair| {
            let input = self.sources.get(pair.witness.place.input as usize);
            MigrationPair {
                source_key: text(pair.source),
                target_key: text(pair.target),
                source_associations: pair.source_associations,
                target_associations: pair.target_associations,
                status: pair.status.map(text),
                input: input.map(|source| source.input.name.clone()).unwrap_or_default(),
                pointer: self.pointer(pair.witness),
            }
        };
        self.pairs.iter().map(report).collect()
    }

    /// The KMS instances, by CRN: those that are listed, and those that only keys know of.
    #[must_use]
    pub fn kms_instances(&self) -> Vec<KmsInstanceReport> {
        let mut keys: BTreeMap<&str, u32> = BTreeMap::new();
        for key in &self.keys {
            *keys.entry(self.text(key.instance)).or_default() += 1;
        }
        let listed = self.instances.iter().map(|instance| instance.crn);
        let told = self.key_rings.iter().map(|ring| ring.instance);
        let told = told.chain(self.instance_policies.iter().map(|policy| policy.instance));
        let is_kms = |crn: &&str| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsInstance);
        let others: BTreeSet<&str> = listed.chain(told).map(|crn| self.text(crn)).filter(is_kms).collect();
        for crn in others {
            keys.entry(crn).or_default();
        }
        let report = |(crn, keys): (&str, u32)| {
            let listed = self.interner.find(crn).and_then(|symbol| self.instance(symbol));
            let text = |symbol| self.text(symbol).to_owned();
            let rings = self.key_rings.iter().filter(|ring| self.text(ring.instance) == crn);
            let rings: BTreeSet<String> = rings.map(|ring| text(ring.id)).collect();
            let policies = self.instance_policies.iter().filter(|policy| self.text(policy.instance) == crn);
            let policies: BTreeSet<InstancePolicyReport> = policies.map(|policy| self.policy_report(policy)).into_set();
            KmsInstanceReport {
                crn: crn.to_owned(),
                name: listed.and_then(|instance| instance.name).map(text),
                plan: listed.and_then(|instance| instance.plan).map(text),
                state: listed.and_then(|instance| instance.state).map(text),
                keys,
                key_rings: rings.into_iter().collect(),
                policies: policies.into_iter().collect(),
            }
        };
        keys.into_iter().map(report).collect()
    }

    fn policy_report(&self, policy: &InstancePolicy) -> InstancePolicyReport {
        InstancePolicyReport {
            kind: self.text(policy.kind).to_owned(),
            enabled: policy.enabled,
            network: policy.network.map(|network| self.text(network).to_owned()),
            interval_months: policy.interval_months,
        }
    }

    /// The keys that services use for a whole account, by CRN.
    #[must_use]
    pub fn settings(&self) -> Vec<SettingsReport> {
        let text = |symbol| self.text(symbol).to_owned();
        let report = |settings: &Settings| SettingsReport {
            crn: text(settings.resource),
            location: text(settings.location),
            scheme: settings.scheme.map(text),
            keys: settings
                .keys
                .iter()
                .map(|(key, endpoint)| SettingsKey { key: text(*key), endpoint: endpoint.map(text) })
                .collect(),
        };
        let mut found: Vec<SettingsReport> = self.settings.iter().map(report).collect();
        found.arrange_by(|first, second| first.crn.cmp(&second.crn));
        found
    }
}
