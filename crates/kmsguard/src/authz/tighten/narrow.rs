//! A policy, narrowed to one use that it covers.

use crate::authz::KeyUse;
use crate::authz::template::{resource_of, roles_of, subject_of};
use crate::policy::{Attribute, Authorization, PolicyType, Side, State, Version};

/// The narrowest policy within another that covers a use: as narrow as the service honours, with whatever else the other asks for.
/// None where the use is not known well enough to write one.
pub(super) fn narrowed(policy: &Authorization, key_use: &KeyUse<'_>) -> Option<Authorization> {
    let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return None };
    // Who works for another does so from an account that only the policy names.
    let of_source = if key_use.any_source_account { Vec::new() } else { subject_of(key_use)? };
    Some(Authorization {
        id: None,
        state: State::Active,
        kind: PolicyType::Authorization,
        subjects: vec![within(subject, of_source)],
        resources: vec![within(resource, resource_of(key_use)?)],
        roles: roles_of(key_use.need),
        description: policy.description.clone(),
        created_by_id: None,
        created_at: None,
        last_permit_at: None,
        conditional: false,
        template: false,
        managed: false,
        version: Version::V1,
        problems: Vec::new(),
    })
}

/// The attributes of the use, and those of the policy about anything else.
fn within(side: &Side, mut attributes: Vec<Attribute>) -> Side {
    let own: Vec<Attribute> = side
        .attributes
        .iter()
        .filter(|attribute| !attributes.iter().any(|known| known.name == attribute.name))
        .cloned()
        .collect();
    attributes.extend(own);
    Side { attributes, ..Side::default() }
}
