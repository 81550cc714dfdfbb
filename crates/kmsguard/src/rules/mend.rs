//! The commands that mend an authorization: made, changed, taken away, on each surface.

use super::finding::Command;
use crate::policy::{Authorization, forms, shell};

/// Where policies are sent.
const POLICIES: &str = "https://iam.cloud.ibm.com/v1/policies";

/// The header that says who asks, with the token in a variable of the shell.
const WHO: &str = r#"-H "Authorization: Bearer $TOKEN""#;

/// What follows on a new authorization, on every surface.
pub(super) const WAIT: &str = "wait some 30 seconds until it takes effect";

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

/// The commands that put another policy in the place of one that stands. The command line cannot change a policy: there the new one
/// is made first and the old one taken away when the new one works.
pub(super) fn change(old: &Authorization, new: &Authorization, what: &str) -> Vec<Command> {
    let Some(id) = &old.id else { return make(new, what) };
    let forms = forms(new);
    let body = forms.v1.as_ref().and_then(|body| serde_json::to_string(body).ok());
    let rest = body.map(|body| {
        let place = shell(&format!("{POLICIES}/{id}"));
        let tag = "$(curl -sS -o /dev/null -D - {place} {who} | tr -d '\\r' | sed -n 's/^[Ee][Tt][Aa][Gg]: //p')"
            .replace("{place}", &place)
            .replace("{who}", WHO);
        let request = format!(
            "curl -X PUT {place} {WHO} -H \"If-Match: {tag}\" -H 'Content-Type: application/json' -d {}",
            shell(&body)
        );
        Command::rest(format!("{what}, in the place of the one that stands"), request)
    });
    let made = forms.cli.map(|command| [Command::cli(format!("{what}; {WAIT}"), command), taken_away(id)]);
    let terraform =
        forms.terraform.map(|resource| Command::terraform(format!("{what}, in the place of the old"), resource));
    made.into_iter().flatten().chain(rest).chain(terraform).collect()
}

/// The commands that take a policy away.
pub(super) fn delete(old: &Authorization, what: &str) -> Vec<Command> {
    let Some(id) = &old.id else { return Vec::new() };
    let request = format!("curl -X DELETE {} {WHO}", shell(&format!("{POLICIES}/{id}")));
    vec![Command::cli(what, deletion(id)), Command::rest(what, request)]
}

fn taken_away(id: &str) -> Command {
    Command::cli("takes the old authorization away, once the new one works", deletion(id))
}

fn deletion(id: &str) -> String {
    format!("ibmcloud iam authorization-policy-delete {}", shell(id))
}
