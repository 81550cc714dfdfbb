//! `inventory`: what was read, which key protects what, and what is missing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::authorization::AuthorizationParts;
use super::exports::{self, InputReport, Labels};
use super::kms_instances::{KmsInstanceReport, MigrationPair, SettingsReport};
use super::planned_changes::PlannedChange;
use super::{Answer, Evidence, Now, Outcome, Problem, SCHEMA_VERSION, Tool};
use crate::catalog::needs::Generation;
pub use crate::inventory::Seen as WitnessKind;
use crate::inventory::{self, Gap, Inventory, Key, KeyIndex, KeyState, Rotation, Use};
use crate::policy::PolicyType;

/// What is asked of an inventory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InventoryRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
}

/// Whether a key is a root key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyType {
    /// It never leaves the KMS, and wraps other keys.
    Root,
    /// It can be read out, and is no good for encryption by services.
    Standard,
    /// The export does not say.
    Unknown,
}

/// Where a use of a key was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UseWitness {
    /// How it is known.
    pub kind: WitnessKind,
    /// Where it stands.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// A resource that uses a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyUse {
    /// Its CRN, as registered.
    pub resource: String,
    /// The deployment it belongs to; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<String>,
    /// Its service.
    pub service: String,
    /// Whether it is a volume that a service manages in an account of IBM's.
    pub managed: bool,
    /// Whether a witness is proof. What was only asked for, planned, reported or seen once is not: it may be in use.
    pub proved: bool,
    /// Where it was read.
    pub witnesses: Vec<UseWitness>,
}

/// How much hangs on a key, as far as it is proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exposure {
    /// So many deployments.
    pub deployments: u32,
    /// Of these services, sorted.
    pub services: Vec<String>,
    /// In these accounts, sorted.
    pub accounts: Vec<String>,
}

/// A key and what it protects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyReport {
    /// Its CRN.
    pub crn: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its state.
    pub state: KeyState,
    /// Whether it is a root key.
    #[serde(rename = "type")]
    pub kind: KeyType,
    /// Other names by which a key may be asked for.
    pub aliases: Vec<String>,
    /// Its key ring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ring: Option<String>,
    /// Whether its material was brought along; absent where the export does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<bool>,
    /// Whether two people must ask for its deletion; absent where no export says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dual_authorization: Option<bool>,
    /// After how many months it is rotated by itself, 0 for never; absent where no export says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_months: Option<u8>,
    /// How many versions it has, where a list of them was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<u32>,
    /// When it was made, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it was last rotated, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_at: Option<String>,
    /// When it expires, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// When it was deleted, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    /// The CRN of its KMS instance.
    pub instance: String,
    /// What uses it, by CRN.
    pub uses: Vec<KeyUse>,
    /// How much hangs on it.
    pub exposure: Exposure,
}

/// Who holds the key of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// The customer.
    Customer,
    /// The provider.
    Provider,
    /// It is not known.
    Unknown,
}

/// A deployment and its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeploymentReport {
    /// Its CRN.
    pub crn: String,
    /// Its service.
    pub service: String,
    /// Its plan, by name or id as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// `gen2` or `classic`, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<&'static str>,
    /// Its account.
    pub account: String,
    /// The id of its resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group: Option<String>,
    /// The state that the Resource Controller gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// When it will be gone for good, of one that was deleted, as exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reclaimed_at: Option<String>,
    /// The CRN of its key; of several, the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Who holds the key.
    pub key_source: KeySource,
}

