//! All policies of a document: one alone, a list, an answer of the API, templates with their versions.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::{PolicyFault, PolicyFaultKind as Kind};
use super::model::Authorization;
use super::read;

/// A policy in a document, or what is wrong with the record that should be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the record stands: a JSON pointer into the document.
    pub pointer: String,
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

/// Reads every policy of a document of JSON: values after one another are read one by one.
///
/// # Errors
///
/// [`PolicyFault`], when the text is no JSON. What is wrong with one policy stands in its place.
pub fn read_json(text: &str) -> Result<Vec<Found>, PolicyFault> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let values = values.collect::<Result<Vec<_>, _>>().map_err(|_| PolicyFault::new(Kind::NotRead, ""))?;
    if values.is_empty() {
        return Err(PolicyFault::new(Kind::NotRead, ""));
    }
    let mut found = Vec::new();
    let several = values.len() > 1;
    for (index, value) in values.into_iter().enumerate() {
        rows(value, &if several { format!("/{index}") } else { String::new() }, &mut found);
    }
    Ok(found)
}

fn rows(value: &RawValue, pointer: &str, found: &mut Vec<Found>) {
    let mut put = |list: Vec<&RawValue>, member: &str| {
        for (index, row) in list.into_iter().enumerate() {
            found.push(Found { pointer: format!("{pointer}{member}/{index}"), policy: read(row) });
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
        found.push(Found { pointer: pointer.to_owned(), policy: read(value) });
    }
}
