//! The Terraform resource that makes a policy.
//!
//! Source: IBM-Cloud/terraform-provider-ibm, `resource_ibm_iam_authorization_policy.go`, as of 2026-08-05.

use std::fmt::Write as _;

use super::fault::SideName;
use super::model::{Attribute, Authorization, Operator, Side, Value};
use super::obstacle::Obstacle;
use super::role::Role;
use super::v2::one_of_each;

/// The arguments that stand for an attribute of the subject, in the order in which they are written.
pub(super) const SOURCE: [(&str, &str); 5] = [
    ("serviceName", "source_service_name"),
    ("accountId", "source_service_account"),
    ("serviceInstance", "source_resource_instance_id"),
    ("resourceGroupId", "source_resource_group_id"),
    ("resourceType", "source_resource_type"),
];

/// The arguments that stand for an attribute of the resource.
pub(super) const TARGET: [(&str, &str); 4] = [
    ("serviceName", "target_service_name"),
    ("serviceInstance", "target_resource_instance_id"),
    ("resourceGroupId", "target_resource_group_id"),
    ("resourceType", "target_resource_type"),
];

/// The resource, if the provider can make such a policy: it takes no lists, no tags and no conditions.
pub(super) fn write(policy: &Authorization, label: &str) -> Result<String, Obstacle> {
    let (subject, resource) = one_of_each(policy)?;
    let role = |role: &Role| match role.shown_name() {
        // The provider looks a name up among the roles of the two services: only of some it is certain what it finds.
        Some(name) if Role::named(name).text == role.text => Ok(quote(name)),
        _ => Err(Obstacle::RoleName(role.text.clone())),
    };
    let roles = policy.roles.iter().map(role).collect::<Result<Vec<_>, _>>()?;
    let mut lines = vec![format!("resource \"ibm_iam_authorization_policy\" \"{label}\" {{")];
    match source_arguments(subject) {
        Some(arguments) => {
            let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
            lines.extend(arguments.iter().map(|(name, value)| format!("  {name:width$} = {}", quote(value))));
        }
        None => blocks("subject_attributes", subject, SideName::Subject, &mut lines)?,
    }
    lines.push(format!("  roles = [{}]", roles.join(", ")));
    lines.extend(policy.description.as_ref().map(|text| format!("  description = {}", quote(text))));
    blocks("resource_attributes", resource, SideName::Resource, &mut lines)?;
    lines.extend(["  lifecycle {", "    create_before_destroy = true", "  }", "}", ""].map(str::to_owned));
    lines.push("# IAM takes some seconds until every service has seen a new authorization.".to_owned());
    lines.push(format!("resource \"time_sleep\" \"{label}\" {{"));
    lines.push(format!("  depends_on      = [ibm_iam_authorization_policy.{label}]"));
    lines.push("  create_duration = \"30s\"\n}\n".to_owned());
    Ok(lines.join("\n"))
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
            // The provider takes one star for "any resource group", and an empty text for none at all.
            if value == "*" || value.is_empty() {
                return None;
            }
            arguments.push((argument, value));
        }
    }
    let scoped = subject.has("serviceName") || subject.has("resourceGroupId");
    (scoped && subject.has("accountId")).then_some(arguments)
}

fn blocks(block: &str, side: &Side, name: SideName, lines: &mut Vec<String>) -> Result<(), Obstacle> {
    for attribute in &side.attributes {
        let value = block_value(attribute).ok_or_else(|| attribute.obstacle(name))?;
        lines.push(format!("  {block} {{"));
        lines.push(format!("    name     = {}", quote(&attribute.name)));
        lines.push(format!("    operator = {}", quote(attribute.operator.name())));
        lines.push(format!("    value    = {}\n  }}", quote(value)));
    }
    Ok(())
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
    let (mut previous, mut run) = (None, 0_usize);
    while let Some(character) = characters.next() {
        run = if previous == Some(character) { run + 1 } else { 1 };
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Doubling is the rule, but of a longer run nobody can say which two belong together.
            '$' | '%' if run > 2 || (run == 2 && characters.peek() == Some(&'{')) => {
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
