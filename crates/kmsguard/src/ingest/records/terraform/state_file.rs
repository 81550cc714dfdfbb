//! State files as Terraform keeps them, `terraform.tfstate`: the instances of each resource, with their attributes.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::state::Held;
use super::value::NamedKey;
use crate::ingest::document::{Members, Text, members};
use crate::ingest::records::nested::Nest;

/// The version of state files since Terraform 0.12. Others are laid out differently, and are read by no Terraform of today.
const VERSION: u64 = 4;

/// Whether a document is a state file.
pub(super) fn is_one(document: &Members<'_>) -> bool {
    let has = |name: &str| document.has(name);
    document.read::<u64>("version") == Some(VERSION) && has("terraform_version") && has("serial") && has("resources")
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    module: Option<Text<'a>>,
    #[serde(borrow)]
    mode: Text<'a>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    instances: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Instance<'a> {
    #[serde(borrow)]
    index_key: Option<&'a RawValue>,
    #[serde(borrow)]
    attributes: Option<&'a RawValue>,
    #[serde(borrow)]
    sensitive_attributes: Option<Vec<&'a RawValue>>,
}

/// Hands on one resource with all of its instances. One that is deposed still exists, and may still use its key.
pub(super) fn deliver(pointer: &str, whole: &RawValue, nest: &mut Nest<'_>) {
    let resource = match serde_json::from_str::<Resource<'_>>(whole.get()) {
        Ok(resource) => resource,
        Err(error) => return nest.lost(pointer, whole, &error),
    };
    let module = resource.module.as_ref().map_or(String::new(), |module| format!("{}.", module.as_str()));
    let plain = format!("{module}{}.{}", resource.kind.as_str(), resource.name.as_str());
    for (row, raw) in resource.instances.iter().enumerate() {
        let pointer = format!("{pointer}/instances/{row}");
        let instance = match serde_json::from_str::<Instance<'_>>(raw.get()) {
            Ok(instance) => instance,
            Err(error) => {
                nest.lost(&pointer, raw, &error);
                continue;
            }
        };
        let index = instance.index_key.filter(|index| index.get() != "null");
        let address = index.map_or_else(|| plain.clone(), |index| format!("{plain}[{}]", index.get()));
        let sensitive = instance.sensitive_attributes.unwrap_or_default();
        let held = Held {
            pointer: &pointer,
            whole: raw,
            address: &address,
            managed: resource.mode.as_str() == "managed",
            kind: resource.kind.as_str(),
            values: instance.attributes,
            member: "attributes",
            is_sensitive: &|key| sensitive.iter().any(|path| covers(path, key)),
        };
        held.deliver(nest);
    }
}

/// Whether a path of attributes leads to a value, or above it. A step that is no attribute is not looked at closer: all below what
/// comes before it counts.
fn covers(path: &RawValue, key: &NamedKey<'_>) -> bool {
    let Ok(steps) = serde_json::from_str::<Vec<&RawValue>>(path.get()) else { return true };
    let mut left = key.pointer.split('/').skip(1);
    for step in steps {
        let step = members(step).unwrap_or_default();
        if step.read::<String>("type").as_deref() != Some("get_attr") {
            return true;
        }
        let name = step.read::<String>("value").unwrap_or_default().replace('~', "~0").replace('/', "~1");
        if left.next() != Some(name.as_str()) {
            return false;
        }
    }
    true
}
