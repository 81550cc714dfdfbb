//! Plans and states of Terraform, as `terraform show -json` prints them, and state files as Terraform keeps them.
//!
//! Sources: HashiCorp, *JSON Output Format*, format 1.2, as of 2025-03; hashicorp/terraform, `internal/states/statefile/version4.go`, as
//! of 2025-03, for state files; IBM-Cloud/terraform-provider-ibm, as of 2026-08-05. A state says
//! what Terraform saw when it last looked; a plan holds that state and what is to change. What is not known before a plan is applied is
//! absent from `after` and `true` in `after_unknown`: it is unknown, not absent. Values marked as sensitive are never shown.

mod plan;
mod references;
mod state;
mod state_file;
mod value;

pub(crate) use references::without_indexes;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::key::RotationRecord;
use super::nested::Nest;
use crate::ingest::document::Members;
use crate::ingest::kind::ExportKind;
use crate::order::Gather as _;
use crate::policy::{Authorization, read_document};

/// A key of a state.
#[derive(Debug)]
pub(crate) struct StateKeyRecord {
    pub(crate) crn: String,
    pub(crate) name: Option<String>,
    pub(crate) key_ring: Option<String>,
    /// `standard_key`.
    pub(crate) extractable: Option<bool>,
    pub(crate) rotation: Option<RotationRecord>,
    pub(crate) dual_authorization: Option<bool>,
}

/// A resource of a state that names a key, or a registration of a key that a state holds.
#[derive(Debug)]
pub(crate) struct StateUseRecord {
    /// The CRN of the key, or its id.
    pub(crate) key: String,
    /// The KMS instance, by CRN or GUID, where the key is named by its id.
    pub(crate) kms_instance: Option<String>,
    /// The CRN of the resource, or its address where it has none.
    pub(crate) resource: String,
    pub(crate) prevent_key_deletion: Option<bool>,
    /// Whether the value that names the key is marked as sensitive.
    pub(crate) sensitive: bool,
}

/// What a plan is to change.
#[derive(Debug)]
pub(crate) struct ChangeRecord {
    pub(crate) address: String,
    /// The type of the resource, such as `ibm_kms_key`.
    pub(crate) kind: String,
    /// `create`, `update`, `delete`, in the order in which they happen.
    pub(crate) actions: Vec<String>,
    /// The CRN of the resource, where it exists.
    pub(crate) crn: Option<String>,
    /// The CRNs of the keys it names afterwards, as far as they are known.
    pub(crate) keys: Vec<String>,
    /// The addresses of keys it refers to that are known only when the plan is applied.
    pub(crate) key_references: Vec<String>,
    /// Whether it names a key of which nothing is known before the plan is applied.
    pub(crate) key_unknown: bool,
    /// `force_delete` of a key.
    pub(crate) force_delete: Option<bool>,
    /// Whether `force_delete` of a key is known only when the plan is applied.
    pub(crate) force_delete_unknown: bool,
    /// The authorization that is made, changed or deleted, if it is one.
    pub(crate) policy: Option<Authorization>,
    /// The arguments because of which it is made anew.
    pub(crate) replaced_by: Vec<String>,
    /// The CRNs of the keys it names before.
    pub(crate) held: Vec<String>,
    /// Whether it names a key before, by a CRN or by its id.
    pub(crate) holds_key: bool,
    /// `force_delete` of a key as it is: what a deletion goes by.
    pub(crate) forced: Option<bool>,
    /// The key ring of a key, or the key ring itself, as it is.
    pub(crate) key_ring: Option<String>,
    /// Whether a key comes into another key ring, or that is known only when the plan is applied.
    pub(crate) changes_ring: bool,
    /// The id of the authorization that is there, or that is detached.
    pub(crate) policy_id: Option<String>,
    /// Whether an authorization that stays may lose a role.
    pub(crate) loses_role: bool,
    /// The service of what is made, where an argument names it.
    pub(crate) service: Option<String>,
    /// How long a `time_sleep` waits once it is made.
    pub(crate) seconds: Option<u32>,
    /// The addresses of the authorizations and the `time_sleep`s that come before what is made.
    pub(crate) comes_after: Vec<String>,
    /// Whether the configuration does not tell of all that comes before it.
    pub(crate) order_unknown: bool,
}

/// The types of resources that are keys.
pub(super) const KEY_TYPES: [&str; 3] = ["ibm_kms_key", "ibm_kms_key_with_policy_overrides", "ibm_kp_key"];

/// Whether a document is a plan or a state.
pub(super) fn kind_of(document: &Members<'_>) -> Option<ExportKind> {
    if !document.has("format_version") {
        state_file::is_one(document).then_some(ExportKind::TerraformState)
    } else if document.has("resource_changes") || document.has("planned_values") {
        Some(ExportKind::TerraformPlan)
    } else if document.has("values") || document.has("terraform_version") {
        Some(ExportKind::TerraformState)
    } else {
        None
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    values: Option<&'a RawValue>,
    #[serde(borrow)]
    prior_state: Option<Prior<'a>>,
    #[serde(borrow)]
    resource_changes: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    configuration: Option<&'a RawValue>,
    /// Whether planning failed: what it would have changed besides does not stand in the plan.
    errored: Option<bool>,
    /// Whether nothing is put off to another plan.
    complete: Option<bool>,
    /// Of a state file.
    #[serde(borrow)]
    resources: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Prior<'a> {
    #[serde(borrow)]
    values: Option<&'a RawValue>,
}

/// Hands on what a plan or a state says.
pub(super) fn deliver(document: &RawValue, nest: &mut Nest<'_>) {
    let read = match serde_json::from_str::<Document<'_>>(document.get()) {
        Ok(read) => read,
        Err(error) => return nest.lost("", document, &error),
    };
    if read.errored == Some(true) {
        nest.unfinished("planning failed, so the plan does not hold all that it would change");
    } else if read.complete == Some(false) {
        nest.unfinished("the plan puts changes off to another one, and does not hold them");
    }
    if let Some(values) = read.values {
        state::deliver("/values", values, nest);
    }
    if let Some(values) = read.prior_state.and_then(|prior| prior.values) {
        state::deliver("/prior_state/values", values, nest);
    }
    for (row, resource) in read.resources.into_iter().flatten().enumerate() {
        state_file::deliver(&format!("/resources/{row}"), resource, nest);
    }
    let references = references::Configuration::of(read.configuration);
    let mut policies = planned_policies(document, read.resource_changes.is_some());
    for (row, change) in read.resource_changes.into_iter().flatten().enumerate() {
        let pointer = format!("/resource_changes/{row}");
        plan::deliver(&pointer, change, policies.remove(&pointer), &references, nest);
    }
}

/// The authorizations that a plan makes, changes or deletes, by the pointers at which they stand.
fn planned_policies(document: &RawValue, is_plan: bool) -> BTreeMap<String, Authorization> {
    let found = if is_plan { read_document(document.get(), None).unwrap_or_default() } else { Vec::new() };
    found.into_iter().filter_map(|found| Some((found.pointer, found.policy.ok()?))).into_map()
}
