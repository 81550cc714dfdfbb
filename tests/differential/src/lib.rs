//! The same authorizations in the words of [Cedar](https://www.cedarpolicy.com), whose evaluator is not ours.
//!
//! A policy becomes a `permit` for the actions that its roles allow; a fact becomes an attribute of an entity, and a fact that is
//! none an attribute that is not there. What is not known has no place in Cedar: only uses of which every fact is known are
//! compared.

pub mod account;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use cedar_policy::{Context, Entities, Entity, EntityUid, Policy, PolicyId, PolicySet, Request, RestrictedExpression};
use kmsguard::authz::{Fact, Source, Target};
use kmsguard::policy::{Attribute, Authorization, Operator, Role, RoleKind, RoleOwner, Side, Value};

/// What the side of a source may say.
pub const SOURCE_FACTS: [&str; 7] =
    ["accountId", "serviceName", "serviceInstance", "resourceType", "resource", "resourceGroupId", "region"];

/// What the side of a key may say.
pub const KEY_FACTS: [&str; 8] =
    ["accountId", "serviceName", "serviceInstance", "resourceType", "resource", "keyRing", "resourceGroupId", "region"];

/// The actions that a role can allow.
pub const ACTIONS: [&str; 2] = ["access", "delegate"];

/// A policy in Cedar's words: a `permit` for each action that it allows. None for one that lets nobody in, whatever the use.
///
/// # Panics
///
/// On what has no translation: conditions, access tags, unknown attributes and operators, `?` in a pattern.
pub fn cedar(policy: &Authorization) -> Vec<(&'static str, String)> {
    assert!(!policy.conditional, "a condition has no truth value here");
    let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else {
        panic!("a policy has one subject and one resource")
    };
    let names_source = subject.has("serviceName") || subject.has("resourceGroupId");
    if !subject.has("accountId") || !names_source || !resource.has("accountId") || !resource.has("serviceName") {
        return Vec::new();
    }
    let sides: Vec<String> = side("principal", subject).into_iter().chain(side("resource", resource)).collect();
    let permit = |(action, granted): (&'static str, Option<String>)| {
        let conditions: Vec<String> = sides.iter().cloned().chain(granted.filter(|text| !text.is_empty())).collect();
        let text = format!(
            "permit (principal, action == Action::\"{action}\", resource) when {{ {} }};",
            conditions.join(" && ")
        );
        (action, text)
    };
    let granted = [(ACTIONS[0], access(&policy.roles)), (ACTIONS[1], delegation(&policy.roles))];
    granted.into_iter().filter(|(_, granted)| granted.is_some()).map(permit).collect()
}

/// Under which condition roles give access; none if they give none, empty if there is no condition. A service's own roles are
/// for its own resources.
fn access(roles: &[Role]) -> Option<String> {
    let kinds = [RoleKind::Reader, RoleKind::ReaderPlus, RoleKind::Writer, RoleKind::Manager];
    let mut services = Vec::new();
    for role in roles.iter().filter(|role| kinds.contains(&role.kind)) {
        match &role.owner {
            RoleOwner::Service(service) => services.push(format!("resource.serviceName == {}", quoted(service))),
            RoleOwner::Iam | RoleOwner::Unstated => return Some(String::new()),
        }
    }
    (!services.is_empty()).then(|| format!("(resource has serviceName && ({}))", services.join(" || ")))
}

fn delegation(roles: &[Role]) -> Option<String> {
    roles.iter().any(|role| role.kind == RoleKind::AuthorizationDelegator).then(String::new)
}

fn side(of: &str, side: &Side) -> Vec<String> {
    side.attributes.iter().map(|attribute| condition(of, attribute)).collect()
}

