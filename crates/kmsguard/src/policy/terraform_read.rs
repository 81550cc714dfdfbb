//! Reads the Terraform resource that makes a policy.
//!
//! Source: IBM-Cloud/terraform-provider-ibm, `resource_ibm_iam_authorization_policy.go`, as of 2026-08-05. Attributes given in blocks
//! get no account of their own; the plain arguments get that of the caller, in which the policy then is.

use super::document::Node;
use super::documents::Found;
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::hcl::{self, Argument, Block, Expression};
use super::model::{Attribute, Authorization, Operator, PolicyType, Side, Value, Version};
use super::obstacle::Form;
use super::place::Place;
use super::review::review;
use super::role::{Role, RoleKind};
use super::side::{Shape, read_side};
use super::terraform::{SOURCE, TARGET};
use crate::order::Arrange as _;

/// The type of the resource.
pub(super) const RESOURCE: &str = "ibm_iam_authorization_policy";

/// Arguments and blocks that say nothing about what is granted.
const BESIDE: &[&str] = &[
    "lifecycle",
    "depends_on",
    "provider",
    "timeouts",
    "connection",
    "provisioner",
    "transaction_id",
    "version",
    "id",
];

/// Every policy that a file of Terraform's language makes, as far as the file says it.
pub(super) fn read(text: &str, account: Option<&str>) -> Result<Vec<Found>, PolicyFault> {
    let file = hcl::read(text).map_err(|unread| {
        let end =
            text.get(unread.at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| unread.at + length);
        PolicyFault::at(Kind::Syntax { expected: unread.expected }, [unread.at, end])
    })?;
    let is_policy =
        |block: &&Block| block.kind == "resource" && block.labels.first().is_some_and(|label| label == RESOURCE);
    let found = |block: &Block| Found {
        pointer: String::new(),
        span: Some(block.span),
        form: Form::Terraform,
        policy: Ok(read_resource(block, account)),
    };
    Ok(file.blocks.iter().filter(is_policy).map(found).collect())
}

/// A resource, from Terraform's language or from what `terraform show -json` prints.
pub(super) fn read_resource(block: &Block, account: Option<&str>) -> Authorization {
    let mut policy = Authorization::empty(Version::V2);
    policy.kind = PolicyType::Authorization;
    let mut reader = Reader { block, problems: Vec::new() };
    reader.arguments();
    let mut resource = reader.attributes("resource_attributes", SideName::Resource);
    // The account that the resource names is the one in which the policy is made, and so the caller's.
    let account = account.map(str::to_owned).or_else(|| resource.exact("accountId").map(str::to_owned));
    let mut subject = reader.attributes("subject_attributes", SideName::Subject);
    reader.side(&mut subject, SideName::Subject, &SOURCE, account.as_deref());
    reader.side(&mut resource, SideName::Resource, &TARGET, account.as_deref());
    policy.roles = reader.roles();
    policy.description = reader.description();
    policy.id =
        block.arguments.iter().find(|argument| argument.name == "id").and_then(|argument| text(&argument.value));
    if reader.problems.iter().any(|fault| matches!(fault.kind, Kind::UnknownMember { .. })) {
        subject.unreadable = true;
        resource.unreadable = true;
    }
    policy.subjects = vec![subject];
    policy.resources = vec![resource];
    policy.problems = reader.problems;
    review(&mut policy);
    for fault in &mut policy.problems {
        fault.pointer.clear();
    }
    policy
}

fn text(value: &Expression) -> Option<String> {
    match value {
        Expression::Text(text) => Some(text.clone()),
        _ => None,
    }
}

struct Reader<'a> {
    block: &'a Block,
    problems: Vec<PolicyFault>,
}

