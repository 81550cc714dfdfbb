//! The Terraform resource that makes a policy.
//!
//! Source: IBM-Cloud/terraform-provider-ibm, `resource_ibm_iam_authorization_policy.go`, as of 2026-08-05.

use std::fmt::Write as _;

use super::model::{Attribute, Authorization, Operator, Side, Value};

/// The arguments that stand for an attribute of the subject, in the order in which they are written.
const SOURCE: [(&str, &str); 5] = [
    ("serviceName", "source_service_name"),
    ("accountId", "source_service_account"),
    ("serviceInstance", "source_resource_instance_id"),
    ("resourceGroupId", "source_resource_group_id"),
    ("resourceType", "source_resource_type"),
];

/// The resource, if the provider can make such a policy: it takes no lists, no tags and no conditions.
pub(super) fn write(policy: &Authorization) -> Option<String> {
    let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return None };
    if policy.conditional || subject.tags || resource.tags {
        return None;
    }
    let roles = policy.roles.iter().map(|role| role.shown_name().map(quote)).collect::<Option<Vec<_>>>()?;
    let mut text = String::from("resource \"ibm_iam_authorization_policy\" \"authorization\" {\n");
    match source_arguments(subject) {
        Some(arguments) => {
            let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
            for (name, value) in arguments {
                writeln!(text, "  {name:width$} = {}", quote(value)).ok()?;
            }
        }
        None => blocks("subject_attributes", subject, &mut text)?,
    }
    writeln!(text, "  roles = [{}]", roles.join(", ")).ok()?;
    if let Some(description) = &policy.description {
        writeln!(text, "  description = {}", quote(description)).ok()?;
    }
    blocks("resource_attributes", resource, &mut text)?;
    text.push_str("  lifecycle {\n    create_before_destroy = true\n  }\n}\n\n");
    text.push_str("# IAM takes some seconds until every service has seen a new authorization.\n");
    text.push_str("resource \"time_sleep\" \"authorization\" {\n");
    text.push_str("  depends_on      = [ibm_iam_authorization_policy.authorization]\n");
    text.push_str("  create_duration = \"30s\"\n}\n");
    Some(text)
}

/// The plain arguments of a subject; none if it says something for which there is no argument.
fn source_arguments(subject: &Side) -> Option<Vec<(&'static str, &str)>> {
    if subject.attributes.iter().any(|attribute| SOURCE.iter().all(|(name, _)| *name != attribute.name)) {
        return None;
    }
    let mut arguments = Vec::new();
    for (name, argument) in SOURCE {
        if subject.has(name) {
            let value = subject.exact(name)?;
            // The provider takes this one star for "any resource group".
            if value == "*" {
                return None;
            }
            arguments.push((argument, value));
        }
    }
    let scoped = subject.has("serviceName") || subject.has("resourceGroupId");
    (scoped && subject.has("accountId")).then_some(arguments)
}

fn blocks(block: &str, side: &Side, text: &mut String) -> Option<()> {
    for attribute in &side.attributes {
        let value = block_value(attribute)?;
        writeln!(text, "  {block} {{").ok()?;
        writeln!(text, "    name     = {}", quote(&attribute.name)).ok()?;
        writeln!(text, "    operator = {}", quote(attribute.operator.name())).ok()?;
        writeln!(text, "    value    = {}", quote(value)).ok()?;
        text.push_str("  }\n");
    }
    Some(())
}

fn block_value(attribute: &Attribute) -> Option<&str> {
    match (&attribute.operator, &attribute.value) {
        (Operator::StringEquals | Operator::StringMatch, Value::Texts(texts)) => match texts.as_slice() {
            [text] => Some(text),
            _ => None,
        },
        (Operator::StringExists, Value::Bool(true)) => Some("true"),
        (Operator::StringExists, Value::Bool(false)) => Some("false"),
        _ => None,
    }
}

/// A text as a quoted template of HCL, in which nothing is interpolated.
fn quote(text: &str) -> String {
    // Writing to a `String` cannot fail.
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut characters = text.chars().peekable();
    let mut previous = None;
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Doubling is the rule, but of a longer run nobody can say which two belong together.
            '$' | '%' if characters.peek() == Some(&'{') && previous == Some(character) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            '$' | '%' if characters.peek() == Some(&'{') => {
                quoted.push(character);
                quoted.push(character);
            }
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
        previous = Some(character);
    }
    quoted.push('"');
    quoted
}
