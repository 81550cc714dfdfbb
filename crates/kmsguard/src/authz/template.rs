//! The smallest policy that would cover a use.

use super::evaluate::KeyUse;
use super::fact::Fact;
use crate::catalog::needs::Required;
use crate::policy::{Attribute, Authorization, PolicyType, Role, RoleKind, Side, State, Version};

/// The smallest policy that would cover a use: the roles that it needs, and the narrowest scope that the service honours.
/// None where the use is not known well enough to write one.
#[must_use]
pub fn template(key_use: &KeyUse<'_>) -> Option<Authorization> {
    let (source, target, need) = (&key_use.source, &key_use.target, key_use.need);
    let service = source.service_name.value()?;
    let mut subject =
        vec![Attribute::equals("accountId", source.account.value()?), Attribute::equals("serviceName", service)];
    if service == "is" {
        // Files shares are the only part of VPC that acts for itself.
        subject.push(Attribute::equals("resourceType", source.resource_type.value()?));
    } else if let (Fact::Value(instance), Required::No) = (source.service_instance, need.delegation) {
        // Services that delegate are documented with all their instances only.
        subject.push(Attribute::equals("serviceInstance", instance));
    }
    let mut resource = vec![
        Attribute::equals("accountId", target.account.value()?),
        Attribute::equals("serviceName", target.service_name.value()?),
        Attribute::equals("serviceInstance", target.service_instance.value()?),
    ];
    let honours_keys = !need.cluster || target.dedicated == Some(false);
    if let (Fact::Value(key), true) = (target.key_id, honours_keys) {
        resource.push(Attribute::equals("resourceType", "key"));
        resource.push(Attribute::equals("resource", key));
    }
    let mut roles = vec![Role::known(RoleKind::Reader)];
    if need.delegation != Required::No {
        roles.push(Role::known(RoleKind::AuthorizationDelegator));
    }
    Some(Authorization {
        id: None,
        state: State::Active,
        kind: PolicyType::Authorization,
        subjects: vec![Side { attributes: subject, ..Side::default() }],
        resources: vec![Side { attributes: resource, ..Side::default() }],
        roles,
        description: None,
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
