//! The steps of an untangling: every key and authorization first, then what changes in place, then what is made anew and its data,
//! and what is taken away last.

use super::answer::{DataMove, NewKey, UntangleAction, UntangleStep, UntangleWait, UntangledDeployment, UntangledPart};
use super::plan::NEW_KEY_ID;
use crate::api::{Command, OrderStepReport, PlanStep, StepId, Surface};
use crate::catalog::services::{MoveKind, WAIT, WAIT_SECONDS};
use crate::impact::{How, OrderAction};
use crate::now::Now;
use crate::policy::shell;

/// The key that is shared, as commands name it.
pub(super) struct SharedKey<'a> {
    pub(super) id: &'a str,
    pub(super) guid: &'a str,
    /// Its key ring, where it is known and not the default one.
    pub(super) ring: Option<&'a str>,
}

pub(super) fn steps(
    key: &SharedKey<'_>,
    deployments: &[UntangledDeployment],
    removal: Vec<OrderStepReport>,
    now: Now,
) -> Vec<UntangleStep> {
    let mut steps = Vec::new();
    let moving = || deployments.iter().filter_map(|one| Some((one, one.key.as_ref()?)));
    steps.extend(moving().map(|(one, new)| create(key, one, new)));
    // An authorization for all keys of the KMS instance is made once, however many need it.
    let mut made: Vec<&PlanStep> = Vec::new();
    for (one, new) in moving() {
        steps.extend(authorizations(one, new, &mut made));
    }
    let of = |how: How| {
        moving().flat_map(move |(one, new)| {
            one.parts.iter().filter(move |part| part.how == how).map(move |part| (one, new, part))
        })
    };
    steps.extend(of(How::InPlace).map(|(one, new, part)| re_key(key, one, new, part)));
    steps.extend(of(How::SupportTicket).map(|(one, new, part)| ticket(one, new, part)));
    for (one, new, part) in of(How::Anew) {
        let data = part.data.as_ref().map(|data| move_data(one, part, data));
        // A backup is made before the new one, which is restored from it.
        let is_restored = part.data.as_ref().is_some_and(|data| data.kind == MoveKind::Restore);
        let (before, after) = if is_restored { (data, None) } else { (None, data) };
        steps.extend(before.into_iter().chain([anew(one, new, part)]).chain(after));
    }
    steps.extend(removal.into_iter().map(|step| removed(key, deployments, step, now)));
    steps
}

fn cli(text: &str, command: String) -> Command {
    Command { surface: Surface::Cli, text: text.to_owned(), command }
}

fn create(key: &SharedKey<'_>, one: &UntangledDeployment, new: &NewKey) -> UntangleStep {
    let ring = key.ring.map(|ring| format!(" --key-ring {}", shell(ring))).unwrap_or_default();
    let name = shell(&new.name);
    let terraform = format!(
        "resource \"ibm_kms_key\" \"new_key\" {{\n  instance_id  = {}\n  key_name     = {}\n  standard_key = false\n}}",
        crate::plan::hcl_text(key.guid),
        crate::plan::hcl_text(&new.name),
    );
    UntangleStep {
        action: UntangleAction::CreateKey,
        deployment: Some(one.deployment.clone()),
        target: new.crn.clone(),
        text: format!("make the key `{}`", new.name),
        wait: None,
        checks: Vec::new(),
        commands: vec![
            cli(
                "makes a root key; its `id` is what `NEW_KEY_ID` stands for",
                format!("ibmcloud kp key create {name} --instance-id {}{ring} --output json", key.guid),
            ),
            Command { surface: Surface::Terraform, text: "the same in Terraform".to_owned(), command: terraform },
        ],
        source: None,
    }
}

/// One step for each authorization that the plans of a deployment make. `made`: those that were made before it.
fn authorizations<'p>(one: &'p UntangledDeployment, new: &NewKey, made: &mut Vec<&'p PlanStep>) -> Vec<UntangleStep> {
    let first = made.len();
    for step in planned(one.parts.iter(), StepId::Authorize) {
        let is_of_one_key = step.cli.iter().any(|command| command.contains(NEW_KEY_ID));
        let since = if is_of_one_key { first } else { 0 };
        if !made.iter().skip(since).any(|other| other.cli == step.cli) {
            made.push(step);
        }
    }
    let step = |step: &PlanStep| UntangleStep {
        action: UntangleAction::Authorize,
        deployment: Some(one.deployment.clone()),
        target: new.crn.clone(),
        text: step.title.clone(),
        wait: None,
        checks: Vec::new(),
        commands: commands(step),
        source: None,
    };
    made.iter().skip(first).copied().map(step).collect()
}

fn planned<'p>(parts: impl Iterator<Item = &'p UntangledPart>, id: StepId) -> impl Iterator<Item = &'p PlanStep> {
    parts.filter_map(|part| part.plan.as_ref()).flat_map(|plan| &plan.steps).filter(move |step| step.id == id)
}

/// A step of a plan in all its forms.
fn commands(step: &PlanStep) -> Vec<Command> {
    let mut commands: Vec<Command> = step.cli.iter().map(|command| cli(&step.title, command.clone())).collect();
    let other = |surface, command: &String| Command { surface, text: step.title.clone(), command: command.clone() };
    commands.extend(step.curl.iter().map(|curl| other(Surface::Rest, curl)));
    commands.extend(step.terraform.iter().map(|terraform| other(Surface::Terraform, terraform)));
    commands
}

/// The wait until an authorization works.
fn settled() -> UntangleWait {
    UntangleWait { why: WAIT.text.to_owned(), seconds: Some(WAIT_SECONDS), source: Some(WAIT.source) }
}