/// Something that was not exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GapReport {
    /// The kind of export.
    pub what: String,
    /// Of which account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Of which KMS instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Why it is wanted.
    pub why: String,
    /// The command that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The least role that may run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InventoryAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// The outcome in one word.
    pub outcome: Outcome,
    /// The inputs, by name.
    pub inputs: Vec<InputReport>,
    /// What the CRNs are called.
    pub labels: Labels,
    /// The keys, by CRN.
    pub keys: Vec<KeyReport>,
    /// The deployments, by CRN.
    pub deployments: Vec<DeploymentReport>,
    /// The KMS instances, by CRN.
    pub kms_instances: Vec<KmsInstanceReport>,
    /// The keys that services use for a whole account, by CRN.
    pub settings: Vec<SettingsReport>,
    /// The pairs of keys for a migration, in the order of the inputs.
    pub migration_pairs: Vec<MigrationPair>,
    /// What plans of Terraform are to change, in the order of the inputs.
    pub planned_changes: Vec<PlannedChange>,
    /// The authorizations on keys, in the order of their inputs.
    pub authorizations: Vec<AuthorizationParts>,
    /// What was not exported.
    pub gaps: Vec<GapReport>,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for InventoryAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// What was read, which key protects what, and what is missing.
    #[must_use]
    pub fn inventory(&self, request: &InventoryRequest) -> InventoryAnswer {
        let keys = self.keys();
        let deployments = self.deployments();
        let problems = exports::problems(self);
        let of_keys = keys.iter().flat_map(|key| [key.crn.as_str(), key.instance.as_str()]);
        let named: BTreeSet<String> =
            of_keys.chain(deployments.iter().map(|deployment| deployment.crn.as_str())).map(str::to_owned).collect();
        InventoryAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome: exports::outcome(self, &problems, request.keep_going),
            inputs: exports::inputs(self),
            labels: exports::labels(self, named.iter().map(String::as_str)),
            keys,
            deployments,
            kms_instances: self.kms_instances(),
            settings: self.settings(),
            migration_pairs: self.migration_pairs(),
            planned_changes: self.planned_changes(),
            authorizations: self.authorizations(),
            gaps: self.gaps(),
            problems,
        }
    }

    /// The keys and what they protect, by CRN.
    #[must_use]
    pub fn keys(&self) -> Vec<KeyReport> {
        (0_u32..).zip(&self.keys).map(|(row, key)| self.key_report(KeyIndex(row), key)).collect()
    }

    /// The uses of keys that are in the lists, by key and resource.
    #[must_use]
    pub fn uses(&self) -> Vec<KeyUse> {
        self.uses.iter().map(|found| self.key_use(found)).collect()
    }

    /// The authorizations that may be about keys, in the order of their inputs.
    #[must_use]
    pub fn authorizations(&self) -> Vec<AuthorizationParts> {
        let rows = self.policies.iter().zip(&self.policy_witnesses);
        let on_keys = rows.filter(|(policy, _)| policy.kind != PolicyType::Access && policy.concerns_keys());
        on_keys.map(|(policy, witness)| AuthorizationParts::of_row(self, policy, *witness)).collect()
    }

    /// What was not exported.
    #[must_use]
    pub fn gaps(&self) -> Vec<GapReport> {
        let text = |symbol| self.text(symbol).to_owned();
        let report = |gap: Gap| GapReport {
            what: gap.what.name().to_owned(),
            account: gap.account.map(text),
            instance: gap.instance.map(text),
            why: gap.why.to_owned(),
            command: gap.command,
            role: gap.role.map(str::to_owned),
        };
        inventory::gaps(self).into_iter().map(report).collect()
    }

    fn key_report(&self, row: KeyIndex, key: &Key) -> KeyReport {
        let text = |symbol| self.text(symbol).to_owned();
        let uses: Vec<&Use> = self.uses_of(row).collect();
        let proved = || uses.iter().filter(|found| found.is_proved());
        let deployed = || proved().filter_map(|found| Some((found.belongs.deployment()?, *found)));
        let deployments: BTreeSet<_> = deployed().map(|(deployment, _)| deployment).collect();
        let services: BTreeSet<String> = deployed().map(|(_, found)| text(found.service)).collect();
        let accounts: BTreeSet<String> = deployed().filter_map(|(_, found)| found.account).map(text).collect();
        KeyReport {
            crn: text(key.crn),
            name: key.name.map(text),
            state: key.state,
            kind: match key.extractable {
                Some(false) => KeyType::Root,
                Some(true) => KeyType::Standard,
                None => KeyType::Unknown,
            },
            aliases: key.aliases.iter().copied().map(text).collect(),
            key_ring: key.key_ring.map(text),
            imported: key.imported,
            dual_authorization: key.dual_authorization,
            rotation_months: match key.rotation {
                Rotation::Unknown => None,
                Rotation::Never => Some(0),
                Rotation::Every(months) => Some(months),
            },
            versions: key.versions,
            created_at: key.created_at.map(text),
            rotated_at: key.rotated_at.map(text),
            expires_at: key.expires_at.map(text),
            deleted_at: key.deleted_at.map(text),
            instance: text(key.instance),
            uses: uses.iter().map(|found| self.key_use(found)).collect(),
            exposure: Exposure {
                deployments: u32::try_from(deployments.len()).unwrap_or(u32::MAX),
                services: services.into_iter().collect(),
                accounts: accounts.into_iter().collect(),
            },
        }
    }

    fn key_use(&self, found: &Use) -> KeyUse {
        let witness = |(seen, witness): &(WitnessKind, inventory::Witness)| UseWitness {
            kind: *seen,
            evidence: Evidence::of(self, *witness),
        };
        let (deployment, managed) = match found.belongs {
            inventory::Belongs::Deployment(deployment) => (Some(deployment), false),
            inventory::Belongs::Managed(owner) => (owner, true),
            inventory::Belongs::Unreadable => (None, false),
        };
        KeyUse {
            resource: self.text(found.resource).to_owned(),
            deployment: deployment.map(|deployment| self.text(deployment).to_owned()),
            service: self.text(found.service).to_owned(),
            managed,
            proved: found.is_proved(),
            witnesses: found.witnesses.iter().map(witness).collect(),
        }
    }

    /// The deployments, by CRN: those that the Resource Controller lists and those that only keys know of.
    #[must_use]
    pub fn deployments(&self) -> Vec<DeploymentReport> {
        inventory::deployments(self)
            .into_iter()
            .map(|deployment| {
                let text = |symbol| self.text(symbol).to_owned();
                let listed = deployment.listed;
                let generation = listed.map_or(Generation::Unknown, |instance| instance.generation);
                DeploymentReport {
                    crn: text(deployment.crn),
                    service: text(deployment.service),
                    plan: listed.and_then(|instance| instance.plan).map(text),
                    generation: match generation {
                        Generation::Gen2 => Some("gen2"),
                        Generation::Classic => Some("classic"),
                        Generation::Unknown | Generation::NotApplicable => None,
                    },
                    account: deployment.account.map(text).unwrap_or_default(),
                    resource_group: listed.and_then(|instance| instance.resource_group).map(text),
                    state: listed.and_then(|instance| instance.state).map(text),
                    reclaimed_at: listed.and_then(|instance| instance.reclaimed_at).map(text),
                    key: deployment.key.map(text),
                    key_source: match (deployment.key, deployment.provider_key) {
                        (Some(_), _) => KeySource::Customer,
                        (None, true) => KeySource::Provider,
                        (None, false) => KeySource::Unknown,
                    },
                }
            })
            .collect()
    }
}
