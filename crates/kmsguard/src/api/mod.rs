//! The seam: what every door of kmsguard calls. One request type, one answer type and one function for each operation.
//!
//! A bad input is an answer that holds its problems; a [`RequestError`] is for a request that is none. All answers are
//! written by [`to_json`], so that every door gives the same bytes.

mod answer;
mod crn;
mod now;
mod problem;

pub use answer::{Answer, Outcome, RequestError, SCHEMA_VERSION, Tool, to_json};
pub use crn::{
    CrnAnswer, CrnColumn, CrnParts, CrnReport, CrnRequest, LayoutPart, PositionEncoding, ScopeParts, crn, crns,
};
pub use now::Now;
pub use problem::Problem;

pub use crate::crn::{Kind, Require, ScopeType, Segment, Severity, is_key_crn};
