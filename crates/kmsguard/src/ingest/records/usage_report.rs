//! Reports of IBM's Key Usage Reporter: which resources of an account it found encrypted by which keys.
//!
//! Source: Key Protect docs, *Using the Key Usage Reporter (KUR) tool*, as of 2026-09-15. The tool "might not detect all possible usages of
//! keys, and the results should not be treated as authoritative": a report is no proof of a use, and what is not in it proves
//! nothing. It stops at 100 KMS instances.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::nested::Nest;
use super::{Record, page_sizes};
use crate::catalog::endpoints::{Kms, read as read_endpoint};
use crate::ingest::document::{Members, Text, members};
use crate::ingest::fault::FaultKind;
use crate::ingest::kind::ExportKind;
use crate::ingest::paging::{ListSeen, Page};

/// A key of a report.
#[derive(Debug)]
pub(crate) struct ReportedKeyRecord<'a> {
    /// The CRN of its KMS instance.
    pub(crate) kms_instance: &'a str,
    pub(crate) id: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    /// `crk` or `standard_key`.
    pub(crate) kind: Option<Text<'a>>,
    /// `active`, `suspended` and so on.
    pub(crate) state_name: Option<Text<'a>>,
    /// Whether its KMS instance is of Key Protect Dedicated, where the report tells.
    pub(crate) dedicated: Option<bool>,
    /// Whether the resources of the key are to move to another key, where the report tells.
    pub(crate) has_intent: Option<bool>,
    /// The CRN of the key that they are to move to.
    pub(crate) intent_target: Option<Text<'a>>,
}

/// A resource that a report names with a key.
#[derive(Debug)]
pub(crate) struct ReportedUseRecord<'a> {
    /// The CRN of the KMS instance of the key.
    pub(crate) kms_instance: &'a str,
    pub(crate) key_id: &'a str,
    /// Its CRN.
    pub(crate) resource: Text<'a>,
    /// Whether the registration that the report saw keeps the key from being deleted even by force.
    pub(crate) prevent_key_deletion: Option<bool>,
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    result: Found<'a>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    kms_instances: Vec<&'a RawValue>,
    #[serde(borrow)]
    crns: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    unknowns: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Instance<'a> {
    #[serde(borrow)]
    crn: Text<'a>,
    #[serde(borrow)]
    keys: Option<Vec<&'a RawValue>>,
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    public_endpoint: Option<&'a RawValue>,
    #[serde(borrow)]
    private_endpoint: Option<&'a RawValue>,
}

impl Instance<'_> {
    /// Whether it is of Key Protect Dedicated: by its type, or by the form of its endpoints.
    fn is_dedicated(&self) -> Option<bool> {
        let text = |value: Option<&RawValue>| serde_json::from_str::<String>(value?.get()).ok();
        match text(self.kind).as_deref() {
            Some("dedicated") => return Some(true),
            Some("multi-tenant") => return Some(false),
            _ => {}
        }
        let endpoint = text(self.public_endpoint).or_else(|| text(self.private_endpoint))?;
        let host = endpoint.strip_prefix("https://").unwrap_or(&endpoint);
        let host = host.split('/').next().unwrap_or(host);
        read_endpoint(host).map(|endpoint| endpoint.kms == Kms::Dedicated)
    }
}

#[derive(Deserialize)]
struct Key<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    state_name: Option<Text<'a>>,
    #[serde(borrow)]
    associations: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    service_usage: Option<&'a RawValue>,
    #[serde(borrow)]
    has_migration_intent: Option<&'a RawValue>,
    #[serde(borrow)]
    migration_intent_target_crk: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Association<'a> {
    #[serde(borrow)]
    resource_crn: Text<'a>,
    prevent_key_deletion: Option<bool>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    encrypted_resource: Text<'a>,
}

