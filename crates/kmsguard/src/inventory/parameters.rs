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
    /// Whether it was given, and something else is in effect.
    pub(super) overruled: bool,
}

/// The keys that an instance names, what was given before what is in effect.
///
/// `parameters` is what was given, and stays what it was even where the plan ignored it; `extensions.dataservices` is what is in
/// effect (Event Streams Gen 2 docs, *API*, as of 2026-04-17). Where the effect is shown, it decides.
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
            found.push(NamedKey { text, pointer, backup: parameter.backup, overruled: false });
        }
    }
    overrule(&mut found, has_data_services(None, extensions));
    found
}

/// Marks what was given and is not in effect. `shown`: whether the effect of data services is shown at all.
fn overrule(found: &mut [NamedKey], shown: bool) {
    let effective = |key: &NamedKey| key.pointer.starts_with("extensions/");
    let in_effect: Vec<(&'static str, String)> =
        found.iter().filter(|key| effective(key)).map(|key| (path(key), key.text.clone())).collect();
    for key in found.iter_mut().filter(|key| !effective(key)) {
        let path = path(key);
        let instead = in_effect.iter().find(|(other, _)| *other == path);
        key.overruled = match instead {
            Some((_, text)) => *text != key.text,
            None => shown && path.starts_with("dataservices/"),
        };
    }
}

/// Where a key is named, below either root.
fn path(key: &NamedKey) -> &'static str {
    key.pointer.split_once('/').map_or("", |(_, path)| path)
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
    fn what_is_in_effect_decides_and_an_echo_does_not() {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).expect("JSON");
        let overruled = |parameters: &str, extensions: &str| -> Vec<bool> {
            let (parameters, extensions) = (raw(parameters), raw(extensions));
            named_keys(Some(&parameters), Some(&extensions)).iter().map(|key| key.overruled).collect()
        };
        let given = r#"{"dataservices":{"encryption":{"disk":"crn:a"}}}"#;
        assert_eq!(overruled(given, given), [false, false]);
        assert_eq!(overruled(given, r#"{"dataservices":{"encryption":{"disk":"crn:b"}}}"#), [true, false]);
        assert_eq!(overruled(given, r#"{"dataservices":{"kafka":{}}}"#), [true]);
        assert_eq!(overruled(given, r#"{"other":{}}"#), [false]);
        assert_eq!(overruled(r#"{"kms_key_crn":"crn:a"}"#, r#"{"dataservices":{}}"#), [false]);
    }

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
    #[test]
    fn every_key_that_the_catalogue_puts_into_parameters_is_read() {
        use crate::catalog::services::{Holds, SERVICES, placement};

        for service in SERVICES {
            let members = placement(service).map(|placement| placement.members).unwrap_or_default();
            for member in members {
                let backup = match member.holds {
                    Holds::KeyCrn => false,
                    Holds::BackupKeyCrn => true,
                    _ => continue,
                };
                // `kms_instance` of watsonx.data holds the key's CRN, and that of Secrets Manager an instance's GUID: what stands
                // there tells nothing by its name, and watsonx.data repeats the key in `kms_key`.
                let path = member.json.and_then(|path| path.strip_prefix("/parameters/"));
                let Some(path) = path.filter(|path| *path != "kms_instance") else { continue };
                let read = KEY_PARAMETERS.iter().find(|known| known.path.join("/") == path);
                assert_eq!(read.map(|known| known.backup), Some(backup), "{} {path}", service.id);
            }
        }
    }
}
