//! Cloud Resource Names: their grammar, their parts, and what is wrong with a text that should be one.
//!
//! [`parse`] borrows from its input and says only whether a text *is* a CRN; [`diagnose`] says everything that is wrong
//! with it, where, and what it should have been.

mod align;
mod check;
mod diagnose;
mod extract;
mod fault;
mod grammar;
mod key;
mod message;
mod model;
mod owned;
mod peel;
mod ten;
mod traced;
mod views;

pub use align::Layout;
pub use diagnose::{Diagnosis, Require, diagnose};
pub use extract::extract;
pub use fault::{Fault, FaultKind, Severity};
pub use grammar::{ParseError, ParseErrorKind, parse};
pub use key::{is_guid, is_key_crn};
pub use model::{Crn, Kind, Scope, ScopeType, Segment, Span};
pub use owned::CrnBuf;
pub use views::{Account, Deployment, Key, KindError, KmsInstance, Role, RoleKind};
