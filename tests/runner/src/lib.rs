//! The language-neutral cases of `tests/vectors`, and how the crate and the command run them.
//!
//! Every door has a runner of its own that reads the same files. A case names a request and the part of the answer that the
//! specification settles; a runner asserts that this part stands in the answer.

pub mod documentation;
mod memory_host;
pub mod mutation;
mod subset;

/// The examples in Rust of the pages, as documentation tests.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../../README.md")]
    struct Readme;
    #[doc = include_str!("../../../web-demo/docs/rust.md")]
    struct Rust;
}

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kmsguard::api::{
    AuditRequest, AuthzRequest, BaselineRequest, CrnRequest, DiffRequest, ImpactRequest, Input, Inventory,
    InventoryRequest, MigrateRequest, PlanRequest, PolicyRequest, ReportRequest, RequestError, SnapshotRequest,
    TightenRequest, crn, diff, plan, policy, to_json,
};
use serde::Deserialize;
use serde_json::Value;

pub use memory_host::MemoryHost;
pub use subset::difference;

/// One file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// Where the expectation comes from.
    #[serde(default)]
    pub source: Option<String>,
    /// The request, in the words of the operation.
    pub request: Value,
    /// The part of the answer that is settled: objects by their named members, lists element by element.
    pub expect: Value,
}

/// A case with the operation it is for.
#[derive(Debug)]
pub struct Vector {
    /// The name of the folder: `crn`, `audit`.
    pub operation: String,
    /// The file and the name of the case.
    pub name: String,
    /// The case.
    pub case: Case,
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All vectors, in the order of their paths.
pub fn vectors() -> Vec<Vector> {
    let root = repository().join("tests/vectors");
    let mut vectors = Vec::new();
    for folder in sorted(&root) {
        if !folder.is_dir() {
            continue;
        }
        let operation = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        for path in
            sorted(&folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let file: File = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            for case in file.cases {
                let name = format!("{operation}/{stem}: {}", case.name);
                vectors.push(Vector { operation: operation.clone(), name, case });
            }
        }
    }
    vectors
}

/// The files of an account of `tests/accounts`, each with its path below another name.
pub fn account(account: &str, name: &str) -> Vec<(String, String)> {
    files(&repository().join("tests/accounts").join(account), name)
}

fn files(folder: &Path, name: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for path in sorted(folder) {
        let name = format!("{name}/{}", path.file_name().expect("a file has a name").to_string_lossy());
        if path.is_dir() {
            files.extend(self::files(&path, &name));
        } else {
            files.push((name, std::fs::read_to_string(&path).expect("a file of an account is a text")));
        }
    }
    files
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of a folder").path()).collect();
    paths.sort();
    paths
}

/// A request about exports: the inputs beside what is asked.
#[derive(Debug)]
pub struct Exports {
    /// The inputs by name; a text is the raw content, anything else is written as JSON.
    pub inputs: BTreeMap<String, String>,
    /// Whether they are given by name, as opposed to found in a folder.
    pub named: bool,
    /// The rest of the request.
    pub request: Value,
}

impl Exports {
    /// Splits a request about exports.
    pub fn of(request: &Value) -> Self {
        let mut rest = request.as_object().expect("a request is an object").clone();
        let inputs = rest.remove("inputs").expect("a request about exports has `inputs`");
        let named = rest.remove("named").and_then(|named| named.as_bool()).unwrap_or(true);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let inputs = inputs.as_object().expect("`inputs` is an object");
        Self {
            inputs: inputs.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
            named,
            request: rest.into(),
        }
    }

    /// The inputs read.
    pub fn inventory(&self) -> Inventory {
        let input = |(name, text): (&String, &String)| match self.named {
            true => Input::named(name.as_str(), text.as_bytes()),
            false => Input::found(name.as_str(), text.as_bytes()),
        };
        Inventory::read(self.inputs.iter().map(input).collect())
    }
}

/// The answer of the crate, as its exact bytes.
pub fn answer(vector: &Vector) -> String {
    let request = &vector.case.request;
    match vector.operation.as_str() {
        "crn" => to_json(&crn(&typed::<CrnRequest>(request))),
        "audit" => {
            let exports = Exports::of(request);
            let answer = exports.inventory().audit(&typed::<AuditRequest>(&exports.request));
            answer.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
        }
        "baseline" => {
            let exports = Exports::of(request);
            let answer = exports.inventory().baseline(&typed::<BaselineRequest>(&exports.request));
            answer.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
        }
        "authz" => {
            let exports = Exports::of(request);
            let answer = exports.inventory().authz(&typed::<AuthzRequest>(&exports.request));
            answer.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
        }
        "diff" => diff(&typed::<DiffRequest>(request)).map_or_else(|error| refusal(&error), |answer| to_json(&answer)),
        "inventory" => {
            let exports = Exports::of(request);
            to_json(&exports.inventory().inventory(&typed::<InventoryRequest>(&exports.request)))
        }
        "plan" if request.get("inputs").is_some() => {
            let exports = Exports::of(request);
            to_json(&exports.inventory().plan(&typed::<PlanRequest>(&exports.request)))
        }
        "plan" => to_json(&plan(&typed::<PlanRequest>(request))),
        "tighten" => {
            let exports = Exports::of(request);
            to_json(&exports.inventory().tighten(&typed::<TightenRequest>(&exports.request)))
        }
        "policy" => to_json(&policy(&typed::<PolicyRequest>(request))),
        "report" => {
            let exports = Exports::of(request);
            let asked = report_request(&exports.request);
            let text = exports.inventory().report(&typed::<ReportRequest>(&asked));
            text.map_or_else(|error| refusal(&error), |text| report(request, text))
        }
        "snapshot" => {
            let exports = Exports::of(request);
            to_json(&exports.inventory().snapshot(&typed::<SnapshotRequest>(&exports.request)))
        }
        "impact" => {
            let exports = Exports::of(request);
            let answer = exports.inventory().impact(&typed::<ImpactRequest>(&exports.request));
            answer.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
        }
        "migrate" => {
            let exports = Exports::of(request);
            let answer = exports.inventory().migrate(&typed::<MigrateRequest>(&exports.request));
            answer.map_or_else(|error| refusal(&error), |answer| to_json(&answer))
        }
        other => panic!("no runner for the operation `{other}`"),
    }
}

/// The request for a report: what is asked of the operation, apart from which operation and which format that is.
fn report_request(request: &Value) -> Value {
    let mut rest = request.as_object().expect("a request is an object").clone();
    let mut take = |name: &str| rest.remove(name).unwrap_or_else(|| panic!("a report has `{name}`"));
    let (kind, format) = (take("kind"), take("format"));
    serde_json::json!({"kind": kind, "format": format, "request": rest})
}

/// How a report stands in an answer: one that is JSON for itself, any other as the member of an object.
pub fn report(request: &Value, text: String) -> String {
    match request["format"].as_str() {
        Some("json" | "sarif") => text,
        _ => serde_json::json!({"format": request["format"], "text": text}).to_string() + "\n",
    }
}

/// How a refused request stands in a vector: there is no answer then, and every door raises an error of its own.
pub fn refusal(error: &RequestError) -> String {
    serde_json::json!({"request_error": {"code": error.code, "message": error.message, "help": error.help}}).to_string()
}

fn typed<T: for<'de> Deserialize<'de>>(request: &Value) -> T {
    serde_json::from_value(request.clone()).unwrap_or_else(|error| panic!("{request}: {error}"))
}
