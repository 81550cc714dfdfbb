//! The rows of the inventory.

use serde::Serialize;

use super::deployment::Belongs;
use super::evidence::Witness;
use super::interner::Symbol;
use super::resource::Part;
use crate::catalog::needs::Generation;
use crate::ingest::RotationRecord;

/// A key of the inventory, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyIndex(pub(crate) u32);

/// What is known of a list: read as far as can be told, cut, or not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Listing {
    /// No list was read.
    Missing,
    /// A list was read and is known to be cut.
    Cut,
    /// A list was read; nothing tells whether it is whole.
    Read,
    /// A list was read and is proved whole.
    Whole,
}

impl Listing {
    /// What a list of that completeness is.
    pub(crate) const fn of(complete: Option<bool>) -> Self {
        match complete {
            Some(true) => Self::Whole,
            Some(false) => Self::Cut,
            None => Self::Read,
        }
    }

    /// What two lists of the same things are together. One whole list is enough; without one, a list that goes on is not mended
    /// by another of which nothing tells whether it is the rest.
    pub(crate) fn beside(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole, _) | (_, Self::Whole) => Self::Whole,
            (Self::Cut, _) | (_, Self::Cut) => Self::Cut,
            _ => self.max(other),
        }
    }

    /// Whether conclusions may be drawn from what is not in it.
    pub(crate) const fn is_usable(self) -> bool {
        matches!(self, Self::Read | Self::Whole)
    }
}

/// The state of a key.
///
/// Source: Key Protect docs, *Monitoring the lifecycle of encryption keys*, as of 2026-08-12. There is no state 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// 0: seen in events only.
    PreActivation,
    /// 1.
    Active,
    /// 2: disabled.
    Suspended,
    /// 3: expired; unwrap works, wrap does not.
    Deactivated,
    /// 5: deleted.
    Destroyed,
    /// Absent, or a number without a meaning.
    Unknown,
}

impl KeyState {
    /// The state as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PreActivation => "pre-activation",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deactivated => "deactivated",
            Self::Destroyed => "destroyed",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a name, as the Key Usage Reporter writes it.
    pub(super) fn of_name(name: &str) -> Self {
        let known = [Self::PreActivation, Self::Active, Self::Suspended, Self::Deactivated, Self::Destroyed];
        known.into_iter().find(|state| state.name() == name).unwrap_or(Self::Unknown)
    }

    pub(super) const fn of(number: Option<u8>) -> Self {
        match number {
            Some(0) => Self::PreActivation,
            Some(1) => Self::Active,
            Some(2) => Self::Suspended,
            Some(3) => Self::Deactivated,
            Some(5) => Self::Destroyed,
            _ => Self::Unknown,
        }
    }
}

/// How often a key is rotated by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// No export shows it.
    Unknown,
    /// It is not.
    Never,
    /// After so many months.
    Every(u8),
}

impl Rotation {
    /// What a record of a rotation policy says. One without `enabled` was written before policies could be disabled.
    pub(super) const fn of(record: Option<RotationRecord>) -> Self {
        match record {
            Some(RotationRecord { enabled: Some(false), .. }) => Self::Never,
            Some(RotationRecord { interval_month: Some(months), .. }) => Self::Every(months),
            _ => Self::Unknown,
        }
    }
}

/// A key.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) crn: Symbol,
    pub(crate) id: Symbol,
    pub(crate) name: Option<Symbol>,
    /// The CRN of its KMS instance.
    pub(crate) instance: Symbol,
    pub(crate) account: Option<Symbol>,
    pub(crate) state: KeyState,
    /// `Some(false)`: a root key; `Some(true)`: a standard key.
    pub(crate) extractable: Option<bool>,
    pub(crate) key_ring: Option<Symbol>,
    /// Whether two people must ask for its deletion.
    pub(crate) dual_authorization: Option<bool>,
    /// Other names by which a key may be asked for.
    pub(crate) aliases: Box<[Symbol]>,
    /// Whether its material was brought along.
    pub(crate) imported: Option<bool>,
    pub(crate) rotation: Rotation,
    /// Whether its own record has a rotation policy: the list it stands in shows them.
    pub(crate) lists_rotation: bool,
    /// How many versions it has, where a list of them was read.
    pub(crate) versions: Option<u32>,
    pub(crate) created_at: Option<Symbol>,
    pub(crate) rotated_at: Option<Symbol>,
    pub(crate) updated_at: Option<Symbol>,
    pub(crate) expires_at: Option<Symbol>,
    pub(crate) deleted_at: Option<Symbol>,
    /// What is known of the registrations of its KMS instance.
    pub(crate) registrations: Listing,
    pub(crate) witness: Witness,
    /// Where its state was read.
    pub(crate) state_witness: Witness,
}

/// How a use is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "WitnessKind"))]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// A registration of the key.
    Registration,
    /// A parameter of the service instance, in effect as far as the export shows.
    Parameter,
    /// A setting of the service for the whole account, as Schematics has.
    Setting,
    /// The resource's own record in a list of its service, as VPC writes it.
    Resource,
    /// A state of Terraform: what it saw when it last looked.
    State,
    /// A report of the Key Usage Reporter.
    Report,
    /// An activity event.
    Event,
    /// What was asked for when the instance was made, where the export shows that something else is in effect.
    Requested,
}

