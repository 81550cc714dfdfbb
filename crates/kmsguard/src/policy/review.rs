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

/// The attributes that a side of an authorization on keys can have.
pub(super) fn known_attributes(side: SideName) -> impl Iterator<Item = &'static str> {
    let known = match side {
        SideName::Subject => SUBJECT,
        SideName::Resource => RESOURCE,
    };
    known.iter().copied()
}

/// The attributes by which policies for users name them.
const USER: &[&str] = &["iam_id", "access_group_id", "iamId", "accessGroupId"];

/// Adds what is wrong with an authorization beyond its form. Policies for users are none of our business.
pub(super) fn review(policy: &mut Authorization) {
    if !matches!(policy.kind, PolicyType::Authorization | PolicyType::Absent) {
        let for_users = |side: &Side| USER.iter().any(|name| side.has(name));
        let for_service = |side: &Side| side.has("serviceName") && !side.unreadable && !for_users(side);
        if policy.kind == PolicyType::Access && policy.subjects.iter().any(for_service) {
            policy.problems.push(PolicyFault::new(Kind::AccessForService, "/type"));
        }
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
        if name == SideName::Subject && USER.contains(&attribute.name.as_str()) {
            push(Kind::UserAsSubject { attribute: attribute.name.clone() });
        } else if (keys || is_no_name(&attribute.name)) && known_attributes(name).all(|known| known != attribute.name) {
            push(Kind::UnknownAttribute { side: name, attribute: attribute.name.clone() });
        }
    }
    if side.has("resourceGroupId") && side.has("serviceInstance") {
        push(Kind::GroupAndInstance(name));
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
            let kms = matches!(side.exact("serviceName"), Some("kms" | "hs-crypto"));
            if let Some(value) = side.exact("resourceType").filter(|value| kms && *value != "key") {
                push(Kind::ResourceTypeOfNoKey { value: value.to_owned() });
            }
            if keys && side.has("resource") && !side.has("resourceType") {
                push(Kind::ResourceTypeMissing);
            }
        }
    }
}

/// Whether no attribute of any service is called so: a name is of letters, digits and underscores, and begins small.
fn is_no_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_lowercase())
        || name.bytes().any(|byte| !byte.is_ascii_alphanumeric() && byte != b'_')
}
