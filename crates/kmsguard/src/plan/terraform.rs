//! The parts of HCL that all plans share.

use crate::catalog::services::WAIT_SECONDS;

use super::quote::hcl_text;
use super::read::Group;

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
