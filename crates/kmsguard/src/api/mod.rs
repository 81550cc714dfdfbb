//! The seam: what every door of kmsguard calls. One request type, one answer type and one function for each operation.
//!
//! A bad input is an answer that holds its problems; a [`RequestError`] is for a request that is none. All answers are
//! written by [`to_json`], so that every door gives the same bytes.

mod answer;
mod audit;
mod authorization;
mod authz;
mod baseline;
mod codes;
mod comparison;
mod crn;
#[cfg(test)]
mod decided_alone;
mod diff;
mod exports;
mod impact;
mod inventory;
mod kms_instances;
mod migrate;
mod ordered;
mod parts;
mod plan;
mod planned_changes;
mod policy;
mod preflight;
mod problem;
mod report;
mod services;
mod small_json;
mod snapshot;
mod suppression;
mod tighten;
mod untangle;
mod written;

pub use answer::{Answer, Outcome, RequestError, SCHEMA_VERSION, Tool, to_json};
pub use audit::{AuditAnswer, AuditRequest, AuditSummary, BySeverity, Finding, Remediation, Suppressed, Undetermined};
pub use authorization::{AttributeParts, AuthorizationParts, SideParts};
pub use authz::{
    AuthzAnswer, AuthzRequest, AuthzSummary, DecisionReport, DecisionWitness, DependentReport, Missing, MissingName,
    NearMissOutcome, NearMissReport, ReachReport,
};
pub use baseline::{Baseline, BaselineFinding, BaselineReport, BaselineRequest};
pub use codes::{Code, codes};
pub use comparison::{ComparisonReport, DifferenceReport, Holds, RedundantReport, RelationName, SeparatingFact};
pub use crn::{
    CrnAnswer, CrnColumn, CrnParts, CrnReport, CrnRequest, CrnVerdict, LayoutPart, PositionEncoding, ScopeParts,
    TextPlace, crn, crn_report, crn_segments, crn_verdict, crns, found_crns, to_json_line,
};
pub use diff::{DiffAnswer, DiffChange, DiffFinding, DiffRequest, DiffSide, DiffSummary, DiffUndetermined, diff};
pub use exports::{InputReport, Label, Labels};
pub use impact::{
    ActionKind, ActionReport, ActionRequest, AffectedResource, IfForced, ImpactAnswer, ImpactRequest, TimelineEvent,
};
pub use inventory::{
    DeploymentReport, Exposure, GapReport, InventoryAnswer, InventoryRequest, KeyReport, KeySource, KeyType, KeyUse,
    UseWitness, WitnessKind,
};
pub use kms_instances::{InstancePolicyReport, KmsInstanceReport, MigrationPair, SettingsKey, SettingsReport};
pub use migrate::{
    MigrateAnswer, MigrateRequest, MigrationAssociation, MigrationCandidate, MigrationDeadline, MigrationGrant,
    MigrationIntent, MigrationNext, MigrationOtherDate, MigrationPolicy, MigrationProgress, MigrationRow,
    MigrationScope, MigrationStep, MigrationSummary, MigrationToolReport, MigrationUnseen, ProgressOfKey,
};
pub use ordered::{OrderStepReport, OrderWait, Ordering};
pub use parts::{Command, Evidence, Surface, Unknown, UnknownKind};
pub use plan::{DerivedValue, PlanAnswer, PlanRequest, PlanStep, Reason, ReasonKind, Requirements, RestCall, plan};
pub use planned_changes::PlannedChange;
pub use policy::{PolicyAnswer, PolicyReport, PolicyRequest, policy};
pub use preflight::{CheckReport, PreflightReport};
pub use problem::Problem;
pub use report::{AuditFormat, AuthzFormat, ImpactFormat, InventoryFormat, MigrateFormat, ReportRequest};
pub use services::{
    CatalogueDoubt, CatalogueEffect, CatalogueFact, CatalogueKeyRegions, CatalogueMember, CataloguePlan,
    CatalogueService, services,
};
pub use small_json::crn_to_json;
pub use snapshot::SnapshotRequest;
pub use suppression::{SuppressionReport, SuppressionState};
pub use tighten::{
    AddedReport, KeptBecause, KeptReport, OpenReport, RemovedReport, RestingUse, TightenAnswer, TightenRequest,
};

pub use untangle::{
    DataMove, NewKey, UntangleAction, UntanglePlan, UntangleStep, UntangleWait, UntangledDeployment, UntangledPart,
    UntanglingReport,
};
pub use written::{BodyReport, ChangeReport, EffectReport, PutReport};

pub use crate::authz::{Match as MatchVerdict, Verdict};
pub use crate::catalog::effects::{Effect, Since};
pub use crate::catalog::services::{MoveKind, SERVICES, Service};
pub use crate::config::{Configuration, Fault as ConfigurationFault};
pub use crate::crn::{Kind, Require, ScopeType, Segment, Severity, is_key_crn};
pub use crate::impact::{
    Certainty, EventKind, How as UntangleHow, OrderAction, OrderVerdict, UntangleVerdict, Verdict as ImpactVerdict,
};
pub use crate::ingest::{ExportKind, Input, SNAPSHOT_FORMAT, Snapshot, SnapshotFault, SnapshotInput, Unread};
#[cfg(feature = "schema")]
pub use crate::ingest::{Manifest, ManifestCall};
pub use crate::inventory::{Alone, Inventory, KeyState, Progress, Scalar, SharedText, Stage, Workers};
pub use crate::migrate::Readiness;
pub use crate::now::{Now, NowError};
pub use crate::plan::{BodyForm, InEffect, Json, Reversible, StepId, WrittenIn, shell};
pub use crate::policy::{Form, Forms, Origin, SideName, State};
pub use crate::preflight::{CheckId, Standing};
pub use crate::report::{plain, plain_json};
pub use crate::rules::{FailOn, RULES, Rule, Severity as FindingSeverity};
