//! The parameters of a Gen 2 data service: the user's own, checked, with the key put in its place.

use serde_json::{Map, Value};

use crate::catalog::services::event_streams::{
    CLASSIC_PARAMETERS, SCHEMA_VERSION, SIZES_SOURCE, STORAGE_GB_LEAST, THROUGHPUT_MB_S,
};

use super::Draft;
use super::fault::FaultKind;
use super::fields::{escape, nearest, wrong};
use super::json::Json;

/// What a parameter holds.
#[derive(Clone, Copy)]
enum Holds {
    Object(&'static [Parameter]),
    /// Megabytes a second, of which there is one value so far.
    Throughput,
    /// Decimal gigabytes.
    Storage,
    Flag,
    /// A list of these words.
    Words(&'static [&'static str]),
    Key,
    SchemaVersion,
}

struct Parameter {
    name: &'static str,
    holds: Holds,
}

const fn parameter(name: &'static str, holds: Holds) -> Parameter {
    Parameter { name, holds }
}

static TOP: &[Parameter] =
    &[parameter("dataservices", Holds::Object(DATA_SERVICES)), parameter("onetime_credentials", Holds::Flag)];
static DATA_SERVICES: &[Parameter] = &[
    parameter("kafka", Holds::Object(KAFKA)),
    parameter("encryption", Holds::Object(ENCRYPTION)),
    parameter("options", Holds::Object(OPTIONS)),
    parameter("$schema", Holds::Object(SCHEMA)),
];
static KAFKA: &[Parameter] =
    &[parameter("throughput_mb_s", Holds::Throughput), parameter("storage_gb", Holds::Storage)];
static ENCRYPTION: &[Parameter] = &[parameter("disk", Holds::Key)];
static OPTIONS: &[Parameter] = &[
    parameter("iam_token_only", Holds::Flag),
    parameter("metrics", Holds::Words(&["topic", "partition", "consumers"])),
];
static SCHEMA: &[Parameter] = &[parameter("version", Holds::SchemaVersion)];

/// The user's parameters with the key in them.
pub(super) fn with_key(user: Option<&Map<String, Value>>, key: &str, draft: &mut Draft) -> Json {
    let mut parameters = Json::object([]);
    if let Some(user) = user {
        parameters = object(user, TOP, "/parameters", key, draft);
    }
    let services = parameters.get("dataservices");
    let mut ordered = Json::object([]);
    for name in ["kafka", "encryption", "options", "$schema"] {
        let given = services.and_then(|services| services.get(name)).cloned();
        match name {
            "encryption" => ordered.put(name, Json::object([("disk", Json::text(key))])),
            "$schema" => ordered.put(name, Json::object([("version", Json::text(SCHEMA_VERSION))])),
            _ => given.into_iter().for_each(|given| ordered.put(name, given)),
        }
    }
    parameters.put("dataservices", ordered);
    parameters
}

fn object(user: &Map<String, Value>, known: &'static [Parameter], pointer: &str, key: &str, draft: &mut Draft) -> Json {
    for name in user.keys().filter(|name| known.iter().all(|parameter| parameter.name != name.as_str())) {
        let help = unknown_help(name, known);
        let pointer = format!("{pointer}/{}", escape(name));
        draft.fault(pointer, FaultKind::UnknownParameter { name: name.clone(), help });
    }
    let mut read = Json::object([]);
    for parameter in known {
        if let Some(value) = user.get(parameter.name) {
            let pointer = format!("{pointer}/{}", parameter.name);
            read.put(parameter.name, check(value, parameter.holds, pointer, key, draft));
        }
    }
    read
}

fn unknown_help(name: &str, known: &'static [Parameter]) -> String {
    let top = known.iter().any(|parameter| parameter.name == "dataservices");
    if top && CLASSIC_PARAMETERS.contains(&name) && !["iam_token_only", "metrics"].contains(&name) {
        return "this is a parameter of the classic generation; Gen 2 takes its parameters under `dataservices`, and the key in \
                `dataservices.encryption.disk`"
            .to_owned();
    }
    if top && DATA_SERVICES.iter().any(|parameter| parameter.name == name) {
        return format!("put it under `dataservices`: `dataservices.{name}`");
    }
    if top && OPTIONS.iter().any(|parameter| parameter.name == name) {
        return format!("put it under `dataservices.options`: `dataservices.options.{name}`");
    }
    match nearest(name, known.iter().map(|parameter| (parameter.name, parameter.name))) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => {
            let names: Vec<String> = known.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
            format!("parameters here: {}", names.join(", "))
        }
    }
}

fn check(value: &Value, holds: Holds, pointer: String, key: &str, draft: &mut Draft) -> Json {
    let wants = match (holds, value) {
        (Holds::Object(known), Value::Object(user)) => return object(user, known, &pointer, key, draft),
        (Holds::Object(_), _) => "an object",
        (Holds::Flag, Value::Bool(_)) => return value.into(),
        (Holds::Flag, _) => "`true` or `false`",
        (Holds::Throughput, Value::Number(number)) if is_size(number) => {
            unusual(number.as_u64() != Some(THROUGHPUT_MB_S), number, pointer, draft, || {
                format!("throughput is {THROUGHPUT_MB_S} MB/s, the only size as of {}", SIZES_SOURCE.as_of)
            });
            return value.into();
        }
        (Holds::Storage, Value::Number(number)) if is_size(number) => {
            unusual(number.as_u64() < Some(STORAGE_GB_LEAST), number, pointer, draft, || {
                format!("storage begins at {STORAGE_GB_LEAST} GB, decimal, as of {}", SIZES_SOURCE.as_of)
            });
            return value.into();
        }
        (Holds::Throughput | Holds::Storage, _) => "a whole number, without quotes",
        (Holds::Words(words), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let known = item.as_str().is_some_and(|text| words.contains(&text));
                if !known {
                    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                    let wants = format!("one of {}", words.join(", "));
                    draft.faults.push(wrong(format!("{pointer}/{index}"), item, &wants));
                }
            }
            return value.into();
        }
        (Holds::Words(_), _) => "a list",
        (Holds::Key, Value::String(text)) => {
            if text != key {
                let (found, other) = (text.clone(), key.to_owned());
                draft.fault(pointer, FaultKind::Conflict { with: "key", found, other });
            }
            return value.into();
        }
        (Holds::Key, _) => "the CRN of the key",
        (Holds::SchemaVersion, Value::String(text)) if text == SCHEMA_VERSION => return value.into(),
        (Holds::SchemaVersion, _) => "`1.0.0`, the only version of the schema",
    };
    draft.faults.push(wrong(pointer, value, wants));
    Json::Null
}

/// A whole number that every reader of JSON reads as the same.
fn is_size(number: &serde_json::Number) -> bool {
    number.as_u64().is_some_and(|number| number < 1 << 53)
}

fn unusual(
    found: bool,
    number: &serde_json::Number,
    pointer: String,
    draft: &mut Draft,
    help: impl FnOnce() -> String,
) {
    if found {
        let what = format!("{number} is a size that is not known");
        draft.fault(pointer, FaultKind::Unusual { what, help: help() });
    }
}
