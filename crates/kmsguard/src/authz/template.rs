//! The smallest policy that would cover a use.

use super::evaluate::KeyUse;
use super::fact::Fact;
use crate::catalog::needs::{Need, Required};
use crate::policy::{Attribute, Authorization, Role, RoleKind};

/// The smallest policy that would cover a use: the roles that it needs, and the narrowest scope that the service honours.
/// None where the use is not known well enough to write one.
#[must_use]
pub fn template(key_use: &KeyUse<'_>) -> Option<Authorization> {
    Some(Authorization::granting(subject_of(key_use)?, resource_of(key_use)?, roles_of(key_use.need)))
}

/// Who uses the key, as narrow as the service honours.
pub(super) fn subject_of(key_use: &KeyUse<'_>) -> Option<Vec<Attribute>> {
    let (source, need) = (&key_use.source, key_use.need);
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
    Some(subject)
}

/// The key, or its KMS instance where the service does not honour keys, or may not.
pub(super) fn resource_of(key_use: &KeyUse<'_>) -> Option<Vec<Attribute>> {
    let target = &key_use.target;
    let mut resource = vec![
        Attribute::equals("accountId", target.account.value()?),
        Attribute::equals("serviceName", target.service_name.value()?),
        Attribute::equals("serviceInstance", target.service_instance.value()?),
    ];
    let honours_keys = !key_use.need.cluster || target.dedicated == Some(false);
    if let (Fact::Value(key), true) = (target.key_id, honours_keys) {
        resource.push(Attribute::equals("resourceType", "key"));
        resource.push(Attribute::equals("resource", key));
    }
    Some(resource)
}

/// The roles that are needed, or may be.
pub(super) fn roles_of(need: &Need) -> Vec<Role> {
    let mut roles = vec![Role::known(RoleKind::Reader)];
    if need.delegation != Required::No {
        roles.push(Role::known(RoleKind::AuthorizationDelegator));
    }
    roles
}