impl<'a> Reader<'a> {
    fn given(&self, name: &str) -> Option<&'a Argument> {
        let mut arguments = self.block.arguments.iter();
        arguments.find(|argument| argument.name == name && argument.value != Expression::Null)
    }

    /// Whether somebody wrote it. What Terraform prints shows one policy in two ways.
    fn is_written(&self) -> bool {
        self.block.kind == "resource"
    }

    fn not_known(&mut self, what: &str, written: &str, span: [usize; 2]) {
        let kind = Kind::ValueNotKnown { what: what.to_owned(), written: written.to_owned() };
        self.problems.push(PolicyFault::at(kind, span));
    }

    /// Looks at the names of everything: what is not known may narrow the policy.
    fn arguments(&mut self) {
        for (index, argument) in self.block.arguments.iter().enumerate() {
            let name = argument.name.as_str();
            let known = SOURCE.iter().chain(&TARGET).any(|(_, known)| *known == name)
                || matches!(name, "roles" | "description" | "subject_attributes" | "resource_attributes")
                || BESIDE.contains(&name);
            if self.block.arguments.iter().take(index).any(|earlier| earlier.name == name) {
                let kind = Kind::Repeated { member: name.to_owned() };
                self.problems.push(PolicyFault::at(kind, argument.span));
            } else if matches!(name, "count" | "for_each") {
                let kind = Kind::HowMany { argument: name.to_owned() };
                self.problems.push(PolicyFault::at(kind, argument.span));
            } else if !known {
                self.unknown(name, argument.span);
            }
        }
        for block in &self.block.blocks {
            let kind = block.kind.as_str();
            if kind == "dynamic" {
                let what = block.labels.first().map_or("dynamic", String::as_str);
                self.not_known(what, "dynamic", block.span);
            } else if !BESIDE.contains(&kind) && !matches!(kind, "subject_attributes" | "resource_attributes") {
                self.unknown(kind, block.span);
            }
        }
    }

    fn unknown(&mut self, name: &str, span: [usize; 2]) {
        let side = if name.starts_with("source") { SideName::Subject } else { SideName::Resource };
        let kind = Kind::UnknownMember { side, member: name.to_owned() };
        self.problems.push(PolicyFault::at(kind, span));
    }

    /// The attributes that are given in blocks, or as a list of objects.
    fn attributes(&mut self, name: &str, side: SideName) -> Side {
        let mut read = Side::default();
        let dynamic =
            |block: &&Block| block.kind == "dynamic" && block.labels.first().is_some_and(|label| label == name);
        read.unreadable |= self.block.blocks.iter().any(|block| dynamic(&block));
        for block in self.block.blocks.iter().filter(|block| block.kind == name) {
            let members: Vec<(&str, &Expression)> =
                block.arguments.iter().map(|argument| (argument.name.as_str(), &argument.value)).collect();
            self.attribute(&members, side, block.span, &mut read);
        }
        let Some(argument) = self.given(name) else { return read };
        let Expression::List(items) = &argument.value else {
            read.unreadable = true;
            self.not_known(name, &shown(&argument.value), argument.span);
            return read;
        };
        for item in items {
            match item {
                Expression::Object(members) => {
                    let members: Vec<(&str, &Expression)> =
                        members.iter().map(|(name, value)| (name.as_str(), value)).collect();
                    self.attribute(&members, side, argument.span, &mut read);
                }
                other => {
                    read.unreadable = true;
                    self.not_known(name, &shown(other), argument.span);
                }
            }
        }
        read
    }

    fn attribute(&mut self, members: &[(&str, &Expression)], side: SideName, span: [usize; 2], read: &mut Side) {
        let mut node: Vec<(String, Node<'static>)> = Vec::new();
        for (name, value) in members {
            let value = match value {
                Expression::Text(text) => Node::Text(text.clone().into()),
                Expression::Bool(value) if *name == "value" => Node::Text(value.to_string().into()),
                Expression::Null => continue,
                other => {
                    read.unreadable = true;
                    let what = members.iter().find_map(|(name, value)| text(value).filter(|_| *name == "name"));
                    self.not_known(what.as_deref().unwrap_or(name), &shown(other), span);
                    return;
                }
            };
            node.push((if *name == "name" { "key" } else { name }.to_owned(), value));
        }
        let is = |name: &str, wanted: &str| {
            node.iter().any(|(member, value)| member == name && value.text() == Some(wanted))
        };
        // The provider's defaults: equal, and one star for "any resource group".
        let plain = is("operator", "") || node.iter().all(|(name, _)| name != "operator");
        if plain {
            let star = side == SideName::Subject && is("key", "resourceGroupId") && is("value", "*");
            node.retain(|(name, value)| name != "operator" && !(star && name == "value" && value.text().is_some()));
            node.push(("operator".to_owned(), Node::Text(if star { "stringExists" } else { "stringEquals" }.into())));
            if star {
                node.push(("value".to_owned(), Node::Bool(true)));
            }
        }
        let whole = Node::of_members(vec![("attributes".to_owned(), Node::List(vec![Node::of_members(node)]))]);
        let before = self.problems.len();
        let shape = Shape { version: Version::V2, side };
        let one = read_side(&whole, shape, Place::Root, &mut self.problems);
        for fault in self.problems.iter_mut().skip(before) {
            fault.span = Some(span);
        }
        read.unreadable |= one.unreadable;
        read.attributes.extend(one.attributes);
    }

    /// The attributes that are given as arguments. A state shows the same attributes in both ways, so what is there is left alone.
    fn side(&mut self, side: &mut Side, name: SideName, table: &[(&str, &str)], account: Option<&str>) {
        let block = if name == SideName::Subject { "subject_attributes" } else { "resource_attributes" };
        let blocks = !side.attributes.is_empty() || side.unreadable;
        let mut any = false;
        for (attribute, argument) in table {
            let Some(given) = self.given(argument) else { continue };
            any |= *attribute != "accountId";
            let star = *argument == "source_resource_group_id";
            let read = match &given.value {
                Expression::Text(text) if star && text == "*" => {
                    let (operator, value) = (Operator::StringExists, Value::Bool(true));
                    Attribute { name: (*attribute).to_owned(), operator, value }
                }
                Expression::Text(text) if !text.is_empty() => Attribute::equals(attribute, text),
                // An export of a state has empty texts for what is not set.
                Expression::Text(_) => continue,
                other => {
                    side.unreadable = true;
                    self.not_known(argument, &shown(other), given.span);
                    continue;
                }
            };
            let shown_twice = side.attributes.contains(&read);
            if blocks && (self.is_written() || !shown_twice) {
                let kind = Kind::Exclusive { one: block.to_owned(), other: (*argument).to_owned() };
                self.problems.push(PolicyFault::at(kind, given.span));
            }
            if !shown_twice {
                side.attributes.push(read);
            }
        }
        if blocks {
            return;
        }
        // The account first, as every other form has it.
        side.attributes.arrange_by_key(|attribute| attribute.name != "accountId");
        if !any {
            side.unreadable = true;
            let what = match name {
                SideName::Subject => {
                    "the subject: `source_service_name`, `source_resource_group_id` or `subject_attributes`"
                }
                SideName::Resource => {
                    "the resource: `target_service_name`, `target_resource_type` or `resource_attributes`"
                }
            };
            self.problems.push(PolicyFault::at(Kind::Missing { what }, self.block.span));
        } else if !side.has("accountId")
            && self.given("source_service_account").is_none_or(|_| name == SideName::Resource)
        {
            match account {
                Some(account) => side.attributes.insert(0, Attribute::equals("accountId", account)),
                None => {
                    side.unreadable = true;
                    self.problems.push(PolicyFault::at(Kind::AccountOfCaller(name), self.block.span));
                }
            }
        }
    }

    fn roles(&mut self) -> Vec<Role> {
        let Some(given) = self.given("roles") else {
            self.problems.push(PolicyFault::at(Kind::NoRoles, self.block.span));
            return vec![Role::unreadable()];
        };
        let Expression::List(items) = &given.value else {
            self.not_known("roles", &shown(&given.value), given.span);
            return vec![Role::unreadable()];
        };
        if items.is_empty() {
            self.problems.push(PolicyFault::at(Kind::NoRoles, given.span));
        }
        let role = |item: &Expression| match item {
            Expression::Text(name) if !name.is_empty() => {
                let role = Role::named(name);
                if role.kind == RoleKind::Unreadable {
                    let kind = Kind::UnknownRoleName { role: name.clone() };
                    self.problems.push(PolicyFault::at(kind, given.span));
                }
                role
            }
            other => {
                self.not_known("roles", &shown(other), given.span);
                Role::unreadable()
            }
        };
        items.iter().map(role).collect()
    }

    fn description(&mut self) -> Option<String> {
        let given = self.given("description")?;
        let read = text(&given.value);
        if read.is_none() {
            self.not_known("description", &shown(&given.value), given.span);
        }
        read.filter(|text| !text.is_empty())
    }
}

/// An expression in a message.
fn shown(value: &Expression) -> String {
    match value {
        Expression::Unknown(text) => text.clone(),
        Expression::Text(text) => format!("\"{text}\""),
        Expression::Bool(value) => value.to_string(),
        Expression::Null => "null".to_owned(),
        Expression::List(_) => "[ … ]".to_owned(),
        Expression::Object(_) => "{ … }".to_owned(),
    }
}
