//! A document to a configuration. Whatever is unknown in it is refused, but for the entries of suppressions: those fail open, so that
//! one wrong entry neither hides a finding nor stops a run.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fault::{Fault, FaultKind};
use super::model::{Account, Configuration, RuleChoice, Windows};
use super::suppression::{Malformed, Suppression, day, wrong_words};
use crate::rules::{FailOn, RULES, Severity};

const KEYS: &[&str] = &["accounts", "baseline", "rules", "suppressions", "windows"];
const RULE_KEYS: &[&str] = &["fail_on", "ignore", "select", "severity", "strict"];
const WINDOW_KEYS: &[&str] = &[
    "authorization_unused_days",
    "end_of_life_days",
    "key_expiry_days",
    "key_rotation_months",
    "suppression_expiry_days",
];
const ACCOUNT_KEYS: &[&str] = &["name", "owner"];
const SUPPRESSION_KEYS: &[&str] = &["expires", "owner", "reason", "resource", "rule"];

/// The longest window: ten years of days.
const LONGEST: u64 = 3650;

impl Configuration {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the keys.
    pub fn read(document: &Value) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader { faults: Vec::new() };
        let configuration = reader.configuration(document);
        if reader.faults.is_empty() { Ok(configuration) } else { Err(reader.faults) }
    }
}

struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn configuration(&mut self, document: &Value) -> Configuration {
        let Some(table) = self.table(document, "", Some(KEYS)) else { return Configuration::default() };
        let (suppressions, malformed) = match table.get("suppressions") {
            Some(Value::Array(entries)) => entries_of(entries),
            Some(other) => {
                self.wrong("/suppressions", other, "a list of tables");
                Default::default()
            }
            None => Default::default(),
        };
        Configuration {
            accounts: table.get("accounts").map(|value| self.accounts(value)).unwrap_or_default(),
            baseline: self.text(table, "", "baseline"),
            rules: table.get("rules").map(|value| self.rules(value)).unwrap_or_default(),
            windows: table.get("windows").map(|value| self.windows(value)).unwrap_or_default(),
            suppressions,
            malformed,
        }
    }

    fn rules(&mut self, value: &Value) -> RuleChoice {
        let Some(table) = self.table(value, "/rules", Some(RULE_KEYS)) else { return RuleChoice::default() };
        RuleChoice {
            fail_on: table.get("fail_on").filter(|value| !value.is_null()).and_then(|value| {
                let wants = "`critical`, `high`, `medium`, `low` or `never`";
                self.named(value, "/rules/fail_on", FailOn::NAMES, wants)
            }),
            ignore: self.words(table, "ignore"),
            select: self.words(table, "select"),
            severity: table.get("severity").map(|value| self.severities(value)).unwrap_or_default(),
            strict: match table.get("strict") {
                None => false,
                Some(Value::Bool(strict)) => *strict,
                Some(other) => {
                    self.wrong("/rules/strict", other, "`true` or `false`");
                    false
                }
            },
        }
    }

    /// Ids and families.
    fn words(&mut self, table: &Map<String, Value>, key: &str) -> Vec<String> {
        let pointer = format!("/rules/{key}");
        let entries = match table.get(key) {
            None => return Vec::new(),
            Some(Value::Array(entries)) => entries,
            Some(other) => {
                self.wrong(&pointer, other, "a list of rules");
                return Vec::new();
            }
        };
        let mut words = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            match entry.as_str() {
                Some(word) if RULES.iter().any(|rule| rule.is_meant_by(word)) => words.push(word.to_owned()),
                Some(word) => self.unknown_rule(format!("{pointer}/{place}"), word),
                None => self.wrong(&format!("{pointer}/{place}"), entry, "the id of a rule"),
            }
        }
        words
    }

    fn severities(&mut self, value: &Value) -> BTreeMap<String, Severity> {
        let wants = "`critical`, `high`, `medium`, `low` or `info`";
        let mut severities = BTreeMap::new();
        for (id, value) in self.table(value, "/rules/severity", None).into_iter().flatten() {
            let pointer = format!("/rules/severity/{}", escaped(id));
            if !RULES.iter().any(|rule| rule.id == id) {
                self.unknown_rule(pointer, id);
            } else if let Some(severity) = self.named(value, &pointer, Severity::NAMES, wants) {
                severities.insert(id.clone(), severity);
            }
        }
        severities
    }

    fn windows(&mut self, value: &Value) -> Windows {
        let mut windows = Windows::default();
        let Some(table) = self.table(value, "/windows", Some(WINDOW_KEYS)) else { return windows };
        for (key, place) in [
            ("authorization_unused_days", &mut windows.authorization_unused_days),
            ("end_of_life_days", &mut windows.end_of_life_days),
            ("key_expiry_days", &mut windows.key_expiry_days),
            ("key_rotation_months", &mut windows.key_rotation_months),
            ("suppression_expiry_days", &mut windows.suppression_expiry_days),
        ] {
            let Some(value) = table.get(key) else { continue };
            let number = value.as_u64().filter(|number| *number <= LONGEST).and_then(|number| number.try_into().ok());
            match number {
                Some(number) => *place = number,
                None => self.wrong(&format!("/windows/{key}"), value, "a whole number from 0 to 3650"),
            }
        }
        windows
    }

    fn accounts(&mut self, value: &Value) -> BTreeMap<String, Account> {
        let mut accounts = BTreeMap::new();
        for (id, value) in self.table(value, "/accounts", None).into_iter().flatten() {
            let pointer = format!("/accounts/{}", escaped(id));
            let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
            if !is_id {
                self.faults.push(Fault {
                    pointer: pointer.clone(),
                    kind: FaultKind::Value {
                        found: "named by another text".to_owned(),
                        wants: "named by the id of an account: 32 lower-case hexadecimal digits",
                    },
                });
            }
            let Some(table) = self.table(value, &pointer, Some(ACCOUNT_KEYS)) else { continue };
            let account =
                Account { name: self.text(table, &pointer, "name"), owner: self.text(table, &pointer, "owner") };
            accounts.insert(id.clone(), account);
        }
        accounts
    }

    /// A table; every key that is none of those known is a fault.
    fn table<'a>(
        &mut self,
        value: &'a Value,
        pointer: &str,
        known: Option<&'static [&'static str]>,
    ) -> Option<&'a Map<String, Value>> {
        let Some(table) = value.as_object() else {
            self.wrong(pointer, value, "a table");
            return None;
        };
        for key in table.keys().filter(|key| known.is_some_and(|known| !known.contains(&key.as_str()))) {
            let known = known.unwrap_or_default();
            self.faults.push(Fault {
                pointer: format!("{pointer}/{}", escaped(key)),
                kind: FaultKind::UnknownKey {
                    key: key.clone(),
                    nearest: nearest(key, known.iter().copied()),
                    known: known.to_vec(),
                },
            });
        }
        Some(table)
    }

    fn text(&mut self, table: &Map<String, Value>, pointer: &str, key: &str) -> Option<String> {
        let value = table.get(key).filter(|value| !value.is_null())?;
        let text = value.as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(&format!("{pointer}/{key}"), value, "a text");
        }
        text.map(str::to_owned)
    }

    fn named<T: Copy>(&mut self, value: &Value, pointer: &str, names: &[(&str, T)], wants: &'static str) -> Option<T> {
        let found = names.iter().find(|(name, _)| value.as_str() == Some(name));
        if found.is_none() {
            self.wrong(pointer, value, wants);
        }
        found.map(|(_, value)| *value)
    }

    fn wrong(&mut self, pointer: &str, value: &Value, wants: &'static str) {
        self.faults
            .push(Fault { pointer: pointer.to_owned(), kind: FaultKind::Value { found: described(value), wants } });
    }

    fn unknown_rule(&mut self, pointer: String, word: &str) {
        let nearest = nearest(&word.to_ascii_uppercase(), RULES.iter().map(|rule| rule.id));
        self.faults.push(Fault { pointer, kind: FaultKind::UnknownRule { word: word.to_owned(), nearest } });
    }
}

