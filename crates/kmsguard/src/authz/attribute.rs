//! One attribute of a policy, and one role of it.

use super::fact::Fact;
use super::truth::Truth;
use crate::crn;
use crate::policy::{Attribute, Operator, Role, RoleKind, RoleOwner, Value, matches_pattern};

/// Whether a fact is as an attribute wants it.
///
/// ```
/// use kmsguard::authz::{Fact, Truth, attribute};
/// use kmsguard::policy::Attribute;
///
/// let wanted = Attribute::equals("keyRing", "payments");
/// assert_eq!(attribute(&wanted, Fact::Value("payments")), Truth::True);
/// assert_eq!(attribute(&wanted, Fact::Unknown), Truth::Unknown);
/// ```
#[must_use]
pub fn attribute(attribute: &Attribute, fact: Fact<'_>) -> Truth {
    let guid = is_guid_attribute(&attribute.name);
    let compare: fn(&str, &str) -> bool = match attribute.operator {
        Operator::StringExists => return exists(&attribute.value, fact),
        Operator::Unknown(_) => return Truth::Unknown,
        Operator::StringEquals | Operator::StringEqualsAnyOf => |wanted, fact| wanted == fact,
        Operator::StringMatch | Operator::StringMatchAnyOf => matches_pattern,
    };
    let Value::Texts(texts) = &attribute.value else { return Truth::Unknown };
    // One text has one text; a list under an operator that takes none is no condition that anybody defined.
    if texts.is_empty() || (texts.len() > 1 && !attribute.operator.takes_list()) {
        return Truth::Unknown;
    }
    texts
        .iter()
        .map(|wanted| match fact {
            _ if guid && is_crn(wanted) => Truth::False,
            Fact::Value(value) => Truth::from(compare(wanted, value)),
            Fact::None => Truth::False,
            Fact::Unknown => Truth::Unknown,
        })
        .fold(Truth::False, Truth::or)
}

fn exists(value: &Value, fact: Fact<'_>) -> Truth {
    match (value, fact) {
        (Value::Texts(_), _) | (_, Fact::Unknown) => Truth::Unknown,
        (Value::Bool(wanted), Fact::Value(_)) => Truth::from(*wanted),
        (Value::Bool(wanted), Fact::None) => Truth::from(!*wanted),
    }
}

/// Whether an attribute names something by GUID or id, and never by CRN.
pub(super) fn is_guid_attribute(name: &str) -> bool {
    matches!(name, "serviceInstance" | "resource")
}

/// Whether a value is a whole CRN.
///
/// Source: terraform-provider-ibm issues 3348 and 4687, terraform-ibm-cos issue 173: such a policy matches nothing.
pub(super) fn is_crn(text: &str) -> bool {
    text.starts_with("crn:") && crn::parse(text).is_ok()
}

/// Whether a role lets its holder wrap and unwrap with the keys of a service.
///
/// Source: IAM docs, *IAM roles and actions*, Key Protect, as of 2025-11-15: `Reader` already may.
#[must_use]
pub fn access(role: &Role, target_service: Fact<'_>) -> Truth {
    let of_target = match (&role.owner, target_service) {
        (RoleOwner::Iam | RoleOwner::Unstated, _) => Truth::True,
        (RoleOwner::Service(service), Fact::Value(target)) => Truth::from(service == target),
        (RoleOwner::Service(_), _) => Truth::Unknown,
    };
    match role.kind {
        RoleKind::Reader | RoleKind::ReaderPlus | RoleKind::Writer | RoleKind::Manager => of_target,
        RoleKind::Service => of_target.and(Truth::Unknown),
        RoleKind::Custom | RoleKind::Unreadable => Truth::Unknown,
        RoleKind::AuthorizationDelegator | RoleKind::Viewer | RoleKind::Platform | RoleKind::Malformed(_) => {
            Truth::False
        }
    }
}

/// Whether a role lets its holder make authorizations for the services it works with.
#[must_use]
pub const fn delegation(role: &Role) -> Truth {
    match role.kind {
        RoleKind::AuthorizationDelegator => Truth::True,
        RoleKind::Unreadable => Truth::Unknown,
        _ => Truth::False,
    }
}
