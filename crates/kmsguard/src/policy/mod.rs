//! Authorizations: the policies with which IAM lets one service use another, read from and written in every form.
//!
//! One [`Authorization`] stands for a policy of either version of the API, of a command, or of Terraform. Nothing that
//! cannot be read is taken for "any": what is malformed becomes a [`PolicyFault`], and keeps the policy from ever being
//! true.

mod cli;
mod cli_flags;
mod cli_read;
mod document;
mod documents;
mod fault;
mod fault_text;
mod flat;
mod forms;
mod hcl;
mod mended;
mod model;
mod obstacle;
mod place;
mod read;
mod review;
mod role;
mod sentence;
mod shell_words;
mod side;
mod terraform;
mod terraform_read;
mod terraform_show;
mod v1;
mod v2;
mod wildcard;

pub(crate) use cli::shell;
pub use documents::{Found, read_document};
pub use fault::{PolicyFault, PolicyFaultKind, SideName};
pub use forms::{Forms, forms, written};
pub(crate) use mended::{with_attributes, with_guids, with_roles};
pub use model::{Attribute, Authorization, Operator, Origin, PolicyType, Side, State, Value, Version};
pub use obstacle::{Form, Obstacle};
pub use read::{looks_like_policy, read, read_text};
pub use role::{Role, RoleKind, RoleMistake, RoleOwner};
pub use sentence::sentence;
pub use v1::{V1Attribute, V1Policy, V1Side, WrittenRole};
pub use v2::{V2Attribute, V2Control, V2Grant, V2Policy, V2Side, V2Value};
pub use wildcard::matches_pattern;
pub(crate) use wildcard::{Token, tokens};

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod text_tests;
#[cfg(test)]
mod write_tests;
