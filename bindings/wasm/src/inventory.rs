//! Exports, read once and asked often. Requests and answers cross as JSON text.

use kmsguard::api::{
    self, Answer, AuditRequest, AuthzRequest, BaselineRequest, DiffRequest, ImpactRequest, Input, InventoryRequest,
    MigrateRequest, PlanRequest, PolicyRequest, ReportRequest, RequestError, SnapshotRequest, TightenRequest, Unread,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{option, thrown};

/// What is to be read, handed over one by one.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Inputs(Vec<Input>);

#[wasm_bindgen]
impl Inputs {
    /// None yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One that was read.
    pub fn add(&mut self, name: String, bytes: Vec<u8>, named: bool) {
        self.0.push(Input { name, bytes, named, unread: None });
    }

    /// One that could not be read.
    #[wasm_bindgen(js_name = addUnread)]
    pub fn add_unread(&mut self, name: String, why: &str) {
        let why = match why {
            "not-found" => Unread::NotFound,
            "not-permitted" => Unread::NotPermitted,
            "not-a-file" => Unread::NotAFile,
            "empty-folder" => Unread::EmptyFolder,
            "link" => Unread::Link,
            "passed-over" => Unread::PassedOver,
            "changed" => Unread::Changed,
            _ => Unread::Failed,
        };
        self.0.push(Input::unread(name, why));
    }
}

/// The exports, joined.
#[wasm_bindgen]
pub struct Inventory(api::Inventory);

#[wasm_bindgen]
impl Inventory {
    /// Reads everything. What is wrong with an input is in the answers.
    #[must_use]
    pub fn read(inputs: Inputs) -> Self {
        Self(api::Inventory::read(inputs.0))
    }

    /// A table, as the text of a JSON list.
    pub fn table(&self, name: &str) -> Result<String, JsValue> {
        match name {
            "keys" => rows(&self.0.keys()),
            "deployments" => rows(&self.0.deployments()),
            "uses" => rows(&self.0.uses()),
            "authorizations" => rows(&self.0.authorizations()),
            _ => rows(&self.0.gaps()),
        }
    }

    /// A plan, and whether it can be carried out.
    pub fn plan(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &PlanRequest| Ok(self.0.plan(request)))
    }

    /// Who may use which key.
    pub fn authz(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &AuthzRequest| self.0.authz(request))
    }

    /// The smallest authorizations that keep every use covered.
    pub fn tighten(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &TightenRequest| Ok(self.0.tighten(request)))
    }

    /// What breaks if something is done.
    pub fn impact(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &ImpactRequest| self.0.impact(request))
    }

    /// Which keys are ready to move to Key Protect Dedicated.
    pub fn migrate(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &MigrateRequest| self.0.migrate(request))
    }

    /// Findings.
    pub fn audit(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &AuditRequest| self.0.audit(request))
    }

    /// The findings that stand, written down.
    pub fn baseline(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &BaselineRequest| self.0.baseline(request))
    }

    /// An answer as text.
    pub fn report(&self, request: &str) -> Result<String, JsValue> {
        self.0.report(&read::<ReportRequest>(request)?).map_err(|error| thrown(&error))
    }

    /// The exports in one file.
    pub fn snapshot(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &SnapshotRequest| Ok(self.0.snapshot(request)))
    }

    /// What was read, which key protects what, and what is missing.
    pub fn inventory(&self, request: &str) -> Result<String, JsValue> {
        answered(request, |request: &InventoryRequest| Ok(self.0.inventory(request)))
    }
}

/// The authorization and the provisioning for a service and its key.
#[wasm_bindgen]
pub fn plan(request: &str) -> Result<String, JsValue> {
    answered(request, |request: &PlanRequest| Ok(api::plan(request)))
}

/// What changed between two audits.
#[wasm_bindgen]
pub fn diff(request: &str) -> Result<String, JsValue> {
    answered(request, |request: &DiffRequest| api::diff(request))
}

/// Authorizations, checked, in every form that can carry them.
#[wasm_bindgen]
pub fn policy(request: &str) -> Result<String, JsValue> {
    answered(request, |request: &PolicyRequest| Ok(api::policy(request)))
}

/// Reads a request, asks, and writes the answer.
fn answered<R: DeserializeOwned, A: Answer>(
    request: &str,
    ask: impl FnOnce(&R) -> Result<A, RequestError>,
) -> Result<String, JsValue> {
    ask(&read(request)?).map(|answer| api::to_json(&answer)).map_err(|error| thrown(&error))
}

/// Reads a request, by way of a value, so that messages do not speak of lines and columns that the caller never wrote.
fn read<R: DeserializeOwned>(request: &str) -> Result<R, JsValue> {
    let value = serde_json::from_str::<serde_json::Value>(request);
    value.and_then(serde_json::from_value).map_err(|error| option(&error))
}

fn rows<T: Serialize>(rows: &[T]) -> Result<String, JsValue> {
    serde_json::to_string(rows).map_err(|error| JsValue::from_str(&error.to_string()))
}
