//! Actions, as they are asked for, and what each is on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::target::{self, Target};
use crate::crn::{Kind, parse};
use crate::inventory::{Instance, Inventory, KeyNotFound, Symbol};
use crate::policy::{Authorization, PolicyType};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ActionKind {
    /// A key is deleted.
    DeleteKey,
    /// A key is disabled.
    DisableKey,
    /// A deleted key is restored.
    RestoreKey,
    /// A key is rotated.
    RotateKey,
    /// An authorization is removed.
    RevokePolicy,
    /// A deployment, or an instance of a KMS, is deleted.
    DeleteInstance,
    /// All that a plan of Terraform takes away is done.
    Terraform,
    /// Every deployment that shares a key gets one of its own.
    UntangleKey,
}

/// An action, as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action<'a> {
    pub(crate) kind: ActionKind,
    /// What it is on, by any of its names.
    pub(crate) target: Cow<'a, str>,
    pub(crate) force: bool,
}

/// Why what was asked for is not one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotFound {
    /// No key, or several.
    Key(KeyNotFound),
    /// No authorization, or several of one id.
    Policy {
        asked: String,
        /// How many were searched.
        searched: usize,
        /// The accounts that have one of that id.
        accounts: Vec<String>,
    },
    /// No instance, or several.
    Instance {
        asked: String,
        /// How many were searched.
        searched: usize,
        /// Their CRNs, in order.
        candidates: Vec<String>,
    },
    /// No plan of Terraform of that name was read.
    Plan { asked: String },
}

/// What an action is on.
#[derive(Debug, Clone)]
pub(super) enum Subject<'a> {
    Key(Target<'a>),
    Policy(NamedPolicy<'a>),
    Instance(NamedInstance<'a>),
}

/// An authorization that somebody named.
#[derive(Debug, Clone)]
pub(super) struct NamedPolicy<'a> {
    pub(super) id: &'a str,
    /// Its rows: exports in both versions of the API hold it twice.
    pub(super) rows: Vec<usize>,
    pub(super) policy: &'a Authorization,
}

/// An instance, or a resource of one, that somebody named.
#[derive(Debug, Clone)]
pub(super) struct NamedInstance<'a> {
    pub(super) crn: Symbol,
    pub(super) text: &'a str,
    /// Its row, where the Resource Controller lists it.
    pub(super) listed: Option<&'a Instance>,
    pub(super) is_kms: bool,
}

/// What an action is on, where that is one thing.
pub(super) fn subject<'a>(inventory: &'a Inventory, action: &Action<'_>) -> Result<Subject<'a>, NotFound> {
    let asked = action.target.as_ref();
    match action.kind {
        ActionKind::DeleteKey
        | ActionKind::DisableKey
        | ActionKind::RestoreKey
        | ActionKind::RotateKey
        | ActionKind::UntangleKey => target::find(inventory, asked).map(Subject::Key).map_err(NotFound::Key),
        ActionKind::RevokePolicy => policy(inventory, asked).map(Subject::Policy),
        ActionKind::DeleteInstance => instance(inventory, asked).map(Subject::Instance),
        ActionKind::Terraform => Err(NotFound::Plan { asked: asked.to_owned() }),
    }
}

impl Subject<'_> {
    /// What an answer calls it: its CRN, or its id where it has none or none is known.
    pub(super) fn label(&self) -> String {
        match self {
            Self::Key(target) => target.label(),
            Self::Policy(policy) => policy.id.to_owned(),
            Self::Instance(instance) => instance.text.to_owned(),
        }
    }
}

fn policy<'a>(inventory: &'a Inventory, asked: &str) -> Result<NamedPolicy<'a>, NotFound> {
    let is_authorization = |policy: &Authorization| {
        !policy.template && matches!(policy.kind, PolicyType::Authorization | PolicyType::Absent)
    };
    let authorizations = || inventory.policies.iter().enumerate().filter(|(_, policy)| is_authorization(policy));
    let named: Vec<(usize, &Authorization)> =
        authorizations().filter(|(_, policy)| policy.id.as_deref() == Some(asked)).collect();
    let accounts: BTreeSet<&str> = named.iter().filter_map(|(_, policy)| policy.target_account()).collect();
    match named.first() {
        Some((_, policy)) if accounts.len() <= 1 => Ok(NamedPolicy {
            id: policy.id.as_deref().unwrap_or_default(),
            rows: named.iter().map(|(row, _)| *row).collect(),
            policy,
        }),
        _ => Err(NotFound::Policy {
            asked: asked.to_owned(),
            searched: authorizations().count(),
            accounts: accounts.into_iter().map(str::to_owned).collect(),
        }),
    }
}

fn instance<'a>(inventory: &'a Inventory, asked: &str) -> Result<NamedInstance<'a>, NotFound> {
    let mut known = BTreeSet::new();
    if asked.starts_with("crn:") {
        known.extend(inventory.interner.find(asked).filter(|crn| is_known(inventory, *crn)));
    } else {
        let called = |instance: &&Instance| {
            instance.name.is_some_and(|name| inventory.text(name) == asked) || has_guid(inventory, instance.crn, asked)
        };
        known.extend(inventory.instances.iter().filter(called).map(|instance| instance.crn));
        let (mut last, mut is_last) = (None, false);
        for crn in crns(inventory).filter(|crn| inventory.instance(*crn).is_none()) {
            if last.replace(crn) != Some(crn) {
                is_last = has_guid(inventory, crn, asked);
            }
            if is_last {
                known.insert(crn);
            }
        }
    }
    let mut candidates: Vec<(&str, Symbol)> = known.into_iter().map(|crn| (inventory.text(crn), crn)).collect();
    candidates.sort_unstable();
    match candidates.as_slice() {
        [(text, crn)] => Ok(NamedInstance {
            crn: *crn,
            text,
            listed: inventory.instance(*crn),
            is_kms: parse(text).is_ok_and(|crn| crn.kind() == Kind::KmsInstance),
        }),
        several => Err(NotFound::Instance {
            asked: asked.to_owned(),
            searched: inventory.instances.len(),
            candidates: several.iter().map(|(text, _)| (*text).to_owned()).collect(),
        }),
    }
}

/// The instances of which uses and keys tell.
fn crns(inventory: &Inventory) -> impl Iterator<Item = Symbol> {
    let deployments = inventory.uses.iter().filter_map(|found| found.belongs.deployment());
    deployments.chain(inventory.keys.iter().map(|key| key.instance))
}

fn is_known(inventory: &Inventory, crn: Symbol) -> bool {
    let is_resource = || inventory.uses.iter().any(|found| found.resource == crn);
    inventory.instance(crn).is_some() || crns(inventory).any(|known| known == crn) || is_resource()
}

fn has_guid(inventory: &Inventory, crn: Symbol, asked: &str) -> bool {
    let text = inventory.text(crn);
    !asked.is_empty() && text.contains(asked) && parse(text).is_ok_and(|crn| crn.service_instance == asked)
}
