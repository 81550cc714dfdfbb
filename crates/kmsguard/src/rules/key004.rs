//! # KEY004 rotation-overdue
//!
//! ## What it finds
//!
//! An active root key in use that was not rotated when its rotation policy says, or that has no rotation policy and was not rotated
//! for twelve months. A key whose material was brought along cannot be rotated by a policy: there it is only said how old it is.
//!
//! ## Why it matters
//!
//! Rotation bounds how much is encrypted under one version of a key, and is what auditors ask for first. Seven days of grace are
//! given to the policy. A rotation policy without `enabled` is of a time before policies could be disabled, and is enabled (Key
//! Protect, *Setting a rotation policy*, 2026-08-12). Low: nothing is lost and nothing fails.
//!
//! ## Example
//!
//! A key that should have been rotated in April, and a registration on it:
//!
//! ```json
//! [{"state": 1, "extractable": false, "lastRotateDate": "2026-01-01T00:00:00Z",
//!   "rotation": {"enabled": true, "interval_month": 3},
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Rotate the key, and set a rotation policy.
//!
//! ## When not to heed it
//!
//! When another policy of yours sets the time: the twelve months are an option.

use hashbrown::HashSet;
use jiff::Timestamp;

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Needed, Severity, Undetermined};
use super::key_commands::{self, KeyPolicy};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, dates, unread, words};
use crate::inventory::{Inventory, Key, KeyIndex, KeyState, Rotation};

pub(super) static RULE: Rule = Rule {
    id: "KEY004",
    name: "rotation-overdue",
    title: "a key is overdue for rotation",
    severity: Severity::Low,
    stake: Stake::Other(
        "nothing is lost and nothing fails; more is encrypted under one version of the key than was meant",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::ROTATION],
    comment: page!("key004.rs"),
    check,
};

/// After so many days behind its policy a key is overdue.
const GRACE_DAYS: u16 = 7;

/// The shortest interval that a rotation policy can have.
const SHORTEST_MONTHS: u16 = 1;

/// What is known of the rotation of a key.
enum Standing {
    /// It is not overdue.
    Fine,
    Overdue {
        what: String,
        severity: Severity,
        remediation: &'static str,
        commands: Vec<Command>,
    },
    Unknown(Needed),
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    let shows: HashSet<u32> =
        inventory.keys.iter().filter(|key| key.lists_rotation).map(|key| key.witness.place.input).collect();
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        // A standard key has no versions; one that is not active is not rotated. Of both another rule speaks.
        let may_be = matches!(key.state, KeyState::Active | KeyState::Unknown) && key.extractable != Some(true);
        if !may_be {
            continue;
        }
        let standing = standing(context, key, shows.contains(&key.witness.place.input));
        if matches!(standing, Standing::Fine) {
            continue;
        }
        let needs = match used::usage(&unseen, KeyIndex(row), key, "this key") {
            Usage::Nothing => continue,
            Usage::Unknown(needs) => needs,
            Usage::By(uses) => match standing {
                Standing::Fine => continue,
                Standing::Unknown(needs) => needs,
                Standing::Overdue { .. } if key.state == KeyState::Unknown => {
                    used::record_needed(inventory, key, "the export does not say in which state the key is")
                }
                Standing::Overdue { .. } if key.extractable.is_none() => {
                    let why = "the export does not say whether the key is a root key";
                    used::record_needed(inventory, key, why)
                }
                Standing::Overdue { what, severity, remediation, commands } => {
                    let (name, users) = (words::key(inventory, key), words::used_by(inventory, &uses));
                    let message = format!("key `{name}`, used by {users}, {what}");
                    findings.found.push(Finding {
                        severity,
                        commands,
                        ..used::finding(&RULE, key, &uses, message, remediation)
                    });
                    continue;
                }
            },
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
    unread::put_keys(&RULE, &context, findings);
}

/// `shows_policies`: whether the list in which the key stands shows rotation policies, so that a key without one has none.
fn standing(context: Context<'_>, key: &Key, shows_policies: bool) -> Standing {
    let inventory = context.inventory;
    let months = context.options.key_rotation_months;
    let date = key.rotated_at.or(key.created_at);
    let Some(last) = dates::read(inventory, date) else {
        let why = "the export does not say when the key was rotated last, nor when it was created";
        return Standing::Unknown(used::record_needed(inventory, key, why));
    };
    let since = format!(
        "{} on {}",
        if key.rotated_at.is_some() { "was last rotated" } else { "was created" },
        dates::day(last)
    );
    let is_past =
        |months: u16, days: u16| dates::later(last, months, days).is_some_and(|end| context.now.timestamp() > end);
    if key.imported == Some(true) {
        return if is_past(months, 0) { imported(inventory, key, &since) } else { Standing::Fine };
    }
    match key.rotation {
        Rotation::Every(interval) if is_past(interval.into(), GRACE_DAYS) => {
            overdue(inventory, key, last, &since, interval)
        }
        Rotation::Every(_) => Standing::Fine,
        Rotation::Never => without_policy(inventory, key, &since, is_past(months, 0), months),
        Rotation::Unknown if shows_policies => without_policy(inventory, key, &since, is_past(months, 0), months),
        // Whatever the policy says, a key that was rotated as lately as that is not overdue.
        Rotation::Unknown if !is_past(SHORTEST_MONTHS, GRACE_DAYS) => Standing::Fine,
        Rotation::Unknown => {
            let why = "the export shows no rotation policies";
            Standing::Unknown(used::record_needed(inventory, key, why))
        }
    }
}

fn overdue(inventory: &Inventory, key: &Key, last: Timestamp, since: &str, interval: u8) -> Standing {
    let due = dates::later(last, interval.into(), 0).map_or_else(String::new, dates::day);
    let every = words::count(interval.into(), "month");
    Standing::Overdue {
        what: format!("{since} and should have been rotated on {due}: its policy says every {every}"),
        severity: RULE.severity,
        remediation: "rotate the key, and find out why its policy did not",
        commands: key_commands::act(inventory, key, "rotate", "rotates the key; needs the role Writer"),
    }
}

fn without_policy(inventory: &Inventory, key: &Key, since: &str, is_old: bool, months: u16) -> Standing {
    if !is_old {
        return Standing::Fine;
    }
    let mut commands = key_commands::act(inventory, key, "rotate", "rotates the key; needs the role Writer");
    let what = "lets the key be rotated by itself; needs the role Manager";
    commands.extend(key_commands::set_policy(inventory, key, &KeyPolicy::Rotation(12), what));
    Standing::Overdue {
        what: format!(
            "{since}, more than {} ago, and no rotation policy is enabled for it",
            words::count(months.into(), "month")
        ),
        severity: RULE.severity,
        remediation: "rotate the key, and set a rotation policy",
        commands,
    }
}

fn imported(inventory: &Inventory, key: &Key, since: &str) -> Standing {
    let what = "rotates the key with new material of yours, in base64; needs the role Writer";
    let commands = key_commands::act(inventory, key, "rotate", what);
    let with_material = |command: Command| match command.command.split_once(" --instance-id") {
        Some((before, after)) => {
            Command { command: format!("{before} --key-material MATERIAL --instance-id{after}"), ..command }
        }
        None => Command {
            command: format!(
                "{} -H 'Content-Type: application/json' -d '{{\"payload\":\"MATERIAL\"}}'",
                command.command
            ),
            ..command
        },
    };
    Standing::Overdue {
        what: format!("{since}; its material was brought along, so no policy rotates it"),
        severity: Severity::Info,
        remediation: "rotate the key with new material",
        commands: commands.into_iter().map(with_material).collect(),
    }
}
