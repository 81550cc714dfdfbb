//! What is wrong with a policy that can be read.

use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Authorization, PolicyType, Side, Value, Version};
use super::role::RoleKind;
use crate::crn;

/// The attributes that the subject of an authorization can have.
const SUBJECT: &[&str] =
    &["accountId", "serviceName", "serviceInstance", "region", "resourceType", "resource", "resourceGroupId"];

/// The attributes that a key, or the instance that holds it, can be named by.
const RESOURCE: &[&str] = &[
    "accountId",
    "serviceName",
    "serviceInstance",
    "keyRing",
    "resourceType",
    "resource",
    "resourceGroupId",
    "region",
    "serviceType",
    "service_group_id",
];

/// Adds what is wrong with an authorization beyond its form. Policies for users are none of our business.
pub(super) fn review(policy: &mut Authorization) {
    if !matches!(policy.kind, PolicyType::Authorization | PolicyType::Absent) {
        return;
    }
    let mut found = Vec::new();
    for (index, role) in policy.roles.iter().enumerate() {
        if let RoleKind::Malformed(mistake) = role.kind {
            let place = match policy.version {
                Version::V1 => format!("/roles/{index}"),
                Version::V2 => format!("/control/grant/roles/{index}"),
            };
            found.push(PolicyFault::new(Kind::RoleMistake { role: role.text.clone(), mistake }, place));
        }
    }
    let keys = policy.concerns_keys();
    for (name, sides) in [(SideName::Subject, &policy.subjects), (SideName::Resource, &policy.resources)] {
        if sides.len() > 1 {
            found.push(PolicyFault::new(Kind::Several(name), format!("/{}s", name.name())));
        }
        for (index, side) in sides.iter().enumerate() {
            let before = found.len();
            review_side(side, name, keys, &mut found);
            for fault in found.iter_mut().skip(before) {
                fault.pointer = match policy.version {
                    Version::V1 => format!("/{}s/{index}", name.name()),
                    Version::V2 => format!("/{}", name.name()),
                };
            }
        }
    }
    policy.problems.append(&mut found);
}

fn review_side(side: &Side, name: SideName, keys: bool, found: &mut Vec<PolicyFault>) {
    let mut push = |kind| found.push(PolicyFault::new(kind, ""));
    for attribute in &side.attributes {
        if keys && matches!(attribute.name.as_str(), "serviceInstance" | "resource") {
            let whole = match &attribute.value {
                Value::Texts(texts) => texts.iter().find(|text| crn::parse(text).is_ok()),
                Value::Bool(_) => None,
            };
            if let Some(value) = whole {
                push(Kind::InstanceIsCrn { side: name, attribute: attribute.name.clone(), value: value.clone() });
            }
        }
        let prefixed = attribute.exact().filter(|value| attribute.name == "accountId" && value.starts_with("a/"));
        if let Some(value) = prefixed {
            push(Kind::AccountPrefix { side: name, value: value.to_owned() });
        }
        let known = match name {
            SideName::Subject => SUBJECT,
            SideName::Resource => RESOURCE,
        };
        if keys && !known.contains(&attribute.name.as_str()) {
            push(Kind::UnknownAttribute { side: name, attribute: attribute.name.clone() });
        }
    }
    if side.unreadable {
        return;
    }
    if !side.has("accountId") {
        push(Kind::AccountMissing(name));
    }
    match name {
        SideName::Subject => {
            if !side.has("serviceName") && !side.has("resourceGroupId") && !side.has("serviceType") {
                push(Kind::SubjectTooWide);
            }
        }
        SideName::Resource => {
            let wider = ["serviceType", "service_group_id", "resourceGroupId"].iter().any(|name| side.has(name));
            let group = side.named("resourceType").any(|kind| kind.exact() == Some("resource-group"));
            if !side.has("serviceName") && !wider && !group {
                push(Kind::TargetServiceMissing);
            }
            if keys && side.has("resource") && !side.has("resourceType") {
                push(Kind::ResourceTypeMissing);
            }
        }
    }
}
