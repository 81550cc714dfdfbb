//! Bodies for the Resource Controller: a request for an instance, or its parameters alone.

use serde_json::{Map, Value, json};

use crate::catalog::services::{SERVICES, placement};

use super::super::fault::FaultKind;
use super::super::fields::{escape, nearest};
use super::super::json::Json;
use super::super::written::{Around, Held, Member, Node};
use super::super::{Plan, plan};
use super::key::{Named, main_member, named_key};
use super::{AmissKind, BodyForm, Judging, dotted, is_placeholder};

/// The members of `POST /v2/resource_instances`.
///
/// Source: platform-services-go-sdk, `CreateResourceInstanceOptions`, as of 2026-06-29.
const MEMBERS: &[&str] =
    &["name", "target", "resource_group", "resource_plan_id", "tags", "allow_cleanup", "parameters"];

/// Those without which it is refused, and what they hold.
const REQUIRED: &[(&str, &str)] = &[
    ("name", "a name of the instance"),
    ("target", "the region, such as `us-south`"),
    ("resource_group", "the id of the resource group"),
    ("resource_plan_id", "the id of the plan"),
];

/// A parameter, and where it stands in the body as it was written.
struct Parameter {
    name: String,
    value: Json,
    pointer: String,
}

/// A body taken apart.
struct Parts {
    form: BodyForm,
    top: Vec<(String, Json)>,
    parameters: Vec<Parameter>,
}

pub(super) fn judge(judging: &mut Judging<'_>) -> (BodyForm, Option<String>, Option<Json>) {
    let mut parts = take_apart(judging);
    let other = other_generation(judging, &mut parts);
    let pointer = main_member(judging.placement).and_then(|member| member.json).unwrap_or_default();
    let original = original(&parts, pointer);
    let named = named_key(judging, &original, other.as_deref());
    if parts.form == BodyForm::Request {
        required(judging, &parts);
    }
    let key = named.key.clone();
    let parameters = settle_key(&parts, pointer, key.as_deref());
    let (answer, parameters) = settle_types(judging, &parts, &named, parameters);
    report(judging, &parts, &answer, &named, &original);
    let good = !answer.steps.is_empty() && key.is_some();
    let body = good.then(|| mended(judging, &parts, &parameters));
    (parts.form, named.written, body.flatten())
}

/// The members of the body, each where it belongs.
fn take_apart(judging: &mut Judging<'_>) -> Parts {
    let written = judging.written;
    let members = written.root.members();
    let known = |member: &Member| MEMBERS.contains(&member.name.as_str());
    let alone = matches!(written.wrapped.around, Around::Cli | Around::Terraform);
    let own: Vec<String> = first_segments(judging);
    if alone || !members.iter().any(known) {
        let mut parameters: Vec<Parameter> = Vec::new();
        for member in members {
            let inner = (member.name == "parameters").then(|| member.value.members()).filter(|inner| !inner.is_empty());
            match inner {
                Some(inner) => {
                    let kind = AmissKind::Misplaced {
                        name: "parameters".to_owned(),
                        to: "the top of the parameters".to_owned(),
                    };
                    judging.member_fault("/parameters", member.name_span, kind);
                    parameters.extend(inner.iter().map(|inner| parameter(inner, "/parameters")));
                }
                None => parameters.push(parameter(member, "")),
            }
        }
        return Parts { form: BodyForm::Parameters, top: Vec::new(), parameters };
    }
    let (mut top, mut parameters) = (Vec::new(), Vec::new());
    for member in members {
        let pointer = format!("/{}", escape(&member.name));
        if member.name == "parameters" {
            match &member.value.held {
                Held::Object(inner) => {
                    parameters.extend(inner.iter().map(|inner| self::parameter(inner, "/parameters")))
                }
                _ => judging.fault(
                    "/parameters",
                    super::super::fields::wrong(String::new(), &value(&member.value.json()), "an object").kind,
                ),
            }
        } else if known(member) {
            top.push((member.name.clone(), member.value.json()));
        } else if own.contains(&member.name)
            || nearest(&member.name, MEMBERS.iter().map(|name| (*name, *name))).is_none()
        {
            let kind = AmissKind::Misplaced { name: member.name.clone(), to: "parameters".to_owned() };
            judging.member_fault(pointer, member.name_span, kind);
            parameters.push(self::parameter(member, ""));
        } else {
            let nearest = nearest(&member.name, MEMBERS.iter().map(|name| (*name, *name))).map(str::to_owned);
            let known = MEMBERS.iter().map(|name| (*name).to_owned()).collect();
            let kind = AmissKind::UnknownMember { name: member.name.clone(), nearest, known };
            judging.member_fault(pointer, member.name_span, kind);
            judging.lost = true;
        }
    }
    Parts { form: BodyForm::Request, top, parameters }
}