impl Seen {
    /// The kind as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Parameter => "parameter",
            Self::Setting => "setting",
            Self::Resource => "resource",
            Self::State => "state",
            Self::Report => "report",
            Self::Event => "event",
            Self::Requested => "requested",
        }
    }

    /// Whether it is proof that the key is in use. What was only asked for, planned, reported or done once is not: it never lets a
    /// key look free, and never makes a finding by itself.
    pub(crate) const fn is_proof(self) -> bool {
        match self {
            Self::Registration | Self::Parameter | Self::Setting | Self::Resource | Self::State => true,
            Self::Report | Self::Event | Self::Requested => false,
        }
    }
}

/// One resource uses one key.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    /// The key, where exactly one key of the inventory is meant.
    pub(crate) key: Option<KeyIndex>,
    /// The CRN of the key, where it is named by one.
    pub(crate) key_crn: Option<Symbol>,
    pub(crate) key_id: Symbol,
    /// The CRN of what uses the key, as registered.
    pub(crate) resource: Symbol,
    /// Whose use it is.
    pub(crate) belongs: Belongs,
    /// How much of its deployment the resource is.
    pub(crate) part: Part,
    /// The service of the resource; empty where its CRN cannot be read.
    pub(crate) service: Symbol,
    pub(crate) account: Option<Symbol>,
    /// Whether a registration keeps the key from being deleted even by force.
    pub(crate) prevents_deletion: Option<bool>,
    /// Where it was read, in order.
    pub(crate) witnesses: Witnesses,
}

/// Where a use was read, in order: one place at least, and most have one alone, which is kept without an allocation of its own.
#[derive(Debug, Clone)]
pub(crate) enum Witnesses {
    One([(Seen, Witness); 1]),
    Several(Vec<(Seen, Witness)>),
}

impl Witnesses {
    /// Takes the next place.
    pub(super) fn push(&mut self, witness: (Seen, Witness)) {
        match self {
            Self::One([first]) => *self = Self::Several(vec![*first, witness]),
            Self::Several(witnesses) => witnesses.push(witness),
        }
    }
}

impl std::ops::Deref for Witnesses {
    type Target = [(Seen, Witness)];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::One(witness) => witness,
            Self::Several(witnesses) => witnesses,
        }
    }
}

impl Use {
    /// Whether one of its witnesses is proof.
    pub(crate) fn is_proved(&self) -> bool {
        self.witnesses.iter().any(|(seen, _)| seen.is_proof())
    }
}

/// A service instance of the Resource Controller.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) crn: Symbol,
    pub(crate) name: Option<Symbol>,
    pub(crate) service: Symbol,
    pub(crate) account: Option<Symbol>,
    /// Name or id of its plan, as written.
    pub(crate) plan: Option<Symbol>,
    pub(crate) resource_group: Option<Symbol>,
    pub(crate) state: Option<Symbol>,
    pub(crate) generation: Generation,
    /// `dataservices` is among its parameters or their effect.
    pub(crate) has_data_services: bool,
    /// `kms_key_crn` is among its parameters.
    pub(crate) has_classic_key: bool,
    /// Whether its parameters or their effect are known at all.
    pub(crate) parameters_known: bool,
    /// Whether a backup key is named.
    pub(crate) has_backup_key: bool,
    pub(crate) updated_at: Option<Symbol>,
    pub(crate) deleted_at: Option<Symbol>,
    pub(crate) reclaimed_at: Option<Symbol>,
    pub(crate) witness: Witness,
}

impl Instance {
    /// Whether it was deleted and is kept for a while, by the state's text.
    pub(crate) fn is_soft_deleted(&self, inventory: &super::Inventory) -> bool {
        self.state.is_some_and(|state| inventory.text(state) == "pending_reclamation")
    }
}

/// A policy of a KMS instance.
#[derive(Debug, Clone)]
pub(crate) struct InstancePolicy {
    /// The CRN of the instance.
    pub(crate) instance: Symbol,
    /// `dualAuthDelete`, `allowedNetwork` and so on, as written.
    pub(crate) kind: Symbol,
    pub(crate) enabled: Option<bool>,
    /// `public-and-private` or `private-only`.
    pub(crate) network: Option<Symbol>,
    pub(crate) interval_months: Option<u8>,
    pub(crate) witness: Witness,
}

/// A key ring of a KMS instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyRing {
    /// The CRN of the instance.
    pub(crate) instance: Symbol,
    pub(crate) id: Symbol,
}

/// The keys that a service uses for a whole account, as Schematics does for each location.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The CRN that stands for the service in this account and location.
    pub(crate) resource: Symbol,
    pub(crate) location: Symbol,
    /// `byok` or `kyok`, as written.
    pub(crate) scheme: Option<Symbol>,
    /// The primary key and the secondary one, each with the endpoint by which it is reached.
    pub(crate) keys: Vec<(Symbol, Option<Symbol>)>,
    pub(crate) witness: Witness,
}

/// A key to migrate from and the key to migrate to.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) source: Symbol,
    pub(crate) target: Symbol,
    /// How many resources the migration tool found registered on either.
    pub(crate) source_associations: Option<u32>,
    pub(crate) target_associations: Option<u32>,
    /// What became of the operation, as the tool wrote it.
    pub(crate) status: Option<Symbol>,
    pub(crate) witness: Witness,
}

/// The kind of a KMS instance, as a report tells it: a CRN does not tell Key Protect from Key Protect Dedicated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReportedKms {
    /// The CRN of the instance.
    pub(crate) instance: Symbol,
    pub(crate) dedicated: bool,
}

/// Whether the resources of a key are to move to another key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intent {
    /// The CRN of the key to move from.
    pub(crate) key: Symbol,
    pub(crate) is_set: bool,
    /// The CRN of the key to move to, as written.
    pub(crate) target: Option<Symbol>,
    pub(crate) witness: Witness,
}
