//! Reads the resources that make policies out of `terraform show -json`: of a plan or of a state.
//!
//! Source: Terraform docs, *JSON Output Format*, format version 1.2. What a plan does not know yet is absent from `after`, and stands
//! in `after_unknown`; so do the arguments that the provider fills in although nobody gave them. Only the configuration tells the two
//! apart.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::document::{Node, Object};
use super::documents::Found;
use super::fault::{PolicyFault, PolicyFaultKind as Kind};
use super::hcl::{Argument, Block, Expression};
use super::model::State;
use super::obstacle::Form;
use super::terraform_read::{RESOURCE, read_resource};

/// The members by which the output of Terraform is told from everything else.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Shape<'a> {
    #[serde(borrow)]
    format_version: Option<&'a RawValue>,
    #[serde(borrow)]
    values: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_changes: Option<&'a RawValue>,
}

/// Puts every policy of a plan or of a state to what was found; `false` if the value is neither.
pub(super) fn read(
    value: &RawValue,
    pointer: &str,
    account: Option<&str>,
    found: &mut Vec<Found>,
) -> Result<bool, PolicyFault> {
    let shape: Shape<'_> = serde_json::from_str(value.get()).unwrap_or_default();
    if shape.format_version.is_none() || (shape.values.is_none() && shape.resource_changes.is_none()) {
        return Ok(false);
    }
    let document: Node<'_> = serde_json::from_str(value.get()).map_err(|_| PolicyFault::new(Kind::NotRead, pointer))?;
    let Some(document) = document.object() else { return Ok(false) };
    if let Some(changes) = document.get("resource_changes").and_then(Node::list) {
        let configuration = document.get("configuration").and_then(Node::object);
        for (index, change) in changes.iter().enumerate() {
            let Some(change) = change.object().filter(|change| is_policy(change)) else { continue };
            let pointer = format!("{pointer}/resource_changes/{index}");
            found.push(of_change(change, configuration, pointer, account));
        }
    } else if let Some(root) =
        document.get("values").and_then(Node::object).and_then(|values| values.get("root_module"))
    {
        of_module(root, &format!("{pointer}/values/root_module"), account, found);
    }
    Ok(true)
}

fn is_policy(resource: &Object<'_>) -> bool {
    resource.text("type") == Some(RESOURCE) && resource.text("mode") != Some("data")
}

fn of_change(change: &Object<'_>, configuration: Option<&Object<'_>>, pointer: String, account: Option<&str>) -> Found {
    let inner = change.get("change").and_then(Node::object);
    let part = |name: &str| inner.and_then(|inner| inner.get(name)).and_then(Node::object);
    let deleted = part("after").is_none();
    let mut block = Block { kind: RESOURCE.to_owned(), ..Block::default() };
    let values = if deleted { part("before") } else { part("after") };
    for (name, value) in values.into_iter().flat_map(Object::members) {
        put(&mut block, name, expression(value));
    }
    if let Some(unknown) = part("after_unknown").filter(|_| !deleted) {
        let configured = configuration.and_then(|root| expressions(root, change.text("address")?));
        for (name, value) in unknown.members() {
            if *value == Node::Bool(true) {
                // What the configuration does not give is filled in by the provider, and narrows nothing.
                let given = configured.is_none_or(|expressions| expressions.has(name));
                if given && name != "id" && name != "transaction_id" && name != "version" {
                    let written = configured.and_then(|expressions| reference(expressions.get(name)?));
                    let written = written.unwrap_or_else(|| "(known after apply)".to_owned());
                    put(&mut block, name, Expression::Unknown(written));
                }
            } else if let Some(unknown) = value.list() {
                mark(&mut block, name, unknown);
            }
        }
    }
    let mut policy = read_resource(&block, account);
    if deleted {
        policy.state = State::Deleted;
    }
    finish(policy, pointer)
}

fn of_module(module: &Node<'_>, pointer: &str, account: Option<&str>, found: &mut Vec<Found>) {
    let Some(module) = module.object() else { return };
    for (index, resource) in module.get("resources").and_then(Node::list).into_iter().flatten().enumerate() {
        let Some(resource) = resource.object().filter(|resource| is_policy(resource)) else { continue };
        let mut block = Block { kind: RESOURCE.to_owned(), ..Block::default() };
        for (name, value) in resource.get("values").and_then(Node::object).into_iter().flat_map(Object::members) {
            put(&mut block, name, expression(value));
        }
        found.push(finish(read_resource(&block, account), format!("{pointer}/resources/{index}")));
    }
    // How deep modules stand in one another is bounded by how deep the document may be.
    for (index, child) in module.get("child_modules").and_then(Node::list).into_iter().flatten().enumerate() {
        of_module(child, &format!("{pointer}/child_modules/{index}"), account, found);
    }
}

