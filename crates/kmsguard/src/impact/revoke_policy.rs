//! Removing an authorization. What it does to uses is found out for the whole set ([`super::cover`]).

use super::Part;
use super::action::NamedPolicy;
use super::cover::brought_back;
use super::model::{Blocker, Reason, ReasonKind, Step};
use super::set::World;
use super::timeline::{Event, EventKind};
use super::unseen_of_policy::unseen;
use crate::catalog::authorizations::AUTHORIZATIONS;
use crate::inventory::Witness;
use crate::policy::{Origin, State, forms, shell};

pub(super) fn assess(world: World<'_>, named: &NamedPolicy<'_>) -> Part {
    let id = named.id;
    Part {
        affected: Vec::new(),
        timeline: vec![Event::new(
            world.now,
            EventKind::PolicyRemoved,
            id,
            format!("authorization `{id}` is removed"),
            AUTHORIZATIONS,
        )],
        blockers: blockers(world, named),
        commands: commands(named),
        unknown: unseen(world, named),
    }
}

fn blockers(world: World<'_>, named: &NamedPolicy<'_>) -> Vec<Blocker> {
    let policy = named.policy;
    let is_gone = named.rows.iter().all(|row| world.before.policies.contains(row)) || policy.state == State::Deleted;
    let reasons = [
        (is_gone, "the authorization is removed already"),
        (policy.managed, "it was made from a template of the enterprise, and cannot be removed in the account"),
    ];
    let witness = named.rows.first().and_then(|row| world.inventory.policy_witnesses.get(*row));
    let blocker = |text: &str| Blocker {
        reason: Reason {
            kind: ReasonKind::Policy,
            about: named.id.to_owned(),
            text: text.to_owned(),
            source: Some(AUTHORIZATIONS),
            evidence: witness.map(|witness| Witness { member: "", ..*witness }),
        },
        yields_to_force: false,
    };
    reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| blocker(text)).collect()
}

fn commands(named: &NamedPolicy<'_>) -> Vec<Step> {
    let id = shell(named.id);
    let step = |text: &str, command: String| Step { text: text.to_owned(), command };
    let mut steps = vec![
        step("shows the authorization", format!("ibmcloud iam authorization-policy {id} --output JSON")),
        step("removes the authorization", format!("ibmcloud iam authorization-policy-delete {id} --force")),
    ];
    if named.policy.origin() != Origin::Service {
        steps.push(Step {
            text: "brings it back, with the `ETag` that `GET /v1/policies/ID` answers".to_owned(),
            command: brought_back(named.id),
        });
        let anew = forms(named.policy).cli;
        steps.extend(
            anew.map(|command| {
                step("makes it anew, with another id; it takes some 30 seconds until it works", command)
            }),
        );
    }
    steps
}
