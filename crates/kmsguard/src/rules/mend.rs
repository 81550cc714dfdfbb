//! The commands that mend an authorization: on each surface.

use super::finding::Command;
use crate::policy::{Authorization, forms, shell};

/// Where policies are sent.
const POLICIES: &str = "https://iam.cloud.ibm.com/v1/policies";

/// The header that says who asks, with the token in a variable of the shell.
const WHO: &str = r#"-H "Authorization: Bearer $TOKEN""#;

/// The commands that make a policy. Empty where no form can carry it.
pub(super) fn make(policy: &Authorization, what: &str) -> Vec<Command> {
    let forms = forms(policy);
    let body = forms.v1.as_ref().and_then(|body| serde_json::to_string(body).ok());
    let request = body
        .map(|body| format!("curl -X POST {POLICIES} {WHO} -H 'Content-Type: application/json' -d {}", shell(&body)));
    let cli = forms.cli.map(|command| Command::cli(what, command));
    let rest = request.map(|request| Command::rest(what, request));
    let terraform = forms.terraform.map(|resource| Command::terraform(what, resource));
    cli.into_iter().chain(rest).chain(terraform).collect()
}