/// A policy of JSON: what is wrong with it stands at a pointer.
fn finish(mut policy: super::model::Authorization, pointer: String) -> Found {
    for fault in &mut policy.problems {
        fault.span = None;
    }
    Found { pointer, span: None, form: Form::Terraform, policy: Ok(policy) }
}

fn put(block: &mut Block, name: &str, value: Expression) {
    // An export writes an empty list for blocks that nobody gave.
    if value != Expression::Null && value != Expression::List(Vec::new()) {
        block.arguments.push(Argument { name: name.to_owned(), value, span: [0, 0] });
    }
}

fn expression(node: &Node<'_>) -> Expression {
    match node {
        Node::Null => Expression::Null,
        Node::Bool(value) => Expression::Bool(*value),
        Node::Number => Expression::Unknown("a number".to_owned()),
        Node::Text(text) => Expression::Text(text.as_ref().to_owned()),
        Node::List(items) => Expression::List(items.iter().map(expression).collect()),
        Node::Object(object) => {
            Expression::Object(object.members().map(|(name, value)| (name.to_owned(), expression(value))).collect())
        }
    }
}

/// Marks what is unknown inside of a list that is known otherwise.
fn mark(block: &mut Block, name: &str, unknown: &[Node<'_>]) {
    if !unknown.iter().any(holds_true) {
        return;
    }
    let argument = block.arguments.iter_mut().find(|argument| argument.name == name);
    let items = argument.and_then(|argument| match &mut argument.value {
        Expression::List(items) if items.len() == unknown.len() => Some(items),
        _ => None,
    });
    let Some(items) = items else {
        block.arguments.retain(|argument| argument.name != name);
        return put(block, name, Expression::Unknown("(known after apply)".to_owned()));
    };
    for (item, unknown) in items.iter_mut().zip(unknown) {
        match (item, unknown) {
            (Expression::Object(members), Node::Object(unknown)) => {
                for (name, value) in unknown.members().filter(|(_, value)| holds_true(value)) {
                    let _ = value;
                    members.retain(|(known, _)| known != name);
                    members.push((name.to_owned(), Expression::Unknown("(known after apply)".to_owned())));
                }
            }
            (item, unknown) if holds_true(unknown) => *item = Expression::Unknown("(known after apply)".to_owned()),
            _ => {}
        }
    }
}

fn holds_true(node: &Node<'_>) -> bool {
    match node {
        Node::Bool(value) => *value,
        Node::List(items) => items.iter().any(holds_true),
        Node::Object(object) => object.members().any(|(_, value)| holds_true(value)),
        Node::Null | Node::Number | Node::Text(_) => false,
    }
}

/// What the configuration gives a resource, by the address of one of its instances.
fn expressions<'n, 'a>(configuration: &'n Object<'a>, address: &str) -> Option<&'n Object<'a>> {
    let mut module = configuration.get("root_module").and_then(Node::object)?;
    let mut rest = without_indices(address);
    while let Some((name, after)) = rest.strip_prefix("module.").and_then(|inner| inner.split_once('.')) {
        let call = module.get("module_calls").and_then(Node::object)?.get(name).and_then(Node::object)?;
        module = call.get("module").and_then(Node::object)?;
        rest = after.to_owned();
    }
    let mut resources = module.get("resources").and_then(Node::list)?.iter().filter_map(Node::object);
    let resource = resources.find(|resource| resource.text("address") == Some(&rest))?;
    resource.get("expressions").and_then(Node::object)
}

/// An address without the `[…]` of `count` and `for_each`, in whose quotes anything may stand.
fn without_indices(address: &str) -> String {
    let (mut text, mut inside, mut quoted, mut escaped) = (String::new(), false, false, false);
    for character in address.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if inside => quoted = !quoted,
            '[' if !inside => inside = true,
            ']' if inside && !quoted => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text
}

/// What an expression of the configuration refers to.
fn reference(expression: &Node<'_>) -> Option<String> {
    let references = expression.object()?.get("references").and_then(Node::list)?;
    references.first().and_then(Node::text).map(str::to_owned)
}
