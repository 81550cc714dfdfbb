//! What comes next for a key, and not before when.

use super::fault::FaultKind;
use super::model::{KeySide, Next, Readiness, Row};
use super::pairing::Status;
use super::row::{lacks_authorization, standing};
use super::steps::Act;
use crate::authz::Match;
use crate::catalog::endpoints::DEDICATED_REGIONS;
use crate::catalog::migration::needs_second_sync;
use crate::crn::Severity;
use crate::inventory::{Inventory, KeyState};
use crate::now::Now;

/// The first thing that is to be done: what is wrong before what is not known before what is missing.
pub(super) fn next(inventory: &Inventory, row: &Row<'_>, now: Now) -> Next {
    if row.readiness == Readiness::Moved {
        return moved(row);
    }
    let has = |wanted: fn(&FaultKind) -> bool| row.faults.iter().find(|fault| wanted(fault));
    if let Some(fault) = has(|fault| matches!(fault, FaultKind::Ended | FaultKind::InstanceDeleted(_))) {
        return said(format!("{}: {}", fault.message(), fault.help()), None);
    }
    if let Some(fault) = has(is_of_pair) {
        return said(format!("correct the pair: {}", fault.message()), None);
    }
    if has(|fault| *fault == FaultKind::StandardSource).is_some() {
        let command = format!("ibmcloud kp key show {} --instance-id {}", row.source.id, guid(&row.source));
        return said(
            format!("fetch the payload of the standard key and store it anew where it is to be read{AT}"),
            Some(command),
        );
    }
    if has(|fault| *fault == FaultKind::SourceNotFound).is_some() {
        return said("find out whether the key was deleted, and restore it".to_owned(), None);
    }
    if row.target.is_none() {
        if row.associations.is_empty() {
            return idle(row);
        }
        return pair(row);
    }
    if let Some(next) = keys(row) {
        return next;
    }
    if row.associations.iter().any(|one| !one.moved && lacks_authorization(one)) {
        return authorize(row);
    }
    let undecided = row.associations.iter().any(|one| !one.moved && !one.by_service && standing(one) == Match::Unknown);
    let open = row.unknown.iter().find(|wanted| wanted.export.is_some());
    if let Some(wanted) = open.filter(|_| undecided || row.readiness == Readiness::Unknown) {
        return said(format!("give the export `{}`: {}", wanted.name, wanted.why), wanted.command.clone());
    }
    if row.associations.is_empty() {
        return idle(row);
    }
    intent(inventory, row, now)
}

/// The plug-in speaks to Key Protect unless it is told where the instance is.
const AT: &str = "; `KP_TARGET_ADDR` must hold the address of the instance";

fn said(action: String, command: Option<String>) -> Next {
    Next { action, command, not_before: None }
}

fn guid<'a>(side: &KeySide<'a>) -> &'a str {
    crate::crn::parse(side.crn).map_or("INSTANCE", |crn| crn.service_instance)
}

/// Whether a fault is one of the pair itself, which nothing but another pair mends.
const fn is_of_pair(fault: &FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::SourceNotHyperProtect
            | FaultKind::TargetNotKeyProtect
            | FaultKind::Swapped
            | FaultKind::SeveralTargets(_)
            | FaultKind::IntentElsewhere(_)
            | FaultKind::StandardTarget
            | FaultKind::TargetNotFound
            | FaultKind::NotDedicated
            | FaultKind::TargetExpired(_)
    )
}

fn moved(row: &Row<'_>) -> Next {
    let (id, guid) = (row.source.id, guid(&row.source));
    if row.source.state == KeyState::Suspended {
        return said(
            "nothing: the key is disabled; leave it so until Hyper Protect Crypto Services ends".to_owned(),
            None,
        );
    }
    said(
        format!("look that no activity event names the key any more, then disable it; do not delete it yet{AT}"),
        Some(format!("ibmcloud kp key disable {id} --instance-id {guid}")),
    )
}

fn idle(row: &Row<'_>) -> Next {
    said(
        "look in activity events whether an application uses the key; no intent can be made for a key without registrations"
            .to_owned(),
        Some(format!(
            "ibmcloud kp registrations --instance-id {} --key-id {} --output json",
            guid(&row.source),
            row.source.id
        )),
    )
}