fn condition(of: &str, attribute: &Attribute) -> String {
    let name = &attribute.name;
    let guid = matches!(name.as_str(), "serviceInstance" | "resource");
    let test = |text: &String, like: bool| {
        // A whole CRN is no GUID: such a condition is never true.
        if guid && text.starts_with("crn:") {
            "false".to_owned()
        } else if like {
            format!("{of}.{name} like {}", pattern(text))
        } else {
            format!("{of}.{name} == {}", quoted(text))
        }
    };
    match (&attribute.operator, &attribute.value) {
        (Operator::StringExists, Value::Bool(true)) => format!("{of} has {name}"),
        (Operator::StringExists, Value::Bool(false)) => format!("!({of} has {name})"),
        (operator, Value::Texts(texts)) => {
            let like = matches!(operator, Operator::StringMatch | Operator::StringMatchAnyOf);
            let tests: Vec<String> = texts.iter().map(|text| test(text, like)).collect();
            format!("({of} has {name} && ({}))", tests.join(" || "))
        }
        other => panic!("{other:?} has no translation"),
    }
}

/// A text as Cedar writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            other => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(other));
            }
        }
    }
    quoted.push('"');
    quoted
}

/// A pattern as Cedar writes it: its only wildcard is `*`, and `\*` is the letter.
fn pattern(text: &str) -> String {
    let mut rest = text;
    let mut written = String::from("\"");
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{{*}}") {
            written.push_str("\\*");
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("{{?}}") {
            written.push('?');
            rest = after;
            continue;
        }
        assert!(first != '?', "`?` has no translation");
        match first {
            '*' => written.push('*'),
            other => written.push_str(quoted(&other.to_string()).trim_matches('"')),
        }
        rest = &rest[first.len_utf8()..];
    }
    written.push('"');
    written
}

/// The policies, parsed: the id of each is its place in the list, then the action.
///
/// # Panics
///
/// If Cedar does not take a translation.
pub fn policy_set(policies: &[Authorization]) -> PolicySet {
    let mut set = PolicySet::new();
    for (number, policy) in policies.iter().enumerate() {
        for (action, text) in cedar(policy) {
            let id = PolicyId::new(format!("{number} {action}"));
            let policy = Policy::parse(Some(id), &text).unwrap_or_else(|error| panic!("{text}: {error}"));
            set.add(policy).expect("every id is used once");
        }
    }
    set
}

/// The place of a policy in the list, from the id that [`policy_set`] gave it.
///
/// # Panics
///
/// If it gave no such id.
pub fn place(id: &PolicyId) -> usize {
    let id = id.to_string();
    let number = id.split(' ').next().and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("`{id}` is no id of a policy"))
}

/// The source and the key of a use as entities.
///
/// # Panics
///
/// If a fact is not known.
pub fn entities(source: &Source<'_>, target: &Target<'_>) -> Entities {
    let source = entity("Source::\"s\"", SOURCE_FACTS.iter().map(|name| (*name, source.fact(name))));
    let target = entity("Key::\"k\"", KEY_FACTS.iter().map(|name| (*name, target.fact(name))));
    Entities::from_entities([source, target], None).expect("two entities")
}

fn entity<'f>(id: &str, facts: impl Iterator<Item = (&'static str, Option<Fact<'f>>)>) -> Entity {
    let attributes: HashMap<String, RestrictedExpression> = facts
        .filter_map(|(name, fact)| match fact.expect("a known attribute") {
            Fact::Value(value) => Some((name.to_owned(), RestrictedExpression::new_string(value.to_owned()))),
            Fact::None => None,
            Fact::Unknown => panic!("`{name}` is not known"),
        })
        .collect();
    Entity::new(uid(id), attributes, HashSet::new()).expect("an entity")
}

fn uid(text: &str) -> EntityUid {
    text.parse().expect("the id of an entity")
}

/// The question for one of [`ACTIONS`].
///
/// # Panics
///
/// Never: the question needs no schema.
pub fn request(action: &str) -> Request {
    let action = uid(&format!("Action::\"{action}\""));
    Request::new(uid("Source::\"s\""), action, uid("Key::\"k\""), Context::empty(), None).expect("a request")
}
