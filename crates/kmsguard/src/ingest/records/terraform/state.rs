//! The resources of a state.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::value::{NamedKey, crn_of, document, keys, marks};
use super::{KEY_TYPES, StateKeyRecord, StateUseRecord};
use crate::crn::{Kind, parse};
use crate::ingest::document::{Members, Text, members};
use crate::ingest::records::key::RotationRecord;
use crate::ingest::records::nested::Nest;
use crate::ingest::records::{InstanceRecord, Record};

#[derive(Deserialize)]
struct Values<'a> {
    #[serde(borrow)]
    root_module: Option<Module<'a>>,
}

#[derive(Deserialize)]
struct Module<'a> {
    #[serde(borrow)]
    resources: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    child_modules: Option<Vec<Module<'a>>>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    address: Text<'a>,
    #[serde(borrow)]
    mode: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    values: Option<&'a RawValue>,
    #[serde(borrow)]
    sensitive_values: Option<&'a RawValue>,
}

/// Hands on the resources of a state.
pub(super) fn deliver(pointer: &str, values: &RawValue, nest: &mut Nest<'_>) {
    match serde_json::from_str::<Values<'_>>(values.get()) {
        Ok(values) => {
            if let Some(module) = values.root_module {
                of_module(&format!("{pointer}/root_module"), module, nest);
            }
        }
        Err(error) => nest.lost(pointer, values, &error),
    }
}

fn of_module(pointer: &str, module: Module<'_>, nest: &mut Nest<'_>) {
    for (row, resource) in module.resources.into_iter().flatten().enumerate() {
        let pointer = format!("{pointer}/resources/{row}");
        match serde_json::from_str::<Resource<'_>>(resource.get()) {
            Ok(read) => of_resource(&pointer, resource, &read, nest),
            Err(error) => nest.lost(&pointer, resource, &error),
        }
    }
    for (row, child) in module.child_modules.into_iter().flatten().enumerate() {
        of_module(&format!("{pointer}/child_modules/{row}"), child, nest);
    }
}

fn of_resource(pointer: &str, whole: &RawValue, resource: &Resource<'_>, nest: &mut Nest<'_>) {
    let held = Held {
        pointer,
        whole,
        address: resource.address.as_str(),
        managed: resource.mode.as_ref().is_none_or(|mode| mode.as_str() == "managed"),
        kind: resource.kind.as_str(),
        values: resource.values,
        member: "values",
        is_sensitive: &|key| marks(resource.sensitive_values, &key.pointer),
    };
    held.deliver(nest);
}

/// A resource that a state holds, however the state is written.
pub(super) struct Held<'a> {
    /// Where it stands.
    pub(super) pointer: &'a str,
    pub(super) whole: &'a RawValue,
    pub(super) address: &'a str,
    /// Whether Terraform manages it, rather than only looks at it.
    pub(super) managed: bool,
    pub(super) kind: &'a str,
    pub(super) values: Option<&'a RawValue>,
    /// The member that holds its values.
    pub(super) member: &'static str,
    /// Whether the value that names a key is marked as sensitive.
    pub(super) is_sensitive: &'a dyn Fn(&NamedKey<'_>) -> bool,
}

impl Held<'_> {
    /// Hands on what the resource says of keys.
    pub(super) fn deliver(&self, nest: &mut Nest<'_>) {
        let Self { pointer, whole, kind, member, .. } = *self;
        let Some((raw, values)) = self.values.and_then(|raw| Some((raw, members(raw)?))) else { return };
        // Data sources look at what others manage, and authorizations of a state are not the list that IAM gives.
        if !self.managed || !kind.starts_with("ibm_") || kind.starts_with("ibm_iam_") {
            return nest.pass();
        }
        if KEY_TYPES.contains(&kind) {
            return of_key(pointer, member, whole, &values, nest);
        }
        if kind.starts_with("ibm_kms_") {
            return nest.pass();
        }
        let crn = crn_of(&values);
        if let Some(crn) = crn.as_deref().filter(|crn| is_instance(crn)) {
            of_instance(pointer, whole, crn, &values, nest);
        } else {
            nest.pass();
        }
        let user = crn.unwrap_or_else(|| self.address.to_owned());
        for key in keys(raw) {
            let sensitive = (self.is_sensitive)(&key);
            let record = StateUseRecord {
                key: key.crn,
                kms_instance: None,
                resource: user.clone(),
                prevent_key_deletion: None,
                sensitive,
            };
            // What is sensitive, or stands in a document of which other parts may be, is not shown: the resource is.
            if key.alone && !sensitive {
                nest.put(&format!("{pointer}/{member}{}", key.pointer), key.text, &Record::StateUse(record));
            } else {
                nest.put(pointer, whole, &Record::StateUse(record));
            }
        }
        for (kms_instance, key) in keys_by_id(&values) {
            let record = StateUseRecord {
                key,
                kms_instance: Some(kms_instance),
                resource: user.clone(),
                prevent_key_deletion: None,
                sensitive: false,
            };
            nest.put(pointer, whole, &Record::StateUse(record));
        }
    }
}

