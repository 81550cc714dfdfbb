//! The types that cross the seam: one line for each.

use kmsguard::api;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// Which way a type crosses the seam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the caller to the core.
    Request,
    /// From the core to the caller.
    Answer,
}

/// A type that is asked or answered as a whole.
pub struct Root {
    /// Its name in `kmsguard schema NAME`, and the name of its file.
    pub name: &'static str,
    /// Which way it crosses the seam.
    pub direction: Direction,
    /// Its schema.
    pub schema: fn() -> Schema,
}

/// All of them.
pub const ROOTS: &[Root] = &[
    answer::<api::AuditAnswer>("audit-answer"),
    request::<api::AuditRequest>("audit-request"),
    answer::<api::AuthzAnswer>("authz-answer"),
    request::<api::AuthzRequest>("authz-request"),
    answer::<api::Baseline>("baseline"),
    request::<api::BaselineRequest>("baseline-request"),
    request::<api::Configuration>("configuration"),
    answer::<api::CrnAnswer>("crn-answer"),
    request::<api::CrnRequest>("crn-request"),
    answer::<api::DiffAnswer>("diff-answer"),
    request::<api::DiffRequest>("diff-request"),
    answer::<api::ImpactAnswer>("impact-answer"),
    request::<api::ImpactRequest>("impact-request"),
    answer::<api::InventoryAnswer>("inventory-answer"),
    request::<api::InventoryRequest>("inventory-request"),
    request::<api::Manifest>("manifest"),
    answer::<api::MigrateAnswer>("migrate-answer"),
    request::<api::MigrateRequest>("migrate-request"),
    answer::<api::PlanAnswer>("plan-answer"),
    request::<api::PlanRequest>("plan-request"),
    answer::<api::PolicyAnswer>("policy-answer"),
    request::<api::PolicyRequest>("policy-request"),
    request::<api::ReportRequest>("report-request"),
    answer::<api::Snapshot>("snapshot"),
    request::<api::SnapshotRequest>("snapshot-request"),
    answer::<api::TightenAnswer>("tighten-answer"),
    request::<api::TightenRequest>("tighten-request"),
];

const fn request<T: JsonSchema>(name: &'static str) -> Root {
    Root {
        name,
        direction: Direction::Request,
        schema: || SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>(),
    }
}

const fn answer<T: JsonSchema>(name: &'static str) -> Root {
    Root {
        name,
        direction: Direction::Answer,
        schema: || SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>(),
    }
}
