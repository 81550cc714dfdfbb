//! All policies of a document: one alone, a list, an answer of the API, templates with their versions.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::{PolicyFault, PolicyFaultKind as Kind};
use super::model::{Authorization, Version};
use super::obstacle::Form;
use super::read::read;
use super::{cli_read, terraform_read, terraform_show};

/// A policy in a document, or what is wrong with the record that should be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the record stands: a JSON pointer into the document; in a text of another form its number, where there are several.
    pub pointer: String,
    /// Where it stands in a text that is no JSON: offsets `[start, end)` in bytes.
    pub span: Option<[usize; 2]>,
    /// The form in which it is written; the older lists count as version 1.
    pub form: Form,
    /// The policy.
    pub policy: Result<Authorization, PolicyFault>,
}

/// The members under which answers of the API hold their rows.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Rows<'a> {
    #[serde(borrow)]
    policies: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    policy_templates: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    versions: Option<Vec<&'a RawValue>>,
}

/// Reads every policy of a text in whichever form: JSON of the policy API, what `terraform show -json` prints, Terraform's
/// language, commands of `ibmcloud`.
///
/// `account` is the one in which commands are run and Terraform is applied, where that is known: both leave it out.
///
/// # Errors
///
/// [`PolicyFault`], when there is no policy in the text, or the text cannot be read. What is wrong with one policy stands in its
/// place.
///
/// ```
/// use kmsguard::policy::{Form, read_document};
///
/// let found = read_document("ibmcloud iam authorization-policy-create messagehub kms Reader", Some("1"))?;
/// assert_eq!(found[0].form, Form::Cli);
/// assert_eq!(found[0].policy.as_ref().map(|policy| policy.target_service()), Ok(Some("kms")));
/// # Ok::<(), kmsguard::policy::PolicyFault>(())
/// ```
pub fn read_document(text: &str, account: Option<&str>) -> Result<Vec<Found>, PolicyFault> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let begins = |first: &str| start.starts_with(first);
    // A test of a shell begins with a bracket too, but no JSON has the name of the command in it.
    if begins("{") || (begins("[") && !start.contains(cli_read::COMMAND)) {
        return read_json(text, account);
    }
    let found = if start.contains("\"ibm_iam_authorization_policy\"") {
        terraform_read::read(text, account)?
    } else if start.contains(cli_read::COMMAND) {
        cli_read::read(text, account)?
    } else {
        Vec::new()
    };
    if found.is_empty() {
        return Err(PolicyFault::at(Kind::NoForm, [0, text.len()]));
    }
    let several = found.len() > 1;
    let numbered =
        |(index, found)| Found { pointer: if several { format!("/{index}") } else { String::new() }, ..found };
    Ok(found.into_iter().enumerate().map(numbered).collect())
}

/// Values of JSON after one another are read one by one.
fn read_json(text: &str, account: Option<&str>) -> Result<Vec<Found>, PolicyFault> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let values = values.collect::<Result<Vec<_>, _>>().map_err(|_| PolicyFault::new(Kind::NotRead, ""))?;
    if values.is_empty() {
        return Err(PolicyFault::new(Kind::NotRead, ""));
    }
    let mut found = Vec::new();
    let several = values.len() > 1;
    for (index, value) in values.into_iter().enumerate() {
        let pointer = if several { format!("/{index}") } else { String::new() };
        if !terraform_show::read(value, &pointer, account, &mut found)? {
            rows(value, &pointer, &mut found);
        }
    }
    Ok(found)
}

fn rows(value: &RawValue, pointer: &str, found: &mut Vec<Found>) {
    let mut put = |list: Vec<&RawValue>, member: &str| {
        for (index, row) in list.into_iter().enumerate() {
            found.push(Found::of(row, format!("{pointer}{member}/{index}")));
        }
    };
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        return put(list, "");
    }
    // An answer with one of its members twice is no answer of the API, and is reported as no policy.
    let Rows { policies, policy_templates, versions } = serde_json::from_str(value.get()).unwrap_or_default();
    let lists = [("/policies", policies), ("/policy_templates", policy_templates), ("/versions", versions)];
    let mut any = false;
    for (member, list) in lists {
        if let Some(list) = list {
            any = true;
            put(list, member);
        }
    }
    if !any {
        found.push(Found::of(value, pointer.to_owned()));
    }
}

impl Found {
    fn of(record: &RawValue, pointer: String) -> Self {
        let policy = read(record);
        let form = match policy.as_ref().map(|policy| policy.version) {
            Ok(Version::V2) => Form::V2,
            _ => Form::V1,
        };
        Self { pointer, span: None, form, policy }
    }
}
