//! What a policy grants, in one sentence.

use super::fault_text::words;
use super::model::{Authorization, Operator, PolicyType, Side, State, Value};
use super::role::{Role, RoleKind};

/// What a policy grants, in one sentence for people. What could not be read is never passed over.
#[must_use]
pub fn sentence(policy: &Authorization) -> String {
    if matches!(policy.kind, PolicyType::Access | PolicyType::Other(_)) {
        return "This is no authorization between services.".to_owned();
    }
    let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else {
        return "What it grants cannot be said: it has no subject or no resource, or more than one.".to_owned();
    };
    let unread = !policy.is_readable()
        || subject.unreadable
        || resource.unreadable
        || policy.roles.iter().any(|role| matches!(role.kind, RoleKind::Unreadable | RoleKind::Malformed(_)))
        || policy.roles.is_empty();
    let mut text = format!("{} may use {}{}", source(subject), target(resource), roles(&policy.roles));
    if policy.conditional {
        text.push_str(", under the condition that the policy states");
    }
    if unread {
        return format!("What it grants cannot be said for sure. As far as it could be read: {text}.");
    }
    if policy.template {
        return format!("A template, which grants nothing by itself. Assigned to an account: {text}.");
    }
    match policy.state {
        State::Active => capital(&text) + ".",
        State::Deleted => format!("Deleted, it grants nothing. Restored: {text}."),
        State::Other => format!("Whether it is in force cannot be said. If it is: {text}."),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    first + characters.as_str()
}

/// Collects the words for a side, and marks the attributes for which there were some.
struct Words<'a> {
    side: &'a Side,
    said: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn exact(&mut self, name: &'a str) -> Option<&'a str> {
        let value = self.side.exact(name)?;
        self.said.push(name);
        Some(value)
    }

    /// All that no words were found for, condition by condition.
    fn rest(&self) -> String {
        let mut text = String::new();
        for attribute in &self.side.attributes {
            if self.said.contains(&attribute.name.as_str()) {
                continue;
            }
            let name = &attribute.name;
            let quoted = |texts: &[String]| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>();
            let condition = match (&attribute.operator, &attribute.value) {
                (Operator::StringExists, Value::Bool(true)) => format!("any `{name}`"),
                (Operator::StringExists, Value::Bool(false)) => format!("no `{name}`"),
                (Operator::StringMatch | Operator::StringMatchAnyOf, Value::Texts(texts)) => {
                    format!("`{name}` like {}", words(&quoted(texts), "or"))
                }
                (Operator::StringEquals | Operator::StringEqualsAnyOf, Value::Texts(texts)) => {
                    format!("`{name}` {}", words(&quoted(texts), "or"))
                }
                (operator, value) => format!("`{name}` {} `{}`", operator.name(), value.text()),
            };
            text.push_str(if text.is_empty() { " with " } else { " and " });
            text.push_str(&condition);
        }
        if self.side.tags {
            text.push_str(" and with the access tags of the policy");
        }
        text
    }
}

/// Of a side that was not read whole, nobody can say that it means every one.
const fn each(side: &Side) -> &'static str {
    if side.unreadable { "some" } else { "every" }
}

fn source(side: &Side) -> String {
    let mut words = Words { side, said: Vec::new() };
    let each = each(side);
    let service = words.exact("serviceName").map(|service| format!("`{service}`"));
    let instance = words.exact("serviceInstance");
    let text = match (instance, service) {
        (Some(instance), Some(service)) => format!("instance `{instance}` of {service}"),
        (Some(instance), None) => format!("instance `{instance}` of any service"),
        (None, Some(service)) => format!("{each} instance of {service}"),
        (None, None) => format!("{each} instance"),
    };
    let group = words.exact("resourceGroupId").map(|group| format!(" in resource group `{group}`"));
    let account = words.exact("accountId").map(|account| format!(" of account `{account}`"));
    text + &group.unwrap_or_default() + &account.unwrap_or_default() + &words.rest()
}

fn target(side: &Side) -> String {
    let mut words = Words { side, said: Vec::new() };
    let service = words.exact("serviceName");
    let kms = matches!(service, Some("kms" | "hs-crypto"));
    let kind = if side.exact("resourceType") == Some("key") || (kms && !side.has("resourceType")) {
        "key"
    } else {
        "resource"
    };
    if kind == "key" && side.has("resourceType") {
        words.said.push("resourceType");
    }
    let mut text = match words.exact("resource") {
        Some(resource) => format!("{kind} `{resource}`"),
        None => format!("{} {kind}", each(side)),
    };
    if let Some(ring) = words.exact("keyRing") {
        text = format!("{text} of key ring `{ring}`");
    }
    let service = service.map_or("any service".to_owned(), |service| format!("`{service}`"));
    text += &match words.exact("serviceInstance") {
        Some(instance) => format!(" of instance `{instance}` of {service}"),
        None => format!(" of {} instance of {service}", each(side)),
    };
    let group = words.exact("resourceGroupId").map(|group| format!(" in resource group `{group}`"));
    let account = words.exact("accountId").map(|account| format!(" in account `{account}`"));
    text + &group.unwrap_or_default() + &account.unwrap_or_default() + &words.rest()
}

fn roles(roles: &[Role]) -> String {
    let delegates = roles.iter().any(|role| role.kind == RoleKind::AuthorizationDelegator);
    let name = |role: &Role| {
        role.shown_name().or_else(|| role.command_name()).map_or_else(|| format!("`{}`", role.text), str::to_owned)
    };
    let named: Vec<String> =
        roles.iter().filter(|role| role.kind != RoleKind::AuthorizationDelegator).map(name).collect();
    match (named.is_empty(), delegates) {
        (false, false) => format!(" as {}", words(&named, "and")),
        (false, true) => format!(" as {}, and let the services that it depends on do so", words(&named, "and")),
        (true, true) => " for nothing itself, but let the services that it depends on use it".to_owned(),
        (true, false) => " with no role".to_owned(),
    }
}