/// No key to move to is named: make one, or choose among those that could be it.
fn pair(row: &Row<'_>) -> Next {
    let region = row.source.region.filter(|region| DEDICATED_REGIONS.contains(region)).unwrap_or("REGION");
    let sure = row.candidates.iter().filter(|candidate| candidate.dedicated == Some(true)).count();
    if sure > 0 || !row.candidates.is_empty() {
        return said(
            "choose the key to move to, or make one, and write it beside this one into the table of pairs".to_owned(),
            Some("ibmcloud kp key create NAME --instance-id INSTANCE".to_owned()),
        );
    }
    said(
        "make an instance of Key Protect Dedicated and a root key in it, and write its CRN beside this one into the table of pairs"
            .to_owned(),
        Some(format!("ibmcloud resource service-instance-create NAME kms dedicated {region}")),
    )
}

/// A key in a state in which nothing moves.
fn keys(row: &Row<'_>) -> Option<Next> {
    let target = row.target.as_ref()?;
    for side in [&row.source, target] {
        let is_target = side.crn == target.crn;
        let word = if is_target { "to" } else { "from" };
        let command = match side.state {
            KeyState::Suspended => "enable",
            KeyState::Destroyed => "restore",
            KeyState::Deactivated if is_target => {
                return Some(said("name another key to move to: this one has expired".to_owned(), None));
            }
            _ => continue,
        };
        return Some(said(
            format!("{command} the key to move {word}{AT}"),
            Some(format!("ibmcloud kp key {command} {} --instance-id {}", side.id, guid(side))),
        ));
    }
    None
}

fn authorize(row: &Row<'_>) -> Next {
    let own = row.associations.iter().filter(|one| !one.moved && lacks_authorization(one));
    let forms = own.flat_map(|one| {
        let grants = one.grants.iter().filter(|grant| grant.verdict == Match::NoMatch);
        one.template.iter().chain(grants.filter_map(|grant| grant.template.as_ref()))
    });
    let mut commands: Vec<&str> = Vec::new();
    for command in forms.filter_map(|forms| forms.cli.as_deref()) {
        // Neighbours mostly need the same, and very many would be no next step.
        if commands.last() != Some(&command) && commands.len() < 20 && !commands.contains(&command) {
            commands.push(command);
        }
    }
    let account = row.target.and_then(|target| target.account).unwrap_or_default();
    let action = format!(
        "make {} in account `{account}`, that of the key to move to",
        match commands.len() {
            0 => "the authorizations".to_owned(),
            1 => "the authorization".to_owned(),
            number => format!("the {number} authorizations"),
        }
    );
    said(action, commands.first().map(|command| (*command).to_owned()))
}

/// All that is known is in order: set the intent, synchronize, wait.
fn intent(inventory: &Inventory, row: &Row<'_>, now: Now) -> Next {
    if row.intent != Some(true) {
        let stays = row.faults.iter().any(|fault| fault.severity() == Severity::Error);
        let more = if stays { "; what does not follow stays behind" } else { "" };
        return said(
            format!("set the intent with the migration tool, after its own check `authz-check`{more}"),
            Some(Act::Create.command().to_owned()),
        );
    }
    let too_early = row.reported.iter().filter_map(|one| match Status::of(one.status?) {
        Status::TooEarly(Some(until)) => until.parse::<Now>().ok(),
        _ => None,
    });
    let not_before = too_early.max().filter(|moment| *moment > now);
    let services = || row.associations.iter().filter(|one| !one.moved).map(|one| inventory.text(one.found.service));
    let wait = if row.associations.iter().any(|one| one.is_slow && !one.moved) {
        "Event Streams takes up to a business day, others up to four hours"
    } else {
        "services take up to four hours"
    };
    let again = if services().any(needs_second_sync) {
        "the intent is set: synchronize, at least five minutes after it was"
    } else {
        "the intent is set: synchronize what has not followed yet"
    };
    Next {
        action: format!("{again}; {wait}, and the authorizations on both keys stay until then"),
        command: Some(Act::Sync.command().to_owned()),
        not_before,
    }
}
