//! What is wrong with a pair of keys, or stands in its way.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Row;
use crate::crn::Severity;
use crate::inventory::{Inventory, KeyState};

/// One thing that is wrong, or that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// The key to move from is not of Hyper Protect Crypto Services.
    SourceNotHyperProtect,
    /// The key to move to is not of Key Protect.
    TargetNotKeyProtect,
    /// The two keys of a pair stand the wrong way round.
    Swapped,
    /// One key is to move to several.
    SeveralTargets(Vec<String>),
    /// One table has the pair twice.
    Repeated,
    /// So many other keys are to move to the same key.
    SharedTarget(usize),
    /// The intent that is set names other keys.
    IntentElsewhere(Vec<String>),
    /// In this state a key does not move.
    SourceState(KeyState),
    /// In this state a key takes nothing.
    TargetState(KeyState),
    /// Standard keys do not move by intents.
    StandardSource,
    /// A standard key encrypts no keys.
    StandardTarget,
    /// No such key in a list that was read.
    SourceNotFound,
    /// The same of the key to move to.
    TargetNotFound,
    /// The key to move to is of Key Protect that many customers share.
    NotDedicated,
    /// The keys are in different regions.
    OtherRegion([String; 2]),
    /// The keys are in different accounts.
    OtherAccount([String; 2]),
    /// So many resources, of these services, do not follow an intent.
    NotFollowing(usize, Vec<String>),
    /// So many resources are not authorized on the key to move to.
    NotAuthorized(usize),
    /// What the migration tool wrote.
    ToolFailed(String),
    /// The migration tool counted so many resources on the source, and the exports show so many.
    CountsDiffer(u32, usize),
    /// Services that are authorized on the key to move from, and are not known to register what they encrypt.
    Silent(Vec<String>),
    /// So many resources are of deployments that were deleted and wait for reclamation.
    Deleted(usize),
    /// Hyper Protect Crypto Services has ended.
    Ended,
    /// A KMS instance, by its CRN, was deleted and waits for reclamation.
    InstanceDeleted(String),
    /// The key to move to expired on that day.
    TargetExpired(String),
    /// The key to move to expires on that day.
    TargetExpires(String),
    /// Two pairs that look as if their targets were exchanged, by the names of the keys.
    NamesCrossed(String),
}