/// Hands on what a report says.
pub(super) fn deliver(report: &RawValue, nest: &mut Nest<'_>) {
    let found = match serde_json::from_str::<Report<'_>>(report.get()) {
        Ok(report) => report.result,
        Err(error) => return nest.lost("", report, &error),
    };
    let rows = u64::try_from(found.kms_instances.len()).unwrap_or(u64::MAX);
    let kind = ExportKind::KeyUsageReport;
    nest.report().lists.push(ListSeen::new(kind, rows, Page::default(), page_sizes(kind)));
    let unattributed = found.crns.map_or(0, |list| list.len()) + found.unknowns.map_or(0, |list| list.len());
    if unattributed > 0 {
        let number = u32::try_from(unattributed).unwrap_or(u32::MAX);
        nest.report().keyless = nest.report().keyless.saturating_add(number);
        nest.remark(format!(
            "the report names {unattributed} entries whose key it could not tell: they may use any key"
        ));
    }
    nest.remark(
        "a report of the Key Usage Reporter is no proof of a use, and what is not in it proves nothing".to_owned(),
    );
    for (row, instance) in found.kms_instances.iter().enumerate() {
        let pointer = format!("/result/kms_instances/{row}");
        match serde_json::from_str::<Instance<'_>>(instance.get()) {
            Ok(read) => {
                for (row, key) in read.keys.iter().flatten().enumerate() {
                    let kms = (read.crn.as_str(), read.is_dedicated());
                    of_key(kms, &format!("{pointer}/keys/{row}"), key, nest);
                }
            }
            Err(error) => nest.lost(&pointer, instance, &error),
        }
    }
}

/// Hands on a key and what uses it. `kms_instance`: the CRN of its KMS instance, and whether that is Dedicated.
fn of_key((kms_instance, dedicated): (&str, Option<bool>), pointer: &str, value: &RawValue, nest: &mut Nest<'_>) {
    let key = match serde_json::from_str::<Key<'_>>(value.get()) {
        Ok(key) => key,
        Err(error) => return nest.lost(pointer, value, &error),
    };
    let key_id = key.id.clone();
    let record = ReportedKeyRecord {
        kms_instance,
        id: key.id,
        name: key.name,
        kind: key.kind,
        state_name: key.state_name,
        dedicated,
        has_intent: key.has_migration_intent.and_then(|value| serde_json::from_str(value.get()).ok()),
        intent_target: key.migration_intent_target_crk.and_then(|value| serde_json::from_str(value.get()).ok()),
    };
    nest.put(pointer, value, &Record::ReportedKey(record));
    let key_id = key_id.as_str();
    for (row, association) in key.associations.iter().flatten().enumerate() {
        let pointer = format!("{pointer}/associations/{row}");
        match serde_json::from_str::<Association<'_>>(association.get()) {
            Ok(read) => {
                let prevent_key_deletion = read.prevent_key_deletion;
                let record =
                    ReportedUseRecord { kms_instance, key_id, resource: read.resource_crn, prevent_key_deletion };
                nest.put(&pointer, association, &Record::ReportedUse(record, "resource_crn"));
            }
            Err(error) => nest.lost(&pointer, association, &error),
        }
    }
    let Some(usage) = key.service_usage else { return };
    let Some(services) = members(usage) else {
        return nest.refused(
            &format!("{pointer}/service_usage"),
            usage,
            FaultKind::Record { kind: ExportKind::KeyUsageReport, why: "`service_usage` is not an object".to_owned() },
        );
    };
    let Members(services) = services;
    for (service, resources) in services {
        let escaped = service.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/service_usage/{escaped}");
        let list = match serde_json::from_str::<Vec<&RawValue>>(resources.get()) {
            Ok(list) => list,
            Err(error) => {
                nest.lost(&pointer, resources, &error);
                continue;
            }
        };
        for (row, resource) in list.into_iter().enumerate() {
            let pointer = format!("{pointer}/{row}");
            match serde_json::from_str::<Resource<'_>>(resource.get()) {
                Ok(read) => {
                    let resource_crn = read.encrypted_resource;
                    let record =
                        ReportedUseRecord { kms_instance, key_id, resource: resource_crn, prevent_key_deletion: None };
                    nest.put(&pointer, resource, &Record::ReportedUse(record, "encrypted_resource"));
                }
                Err(error) => nest.lost(&pointer, resource, &error),
            }
        }
    }
}