fn is_instance(crn: &str) -> bool {
    parse(crn).is_ok_and(|crn| {
        !crn.service_instance.is_empty() && crn.resource_type.is_empty() && crn.service_name != "containers-kubernetes"
    })
}

fn of_instance(pointer: &str, whole: &RawValue, crn: &str, values: &Members<'_>, nest: &mut Nest<'_>) {
    let parameters: Option<String> = values.read("parameters_json");
    let parameters = parameters.as_deref().and_then(document);
    let record = InstanceRecord {
        crn: Some(Text(crn.into())),
        name: values.read("name"),
        resource_plan_id: values.read("plan"),
        resource_group_id: values.read("resource_group_id"),
        // What the state says was so when Terraform last looked.
        state: None,
        updated_at: None,
        deleted_at: None,
        scheduled_reclaim_at: None,
        parameters: parameters.or_else(|| values.get("parameters").filter(|value| value.get() != "null")),
        extensions: None,
    };
    nest.put(pointer, whole, &Record::StateInstance(record));
}

/// Keys that clusters and worker pools name by a KMS instance and an id: `kms_config {instance_id, crk_id}`, `kms_instance_id` and `crk`.
fn keys_by_id(values: &Members<'_>) -> Vec<(String, String)> {
    let pair = |object: &Members<'_>, instance: &str, key: &str| -> Option<(String, String)> {
        let text = |name: &str| object.read::<String>(name).filter(|text| !text.is_empty());
        Some((text(instance)?, text(key)?))
    };
    let blocks = values.read::<Vec<Members<'_>>>("kms_config").unwrap_or_default();
    let of_blocks = blocks.iter().filter_map(|block| pair(block, "instance_id", "crk_id"));
    of_blocks.chain(pair(values, "kms_instance_id", "crk")).collect()
}

/// Whether values name a key by its id.
pub(super) fn names_by_id(values: &Members<'_>) -> bool {
    !keys_by_id(values).is_empty()
}

#[derive(Deserialize)]
struct Registration {
    resource_crn: Option<String>,
    prevent_key_deletion: Option<bool>,
}

fn of_key(pointer: &str, member: &str, whole: &RawValue, values: &Members<'_>, nest: &mut Nest<'_>) {
    let crn = crn_of(values).filter(|crn| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsKey));
    let Some(crn) = crn else { return nest.pass() };
    // Blocks are lists of one, and a policy is one block inside another in older versions of the provider.
    let block = |name: &str| values.read::<Vec<Members<'_>>>(name).and_then(|list| list.into_iter().next());
    let rotation = block("rotation").map(|rotation| RotationRecord {
        enabled: rotation.read("enabled"),
        interval_month: rotation.read("interval_month"),
    });
    let record = StateKeyRecord {
        crn: crn.clone(),
        name: values.read("key_name"),
        key_ring: values.read("key_ring_id"),
        extractable: values.read("standard_key"),
        rotation,
        dual_authorization: block("dual_auth_delete").and_then(|dual| dual.read("enabled")),
    };
    nest.put(pointer, whole, &Record::StateKey(record));
    let registrations: Vec<&RawValue> = values.read("registrations").unwrap_or_default();
    for (row, raw) in registrations.into_iter().enumerate() {
        let pointer = format!("{pointer}/{member}/registrations/{row}");
        match serde_json::from_str::<Registration>(raw.get()) {
            Ok(Registration { resource_crn: Some(resource), prevent_key_deletion }) => {
                let record = StateUseRecord {
                    key: crn.clone(),
                    kms_instance: None,
                    resource,
                    prevent_key_deletion,
                    sensitive: false,
                };
                nest.put(&pointer, raw, &Record::StateUse(record));
            }
            Ok(_) => {}
            Err(error) => nest.lost(&pointer, raw, &error),
        }
    }
}
