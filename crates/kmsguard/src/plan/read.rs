//! Reads what the requests of all services have in common: keys, accounts, names, resource groups.

use serde_json::Value;

use crate::crn::{Crn, Require, diagnose, is_guid};

use super::Draft;
use super::fault::FaultKind;
use super::fields::{Field, Fields, wrong};

/// A key, by the parts of its CRN.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    pub(super) text: &'a str,
    pub(super) crn: Crn<'a>,
    pub(super) account: &'a str,
}

/// Reads the CRN of a key; every fault of it is reported.
pub(super) fn key<'a>(text: &'a str, pointer: &str, draft: &mut Draft) -> Option<Key<'a>> {
    let diagnosis = diagnose(text, Require::Key);
    let good = diagnosis.is_ok();
    for fault in diagnosis.faults {
        draft.fault(pointer, FaultKind::Crn(fault));
    }
    let crn = diagnosis.crn.filter(|_| good)?;
    let Some(account) = crn.account() else {
        let found = format!("`{text}`");
        draft.fault(pointer, FaultKind::Value { found, wants: "a key with its account, `a/ACCOUNT`".to_owned() });
        return None;
    };
    if crn.location.is_empty() {
        let found = format!("`{text}`");
        draft.fault(pointer, FaultKind::Value { found, wants: "a key with its region".to_owned() });
        return None;
    }
    Some(Key { text, crn, account })
}

/// Reads `{crn}`, or the CRN alone.
pub(super) fn key_field<'a>(fields: &Fields<'a>, name: &'static str, draft: &mut Draft) -> Option<Key<'a>> {
    static KEY: &[Field] = &[
        Field { name: "crn", also: &["key_crn", "kms_key_crn", "id"] },
        Field { name: "endpoint", also: &["kms_endpoint", "kms_private_endpoint"] },
    ];
    let wants = "the key by its CRN, `{\"crn\": \"crn:…\"}`";
    let Some(value) = fields.get(name) else {
        fields.missing(name, wants, &mut draft.faults);
        return None;
    };
    let pointer = fields.pointer(name);
    match value {
        Value::String(text) => key(text, &pointer, draft),
        Value::Object(object) => {
            let fields = Fields::new(object, &pointer, KEY, &mut draft.faults);
            if fields.get("crn").is_none() {
                fields.missing("crn", "the full CRN of the key", &mut draft.faults);
            }
            let text = fields.text("crn", &mut draft.faults)?;
            key(text, &fields.pointer("crn"), draft)
        }
        other => {
            draft.faults.push(wrong(pointer, other, wants));
            None
        }
    }
}

/// The account of the deployment: as the request says, else the key's own.
pub(super) fn source_account<'a>(fields: &Fields<'a>, key: Key<'a>, draft: &mut Draft) -> &'a str {
    let account = account(fields, "account", draft);
    let source = self::account(fields, "source_account", draft);
    match (account, source) {
        // `account` may also be said of the key; anything else is two answers to one question.
        (Some(account), Some(source)) if account != source && account != key.account => {
            let (found, other) = (source.to_owned(), account.to_owned());
            draft.fault("/source_account", FaultKind::Conflict { with: "account", found, other });
            source
        }
        (_, Some(source)) => source,
        (Some(account), None) => account,
        (None, None) => {
            draft.derive("/account", key.account, "the account of the key");
            key.account
        }
    }
}

fn account<'a>(fields: &Fields<'a>, name: &str, draft: &mut Draft) -> Option<&'a str> {
    let text = fields.text(name, &mut draft.faults)?;
    let usual = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let possible = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !text.starts_with('-');
    let help = "an account id: 32 hexadecimal digits, without `a/`";
    if !possible {
        let found = format!("`{text}`");
        draft.fault(fields.pointer(name), FaultKind::Value { found, wants: help.to_owned() });
        return None;
    }
    if !usual {
        let what = format!("account `{text}` is not 32 hexadecimal digits");
        let help = "`ibmcloud account show` prints the account id".to_owned();
        draft.fault(fields.pointer(name), FaultKind::Unusual { what, help });
    }
    Some(text)
}

/// A name that a user gives: any text that a command line takes as a word.
pub(super) fn name<'a>(fields: &Fields<'a>, name: &str, draft: &mut Draft) -> Option<&'a str> {
    let text = fields.text(name, &mut draft.faults)?;
    if text.starts_with('-') || text.chars().any(char::is_control) {
        let wants = "a name without control characters that does not begin with `-`, which the command line would take for an option";
        let found = format!("`{}`", text.escape_debug());
        draft.fault(fields.pointer(name), FaultKind::Value { found, wants: wants.to_owned() });
        return None;
    }
    Some(text)
}

/// A region or location: a word.
pub(super) fn location<'a>(fields: &Fields<'a>, name: &str, draft: &mut Draft) -> Option<&'a str> {
    let text = fields.text(name, &mut draft.faults)?;
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !text.starts_with('-');
    if !is_word {
        let found = format!("`{}`", text.escape_debug());
        let wants = "the id of a region, such as `us-south`".to_owned();
        draft.fault(fields.pointer(name), FaultKind::Value { found, wants });
        return None;
    }
    Some(text)
}

/// A resource group, by what the request knows of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) id: Option<&'a str>,
}

/// Reads a resource group: its name, or `{name, id}`.
pub(super) fn group<'a>(fields: &Fields<'a>, draft: &mut Draft) -> Group<'a> {
    static GROUP: &[Field] =
        &[Field { name: "name", also: &[] }, Field { name: "id", also: &["guid", "resource_group_id"] }];
    match fields.get("resource_group") {
        None => Group::default(),
        Some(Value::Object(object)) => {
            let fields = Fields::new(object, "/resource_group", GROUP, &mut draft.faults);
            let group = Group { name: name(&fields, "name", draft), id: name(&fields, "id", draft) };
            if fields.get("name").is_none() && fields.get("id").is_none() {
                fields.missing("name", "the name of the resource group, its id, or both", &mut draft.faults);
            }
            group
        }
        Some(_) => {
            let text = name(fields, "resource_group", draft);
            let is_id = |text: &&str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            match text.filter(is_id) {
                Some(id) => {
                    draft.derive("/resource_group/id", id, "32 hexadecimal digits are an id, not a name");
                    Group { name: None, id: Some(id) }
                }
                None => Group { name: text, id: None },
            }
        }
    }
}

/// An instance by its GUID; a CRN is cut down to it, because IAM compares GUIDs.
pub(super) fn instance<'a>(fields: &Fields<'a>, name: &str, service_name: &str, draft: &mut Draft) -> Option<&'a str> {
    let text = fields.text(name, &mut draft.faults)?;
    let wants = format!("an instance of `{service_name}`, by its GUID");
    let guid = match crate::crn::parse(text) {
        Ok(crn) if crn.service_name == service_name && crn.resource_type.is_empty() => {
            draft.derive(&fields.pointer(name), crn.service_instance, "the GUID in the instance's CRN");
            Some(crn.service_instance)
        }
        Ok(_) => None,
        Err(_) => Some(text),
    };
    let guid = guid.filter(|guid| is_guid(guid));
    if guid.is_none() {
        draft.fault(fields.pointer(name), FaultKind::Value { found: format!("`{text}`"), wants });
    }
    guid
}
