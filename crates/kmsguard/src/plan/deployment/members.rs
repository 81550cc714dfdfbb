//! Puts the key into the body of a call, and the rest of what the user wants around it.

use serde_json::{Map, Value};

use crate::catalog::services::Holds;

use super::super::Draft;
use super::super::fault::FaultKind;
use super::super::fields::escape;
use super::super::json::Json;
use super::request::Request;

/// What a member is to hold; none where the request gives nothing for it.
fn value(request: &Request<'_>, holds: Holds) -> Option<String> {
    let crn = &request.key.crn;
    match holds {
        Holds::KeyCrn => Some(request.key.text.to_owned()),
        Holds::BackupKeyCrn => request.backup.map(|backup| backup.text.to_owned()),
        Holds::InstanceCrn => Some(request.kms_instance()),
        Holds::InstanceId => Some(crn.service_instance.to_owned()),
        Holds::KeyId => Some(crn.resource.to_owned()),
        Holds::Endpoint => Some(request.endpoint.clone()),
        Holds::Account => request.cross_account().then(|| request.key.account.to_owned()),
    }
}

/// Puts the key where the catalogue says; `below` is the part of the call that `object` is. Another key there is a fault.
pub(super) fn put_key(object: &mut Json, below: &str, pointer: &str, request: &Request<'_>, draft: &mut Draft) {
    for member in request.placement.members {
        let path = member.json.and_then(|path| path.strip_prefix(below)).and_then(|path| path.strip_prefix('/'));
        if let (Some(path), Some(value)) = (path, value(request, member.holds)) {
            put(object, path, &value, pointer, draft);
        }
    }
}

/// Puts a text at a path of members; another value that stands there is a fault.
fn put(object: &mut Json, path: &str, value: &str, pointer: &str, draft: &mut Draft) {
    let (name, rest) = path.split_once('/').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let pointer = format!("{pointer}/{}", escape(name));
    match (rest, object.get(name).cloned()) {
        (Some(rest), inner) => {
            let mut inner = inner.unwrap_or_else(|| Json::object([]));
            if !matches!(inner, Json::Object(_)) {
                let found = format!("`{}`", inner.compact());
                draft.fault(pointer.clone(), FaultKind::Value { found, wants: "an object".to_owned() });
                inner = Json::object([]);
            }
            put(&mut inner, rest, value, &pointer, draft);
            object.put(name, inner);
        }
        (None, found) => {
            if let Some(found) = found.filter(|found| *found != Json::text(value)) {
                let found = if let Json::Text(text) = found { text } else { found.compact() };
                draft.fault(pointer, FaultKind::Conflict { with: "key", found, other: value.to_owned() });
            }
            object.put(name, Json::text(value));
        }
    }
}

/// What the user wants, over what is usual: objects are put together, everything else is the user's.
pub(super) fn over(usual: &mut Json, user: Option<&Map<String, Value>>) {
    for (name, value) in user.into_iter().flatten() {
        let merged = match (usual.get(name).cloned(), value) {
            (Some(mut inner @ Json::Object(_)), Value::Object(object)) => {
                over(&mut inner, Some(object));
                inner
            }
            _ => Json::from(value),
        };
        usual.put(name, merged);
    }
}

/// A name in the parameters that is not the request's.
pub(super) fn one_name(request: &Request<'_>, name: &str, said: &str, draft: &mut Draft) {
    let other = request.parameters.and_then(|user| user.get(name)).and_then(Value::as_str);
    if let Some(found) = other.filter(|other| *other != said) {
        let (found, other) = (found.to_owned(), said.to_owned());
        draft.fault(format!("/parameters/{name}"), FaultKind::Conflict { with: "name", found, other });
    }
}
