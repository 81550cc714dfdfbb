//! The parts of HCL that all plans share.

use crate::catalog::services::WAIT_SECONDS;

use super::quote::hcl_text;
use super::read::Group;
use super::step::{Step, StepId};

/// The providers. Where the key is in another account, that account has a provider of its own.
pub(super) fn providers(cross_account: bool) -> String {
    let mut hcl = String::from(
        "terraform {\n  required_providers {\n    ibm = {\n      source = \"IBM-Cloud/ibm\"\n    }\n    time = {\n      \
         source = \"hashicorp/time\"\n    }\n  }\n}\n",
    );
    if cross_account {
        hcl.push_str(
            "\nvariable \"key_account_api_key\" {\n  description = \"API key of the account that holds the key\"\n  \
             type        = string\n  sensitive   = true\n}\n\nprovider \"ibm\" {\n  alias            = \"key_account\"\n  \
             ibmcloud_api_key = var.key_account_api_key\n}\n",
        );
    }
    hcl
}

/// The wait after the authorization.
pub(super) fn wait(labels: &[&str]) -> String {
    let policies: Vec<String> = labels.iter().map(|label| format!("ibm_iam_authorization_policy.{label}")).collect();
    format!(
        "resource \"time_sleep\" \"authorization\" {{\n  create_duration = \"{WAIT_SECONDS}s\"\n\n  depends_on = [{}]\n}}\n",
        policies.join(", ")
    )
}

/// The data source that finds a resource group, where its id is not known; and the expression for its id.
pub(super) fn group(group: Group<'_>) -> (Option<String>, String) {
    if let Some(id) = group.id {
        return (None, hcl_text(id));
    }
    let by = group.name.map_or("is_default = true".to_owned(), |name| format!("name = {}", hcl_text(name)));
    (
        Some(format!("data \"ibm_resource_group\" \"group\" {{\n  {by}\n}}\n")),
        "data.ibm_resource_group.group.id".to_owned(),
    )
}

/// Leaves out the steps at these places, and every mention of them in the Terraform of the others.
pub(crate) fn leave_out(steps: &mut Vec<Step>, places: &[usize]) {
    let mut gone: Vec<String> = Vec::new();
    for step in places.iter().filter_map(|place| steps.get(*place)) {
        match step.id {
            StepId::Wait => gone.push("time_sleep.authorization".to_owned()),
            _ => gone.extend(step.terraform.as_deref().and_then(address)),
        }
    }
    let mut place = 0;
    steps.retain(|_| {
        place += 1;
        !places.contains(&(place - 1))
    });
    for hcl in steps.iter_mut().filter_map(|step| step.terraform.as_mut()) {
        *hcl = without(hcl, &gone);
    }
}

/// The address of the resource that a text begins with.
fn address(hcl: &str) -> Option<String> {
    let mut words = hcl.strip_prefix("resource \"")?.split('"');
    let (kind, label) = (words.next()?, words.nth(1)?);
    Some(format!("{kind}.{label}"))
}

/// A text without what depends on things that are gone.
fn without(hcl: &str, gone: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in hcl.lines() {
        let list = line.trim().strip_prefix("depends_on = [").and_then(|list| list.strip_suffix(']'));
        let Some(list) = list else {
            lines.push(line.to_owned());
            continue;
        };
        let kept: Vec<&str> = list.split(", ").filter(|item| !gone.iter().any(|gone| gone == item)).collect();
        if !kept.is_empty() {
            let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
            lines.push(format!("{indent}depends_on = [{}]", kept.join(", ")));
        } else if lines.last().is_some_and(|last| last.trim().is_empty()) {
            // The blank line that set it apart.
            lines.pop();
        }
    }
    lines.join("\n") + "\n"
}
