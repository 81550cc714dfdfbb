//! What a plan is to change.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::references::Configuration;
use super::value::{crn_of, has_true, keys, marks};
use super::{ChangeRecord, KEY_TYPES};
use crate::ingest::document::{Text, members};
use crate::ingest::records::Record;
use crate::ingest::records::nested::Nest;
use crate::policy::Authorization;

#[derive(Deserialize)]
struct ResourceChange<'a> {
    #[serde(borrow)]
    address: Text<'a>,
    #[serde(borrow)]
    mode: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    change: Change<'a>,
}

#[derive(Deserialize)]
struct Change<'a> {
    actions: Vec<String>,
    #[serde(borrow)]
    before: Option<&'a RawValue>,
    #[serde(borrow)]
    after: Option<&'a RawValue>,
    #[serde(borrow)]
    after_unknown: Option<&'a RawValue>,
    #[serde(borrow)]
    after_sensitive: Option<&'a RawValue>,
    /// Paths into the values: of each, the first step is an argument.
    #[serde(default)]
    replace_paths: Option<Vec<Vec<serde_json::Value>>>,
}

/// The attributes that name keys, or parts of keys, in the resources of the provider.
const KEY_ATTRIBUTES: [&str; 19] = [
    "backup_encryption_key_crn",
    "boot_volume",
    "crk",
    "disk_encryption_key_crn",
    "encryption",
    "encryption_key",
    "key_protect",
    "key_protect_key",
    "kms_config",
    "kms_instance_crn",
    "kms_key",
    "kms_key_crn",
    "metadata",
    "parameters",
    "parameters_json",
    "resource_attributes",
    "root_key_crn",
    "root_key_id",
    "target_resource_instance_id",
];

/// Hands on one change, if it is one of a resource of IBM Cloud.
pub(super) fn deliver(
    pointer: &str,
    whole: &RawValue,
    policy: Option<Authorization>,
    configuration: &Configuration<'_>,
    nest: &mut Nest<'_>,
) {
    let read = match serde_json::from_str::<ResourceChange<'_>>(whole.get()) {
        Ok(read) => read,
        Err(error) => return nest.lost(pointer, whole, &error),
    };
    let change = &read.change;
    let managed = read.mode.as_ref().is_none_or(|mode| mode.as_str() == "managed");
    let changes = change.actions.iter().any(|action| !matches!(action.as_str(), "no-op" | "read"));
    let kind = read.kind.as_str();
    if !managed || !changes || !kind.starts_with("ibm_") {
        return nest.pass();
    }
    let address = read.address.as_str();
    let is_key = KEY_TYPES.contains(&kind);
    let named = change.after.filter(|_| !is_key).map(keys).unwrap_or_default();
    let shown = named.into_iter().filter(|key| !marks(change.after_sensitive, &key.pointer));
    let mut keys: Vec<String> = shown.map(|key| key.crn).collect();
    keys.sort();
    keys.dedup();
    let unknown = change.after_unknown.and_then(members).unwrap_or_default();
    let (mut key_references, mut key_unknown) = (Vec::new(), false);
    for (attribute, value) in unknown.0.iter().filter(|_| !is_key) {
        if !has_true(value) {
            continue;
        }
        let (found, others) = configuration.keys(address, attribute);
        // What is computed by the provider and refers to nothing was not configured.
        key_unknown |= found.is_empty() && others && KEY_ATTRIBUTES.contains(&attribute.as_ref());
        key_references.extend(found);
    }
    key_references.sort();
    key_references.dedup();
    let before = change.before.and_then(members).unwrap_or_default();
    let after = change.after.and_then(members).unwrap_or_default();
    let force = |values: &crate::ingest::document::Members<'_>| values.read::<bool>("force_delete").filter(|_| is_key);
    let force_unknown = is_key && unknown.0.iter().any(|(name, value)| name == "force_delete" && has_true(value));
    let record = ChangeRecord {
        address: address.to_owned(),
        kind: kind.to_owned(),
        actions: change.actions.clone(),
        crn: crn_of(&before).or_else(|| crn_of(&after)),
        keys,
        key_references,
        key_unknown,
        force_delete: force(&after).or_else(|| force(&before)).filter(|_| !force_unknown),
        force_delete_unknown: force_unknown,
        policy,
        replaced_by: change
            .replace_paths
            .iter()
            .flatten()
            .filter_map(|path| path.first()?.as_str().map(str::to_owned))
            .collect(),
    };
    nest.put(pointer, whole, &Record::Change(record));
}
