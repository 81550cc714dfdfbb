//! Reads a request for Schematics.

use serde_json::{Map, Value};

use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::endpoints::{DEDICATED_REGIONS, DEDICATED_SOURCE, Kms};
use crate::catalog::services::Scope;
use crate::catalog::services::schematics::{LOCATIONS, LOCATIONS_SOURCE, SCHEMATICS, Scheme};
use crate::now::Now;

use super::super::Draft;
use super::super::authorization::Authorization;
use super::super::endpoint;
use super::super::fault::FaultKind;
use super::super::fields::{Field, Fields, wrong};
use super::super::read::{self, Group, Key};

const fn field(name: &'static str, also: &'static [&'static str]) -> Field {
    Field { name, also }
}

static FIELDS: &[Field] = &[
    field("service", &[]),
    field("location", &["region", "target"]),
    field("scheme", &["encryption_scheme"]),
    field("resource_group", &["group", "resource_group_id"]),
    field("account", &["account_id"]),
    field("source_account", &["source_account_id"]),
    field("primary", &["primary_crk", "primary_crn"]),
    field("secondary", &["secondary_crk", "secondary_crn"]),
    // The key of a service with one key; here it is the first of two.
    field("key", &["crn", "key_crn"]),
    field("scope", &[]),
    field("allow_end_of_life", &[]),
];

/// The names of the fields of a request.
pub(in super::super) fn fields() -> Vec<&'static str> {
    FIELDS.iter().map(|field| field.name).collect()
}

static CRK: &[Field] = &[
    field("crn", &["key_crn", "primary_crn", "secondary_crn"]),
    field("name", &["kms_name", "primary_name", "secondary_name", "instance_name"]),
    field(
        "endpoint",
        &["kms_private_endpoint", "private_endpoint", "kms_endpoint", "primary_endpoint", "secondary_endpoint"],
    ),
];

/// A key of the settings, with the KMS it is in.
pub(super) struct Crk<'a> {
    pub(super) key: Key<'a>,
    pub(super) kms: Kms,
    pub(super) name: Option<&'a str>,
    pub(super) endpoint: String,
}

pub(super) struct Request<'a> {
    pub(super) location: String,
    pub(super) scheme: Scheme,
    pub(super) group: &'a str,
    pub(super) account: &'a str,
    pub(super) scope: Scope,
    pub(super) primary: Crk<'a>,
    pub(super) secondary: Option<Crk<'a>>,
}

impl<'a> Request<'a> {
    pub(super) fn authorization(&self, crk: &Crk<'a>) -> Authorization<'a> {
        Authorization::of_service(&SCHEMATICS, SCHEMATICS.roles.to_vec(), (self.account, None), crk.key, self.scope)
    }
}

pub(super) fn read<'a>(object: &'a Map<String, Value>, now: Now, draft: &mut Draft) -> Option<Request<'a>> {
    let fields = Fields::new(object, "", FIELDS, &mut draft.faults);
    let location = location(&fields, draft);
    let scheme = scheme(&fields, draft);
    let scope = scope(&fields, draft);
    let group = group(&fields, draft);
    let allowed = fields.flag("allow_end_of_life", &mut draft.faults);
    let terms = Terms { scheme, allowed, now };
    let first = match (fields.get("primary"), fields.get("key")) {
        (Some(_), Some(_)) => {
            let (found, other) = ("key".to_owned(), "primary".to_owned());
            draft.fault("/key", FaultKind::Conflict { with: "primary", found, other });
            "primary"
        }
        (None, Some(_)) => "key",
        _ => "primary",
    };
    if fields.get(first).is_none() {
        fields.missing("primary", "the key by its CRN, `{\"crn\": \"crn:…\"}`", &mut draft.faults);
    }
    let primary = terms.crk(&fields, first, draft);
    let secondary = terms.crk(&fields, "secondary", draft);
    if let (Some(primary), Some(secondary)) = (&primary, &secondary) {
        independent(&primary.key, &secondary.key, draft);
    }
    let primary = primary?;
    let account = read::source_account(&fields, primary.key, draft);
    Some(Request { location: location?, scheme: scheme?, group, account, scope, primary, secondary })
}

/// `US` and `EU` in any case are written in upper case, regions in lower case.
fn location(fields: &Fields<'_>, draft: &mut Draft) -> Option<String> {
    if fields.get("location").is_none() {
        fields.missing("location", "the location of the settings, `US` or `EU`", &mut draft.faults);
    }
    let text = read::location(fields, "location", draft)?;
    if let Some(known) = LOCATIONS.iter().find(|known| known.eq_ignore_ascii_case(text)) {
        return Some((*known).to_owned());
    }
    let (service, as_of) = (SCHEMATICS.title, LOCATIONS_SOURCE.as_of);
    draft.fault("/location", FaultKind::UnknownLocation { text: text.to_owned(), service, known: LOCATIONS, as_of });
    Some(text.to_owned())
}

fn scheme(fields: &Fields<'_>, draft: &mut Draft) -> Option<Scheme> {
    let wants = "`byok` or `kyok`";
    let Some(value) = fields.get("scheme") else {
        fields.missing("scheme", wants, &mut draft.faults);
        return None;
    };
    let text = value.as_str().unwrap_or_default();
    let found = [Scheme::Byok, Scheme::Kyok].into_iter().find(|scheme| scheme.rest().eq_ignore_ascii_case(text));
    if found.is_none() {
        fields.wrong("scheme", value, wants, &mut draft.faults);
    }
    found
}

