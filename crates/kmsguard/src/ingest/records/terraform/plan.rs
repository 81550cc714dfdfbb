//! What a plan is to change.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::references::Configuration;
use super::state::names_by_id;
use super::value::{crn_of, has_true, marks};
use super::{ChangeRecord, KEY_TYPES};
use crate::ingest::document::{Members, Text, members};
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
    before_sensitive: Option<&'a RawValue>,
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

/// The types of resources on whose order something depends that is not made yet.
const ORDERED: [&str; 2] = ["ibm_iam_authorization_policy", "time_sleep"];

/// Hands on one change, if it is one of a resource of IBM Cloud, or of the time that one waits for another.
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
    let managed = read.mode.as_ref().is_none_or(|mode| mode.as_str() == "managed");
    let kind = read.kind.as_str();
    if managed && (kind.starts_with("ibm_") || kind == "time_sleep") {
        nest.put(pointer, whole, &Record::Change(Box::new(record(&read, policy, configuration))));
    } else {
        nest.pass();
    }
}

fn record(read: &ResourceChange<'_>, policy: Option<Authorization>, configuration: &Configuration<'_>) -> ChangeRecord {
    let change = &read.change;
    let (kind, address) = (read.kind.as_str(), read.address.as_str());
    let is_idle = change.actions.iter().all(|action| matches!(action.as_str(), "no-op" | "read"));
    let is_made = change.actions.iter().any(|action| action == "create");
    let is_key = KEY_TYPES.contains(&kind);
    let before = change.before.and_then(members).unwrap_or_default();
    let after = change.after.and_then(members).unwrap_or_default();
    let unknown = change.after_unknown.and_then(members).unwrap_or_default();
    let is_unknown = |name: &str| unknown.get(name).is_some_and(has_true);
    let (key_references, key_unknown) =
        if is_key { (Vec::new(), false) } else { references(configuration, address, &unknown) };
    let keys = named(change.after.filter(|_| !is_key), change.after_sensitive);
    let held = named(change.before.filter(|_| !is_key), change.before_sensitive);
    let holds_key =
        !is_key && (change.before.is_some_and(|raw| !super::value::keys(raw).is_empty()) || names_by_id(&before));
    let text = |values: &Members<'_>, name: &str| values.read::<String>(name);
    let force = |values: &Members<'_>| values.read::<bool>("force_delete").filter(|_| is_key);
    let force_unknown = is_key && is_unknown("force_delete");
    let rings = (text(&before, "key_ring_id"), text(&after, "key_ring_id"));
    let moves = is_unknown("key_ring_id") || matches!(&rings, (Some(old), Some(new)) if old != new);
    let is_policy = kind == "ibm_iam_authorization_policy";
    let waits = is_made && (kind == "time_sleep" || !keys.is_empty() || !key_references.is_empty() || key_unknown);
    let order = waits.then(|| configuration.order(address));
    let is_ordered = |one: &String| ORDERED.iter().any(|kind| one.rsplit('.').nth(1) == Some(kind));
    ChangeRecord {
        address: address.to_owned(),
        kind: kind.to_owned(),
        actions: change.actions.clone(),
        crn: crn_of(&before).or_else(|| crn_of(&after)),
        keys,
        key_references,
        key_unknown,
        force_delete: force(&after).or_else(|| force(&before)).filter(|_| !force_unknown),
        force_delete_unknown: force_unknown,
        policy: policy.filter(|_| !is_idle),
        replaced_by: change
            .replace_paths
            .iter()
            .flatten()
            .filter_map(|path| path.first()?.as_str().map(str::to_owned))
            .collect(),
        held,
        holds_key,
        forced: force(&before),
        changes_ring: is_key && change.before.is_some() && change.after.is_some() && moves,
        key_ring: rings.0.filter(|_| kind.starts_with("ibm_kms_") || is_key),
        policy_id: match kind {
            "ibm_iam_authorization_policy" => text(&before, "id"),
            "ibm_iam_authorization_policy_detach" => text(&after, "authorization_policy_id"),
            _ => None,
        },
        loses_role: is_policy && change.before.is_some() && change.after.is_some() && {
            let roles = |values: &Members<'_>| values.read::<Vec<String>>("roles").unwrap_or_default();
            let given = roles(&after);
            is_unknown("roles") || roles(&before).iter().any(|role| !given.contains(role))
        },
        service: text(&after, "service").or_else(|| text(&before, "service")),
        seconds: (kind == "time_sleep")
            .then(|| text(&after, "create_duration").and_then(|text| seconds(&text)))
            .flatten(),
        order_unknown: order.as_ref().is_some_and(|order| order.is_cut),
        comes_after: order.into_iter().flat_map(|order| order.before).filter(is_ordered).collect(),
    }
}

/// The keys that a resource is to refer to and that are known only when the plan is applied, and whether it names one of which nothing is known.
fn references(configuration: &Configuration<'_>, address: &str, unknown: &Members<'_>) -> (Vec<String>, bool) {
    let (mut key_references, mut key_unknown) = (Vec::new(), false);
    for (attribute, value) in &unknown.0 {
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
    (key_references, key_unknown)
}

/// The keys that values name by their CRNs, those left out that are marked as sensitive.
fn named(values: Option<&RawValue>, sensitive: Option<&RawValue>) -> Vec<String> {
    let named = values.map(super::value::keys).unwrap_or_default();
    let shown = named.into_iter().filter(|key| !marks(sensitive, &key.pointer));
    let mut keys: Vec<String> = shown.map(|key| key.crn).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A length of time as Terraform's provider `time` reads it: `30s`, `1m30s`, `2h`; whole seconds.
fn seconds(text: &str) -> Option<u32> {
    let (mut total, mut number) = (0_u32, None::<u32>);
    for letter in text.chars() {
        let unit = match letter {
            '0'..='9' => {
                number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(letter.to_digit(10)?)?);
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    number.is_none().then_some(total).filter(|_| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_in_whole_seconds() {
        let read = ["30s", "1m30s", "2h", "0s", "", "30", "1.5s", "500ms", "99999999999s"].map(seconds);
        assert_eq!(read, [Some(30), Some(90), Some(7_200), Some(0), None, None, None, None, None]);
    }
}
