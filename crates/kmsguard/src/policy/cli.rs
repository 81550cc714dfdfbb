//! The command that makes a policy.
//!
//! Source: IBM Cloud CLI docs, *Managing IAM access, API keys, and more*, `authorization-policy-create`, as of 2026-07-23.

use super::cli_flags::{SOURCE, TARGET};
use super::model::{Authorization, Side};
use super::obstacle::Obstacle;
use super::role::Role;
use super::v1::V1Policy;
use super::v2::one_of_each;

/// The command: with flags where they can say it all, else with a file of the body. Key rings, patterns and other
/// attributes have no flag.
pub(super) fn write(policy: &Authorization, body: &V1Policy) -> Result<String, Obstacle> {
    if let Some(command) = with_flags(policy) {
        return Ok(command);
    }
    // A struct of texts and lists: writing it to memory cannot fail.
    let body = serde_json::to_string(body).map_err(|_| Obstacle::NotReadWhole)?;
    Ok(format!(
        "printf '%s' {} > authorization.json && ibmcloud iam authorization-policy-create --file authorization.json",
        shell(&body)
    ))
}

fn with_flags(policy: &Authorization) -> Option<String> {
    let (subject, resource) = one_of_each(policy).ok()?;
    let roles = policy.roles.iter().map(Role::command_name).collect::<Option<Vec<_>>>()?;
    // The command looks a name up among the roles of the two services: only of some names it is certain what it finds.
    let certain = |(name, role): (&&str, &Role)| Role::named(name).text == role.text && !name.contains(',');
    if !roles.iter().zip(&policy.roles).all(certain) || policy.description.is_some() {
        return None;
    }
    let mut flags = Vec::new();
    let source_account = subject.exact("accountId")?;
    let target_account = resource.exact("accountId")?;
    if source_account != target_account {
        flags.push(("--source-service-account", source_account));
    }
    side_flags(subject, SOURCE, &mut flags)?;
    side_flags(resource, TARGET, &mut flags)?;
    let names = [subject.exact("serviceName")?, resource.exact("serviceName")?];
    // A word that begins with a dash would be read as a flag, and an empty one as if nothing stood there.
    let unfit = |value: &&str| value.is_empty() || value.starts_with('-');
    if names.iter().chain([&source_account, &target_account]).chain(flags.iter().map(|(_, value)| value)).any(unfit) {
        return None;
    }
    let [source, target] = names;
    let mut command = format!(
        "ibmcloud iam authorization-policy-create {} {} {}",
        shell(source),
        shell(target),
        shell(&roles.join(","))
    );
    for (flag, value) in flags {
        command.push(' ');
        command.push_str(flag);
        command.push(' ');
        command.push_str(&shell(value));
    }
    Some(command)
}

/// The flags of a side, in a fixed order; none if the side says something for which there is no flag.
fn side_flags<'a>(
    side: &'a Side,
    table: [(&str, &'static str); 4],
    flags: &mut Vec<(&'static str, &'a str)>,
) -> Option<()> {
    let has_flag = |name: &str| matches!(name, "accountId" | "serviceName") || table.iter().any(|row| row.0 == name);
    if side.attributes.iter().any(|attribute| !has_flag(&attribute.name)) {
        return None;
    }
    // The command takes an instance or a resource group, not both.
    if side.has("serviceInstance") && side.has("resourceGroupId") {
        return None;
    }
    for (name, flag) in table {
        if side.has(name) {
            flags.push((flag, side.exact(name).filter(|value| !value.is_empty())?));
        }
    }
    Some(())
}

/// A text as one word of a POSIX shell.
pub(crate) fn shell(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,@%+=".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