fn parameter(member: &Member, above: &str) -> Parameter {
    let pointer = format!("{above}/{}", escape(&member.name));
    Parameter { name: member.name.clone(), value: member.value.json(), pointer }
}

/// The first members of the ways to every key that services of this name take.
fn first_segments(judging: &Judging<'_>) -> Vec<String> {
    let family = SERVICES.iter().filter(|service| service.crn_service == judging.service.crn_service);
    let members = family.filter_map(|service| placement(service)).flat_map(|placement| placement.members);
    members.filter_map(|member| first_segment(member.json?)).map(str::to_owned).collect()
}

fn first_segment(pointer: &str) -> Option<&str> {
    pointer.strip_prefix("/parameters/")?.split('/').next()
}

/// Takes out the parameters by which other generations take their key; gives the key that one of them names.
fn other_generation(judging: &mut Judging<'_>, parts: &mut Parts) -> Option<String> {
    let own: Vec<&str> = judging.placement.members.iter().filter_map(|member| member.json).collect();
    let own_segments: Vec<&str> = own.iter().filter_map(|pointer| first_segment(pointer)).collect();
    let right = main_member(judging.placement).and_then(|member| member.json).unwrap_or_default();
    let mut key = None;
    let siblings = SERVICES
        .iter()
        .copied()
        .filter(|service| service.crn_service == judging.service.crn_service && service.id != judging.service.id);
    for sibling in siblings {
        let members = placement(sibling).map(|placement| placement.members).unwrap_or_default();
        for pointer in members.iter().filter_map(|member| member.json).filter(|pointer| !own.contains(pointer)) {
            let Some(segment) = first_segment(pointer).filter(|segment| !own_segments.contains(segment)) else {
                continue;
            };
            let Some(place) = parts.parameters.iter().position(|parameter| parameter.name == segment) else { continue };
            let found = parts.parameters.remove(place);
            let inner =
                pointer.strip_prefix("/parameters/").and_then(|path| path.strip_prefix(segment)).unwrap_or_default();
            let at = format!("{}{inner}", found.pointer);
            let named = judging.root().at_pointer(&at).and_then(Node::text).map(str::to_owned);
            key = key.or(named);
            let kind = AmissKind::OtherGeneration {
                name: dotted(pointer.trim_start_matches("/parameters")),
                of: sibling.title,
                service: judging.service.title,
                right: dotted(as_written(parts.form, right)),
            };
            judging.fault(if judging.root().at_pointer(&at).is_some() { at } else { found.pointer }, kind);
        }
    }
    key
}

/// A place of a request as it stands in a body of this form.
fn as_written(form: BodyForm, pointer: &str) -> &str {
    match form {
        BodyForm::Request => pointer,
        BodyForm::Parameters => pointer.strip_prefix("/parameters").unwrap_or(pointer),
    }
}

/// Where the place of a request stands in the body as it was written.
fn original(parts: &Parts, pointer: &str) -> String {
    let Some(inner) = pointer.strip_prefix("/parameters/") else { return pointer.to_owned() };
    let (name, rest) =
        inner.split_once('/').map_or((inner, ""), |(name, _)| (name, inner.get(name.len()..).unwrap_or_default()));
    match parts.parameters.iter().find(|parameter| escape(&parameter.name) == name) {
        Some(parameter) => format!("{}{rest}", parameter.pointer),
        None => as_written(parts.form, pointer).to_owned(),
    }
}

