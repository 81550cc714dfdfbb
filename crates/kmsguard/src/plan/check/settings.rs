//! The KMS settings of Schematics.

use serde_json::{Map, Value};

use super::super::fields::{escape, nearest};
use super::super::json::Json;
use super::super::plan;
use super::super::written::Held;
use super::{AmissKind, BodyForm, Judging, dotted, is_placeholder};

/// The members of the settings, and the fields of a request that say the same.
const MEMBERS: &[(&str, &str)] = &[
    ("location", "location"),
    ("encryption_scheme", "scheme"),
    ("resource_group", "resource_group"),
    ("primary_crk", "primary"),
    ("secondary_crk", "secondary"),
];

/// The members of a key.
const KEY: &[(&str, &str)] = &[("kms_name", "name"), ("kms_private_endpoint", "endpoint"), ("key_crn", "crn")];

/// Where the first key stands.
const PRIMARY: &str = "/primary_crk/key_crn";

pub(super) fn judge(judging: &mut Judging<'_>) -> (BodyForm, Option<String>, Option<Json>) {
    let planned = judging.planned();
    let mut body = judging.root().json();
    let mut request = Map::new();
    let mut places: Vec<(String, String)> = Vec::new();
    for member in judging.written.root.members() {
        let pointer = format!("/{}", escape(&member.name));
        let Some((_, field)) = MEMBERS.iter().find(|(name, _)| *name == member.name) else {
            unknown(judging, pointer, &member.name, member.name_span, MEMBERS);
            continue;
        };
        places.push((format!("/{field}"), pointer.clone()));
        if let Held::Object(inner) = &member.value.held {
            let mut key = Map::new();
            for inner in inner {
                let pointer = format!("{pointer}/{}", escape(&inner.name));
                let Some((_, name)) = KEY.iter().find(|(name, _)| *name == inner.name) else {
                    unknown(judging, pointer, &inner.name, inner.name_span, KEY);
                    continue;
                };
                places.push((format!("/{field}/{name}"), pointer.clone()));
                if let Some(value) = filled(judging, &pointer, &inner.value.json()) {
                    key.insert((*name).to_owned(), value);
                }
            }
            request.insert((*field).to_owned(), key.into());
        } else if let Some(value) = filled(judging, &pointer, &member.value.json()) {
            request.insert((*field).to_owned(), value);
        }
    }
    let text = |request: &Map<String, Value>| Some(request.get("primary")?.get("crn")?.as_str()?.to_owned());
    let named = text(&request);
    key(judging, planned.as_deref(), named.as_deref(), &mut request, &mut body);
    for (name, value) in &judging.given {
        if !["key", "primary"].contains(&name.as_str()) {
            request.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    request.insert("service".to_owned(), judging.service.id.into());
    let known = text(&request).is_some();
    let answer = plan(&Value::Object(request), judging.now);
    for fault in &answer.faults {
        let place = places.iter().filter(|(field, _)| fault.pointer.starts_with(field.as_str()));
        match place.max_by_key(|(field, _)| field.len()) {
            Some((_, pointer)) => judging.fault(pointer.clone(), fault.kind.clone()),
            // A key that is not there was said.
            None if !known && fault.pointer.starts_with("/primary") => {}
            None => judging.request_faults.push(fault.clone()),
        }
    }
    (BodyForm::Request, named, (!answer.steps.is_empty()).then_some(body))
}

fn key(
    judging: &mut Judging<'_>,
    planned: Option<&str>,
    named: Option<&str>,
    request: &mut Map<String, Value>,
    body: &mut Json,
) {
    let pointer = PRIMARY;
    match (named, planned) {
        (Some(named), Some(planned)) if named != planned => {
            let kind = AmissKind::OtherKey { found: named.to_owned(), planned: planned.to_owned() };
            judging.fault(pointer, kind);
            judging.lost = true;
        }
        (None, planned) => {
            let there = judging.root().at_pointer(pointer).is_some();
            if !there {
                let kind = AmissKind::NoKey { at: dotted(pointer), service: judging.service.title };
                judging.fault(pointer, kind);
            }
            let Some(planned) = planned else { return };
            let primary = request.entry("primary").or_insert_with(|| Map::new().into());
            if let Value::Object(primary) = primary {
                primary.insert("crn".to_owned(), planned.into());
            }
            let mut crk = body.get("primary_crk").cloned().unwrap_or_else(|| Json::object([]));
            crk.put("key_crn", Json::text(planned));
            body.put("primary_crk", crk);
        }
        _ => {}
    }
}

/// A value that says something.
fn filled(judging: &mut Judging<'_>, pointer: &str, value: &Json) -> Option<Value> {
    match value {
        Json::Text(text) if is_placeholder(text) && !["US", "EU", "BYOK", "KYOK"].contains(&text.as_str()) => {
            judging.fault(pointer, AmissKind::ToFillIn { text: text.clone() });
            judging.lost |= pointer != PRIMARY || judging.planned().is_none();
            None
        }
        value => serde_json::to_value(value).ok(),
    }
}

fn unknown(judging: &mut Judging<'_>, pointer: String, name: &str, span: crate::crn::Span, known: &[(&str, &str)]) {
    let words = known.iter().flat_map(|(member, field)| [(*member, *member), (*field, *member)]);
    let kind = AmissKind::UnknownMember {
        name: name.to_owned(),
        nearest: nearest(name, words).map(str::to_owned),
        known: known.iter().map(|(name, _)| (*name).to_owned()).collect(),
    };
    judging.member_fault(pointer, span, kind);
    judging.lost = true;
}
