//! What actions on keys share: in which state a key takes which, what is not known of it, and how commands name it.

use super::affected::Affected;
use super::model::{Blocker, Needed, Reason, ReasonKind, Verdict};
use super::target::Target;
use crate::catalog::Source;
use crate::catalog::key_life::{DELETING, KEY_STATES};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyState, Listing, Witness, instance_command};

/// A deleted key takes no action but its restoration.
pub(super) fn destroyed(inventory: &Inventory, key: &Key) -> Option<Blocker> {
    (key.state == KeyState::Destroyed).then(|| Blocker {
        reason: Reason {
            kind: ReasonKind::Key,
            about: inventory.text(key.crn).to_owned(),
            text: "the key is deleted already: its state is 5, destroyed".to_owned(),
            source: Some(DELETING),
            evidence: Some(key.state_witness),
        },
        yields_to_force: false,
    })
}

/// Why a key in its state does not take an action, where that is so. `takes`: the states in which a key does.
pub(super) fn state(inventory: &Inventory, key: &Key, takes: &[KeyState], done: &str) -> Option<Blocker> {
    if takes.contains(&key.state) || key.state == KeyState::Unknown {
        return None;
    }
    let number = match key.state {
        KeyState::PreActivation => 0,
        KeyState::Active => 1,
        KeyState::Suspended => 2,
        KeyState::Deactivated => 3,
        _ => 5,
    };
    Some(refusal(
        inventory,
        key,
        format!("a key in state {number}, {}, is not {done}", key.state.name()),
        KEY_STATES,
        key.state_witness,
    ))
}

/// A standard key only holds a payload, and is neither rotated nor disabled.
pub(super) fn standard(inventory: &Inventory, key: &Key, done: &str, source: Source) -> Option<Blocker> {
    (key.extractable == Some(true)).then(|| {
        let evidence = Witness { member: "extractable", ..key.witness };
        refusal(inventory, key, format!("it is a standard key, and only root keys are {done}"), source, evidence)
    })
}

/// A refusal that no force gets past.
pub(super) fn refusal(inventory: &Inventory, key: &Key, text: String, source: Source, evidence: Witness) -> Blocker {
    Blocker {
        reason: Reason {
            kind: ReasonKind::Key,
            about: inventory.text(key.crn).to_owned(),
            text,
            source: Some(source),
            evidence: Some(evidence),
        },
        yields_to_force: false,
    }
}

/// What is not known of the key and its uses.
pub(super) fn doubts(inventory: &Inventory, target: &Target<'_>, affected: &[Affected]) -> Vec<Needed> {
    let mut unknown = Vec::new();
    let of = || target.instance.clone();
    let command = |kind| instance_command(kind, target.instance.as_deref().unwrap_or_default());
    let registrations = |why: &str, decides| Needed {
        export: true,
        name: ExportKind::KmsRegistrations.name().into(),
        of: of(),
        why: why.to_owned(),
        command: command(ExportKind::KmsRegistrations),
        role: Some("Reader"),
        decides,
        worst: Verdict::Destroys,
    };
    match target.registrations {
        Listing::Missing => {
            unknown.push(registrations(
                "without the registrations of its KMS instance, what uses the key is not known",
                true,
            ));
        }
        Listing::Cut => {
            unknown.push(registrations("the list of registrations was cut: more resources may use the key", true));
        }
        Listing::Read => unknown
            .push(registrations("nothing proves that the list of registrations is whole; it was taken to be", false)),
        Listing::Whole => {}
    }
    if target.key.is_none() {
        unknown.push(Needed {
            export: true,
            name: ExportKind::KmsKeys.name().into(),
            of: of(),
            why: "the key is in no list that was read: its state, its expiry and whether two people must delete it are not known"
                .to_owned(),
            command: command(ExportKind::KmsKeys),
            role: Some("Reader"),
            decides: true,
            worst: Verdict::Destroys,
        });
    }
    for row in affected {
        unknown.extend(row.doubts.iter().map(|doubt| Needed {
            export: false,
            name: "effect".into(),
            of: Some(inventory.text(row.resource).to_owned()),
            why: doubt.clone(),
            command: None,
            role: None,
            // A row that is only possible weighs by itself.
            decides: false,
            worst: Verdict::Destroys,
        }));
    }
    unknown
}

/// The command that restores a key.
pub(super) fn restore(target: &Target<'_>) -> String {
    format!("ibmcloud kp key restore {} --instance-id {}", target.id, target.guid())
}

/// The command that enables a key.
pub(super) fn enable(target: &Target<'_>) -> String {
    format!("ibmcloud kp key enable {} --instance-id {}", target.id, target.guid())
}

/// What must hold for the plug-in to reach the instance: it speaks to Key Protect unless it is told where that is.
pub(super) fn address(target: &Target<'_>) -> &'static str {
    let crn = target.crn.as_deref().and_then(|crn| parse(crn).ok());
    let hyper_protect = crn.is_some_and(|crn| crn.service_name == "hs-crypto");
    if hyper_protect { "; `KP_TARGET_ADDR` must hold the address of the instance" } else { "" }
}