fn required(judging: &mut Judging<'_>, parts: &Parts) {
    for &(name, wants) in REQUIRED {
        match parts.top.iter().find(|(member, _)| member == name) {
            None => {
                judging.fault("", AmissKind::MissingMember { name, wants });
                judging.lost = true;
            }
            Some((_, Json::Text(text))) if is_placeholder(text) && name != "name" => {
                judging.fault(format!("/{name}"), AmissKind::ToFillIn { text: text.clone() });
                judging.lost = true;
            }
            Some(_) => {}
        }
    }
}

/// The parameters as JSON, with the key that is known in its place.
fn settle_key(parts: &Parts, pointer: &str, key: Option<&str>) -> Value {
    let mut parameters = Map::new();
    for parameter in &parts.parameters {
        parameters.insert(parameter.name.clone(), value(&parameter.value));
    }
    let mut parameters = Value::Object(parameters);
    if let (Some(path), Some(key)) = (pointer.strip_prefix("/parameters"), key) {
        put(&mut parameters, path, key.into());
    }
    parameters
}

fn value(json: &Json) -> Value {
    serde_json::to_value(json).unwrap_or_default()
}

/// Puts a value at a pointer, making the objects on the way to it.
fn put(root: &mut Value, pointer: &str, value: Value) {
    let mut place = root;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        let Value::Object(members) = place else { return };
        place = members.entry(name).or_insert(Value::Null);
    }
    *place = value;
}

/// Asks for a plan with these parameters.
fn ask(judging: &Judging<'_>, parts: &Parts, named: &Named, parameters: &Value) -> Plan {
    let mut request = judging.given.clone();
    request.insert("service".to_owned(), judging.service.id.into());
    if let Some(key) = &named.key {
        request.insert("key".to_owned(), json!({"crn": key}));
    }
    let top = |name: &str| parts.top.iter().find(|(member, _)| member == name).map(|(_, found)| value(found));
    let filled = |found: &Value| !found.as_str().is_some_and(is_placeholder);
    for (field, member) in [("name", "name"), ("region", "target"), ("plan", "resource_plan_id")] {
        if let Some(found) = top(member).filter(filled) {
            request.insert(field.to_owned(), found);
        }
    }
    if let Some(found) = top("resource_group").filter(filled) {
        request.insert("resource_group".to_owned(), json!({"id": found}));
    }
    request.insert("parameters".to_owned(), parameters.clone());
    plan(&Value::Object(request), judging.now)
}

/// Puts right the types that were only written wrong: numbers in quotes, texts without.
fn settle_types(judging: &mut Judging<'_>, parts: &Parts, named: &Named, parameters: Value) -> (Plan, Value) {
    let answer = ask(judging, parts, named, &parameters);
    let wrong = |answer: &Plan| -> Vec<String> {
        let of_value = answer.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Value { .. }));
        of_value.map(|fault| fault.pointer.clone()).filter(|pointer| pointer.starts_with("/parameters/")).collect()
    };
    let mut tried = parameters.clone();
    let mut changed = Vec::new();
    for pointer in wrong(&answer) {
        let inner = pointer.strip_prefix("/parameters").unwrap_or_default();
        let Some(place) = tried.pointer_mut(inner) else { continue };
        if let Some(other) = otherwise(place) {
            changed.push((pointer.clone(), place.clone(), other.clone()));
            *place = other;
        }
    }
    if changed.is_empty() {
        return (answer, parameters);
    }
    let still = wrong(&ask(judging, parts, named, &tried));
    for (pointer, before, after) in changed {
        if still.contains(&pointer) {
            if let Some(place) = tried.pointer_mut(pointer.strip_prefix("/parameters").unwrap_or_default()) {
                *place = before;
            }
            continue;
        }
        let kind = AmissKind::WrongType { found: shown(&before), right: shown(&after) };
        judging.fault(original(parts, &pointer), kind);
    }
    (ask(judging, parts, named, &tried), tried)
}