fn scope(fields: &Fields<'_>, draft: &mut Draft) -> Scope {
    let narrowest = Scope::Instance;
    let Some(text) = fields.text("scope", &mut draft.faults) else {
        draft.derive("/scope", narrowest.name(), "the narrowest scope that is documented");
        return narrowest;
    };
    let found = SCHEMATICS.scopes.iter().copied().find(|scope| scope.name() == text);
    if found == Some(Scope::Key) {
        let what = "an authorization of one key is not documented for Schematics".to_owned();
        let help = "the documented one names a KMS instance: `instance`".to_owned();
        draft.fault("/scope", FaultKind::Unusual { what, help });
    }
    found.unwrap_or_else(|| {
        let honoured = SCHEMATICS.scopes.iter().map(|scope| scope.name()).collect();
        let because = SCHEMATICS.scopes_because;
        draft.fault("/scope", FaultKind::Scope { text: text.to_owned(), service: SCHEMATICS.title, honoured, because });
        narrowest
    })
}

/// The settings take one text for the group; `Default` is the command line's own.
fn group<'a>(fields: &Fields<'a>, draft: &mut Draft) -> &'a str {
    let group = match fields.get("resource_group") {
        Some(Value::String(_)) => Group { name: read::name(fields, "resource_group", draft), id: None },
        _ => read::group(fields, draft),
    };
    group.name.or(group.id).unwrap_or_else(|| {
        if fields.get("resource_group").is_none() {
            draft.derive("/resource_group", "Default", "the command line's own default");
        }
        "Default"
    })
}

/// What the request says of all its keys.
#[derive(Clone, Copy)]
struct Terms {
    scheme: Option<Scheme>,
    allowed: bool,
    now: Now,
}

impl Terms {
    fn crk<'a>(self, fields: &Fields<'a>, which: &'static str, draft: &mut Draft) -> Option<Crk<'a>> {
        let pointer = fields.pointer(which);
        let (key, name, endpoint) = match fields.get(which)? {
            Value::String(text) => (read::key(text, &pointer, draft)?, None, None),
            Value::Object(object) => {
                let fields = Fields::new(object, &pointer, CRK, &mut draft.faults);
                if fields.get("crn").is_none() {
                    fields.missing("crn", "the full CRN of the key", &mut draft.faults);
                }
                let name = read::name(&fields, "name", draft);
                let endpoint = fields.text("endpoint", &mut draft.faults);
                let text = fields.text("crn", &mut draft.faults)?;
                (read::key(text, &fields.pointer("crn"), draft)?, name, endpoint)
            }
            other => {
                draft.faults.push(wrong(pointer, other, "the key by its CRN, `{\"crn\": \"crn:…\"}`"));
                return None;
            }
        };
        let kms = self.kms(&key, &pointer, draft);
        if name.is_none() && fields.get(which).is_some_and(|value| value.get("name").is_none_or(Value::is_null)) {
            let placeholder = if which == "secondary" { "SECONDARY_KMS_NAME" } else { "PRIMARY_KMS_NAME" };
            let help = "the command line wants the name of the KMS instance: `ibmcloud schematics kms instances ls` prints it, a \
                        CRN does not hold it";
            draft.fault(format!("{pointer}/name"), FaultKind::Placeholder { placeholder, help });
        }
        let pointer = format!("{pointer}/endpoint");
        let endpoint = endpoint::settle(endpoint, &key, kms, self.scheme, &pointer, draft);
        Some(Crk { key, kms, name, endpoint })
    }

    /// The kind of KMS: by the CRN where it tells, else by the scheme.
    fn kms(self, key: &Key<'_>, pointer: &str, draft: &mut Draft) -> Kms {
        if key.crn.service_name != "hs-crypto" {
            let kms = self.scheme.map_or(Kms::MultiTenant, Scheme::key_protect);
            if kms == Kms::Dedicated && !DEDICATED_REGIONS.contains(&key.crn.location) {
                let (text, service) = (key.crn.location.to_owned(), kms.title());
                let as_of = DEDICATED_SOURCE.as_of;
                let kind = FaultKind::UnknownLocation { text, service, known: DEDICATED_REGIONS, as_of };
                draft.fault(format!("{pointer}/crn"), kind);
            }
            return kms;
        }
        if self.scheme == Some(Scheme::Byok) {
            let kind = FaultKind::Scheme { scheme: "BYOK", takes: Kms::MultiTenant, found: Kms::HyperProtect };
            draft.fault(format!("{pointer}/crn"), kind);
        }
        let days_left = i64::from(HYPER_PROTECT_END.days_left(self.now));
        draft.fault(format!("{pointer}/crn"), FaultKind::EndOfLife { allowed: self.allowed, days_left });
        Kms::HyperProtect
    }
}

/// A second key that fails together with the first is none.
fn independent(first: &Key<'_>, second: &Key<'_>, draft: &mut Draft) {
    let shared = if first.text == second.text {
        "key"
    } else if first.crn.service_instance == second.crn.service_instance {
        "KMS instance"
    } else if first.crn.location == second.crn.location {
        "region"
    } else {
        return;
    };
    draft.fault("/secondary/crn", FaultKind::NotIndependent { shared });
}
