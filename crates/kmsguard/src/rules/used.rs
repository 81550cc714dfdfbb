//! What uses a key, as the rules about keys ask for it.

use super::finding::{Finding, Needed};
use super::registry::Rule;
use super::unseen::Unseen;
use super::words;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyIndex, Listing, Use};

/// What uses a key.
pub(super) enum Usage<'a> {
    /// These do, for certain.
    By(Vec<&'a Use>),
    /// Nothing that registers.
    Nothing,
    /// It is not known whether anything does.
    Unknown(Needed),
}

/// What uses a key. `which` names the key in the reason for asking: `this standard key`.
pub(super) fn usage<'a>(unseen: &Unseen<'a>, row: KeyIndex, key: &Key, which: &str) -> Usage<'a> {
    let inventory = unseen.inventory;
    let proved: Vec<&Use> = inventory.proved_uses_of(row).collect();
    if !proved.is_empty() {
        return Usage::By(proved);
    }
    let unproved = inventory.uses_of(row).next().is_some();
    if key.registrations.is_usable() && !unproved {
        return unseen.needed(key).map_or(Usage::Nothing, Usage::Unknown);
    }
    let why = match key.registrations {
        Listing::Missing => format!("whether anything uses {which} is not known"),
        Listing::Cut => format!("the registrations were cut: whether anything uses {which} is not known"),
        Listing::Read | Listing::Whole => format!("nothing proves that what names {which} still uses it"),
    };
    Usage::Unknown(Needed::list_of(ExportKind::KmsRegistrations, inventory.text(key.instance), &why))
}

/// A finding about a key and all that uses it.
pub(super) fn finding(rule: &'static Rule, key: &Key, uses: &[&Use], message: String, remediation: &str) -> Finding {
    let witnesses = uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness));
    Finding {
        resources: words::deployments(uses),
        evidence: std::iter::once(key.witness).chain(witnesses).collect(),
        remediation: remediation.to_owned(),
        ..Finding::of_key(rule, key, message)
    }
}

/// The list of keys, where the record of a key in it lacks a member, or has one that cannot be read.
pub(super) fn record_needed(inventory: &Inventory, key: &Key, why: &str) -> Needed {
    Needed::list_of(ExportKind::KmsKeys, inventory.text(key.instance), why)
}