/// The same value as another type; none where there is none.
fn otherwise(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => match text.trim() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            number => number.parse::<u64>().ok().map(Value::from),
        },
        Value::Number(number) => Some(Value::String(number.to_string())),
        Value::Bool(flag) => Some(Value::String(flag.to_string())),
        _ => None,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("the text `\"{}\"`", text.escape_debug()),
        other => format!("`{other}`"),
    }
}

/// What a plan says of the body, at the places of the body.
fn report(judging: &mut Judging<'_>, parts: &Parts, answer: &Plan, named: &Named, key_place: &str) {
    for fault in &answer.faults {
        if matches!(fault.kind, FaultKind::Placeholder { .. } | FaultKind::UnknownService { .. }) {
            // What a plan leaves open is no fault of the body, and neither is a service that no plan is made for.
            continue;
        }
        let of = |field: &str| fault.pointer == field || fault.pointer.starts_with(&format!("{field}/"));
        let has = |name: &str| parts.top.iter().any(|(member, _)| member == name);
        let place = if of("/parameters") {
            Some(original(parts, &fault.pointer))
        } else if of("/key") {
            // What is wrong with the key of the request is the request's; a key that is not there was said.
            if named.key.is_none() || !named.of_body {
                if named.key.is_some() {
                    judging.request_faults.push(fault.clone());
                }
                continue;
            }
            Some(key_place.to_owned())
        } else {
            let fields = [
                ("/name", "name"),
                ("/region", "target"),
                ("/plan", "resource_plan_id"),
                ("/resource_group", "resource_group"),
            ];
            fields.into_iter().find(|(field, member)| of(field) && has(member)).map(|(_, member)| format!("/{member}"))
        };
        match place {
            Some(place) => judging.fault(place, fault.kind.clone()),
            // What a plan derives where a body says nothing is no fault of the body.
            None if of("/region") => {}
            None => judging.request_faults.push(fault.clone()),
        }
    }
    let found = parts.top.iter().find(|(member, _)| member == "resource_plan_id");
    if let Some((_, Json::Text(text))) = found
        && let Some(right) = judging.service.plan(text).and_then(|plan| plan.id).filter(|id| id != text)
    {
        let kind = AmissKind::PlanName { found: text.clone(), right: right.to_owned() };
        judging.fault("/resource_plan_id", kind);
    }
}

/// The body put right: what was written, with everything in its place.
fn mended(judging: &Judging<'_>, parts: &Parts, parameters: &Value) -> Option<Json> {
    let mut ordered = Json::object([]);
    let settled = Json::from(parameters);
    for parameter in &parts.parameters {
        let value = settled.get(&parameter.name)?;
        ordered.put(&parameter.name, in_order(&parameter.value, value));
    }
    if let Json::Object(members) = &settled {
        for (name, value) in members {
            if ordered.get(name).is_none() {
                ordered.put(name, value.clone());
            }
        }
    }
    if parts.form == BodyForm::Parameters {
        return Some(ordered);
    }
    let mut body = Json::object([]);
    for (name, value) in &parts.top {
        let right = match value {
            Json::Text(text) if name == "resource_plan_id" => {
                judging.service.plan(text).and_then(|plan| plan.id).map(Json::text)
            }
            _ => None,
        };
        body.put(name, right.unwrap_or_else(|| value.clone()));
    }
    body.put("parameters", ordered);
    Some(body)
}

/// A value with its members in the order in which they were written.
fn in_order(written: &Json, settled: &Json) -> Json {
    match (written, settled) {
        (Json::Object(before), Json::Object(after)) => {
            let mut ordered = Json::object([]);
            for (name, value) in before {
                if let Some(found) = settled.get(name) {
                    ordered.put(name, in_order(value, found));
                }
            }
            for (name, value) in after {
                if ordered.get(name).is_none() {
                    ordered.put(name, value.clone());
                }
            }
            ordered
        }
        _ => settled.clone(),
    }
}