/// The entries that count, and those that are malformed.
fn entries_of(entries: &[Value]) -> (Vec<Suppression>, Vec<Malformed>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (place, entry) in entries.iter().enumerate() {
        match suppression(place, entry) {
            Ok(suppression) => good.push(suppression),
            Err((message, help)) => {
                let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
                bad.push(Malformed { place, message, help, rule: text("rule"), resource: text("resource") });
            }
        }
    }
    (good, bad)
}

fn suppression(place: usize, entry: &Value) -> Result<Suppression, (String, String)> {
    const SHAPE: &str = "an entry has `rule`, `resource` and `reason`, and may have `expires` and `owner`";
    let wrong = |message: String| (message, SHAPE.to_owned());
    let table = entry.as_object().ok_or_else(|| wrong(format!("it is {}, not a table", described(entry))))?;
    if let Some(key) = table.keys().find(|key| !SUPPRESSION_KEYS.contains(&key.as_str())) {
        let help = nearest(key, SUPPRESSION_KEYS.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        return Err((format!("it has no key `{}`", key.escape_debug()), help.unwrap_or_else(|| SHAPE.to_owned())));
    }
    let optional = |key: &str| match table.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.clone())),
        Some(other) => Err(wrong(format!("`{key}` is {}, not a text", described(other)))),
    };
    let required = |key: &str| optional(key)?.ok_or_else(|| wrong(format!("`{key}` is missing")));
    let (rule, resource, reason) = (required("rule")?, required("resource")?, required("reason")?);
    if let Some(wrong) = wrong_words(&rule, &resource) {
        return Err(wrong);
    }
    let expires = match optional("expires")? {
        None => None,
        Some(text) => Some(day(&text).ok_or_else(|| {
            (format!("`expires` is `{}`, which is no day", text.escape_debug()), "write `YYYY-MM-DD`".to_owned())
        })?),
    };
    Ok(Suppression { rule, resource, reason, expires, owner: optional("owner")?, place })
}

/// A value as a message names it.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.trim().is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text `{}`", text.escape_debug()),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table".to_owned(),
    }
}

/// A key inside a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The known word that a mistyped one is nearest to, if one is near.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.map(|known| (strsim::damerau_levenshtein(word, known), known));
    distances.filter(|(distance, known)| *distance <= known.len() / 3).min().map(|(_, known)| known)
}
