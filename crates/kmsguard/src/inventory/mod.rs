//! Everything the exports say, joined: which keys there are, what uses them, and what is not known.
//!
//! Built once from the inputs, asked many times. Tables hold symbols of one interner and places in the inputs; pointers,
//! lines and values are computed only when an answer shows them.

mod build;
mod change;
mod deployment;
mod deployments;
mod evidence;
mod facts_of_keys;
mod find;
mod gaps;
mod interner;
mod join;
mod lines;
mod listings;
mod needed;
mod pages;
mod parameters;
mod resource;
mod settings_seen;
mod shared_text;
mod tables;
mod uses;
mod workers;

pub(crate) use build::moment;
pub(crate) use change::Change;
pub(crate) use deployment::{Belongs, deployment};
pub(crate) use deployments::deployments;
pub(crate) use evidence::Witness;
pub(crate) use find::{KeyNotFound, NamedKey, find_key, instance_of_key, named_keys};
pub(crate) use gaps::{Gap, account_command, gaps, instance_command};
pub(crate) use interner::Symbol;
pub(crate) use resource::Part;
pub(crate) use settings_seen::{LOCATIONS, SettingsSeen};
pub(crate) use tables::{
    Instance, InstancePolicy, Intent, Key, KeyIndex, KeyRing, Listing, Pair, ReportedKms, Rotation, Settings, Use,
};

pub use workers::{Alone, Progress, Stage, Workers};

pub use evidence::Scalar;
pub use shared_text::SharedText;
pub use tables::{KeyState, Seen};

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hashbrown::HashMap;

use crate::ingest::{Call, ExportKind, Fault, FileReport, Input, Opened};
use crate::policy::Authorization;

/// The exports, read and joined.
///
/// ```
/// use kmsguard::api::{AuditRequest, Input, Inventory, Outcome};
///
/// let inventory = Inventory::read(vec![Input::named("empty.json", "[]")]);
/// let answer = inventory.audit(&AuditRequest::at("2026-11-21T12:00:00Z".parse()?))?;
/// assert_eq!(answer.outcome, Outcome::Empty);
/// # Ok::<(), kmsguard::api::RequestError>(())
/// ```
#[derive(Debug)]
pub struct Inventory {
    pub(crate) interner: interner::Interner,
    pub(crate) sources: Vec<Source>,
    /// By CRN.
    pub(crate) keys: Vec<Key>,
    /// By key, then by resource.
    pub(crate) uses: Vec<Use>,
    /// By CRN.
    pub(crate) instances: Vec<Instance>,
    /// The rows of keys and instances by CRN.
    pub(crate) rows: Rows,
    /// In the order of the inputs.
    pub(crate) policies: Vec<Authorization>,
    /// Where each policy stands.
    pub(crate) policy_witnesses: Vec<Witness>,
    /// What is known of lists: of keys and registrations by KMS instance, of instances and authorizations by account.
    pub(crate) listings: BTreeMap<(ExportKind, Symbol), Listing>,
    /// Keys that services use for a whole account.
    pub(crate) settings: Vec<Settings>,
    /// Pairs of keys for a migration, in the order of the inputs.
    pub(crate) pairs: Vec<Pair>,
    /// What reports say of the kinds of KMS instances, in the order of the inputs.
    pub(crate) reported_kms: Vec<ReportedKms>,
    /// What reports say of moves of keys, in the order of the inputs.
    pub(crate) intents: Vec<Intent>,
    /// What plans of Terraform are to change, in the order of the inputs.
    pub(crate) changes: Vec<Change>,
    /// Policies of KMS instances.
    pub(crate) instance_policies: Vec<InstancePolicy>,
    /// Key rings of KMS instances.
    pub(crate) key_rings: Vec<KeyRing>,
}

/// The rows of keys and of service instances, by CRN.
#[derive(Debug)]
pub(crate) struct Rows {
    keys: HashMap<Symbol, u32>,
    instances: HashMap<Symbol, u32>,
}

impl Rows {
    fn of(keys: &[Key], instances: &[Instance]) -> Self {
        Self {
            keys: keys.iter().map(|key| key.crn).zip(0..).collect(),
            instances: instances.iter().map(|instance| instance.crn).zip(0..).collect(),
        }
    }
}

/// An input with what was found in it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) input: Opened,
    pub(crate) report: FileReport,
    /// What a manifest says of it.
    pub(crate) call: Option<Call>,
    /// The account all its records are of, if it is one.
    pub(crate) account: Option<Symbol>,
    /// The KMS instance all its records are of, if it is one.
    pub(crate) instance: Option<Symbol>,
    /// Where its lines begin; found out when a place is first shown.
    pub(crate) lines: OnceLock<lines::Lines>,
    /// Its name, as answers share it.
    pub(crate) name: OnceLock<SharedText>,
    /// What was found wrong after reading, when the inputs were joined.
    pub(crate) late_faults: Vec<Fault>,
}

impl Inventory {
    /// Reads the inputs and joins what they say. Never fails: what could not be read is in the answers.
    #[must_use]
    pub fn read(inputs: Vec<Input>) -> Self {
        Self::read_by(inputs, &Alone, &|_| ())
    }

    /// Reads the inputs as [`Inventory::read`] does, and to the same bytes of every answer, with the workers that a door lends. `told`
    /// hears how far it is, on the thread of the caller.
    #[must_use]
    pub fn read_by(inputs: Vec<Input>, workers: &dyn Workers, told: &dyn Fn(Progress)) -> Self {
        build::build(inputs, workers, told)
    }

    /// The text of a symbol.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        self.interner.text(symbol)
    }

    /// The text of a symbol, for an answer.
    pub(crate) fn shared(&self, symbol: Symbol) -> SharedText {
        self.interner.shared(symbol)
    }

    /// A key by its index.
    pub(crate) fn key(&self, index: KeyIndex) -> Option<&Key> {
        self.keys.get(index.0 as usize)
    }

    /// What is known of a list.
    pub(crate) fn listing(&self, kind: ExportKind, of: Symbol) -> Listing {
        self.listings.get(&(kind, of)).copied().unwrap_or(Listing::Missing)
    }

    /// The service instance with a CRN.
    pub(crate) fn instance(&self, crn: Symbol) -> Option<&Instance> {
        self.rows.instances.get(&crn).and_then(|row| self.instances.get(*row as usize))
    }

    /// The row of the key with a CRN.
    pub(crate) fn row_of_key(&self, crn: Symbol) -> Option<KeyIndex> {
        self.rows.keys.get(&crn).copied().map(KeyIndex)
    }

    /// The key with a CRN.
    pub(crate) fn key_by_crn(&self, crn: Symbol) -> Option<&Key> {
        self.rows.keys.get(&crn).and_then(|row| self.keys.get(*row as usize))
    }

    /// The uses of a key of which one witness at least is proof.
    pub(crate) fn proved_uses_of(&self, key: KeyIndex) -> impl Iterator<Item = &Use> {
        self.uses_of(key).filter(|found| found.is_proved())
    }

    /// The uses of a key.
    pub(crate) fn uses_of(&self, key: KeyIndex) -> impl Iterator<Item = &Use> {
        let start = self.uses.partition_point(|found| found.key < Some(key));
        self.uses.iter().skip(start).take_while(move |found| found.key == Some(key))
    }
}
