//! Keys that a service instance names in its parameters.

use serde_json::value::RawValue;

use crate::ingest::members;

/// A place in an instance's record at which a key is named.
struct KeyParameter {
    /// The members to go through, below `parameters` or `extensions`.
    path: &'static [&'static str],
    /// The same as the end of a JSON pointer, for either root.
    pointers: [&'static str; 2],
    /// Whether it is the key of the backups.
    backup: bool,
}

macro_rules! key_parameter {
    ($backup:literal, $($member:literal)/+) => {
        KeyParameter {
            path: &[$($member),+],
            pointers: [
                concat!("parameters", $("/", $member),+),
                concat!("extensions", $("/", $member),+),
            ],
            backup: $backup,
        }
    };
}

/// Where services take a key, as of 2026-11: Event Streams and databases of Gen 2 below `dataservices`, classic Event Streams,
/// databases and Db2, Secrets Manager, Cloudant by members of their own.
///
/// Sources: Event Streams Gen 2, *Key Protect integration*, 2026-02-26; Event Streams, *Managing encryption*, 2026-04-21; Cloud
/// Databases, *Key Protect integration*, 2026-07-31; Secrets Manager, *Provisioning*, 2026-08; Cloudant, *Dedicated Hardware*.
static KEY_PARAMETERS: &[KeyParameter] = &[
    key_parameter!(false, "dataservices" / "encryption" / "disk"),
    key_parameter!(true, "dataservices" / "encryption" / "backup"),
    key_parameter!(false, "kms_key_crn"),
    key_parameter!(false, "kms_key"),
    key_parameter!(false, "disk_encryption_key_crn"),
    key_parameter!(true, "backup_encryption_key_crn"),
];

/// A key named by an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    /// As written: a key CRN, or what stands in its place.
    pub(super) text: String,
    /// The JSON pointer below the record.
    pub(super) pointer: &'static str,
    /// Whether it is the key of the backups.
    pub(super) backup: bool,
}

/// The keys that an instance names, what was given before what is in effect.
pub(super) fn named_keys(parameters: Option<&RawValue>, extensions: Option<&RawValue>) -> Vec<NamedKey> {
    let mut found: Vec<NamedKey> = Vec::new();
    for (root, value) in [parameters, extensions].into_iter().enumerate() {
        let Some(value) = value else { continue };
        for parameter in KEY_PARAMETERS {
            let at = parameter.path.iter().try_fold(value, |value, member| members(value)?.get(member));
            let Some(text) =
                at.and_then(|value| serde_json::from_str::<String>(value.get()).ok()).filter(|text| !text.is_empty())
            else {
                continue;
            };
            let pointer = parameter.pointers.get(root).copied().unwrap_or_default();
            found.push(NamedKey { text, pointer, backup: parameter.backup });
        }
    }
    found
}

/// Whether `parameters.dataservices` or `extensions.dataservices` is there.
pub(super) fn has_data_services(parameters: Option<&RawValue>, extensions: Option<&RawValue>) -> bool {
    [parameters, extensions]
        .into_iter()
        .flatten()
        .any(|value| members(value).is_some_and(|object| object.has("dataservices")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_where_each_generation_names_them() {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).expect("JSON");
        let parameters = raw(r#"{"dataservices":{"encryption":{"disk":"crn:d"}},"kms_key_crn":"crn:k"}"#);
        let extensions = raw(r#"{"dataservices":{"encryption":{"backup":"crn:b"}}}"#);
        let found = named_keys(Some(&parameters), Some(&extensions));
        let shown: Vec<(&str, &str, bool)> =
            found.iter().map(|key| (key.pointer, key.text.as_str(), key.backup)).collect();
        assert_eq!(
            shown,
            [
                ("parameters/dataservices/encryption/disk", "crn:d", false),
                ("parameters/kms_key_crn", "crn:k", false),
                ("extensions/dataservices/encryption/backup", "crn:b", true),
            ]
        );
    }
}
