//! A policy in all the forms in which it can be sent.

use serde::Serialize;

use super::fault::{PolicyFault, PolicyFaultKind, SideName};
use super::model::{Authorization, PolicyType};
use super::obstacle::{Form, Obstacle};
use super::v1::V1Policy;
use super::v2::V2Policy;
use super::{cli, terraform, v1, v2};

/// A policy in the forms that can say all of it. A form that would say less, and so let more in, is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forms {
    /// The body for `POST /v1/policies`.
    pub v1: Option<V1Policy>,
    /// The body for `POST /v2/policies`.
    pub v2: Option<V2Policy>,
    /// The command, to be run with the target's account chosen.
    pub cli: Option<String>,
    /// The resource for Terraform.
    pub terraform: Option<String>,
}

/// The forms of a policy. One that could not be read whole has none: what is left of it may mean more than it did.
#[must_use]
pub fn forms(policy: &Authorization) -> Forms {
    written(policy, "authorization").0
}

/// The forms of a policy, and for those that it does not have, why not. `label` is the name of the resource in Terraform.
#[must_use]
pub fn written(policy: &Authorization, label: &str) -> (Forms, Vec<PolicyFault>) {
    let v1 = sendable(policy).and_then(|kind| v1::write(policy, kind));
    let v2 = sendable(policy).and_then(|kind| v2::write(policy, kind));
    let authorization = sendable(policy).and_then(|kind| match kind {
        "authorization" => Ok(()),
        _ => Err(Obstacle::NoAuthorization),
    });
    let cli = authorization.clone().and_then(|()| v1.clone()).and_then(|body| cli::write(policy, &body));
    let terraform = authorization.and_then(|()| terraform::write(policy, label));
    let why = [v1.as_ref().err(), v2.as_ref().err(), cli.as_ref().err(), terraform.as_ref().err()];
    let mut faults: Vec<(Vec<Form>, &Obstacle)> = Vec::new();
    for (form, obstacle) in Form::ALL.into_iter().zip(why) {
        let Some(obstacle) = obstacle else { continue };
        match faults.iter_mut().find(|(_, known)| *known == obstacle) {
            Some((forms, _)) => forms.push(form),
            None => faults.push((vec![form], obstacle)),
        }
    }
    let fault = |(forms, obstacle): (Vec<Form>, &Obstacle)| {
        PolicyFault::new(PolicyFaultKind::NotInForm { forms, obstacle: Box::new(obstacle.clone()) }, "")
    };
    let faults = faults.into_iter().map(fault).collect();
    (Forms { v1: v1.ok(), v2: v2.ok(), cli: cli.ok(), terraform: terraform.ok() }, faults)
}

/// The type with which a policy is sent, if it can be sent at all.
fn sendable(policy: &Authorization) -> Result<&'static str, Obstacle> {
    if policy.template {
        return Err(Obstacle::Template);
    }
    let whole = policy.is_readable()
        && !policy.roles.is_empty()
        && !policy.subjects.is_empty()
        && !policy.resources.is_empty()
        && !policy.subjects.iter().chain(&policy.resources).any(|side| side.unreadable);
    if !whole {
        return Err(Obstacle::NotReadWhole);
    }
    if policy.conditional {
        return Err(Obstacle::Condition);
    }
    for (name, sides) in [(SideName::Subject, &policy.subjects), (SideName::Resource, &policy.resources)] {
        if sides.iter().any(|side| side.tags) {
            return Err(Obstacle::Tags(name));
        }
    }
    // What states no type is sent as what it was read as.
    match &policy.kind {
        PolicyType::Authorization | PolicyType::Absent => Ok("authorization"),
        PolicyType::Access => Ok("access"),
        PolicyType::Other(_) => Err(Obstacle::NoAuthorization),
    }
}
