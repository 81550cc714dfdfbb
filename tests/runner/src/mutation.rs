//! Changes of single facts in the clean account: data of `tests/vectors/audit/mutations`, and how they are made.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::{repository, sorted};

/// A file of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    mutations: Vec<Mutation>,
}

/// One change, and what an audit has to say of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutation {
    /// What is changed, in words.
    pub name: String,
    /// Where the expectation comes from.
    pub source: String,
    /// What is changed. More than one place only where one fact stands in several.
    pub change: Vec<Change>,
    /// The rules that find something, and no other does. None: the change is harmless.
    pub finds: Vec<String>,
    /// How bad what is found is, where it is worth saying.
    #[serde(default)]
    pub severity: Option<String>,
    /// The rules that can no longer be decided by the changed account as it is, in order.
    #[serde(default)]
    pub undetermined: Vec<String>,
    /// Why more than one rule finds something, or why rules are left undecided by what is changed.
    #[serde(default)]
    pub because: Option<String>,
    /// The exports without which the rules cannot be decided: each is taken away, cut and emptied in turn.
    #[serde(default)]
    pub decided_by: Vec<Deciding>,
}

/// A change of one place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The export.
    #[serde(rename = "in")]
    pub file: String,
    /// The place: a JSON pointer, empty for a new export, in which `member=value` stands for the element of a list that has it, and a last `-` for a new one.
    pub at: String,
    /// What stands there afterwards; without it, nothing does.
    #[serde(default)]
    pub to: Option<Value>,
}

/// An export that decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deciding {
    /// The export.
    #[serde(rename = "in")]
    pub file: String,
    /// The row that decides: a cut list ends before it. Without it, the row that was changed.
    #[serde(default)]
    pub row: Option<String>,
    /// The exports that say the same, and are taken away meanwhile.
    #[serde(default)]
    pub and: Vec<String>,
    /// The kind of export that is named then, where it is not that of the export itself.
    #[serde(default)]
    pub names: Option<String>,
    /// The rules that are then undecided, where they are not all that would find something.
    #[serde(default)]
    pub undecided: Vec<String>,
    /// The rules that find something all the same, each with the reason.
    #[serde(default)]
    pub finds: BTreeMap<String, String>,
}

/// The exports of an account by name.
pub type Account = BTreeMap<String, Value>;

/// The manifest of an export folder.
const MANIFEST: &str = "kmsguard-export.json";

/// All mutations, with the file of the table in which each stands.
pub fn mutations() -> Vec<(String, Mutation)> {
    let mut all = Vec::new();
    for path in sorted(&repository().join("tests/vectors/audit/mutations")) {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let table: Table = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        all.extend(table.mutations.into_iter().map(|mutation| (stem.clone(), mutation)));
    }
    all
}

/// The exports of a folder.
pub fn account(folder: &Path) -> Account {
    let mut account = Account::new();
    collect(folder, "", &mut account);
    account
}

fn collect(folder: &Path, prefix: &str, account: &mut Account) {
    for path in sorted(folder) {
        let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), account);
        } else {
            let text = std::fs::read_to_string(&path).expect("an export");
            let document = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            account.insert(name, document);
        }
    }
}

impl Mutation {
    /// The account with the change.
    pub fn of(&self, account: &Account) -> Account {
        let mut account = account.clone();
        for change in &self.change {
            if let (true, Some(document)) = (change.at.is_empty(), &change.to) {
                account.insert(change.file.clone(), document.clone());
                continue;
            }
            let document =
                account.get_mut(&change.file).unwrap_or_else(|| panic!("{}: no file {}", self.name, change.file));
            let before = rows(document).map(|rows| rows.len());
            change.apply(document, &self.name);
            let after = rows(document).map(|rows| rows.len());
            if let Some(number) = after.filter(|_| before != after) {
                recount(&mut account, &change.file, number);
            }
        }
        account
    }

    /// The texts of the changed account as it is when an export that decides is left out in one way.
    pub fn without(&self, account: &Account, deciding: &Deciding, way: Way) -> BTreeMap<String, String> {
        let mut account = self.of(account);
        for other in &deciding.and {
            assert!(account.remove(other).is_some(), "{}: no file {other}", self.name);
            forget(&mut account, other);
        }
        let file = &deciding.file;
        let original = account.get(file).unwrap_or_else(|| panic!("{}: no file {file}", self.name)).clone();
        if way != Way::Cut {
            forget(&mut account, file);
        }
        let text = match way {
            Way::Removed => {
                account.remove(file);
                None
            }
            Way::Empty => Some(emptied(&original).to_string()),
            Way::Cut => Some(self.cut(original, deciding)),
        };
        let mut texts: BTreeMap<String, String> =
            account.into_iter().map(|(name, document)| (name, document.to_string())).collect();
        texts.extend(text.map(|text| (file.clone(), text)));
        texts
    }

