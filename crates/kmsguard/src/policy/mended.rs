//! A policy as its author is likely to have meant it, with the mistakes mended that keep it from letting anybody in.

use super::fault::SideName;
use super::fault_text::nearest;
use super::model::{Authorization, Side, Value};
use super::review::known_attributes;
use super::role::{Role, RoleKind, RoleMistake};
use crate::crn;

/// The policy with every whole CRN that stands where a GUID or an id belongs replaced by that. None if there is none, or if a CRN does
/// not hold what belongs there.
pub(crate) fn with_guids(policy: &Authorization) -> Option<Authorization> {
    let mut new = policy.clone();
    let mut mended = false;
    for attribute in new.subjects.iter_mut().chain(&mut new.resources).flat_map(|side| &mut side.attributes) {
        let instance = attribute.name == "serviceInstance";
        if !instance && attribute.name != "resource" {
            continue;
        }
        let Value::Texts(texts) = &mut attribute.value else { continue };
        for text in texts {
            let Ok(crn) = crn::parse(text) else { continue };
            let id = if instance { crn.service_instance } else { crn.resource };
            if id.is_empty() {
                return None;
            }
            *text = id.to_owned();
            mended = true;
        }
    }
    mended.then_some(new)
}

/// The policy with the roles that its malformed role ids were meant to be. None if none is malformed, or if of one it cannot be said
/// what it was meant to be.
pub(crate) fn with_roles(policy: &Authorization) -> Option<Authorization> {
    if !policy.roles.iter().any(|role| matches!(role.kind, RoleKind::Malformed(_))) {
        return None;
    }
    let mut roles: Vec<Role> = Vec::new();
    for role in &policy.roles {
        for meant in meant(role)? {
            if !roles.iter().any(|known| known.kind == meant.kind && known.text == meant.text) {
                roles.push(meant);
            }
        }
    }
    Some(Authorization { roles, ..policy.clone() })
}

fn meant(role: &Role) -> Option<Vec<Role>> {
    let RoleKind::Malformed(mistake) = role.kind else { return Some(vec![role.clone()]) };
    let known = |name: &str| {
        let role = Role::of_id(name.trim());
        let known = match role.kind {
            RoleKind::ReaderPlus => Role::known(RoleKind::ReaderPlus),
            kind => Role::known(kind),
        };
        (known.kind != RoleKind::Unreadable).then_some(known)
    };
    let name = role.text.rsplit_once(':').map_or(role.text.as_str(), |(_, name)| name);
    match mistake {
        RoleMistake::ServiceRoleAsPlatformRole => Some(vec![known(name)?]),
        RoleMistake::DelegatorAsServiceRole | RoleMistake::DelegatorOfService => {
            Some(vec![Role::known(RoleKind::AuthorizationDelegator)])
        }
        RoleMistake::SeveralRoles => {
            let names = crn::parse(&role.text).map_or(name, |crn| crn.resource);
            names.split([',', ';', '|', ':']).map(known).collect()
        }
    }
}

/// The policy with attributes that no authorization on keys has renamed to those that they are nearest to. None if it has none of them,
/// or if one is near to nothing: to leave it out would let more in.
pub(crate) fn with_attributes(policy: &Authorization) -> Option<Authorization> {
    let mut new = policy.clone();
    let mut mended = false;
    let sides = [(SideName::Subject, &mut new.subjects), (SideName::Resource, &mut new.resources)];
    for (name, sides) in sides {
        for attribute in sides.iter_mut().flat_map(|side: &mut Side| &mut side.attributes) {
            if known_attributes(name).any(|known| known == attribute.name) {
                continue;
            }
            nearest(&attribute.name, known_attributes(name))?.clone_into(&mut attribute.name);
            mended = true;
        }
    }
    mended.then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read_text;

    fn policy(subject: &str, role: &str, resource: &str) -> Authorization {
        read_text(&format!(
            r#"{{"type": "authorization", "subjects": [{{"attributes": [{{"name": "accountId", "value": "1"}}, {subject}]}}],
                 "roles": [{{"role_id": "crn:v1:bluemix:public:{role}"}}],
                 "resources": [{{"attributes": [{{"name": "accountId", "value": "1"}}, {{"name": "serviceName", "value": "kms"}}, {resource}]}}]}}"#
        ))
        .expect("a policy")
    }

    const PLAIN: &str = r#"{"name": "serviceName", "value": "messagehub"}"#;
    const READER: &str = "iam::::serviceRole:Reader";

    #[test]
    fn a_crn_becomes_the_guid_or_the_id_in_it() {
        let key = "crn:v1:bluemix:public:kms:us-south:a/1:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
        let instance =
            format!(r#"{{"name": "serviceInstance", "value": "{key}"}}, {{"name": "resource", "value": "{key}"}}"#);
        let mended = with_guids(&policy(PLAIN, READER, &instance)).expect("it can be mended");
        let resource = &mended.resources[0];
        assert_eq!(resource.exact("serviceInstance"), Some("44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"));
        assert_eq!(resource.exact("resource"), Some("f6c9f6d0-92f6-437a-b97c-4b617cb3d320"));
        assert_eq!(with_guids(&policy(PLAIN, READER, r#"{"name": "serviceInstance", "value": "g"}"#)), None);
    }

    #[test]
    fn a_malformed_role_becomes_the_one_that_was_meant() {
        use RoleKind::{AuthorizationDelegator, Manager, Reader};
        let cases = [
            ("iam::::role:Reader", Some(vec![Reader])),
            ("iam::::serviceRole:AuthorizationDelegator", Some(vec![AuthorizationDelegator])),
            ("kms::::role:AuthorizationDelegator", Some(vec![AuthorizationDelegator])),
            ("iam::::serviceRole:Reader,AuthorizationDelegator", Some(vec![Reader, AuthorizationDelegator])),
            ("iam::::serviceRole:Reader,Manager", Some(vec![Reader, Manager])),
            ("iam::::serviceRole:Reader,Something", None),
            (READER, None),
        ];
        for (role, expected) in cases {
            let mended = with_roles(&policy(PLAIN, role, r#"{"name": "serviceInstance", "value": "g"}"#));
            let kinds = mended.map(|mended| mended.roles.iter().map(|role| role.kind).collect::<Vec<_>>());
            assert_eq!(kinds, expected, "{role}");
        }
    }

    #[test]
    fn an_unknown_attribute_is_renamed_and_never_left_out() {
        let misspelt = policy(PLAIN, READER, r#"{"name": "serviceinstance", "value": "g"}"#);
        let mended = with_attributes(&misspelt).expect("it can be mended");
        assert_eq!(mended.resources[0].exact("serviceInstance"), Some("g"));
        assert_eq!(with_attributes(&policy(PLAIN, READER, r#"{"name": "vpcId", "value": "g"}"#)), None);
    }
}
