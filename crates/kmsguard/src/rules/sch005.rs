//! # SCH005 settings-are-final
//!
//! ## What it finds
//!
//! Two settings of Schematics for one location that differ: those that are in force, and those that are to be made.
//!
//! ## Why it matters
//!
//! The settings can be made once. After that they are changed by a support ticket only (IBM/schematics-go-sdk, `KMSSettings`, 2024-11-19;
//! Schematics, *CLI reference*, 2026-07-07). High: the plan cannot be carried out.
//!
//! ## Example
//!
//! The answer of `GET /v2/settings/kms`, and beside it the body of a `PUT` with another key:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000002"}}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, with the settings that are wanted.
//!
//! ## When not to heed it
//!
//! When the two are exports of different days, and support has changed the settings between them.

use hashbrown::HashMap;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::settings::One;
use super::sources;
use super::{Context, settings};
use crate::inventory::{Inventory, Symbol};

pub(super) static RULE: Rule = Rule {
    id: "SCH005",
    name: "settings-are-final",
    title: "a second change of the settings of Schematics is planned",
    severity: Severity::High,
    stake: Stake::Other("the change is refused: it takes a support ticket"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_API, sources::SCHEMATICS_COMMANDS],
    comment: page!("sch005.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let all: Vec<One<'_>> = settings::all(inventory).collect();
    let mut seen = Seen::default();
    let mut earlier = Vec::with_capacity(all.len());
    for row in 0..all.len() {
        earlier.push(seen.beside(inventory, &all, row));
        seen.put(inventory, &all, row);
    }
    for ((row, one), other) in all.iter().enumerate().zip(earlier) {
        let Some(other) = other else {
            let alone = seen.beside(inventory, &all, row).is_none();
            if alone && !one.is_named(inventory) {
                let why = "nothing tells whether these settings are in force, or are still to be made";
                findings.undetermined.push(one.undetermined(&RULE, inventory, why));
            }
            continue;
        };
        let message = format!(
            "there are two settings of Schematics for {} that differ: they can be made once, and are changed by a support ticket \
             only",
            one.location(inventory)
        );
        let found = one.finding(&RULE, inventory, None, "", message);
        let mut evidence = found.evidence.clone();
        evidence.extend(all.get(other).and_then(|other| other.witness()));
        evidence.sort();
        findings.found.push(Finding { evidence, ..found });
    }
    settings::put_missing(&RULE, inventory, findings);
}

/// Of settings for one location the first, and the first that differs from it: from whatever others say, one of the two differs first.
type Two = [Option<usize>; 2];

/// The settings that were looked at, so that each is held against two of the others and not against all.
#[derive(Default)]
struct Seen<'a> {
    /// By location and account; none for those that name no account.
    of_account: HashMap<(Symbol, Option<&'a str>), Two>,
    of_location: HashMap<Symbol, Two>,
}

impl<'a> Seen<'a> {
    fn put(&mut self, inventory: &'a Inventory, all: &[One<'a>], row: usize) {
        let Some(one) = all.get(row) else { return };
        let own = self.of_account.entry((one.location_symbol(), one.account(inventory))).or_default();
        for two in [own, self.of_location.entry(one.location_symbol()).or_default()] {
            match two {
                [Some(first), differs @ None] => {
                    let is_other = all.get(*first).is_some_and(|first| first.differs(inventory, one));
                    *differs = is_other.then_some(row);
                }
                [first @ None, _] => *first = Some(row),
                [Some(_), Some(_)] => {}
            }
        }
    }

    /// The first of those that may be of the same account and location, and differ. Settings that name no account may be of any.
    fn beside(&self, inventory: &'a Inventory, all: &[One<'a>], row: usize) -> Option<usize> {
        let one = all.get(row)?;
        let location = one.location_symbol();
        let found = match one.account(inventory) {
            Some(account) => [Some(account), None]
                .map(|account| self.of_account.get(&(location, account)).copied().unwrap_or_default()),
            None => [self.of_location.get(&location).copied().unwrap_or_default(), Two::default()],
        };
        let others = found.iter().flatten().flatten().copied();
        others.filter(|other| all.get(*other).is_some_and(|other| other.differs(inventory, one))).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::Input;

    fn settings() -> impl Strategy<Value = (u8, Option<u8>, u8)> {
        (0..2_u8, prop::option::of(0..2_u8), 0..3_u8)
    }

    proptest! {
        #[test]
        fn what_differs_is_found_as_if_each_were_held_against_all(rows in prop::collection::vec(settings(), 0..8)) {
            let mut inputs = Vec::new();
            let mut calls = Vec::new();
            for (number, (location, account, key)) in rows.iter().enumerate() {
                inputs.push(Input::named(format!("s{number}.json"), format!(
                    r#"{{"location":"l{location}","encryption_scheme":"byok","primary_crk":{{"key_crn":"crn:v1:bluemix:public:kms:us-south:a/1:2:key:{key}"}}}}"#
                )));
                if let Some(account) = account {
                    calls.push(format!(
                        r#"{{"file":"s{number}.json","kind":"schematics-kms-settings","account":"{account}","status":200,"rows":1}}"#
                    ));
                }
            }
            inputs.push(Input::named("m.json", format!(r#"{{"manifest_version":1,"calls":[{}]}}"#, calls.join(","))));
            let inventory = Inventory::read(inputs);
            let all: Vec<One<'_>> = settings::all(&inventory).collect();
            prop_assert_eq!(all.len(), rows.len());
            let mut seen = Seen::default();
            for row in 0..all.len() {
                let one = &all[row];
                let is_beside = |other: &One<'_>| {
                    let accounts = one.account(&inventory).zip(other.account(&inventory));
                    one.location_symbol() == other.location_symbol()
                        && accounts.is_none_or(|(one, other)| one == other)
                        && one.differs(&inventory, other)
                };
                prop_assert_eq!(seen.beside(&inventory, &all, row), (0..row).find(|other| is_beside(&all[*other])));
                seen.put(&inventory, &all, row);
            }
        }
    }
}
