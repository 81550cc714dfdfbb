//! Whether one policy grants all that another does.

use super::model::{Attribute, Authorization, Operator, PolicyType, Side, State, Value};
use super::role::{Role, RoleKind, RoleOwner};

/// Whether a policy grants all that another does, whatever uses there are. Where that cannot be told, the answer is no: a
/// policy is called redundant only when it surely is.
#[must_use]
pub fn contains(wide: &Authorization, narrow: &Authorization) -> bool {
    let certain = |policy: &Authorization| {
        policy.is_readable()
            && policy.kind == PolicyType::Authorization
            && policy.state == State::Active
            && !policy.template
            && !policy.conditional
    };
    let ([wide_subject], [narrow_subject]) = (wide.subjects.as_slice(), narrow.subjects.as_slice()) else {
        return false;
    };
    let ([wide_resource], [narrow_resource]) = (wide.resources.as_slice(), narrow.resources.as_slice()) else {
        return false;
    };
    certain(wide)
        && certain(narrow)
        && side_contains(wide_subject, narrow_subject)
        && side_contains(wide_resource, narrow_resource)
        && narrow.roles.iter().all(|role| wide.roles.iter().any(|other| role_contains(other, role)))
}

/// Every condition of the wider side must be implied by one of the narrower.
fn side_contains(wide: &Side, narrow: &Side) -> bool {
    let certain = |side: &Side| !side.unreadable && !side.tags;
    // What a missing account or service means is no condition that can be compared.
    let named = |name: &str| wide.has(name) || !narrow.has(name);
    certain(wide)
        && certain(narrow)
        && named("accountId")
        && named("serviceName")
        && wide.attributes.iter().all(|condition| narrow.named(&condition.name).any(|other| implies(other, condition)))
}

/// Whether what fulfils one condition always fulfils another on the same fact.
fn implies(narrow: &Attribute, wide: &Attribute) -> bool {
    if narrow == wide {
        return true;
    }
    let (Value::Texts(narrow_texts), Value::Texts(wide_texts)) = (&narrow.value, &wide.value) else {
        // A comparison with a text holds only where there is such a fact.
        let there = wide.operator == Operator::StringExists && wide.value == Value::Bool(true);
        return there && compares(&narrow.operator) && matches!(narrow.value, Value::Texts(_));
    };
    let exact = matches!(narrow.operator, Operator::StringEquals | Operator::StringEqualsAnyOf);
    match wide.operator {
        Operator::StringEquals | Operator::StringEqualsAnyOf => {
            exact && narrow_texts.iter().all(|text| wide_texts.contains(text))
        }
        Operator::StringMatch | Operator::StringMatchAnyOf => {
            let matches = |text: &String| wide_texts.iter().any(|pattern| super::matches_pattern(pattern, text));
            let same = |text: &String| wide_texts.contains(text);
            compares(&narrow.operator) && narrow_texts.iter().all(|text| if exact { matches(text) } else { same(text) })
        }
        Operator::StringExists | Operator::Unknown(_) => false,
    }
}

const fn compares(operator: &Operator) -> bool {
    !matches!(operator, Operator::StringExists | Operator::Unknown(_))
}

fn role_contains(wide: &Role, narrow: &Role) -> bool {
    // A mistake grants nothing, so anything contains it.
    if matches!(narrow.kind, RoleKind::Malformed(_)) || (wide.text == narrow.text && wide.kind == narrow.kind) {
        return true;
    }
    let level = |role: &Role| match role.kind {
        RoleKind::Reader => Some(1),
        RoleKind::ReaderPlus => Some(2),
        RoleKind::Writer => Some(3),
        RoleKind::Manager => Some(4),
        _ => None,
    };
    // Service roles build on each other; IAM's own hold for every service.
    let owner = wide.owner == RoleOwner::Iam || wide.owner == narrow.owner;
    match (level(wide), level(narrow)) {
        (Some(wide), Some(narrow)) => owner && wide >= narrow,
        _ => wide.kind == RoleKind::AuthorizationDelegator && narrow.kind == RoleKind::AuthorizationDelegator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read_text;

    fn policy(resource: &str, roles: &[&str]) -> Authorization {
        let roles: Vec<String> =
            roles.iter().map(|role| format!(r#"{{"role_id": "crn:v1:bluemix:public:iam::::{role}"}}"#)).collect();
        read_text(&format!(
            r#"{{"type": "authorization", "control": {{"grant": {{"roles": [{}]}}}},
                "subject": {{"attributes": [{{"key": "accountId", "operator": "stringEquals", "value": "1"}},
                    {{"key": "serviceName", "operator": "stringEquals", "value": "messagehub"}}]}},
                "resource": {{"attributes": [{{"key": "accountId", "operator": "stringEquals", "value": "1"}},
                    {{"key": "serviceName", "operator": "stringEquals", "value": "kms"}}{resource}]}}}}"#,
            roles.join(",")
        ))
        .expect("a policy")
    }

    #[test]
    fn a_wider_scope_with_the_same_roles_contains() {
        let reader: &[&str] = &["serviceRole:Reader"];
        let on =
            |value: &str| format!(r#", {{"key": "serviceInstance", "operator": "stringEquals", "value": "{value}"}}"#);
        let like =
            |value: &str| format!(r#", {{"key": "serviceInstance", "operator": "stringMatch", "value": "{value}"}}"#);
        let all = policy("", reader);
        let one = policy(&on("i1"), reader);
        assert!(contains(&all, &one) && !contains(&one, &all));
        assert!(contains(&one, &one));
        assert!(contains(&policy(&like("i*"), reader), &one));
        assert!(!contains(&policy(&like("j*"), reader), &one));
        assert!(!contains(&policy(&on("i2"), reader), &one));
        assert!(!contains(&one, &policy(&like("i1"), reader)));
        let exists = r#", {"key": "serviceInstance", "operator": "stringExists", "value": true}"#;
        assert!(contains(&policy(exists, reader), &one));
        let mut tagged = policy("", reader);
        tagged.resources[0].tags = true;
        assert!(!contains(&tagged, &one));
        assert!(!contains(&all, &tagged));
    }

    #[test]
    fn a_stronger_role_contains_a_weaker() {
        let with = |roles: &[&str]| policy("", roles);
        assert!(contains(&with(&["serviceRole:Manager"]), &with(&["serviceRole:Reader"])));
        assert!(!contains(&with(&["serviceRole:Reader"]), &with(&["serviceRole:Writer"])));
        assert!(!contains(&with(&["serviceRole:Manager"]), &with(&["role:AuthorizationDelegator"])));
        let both = &["serviceRole:Reader", "role:AuthorizationDelegator"];
        assert!(contains(&with(both), &with(&["serviceRole:Reader"])));
        assert!(!contains(&with(&["serviceRole:Reader"]), &with(both)));
        assert!(!contains(&with(&["role:Editor"]), &with(&["role:Viewer"])));
    }
}