    /// The text of an export that ends before the row that decides. What is one object ends in its middle.
    fn cut(&self, mut document: Value, deciding: &Deciding) -> String {
        if rows(&mut document).is_none() {
            let text = document.to_string();
            return text.chars().take(text.chars().count() / 2).collect();
        }
        let changed =
            || self.change.iter().find(|change| change.file == deciding.file).map(|change| change.at.as_str());
        let row = deciding.row.as_deref().or_else(changed).unwrap_or_else(|| panic!("{}: no row", self.name));
        let segment = row.split('/').find(|segment| segment.contains('=') || segment.parse::<usize>().is_ok());
        let rows = rows(&mut document).expect("a list");
        let first = segment.map_or(Some(rows.len().saturating_sub(1)), |segment| position(rows, segment));
        let first = first.unwrap_or_else(|| panic!("{}: no row {row} in {}", self.name, deciding.file));
        rows.truncate(first);
        document.to_string()
    }
}

/// A way of leaving out an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is not there.
    Removed,
    /// It ends too early, and the manifest knows how many rows there were.
    Cut,
    /// It has no rows, and no manifest says of what.
    Empty,
}

impl Way {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Removed, Self::Cut, Self::Empty];

    /// The way in a word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Cut => "cut",
            Self::Empty => "empty",
        }
    }
}

impl Change {
    fn apply(&self, document: &mut Value, whose: &str) {
        let (parent, last) = self.at.rsplit_once('/').unwrap_or_else(|| panic!("{whose}: `{}` is no pointer", self.at));
        let mut place = document;
        for segment in parent.split('/').skip(1) {
            place = step(place, segment).unwrap_or_else(|| panic!("{whose}: nothing at `{segment}` of {}", self.at));
        }
        match (place, &self.to) {
            (Value::Object(members), Some(value)) => {
                members.insert(last.to_owned(), value.clone());
            }
            (Value::Object(members), None) => {
                assert!(members.remove(last).is_some(), "{whose}: nothing to remove at {}", self.at);
            }
            (Value::Array(elements), Some(value)) if last == "-" => elements.push(value.clone()),
            (Value::Array(elements), value) => {
                let row = position(elements, last).unwrap_or_else(|| panic!("{whose}: no element {last}"));
                match value {
                    Some(value) => elements[row] = value.clone(),
                    None => drop(elements.remove(row)),
                }
            }
            _ => panic!("{whose}: {} is in nothing that has members", self.at),
        }
    }
}

fn step<'a>(value: &'a mut Value, segment: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(members) => members.get_mut(segment),
        Value::Array(elements) => {
            let row = position(elements, segment)?;
            elements.get_mut(row)
        }
        _ => None,
    }
}

/// The row of an element: by its number, or by a member that has a value.
fn position(elements: &[Value], segment: &str) -> Option<usize> {
    match segment.split_once('=') {
        Some((member, value)) => elements.iter().position(|element| element[member] == value),
        None => segment.parse().ok().filter(|row| *row < elements.len()),
    }
}

/// The list of an export: the export itself, or its first member that is one.
fn rows(document: &mut Value) -> Option<&mut Vec<Value>> {
    match document {
        Value::Array(rows) => Some(rows),
        Value::Object(members) if !members.contains_key("format_version") => {
            members.values_mut().find_map(Value::as_array_mut)
        }
        _ => None,
    }
}

fn emptied(document: &Value) -> Value {
    let mut document = document.clone();
    match rows(&mut document) {
        Some(rows) => {
            rows.clear();
            document
        }
        None => serde_json::json!({}),
    }
}

/// Says how many rows an export has now, wherever that is said.
fn recount(account: &mut Account, file: &str, number: usize) {
    let set = |value: &mut Value, members: &[&str]| {
        for member in members {
            if let Some(count) = value.get_mut(member) {
                *count = number.into();
            }
        }
    };
    if let Some(document) = account.get_mut(file) {
        set(document, &["rows_count", "total_count"]);
    }
    let calls = account.get_mut(MANIFEST).and_then(|manifest| manifest["calls"].as_array_mut());
    for call in calls.into_iter().flatten().filter(|call| call["file"] == file) {
        set(call, &["rows", "total"]);
    }
}

/// Takes the call that made an export out of the manifest, so that nothing tells any more what the export was of.
fn forget(account: &mut Account, file: &str) {
    let calls = account.get_mut(MANIFEST).and_then(|manifest| manifest["calls"].as_array_mut());
    if let Some(calls) = calls {
        calls.retain(|call| call["file"] != file);
    }
}

/// The kind of an export, as the manifest names it.
pub fn kind(account: &Account, file: &str) -> String {
    let calls = account.get(MANIFEST).and_then(|manifest| manifest["calls"].as_array());
    let call = calls.into_iter().flatten().find(|call| call["file"] == file);
    call.and_then(|call| call["kind"].as_str()).unwrap_or("terraform-plan").to_owned()
}