impl FaultKind {
    /// The code by which it is known.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SourceNotHyperProtect => "MIG001",
            Self::TargetNotKeyProtect => "MIG002",
            Self::Swapped => "MIG003",
            Self::SeveralTargets(_) => "MIG004",
            Self::Repeated => "MIG005",
            Self::SharedTarget(_) => "MIG006",
            Self::IntentElsewhere(_) => "MIG007",
            Self::SourceState(_) => "MIG008",
            Self::TargetState(_) => "MIG009",
            Self::StandardSource => "MIG010",
            Self::StandardTarget => "MIG011",
            Self::SourceNotFound => "MIG012",
            Self::TargetNotFound => "MIG013",
            Self::NotDedicated => "MIG014",
            Self::OtherRegion(_) => "MIG015",
            Self::OtherAccount(_) => "MIG016",
            Self::NotFollowing(..) => "MIG017",
            Self::NotAuthorized(_) => "MIG018",
            Self::ToolFailed(_) => "MIG019",
            Self::CountsDiffer(..) => "MIG020",
            Self::NamesCrossed(_) => "MIG021",
            Self::Silent(_) => "MIG022",
            Self::Deleted(_) => "MIG023",
            Self::Ended => "MIG024",
            Self::InstanceDeleted(_) => "MIG025",
            Self::TargetExpired(_) => "MIG026",
            Self::TargetExpires(_) => "MIG027",
        }
    }

    /// Whether it stands in the way.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Repeated
            | Self::SharedTarget(_)
            | Self::OtherRegion(_)
            | Self::OtherAccount(_)
            | Self::ToolFailed(_)
            | Self::CountsDiffer(..)
            | Self::NamesCrossed(_)
            | Self::Silent(_)
            | Self::Deleted(_)
            | Self::TargetExpires(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::SourceNotHyperProtect => "the key to move from is not of Hyper Protect Crypto Services".to_owned(),
            Self::TargetNotKeyProtect => "the key to move to is not of Key Protect".to_owned(),
            Self::Swapped => "the pair stands the wrong way round: the key to move from comes first".to_owned(),
            Self::SeveralTargets(targets) => format!("the key is to move to several keys: {}", quoted(targets)),
            Self::Repeated => "one table has this pair more than once".to_owned(),
            Self::SharedTarget(others) => {
                format!("{} to move to the same key", plural(*others, "other key is", "other keys are"))
            }
            Self::IntentElsewhere(targets) => format!("the intent that is set on the key names {}", quoted(targets)),
            Self::SourceState(state) => {
                format!("the key to move from is {}; only active and deactivated keys move", state.name())
            }
            Self::TargetState(state) => format!("the key to move to is {}, not active", state.name()),
            Self::StandardSource => "a standard key does not move by an intent".to_owned(),
            Self::StandardTarget => "the key to move to is a standard key; it must be a root key".to_owned(),
            Self::SourceNotFound => "the list of keys that was read does not hold the key to move from".to_owned(),
            Self::TargetNotFound => "the list of keys that was read does not hold the key to move to".to_owned(),
            Self::NotDedicated => {
                "the key to move to is of multi-tenant Key Protect, not of Key Protect Dedicated".to_owned()
            }
            Self::OtherRegion([source, target]) => {
                format!("the keys are in different regions: `{source}` and `{target}`")
            }
            Self::OtherAccount([source, target]) => {
                format!("the keys are in different accounts: `{source}` and `{target}`")
            }
            Self::NotFollowing(number, services) => format!(
                "{} of {} not follow an intent",
                plural(*number, "resource", "resources"),
                match services.len() {
                    1 => format!("{} does", quoted(services)),
                    _ => format!("{} do", quoted(services)),
                }
            ),
            Self::NotAuthorized(number) => {
                format!("{} not authorized on the key to move to", plural(*number, "resource is", "resources are"))
            }
            Self::ToolFailed(status) => format!("the migration tool wrote `{}`", status.escape_debug()),
            Self::CountsDiffer(counted, shown) => format!(
                "the migration tool counted {} on the key to move from, and the exports show {shown}",
                plural(*counted as usize, "resource", "resources")
            ),
            Self::Silent(services) => format!(
                "{} authorized on the key to move from, and nothing says that what {} is registered",
                match services.len() {
                    1 => format!("{} is", quoted(services)),
                    _ => format!("{} are", quoted(services)),
                },
                if services.len() == 1 { "it encrypts" } else { "they encrypt" }
            ),
            Self::Deleted(number) => format!(
                "{} to deployments that were deleted, and stay registered until they are reclaimed",
                plural(*number, "resource belongs", "resources belong")
            ),
            Self::Ended => "Hyper Protect Crypto Services has ended".to_owned(),
            Self::InstanceDeleted(instance) => {
                format!("the KMS instance `{instance}` was deleted and waits for reclamation")
            }
            Self::TargetExpired(date) => format!("the key to move to expired on {}", date.escape_debug()),
            Self::TargetExpires(date) => format!("the key to move to expires on {}", date.escape_debug()),
            Self::NamesCrossed(other) => {
                format!("by their names, this pair and that of `{}` have each other's target", other.escape_debug())
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::SourceNotHyperProtect => "begin the row with the CRN of a key of `hs-crypto`",
            Self::TargetNotKeyProtect => "end the row with the CRN of a key of `kms`, in an instance of Key Protect Dedicated",
            Self::Swapped => "exchange the two columns",
            Self::SeveralTargets(_) => "keep the row that is meant: a key has one intent",
            Self::Repeated => "remove the second row",
            Self::SharedTarget(_) => "that is allowed, but what was apart shares one key from then on: make a key for each",
            Self::IntentElsewhere(_) => "correct the pair, or replace the intent: `create` of the migration tool with `--replace-mi`",
            Self::SourceState(_) => "enable or restore the key first; services must unwrap with it while they move",
            Self::TargetState(_) => "enable the key, or name another",
            Self::StandardSource => "fetch its payload and store it anew, in Key Protect Dedicated or in Secrets Manager, and change whoever reads it",
            Self::StandardTarget => "name a root key: `extractable` is false",
            Self::SourceNotFound => "check the CRN; if it was deleted, list keys of all states",
            Self::TargetNotFound => "make the key first, or check the CRN",
            Self::NotDedicated => "name a key of an instance with plan `dedicated`",
            Self::OtherRegion(_) => "Key Protect Dedicated has few regions, and other regions are allowed; look whether the distance is",
            Self::OtherAccount(_) => "authorizations are made in the account of the key to move to; the migration tool needs access to both",
            Self::NotFollowing(..) => "make these resources anew with the other key, or wait until their service follows and synchronize again",
            Self::NotAuthorized(_) => "make the authorizations below; nothing moves without them",
            Self::ToolFailed(_) => "the page about the migration tool explains what it writes",
            Self::CountsDiffer(..) => "export the registrations anew, or run the tool anew: one of both is older",
            Self::Silent(_) => {
                "look in the service, or in activity events of the key, whether it uses the key; if it does, authorize it on the key to move to as well"
            }
            Self::Deleted(_) => "leave the key to move from until they are gone; they need not move",
            Self::Ended => "one page names a later day: try at once, and ask IBM for help",
            Self::InstanceDeleted(_) => "restore it: `ibmcloud resource reclamation-restore`",
            Self::TargetExpired(_) => "name another key: with an expired one nothing is wrapped",
            Self::TargetExpires(_) => "nothing is wrapped with it from then on: a key without an end is better",
            Self::NamesCrossed(_) => "compare the two rows",
        }
        .to_owned()
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Says what may use a key without showing, and what is registered with it though it is gone.
pub(super) fn put_unseen(inventory: &Inventory, row: &mut Row<'_>, silent: &[&str]) {
    let known: BTreeSet<&str> = row.associations.iter().map(|one| inventory.text(one.found.service)).collect();
    let services: Vec<String> =
        silent.iter().filter(|service| !known.contains(**service)).map(|service| (*service).to_owned()).collect();
    if !services.is_empty() {
        row.faults.push(FaultKind::Silent(services));
    }
    let deleted = row.associations.iter().filter(|one| {
        let deployment = one.found.belongs.deployment().and_then(|deployment| inventory.instance(deployment));
        !one.moved && deployment.is_some_and(|instance| instance.is_soft_deleted(inventory))
    });
    let deleted = deleted.count();
    if deleted > 0 {
        row.faults.push(FaultKind::Deleted(deleted));
    }
}

/// Finds pairs whose targets look exchanged: each key has the name of the other's target.
pub(super) fn put_crossed(rows: &mut [Row<'_>]) {
    // Of several keys of one name nothing follows.
    let mut by_name: BTreeMap<&str, Option<(usize, &str)>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let names = row.source.name.zip(row.target.and_then(|target| target.name));
        let Some((name, to)) = names else { continue };
        by_name.entry(name).and_modify(|one| *one = None).or_insert(Some((place, to)));
    }
    let crossed = by_name.iter().filter_map(|(name, one)| {
        let (place, to) = (*one)?;
        let (_, back) = (*by_name.get(to)?)?;
        (to != *name && back == *name).then(|| (place, to.to_owned()))
    });
    let crossed: Vec<(usize, String)> = crossed.collect();
    for (place, other) in crossed {
        if let Some(row) = rows.get_mut(place) {
            row.faults.push(FaultKind::NamesCrossed(other));
        }
    }
}