fn re_key(key: &SharedKey<'_>, one: &UntangledDeployment, new: &NewKey, part: &UntangledPart) -> UntangleStep {
    let parts = || std::iter::once(part);
    let mut checks: Vec<Command> =
        planned(parts(), StepId::Look).flat_map(commands).filter(|one| one.surface == Surface::Cli).collect();
    checks.dedup();
    let mut all: Vec<Command> = planned(parts(), StepId::Provision).flat_map(commands).collect();
    all.extend(planned(parts(), StepId::Verify).flat_map(commands).filter(|one| one.surface == Surface::Cli));
    all.push(cli(
        "afterwards lists it no more for the shared key",
        format!("ibmcloud kp registrations --instance-id {} --key-id {} --output json", key.guid, key.id),
    ));
    UntangleStep {
        action: UntangleAction::ReKey,
        deployment: Some(one.deployment.clone()),
        target: one.deployment.clone(),
        text: format!("give it the key `{}` where it stands", new.name),
        wait: Some(settled()),
        checks,
        commands: all,
        source: stated(part),
    }
}

fn ticket(one: &UntangledDeployment, new: &NewKey, part: &UntangledPart) -> UntangleStep {
    UntangleStep {
        action: UntangleAction::OpenTicket,
        deployment: Some(one.deployment.clone()),
        target: one.deployment.clone(),
        text: format!("ask by a support ticket that it be given the key `{}`", new.name),
        wait: None,
        checks: Vec::new(),
        commands: Vec::new(),
        source: stated(part),
    }
}

fn anew(one: &UntangledDeployment, new: &NewKey, part: &UntangledPart) -> UntangleStep {
    let parts = || std::iter::once(part);
    let mut checks: Vec<Command> =
        planned(parts(), StepId::Look).flat_map(commands).filter(|one| one.surface == Surface::Cli).collect();
    checks.dedup();
    let mut all: Vec<Command> = planned(parts(), StepId::Provision).flat_map(commands).collect();
    all.extend(planned(parts(), StepId::Verify).flat_map(commands).filter(|one| one.surface == Surface::Cli));
    let what = match part.resources.as_slice() {
        [_] => "it".to_owned(),
        several => format!("each of its {} resources", several.len()),
    };
    let like_the_first = if part.resources.len() > 1 { ", each by calls like these for the first" } else { "" };
    UntangleStep {
        action: UntangleAction::MakeAnew,
        deployment: Some(one.deployment.clone()),
        target: part.resources.first().cloned().unwrap_or_else(|| one.deployment.clone()),
        text: format!("make {what} anew with the key `{}`{like_the_first}; the old stays as it is", new.name),
        wait: Some(settled()),
        checks,
        commands: all,
        source: stated(part),
    }
}

fn move_data(one: &UntangledDeployment, part: &UntangledPart, data: &DataMove) -> UntangleStep {
    let commands = match data.kind {
        // The id of the backup goes into the call that makes the new one.
        MoveKind::Restore => vec![
            cli(
                "makes a backup of the old one",
                format!("ibmcloud cdb deployment-backup-now {}", shell(&one.deployment)),
            ),
            cli(
                "lists its backups: the id of the newest is `backup_id` among the parameters of the new one, which is made with it",
                format!("ibmcloud cdb deployment-backups-list {}", shell(&one.deployment)),
            ),
        ],
        _ => Vec::new(),
    };
    UntangleStep {
        action: UntangleAction::MoveData,
        deployment: Some(one.deployment.clone()),
        target: part.resources.first().cloned().unwrap_or_else(|| one.deployment.clone()),
        text: format!(
            "move what it holds into the new one, let all that works with it work with the new one, and look that nothing is missing: {}",
            data.text
        ),
        wait: None,
        checks: Vec::new(),
        commands,
        source: data.source,
    }
}

/// The page that says how it is changed.
fn stated(part: &UntangledPart) -> Option<crate::catalog::Source> {
    part.because.iter().rev().find_map(|reason| reason.source)
}

/// A step of the order in which things go. Its dates count from now, and it takes place when its turn comes: so they become spans.
fn removed(key: &SharedKey<'_>, deployments: &[UntangledDeployment], step: OrderStepReport, now: Now) -> UntangleStep {
    let action = match step.action {
        OrderAction::DeleteInstance | OrderAction::DeleteKmsInstance => UntangleAction::DeleteInstance,
        OrderAction::RevokePolicy => UntangleAction::RevokePolicy,
        OrderAction::AuthorizeKeyDeletion => UntangleAction::AuthorizeKeyDeletion,
        OrderAction::DeleteKey => UntangleAction::DeleteKey,
    };
    let span = |until: Now| u32::try_from(until.timestamp().as_second() - now.timestamp().as_second()).ok();
    let of = deployments.iter().find(|one| {
        one.deployment == step.target || one.parts.iter().any(|part| part.resources.contains(&step.target))
    });
    let deleted = (action == UntangleAction::DeleteInstance).then_some(of).flatten();
    let moved = deleted.map(|_| UntangleWait {
        why: "what it holds must stand in the new one, and all that works with it must work with the new one"
            .to_owned(),
        seconds: None,
        source: None,
    });
    UntangleStep {
        action,
        deployment: deleted.map(|one| one.deployment.clone()),
        target: step.target,
        text: step.text,
        wait: moved.or(step.wait.map(|wait| UntangleWait {
            why: wait.why,
            seconds: wait.not_before.and_then(span),
            source: Some(wait.source),
        })),
        checks: if step.checks.is_empty() && action == UntangleAction::RevokePolicy {
            let command =
                format!("ibmcloud kp registrations --instance-id {} --key-id {} --output json", key.guid, key.id);
            vec![cli("lists nothing any more that works by it", command)]
        } else {
            step.checks
        },
        commands: step.commands,
        source: None,
    }
}
