//! Values that a request may leave open: each surface has a way of its own to be stopped by one that is.

use super::super::Draft;
use super::super::fault::FaultKind;
use super::super::json::Json;
use super::super::quote::{hcl_text, shell};

/// Something that must be filled in before a call can be sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// What stands in its place, and the shell's variable.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) what: &'static str,
    /// How to find it.
    pub(super) help: &'static str,
}

/// A value that the request gives, or leaves open.
#[derive(Debug, Clone, Copy)]
pub(super) enum Filled<'a> {
    Given(&'a str),
    Open(&'static Slot),
}

impl<'a> Filled<'a> {
    /// The value; what is open is said.
    pub(super) fn of(given: Option<&'a str>, slot: &'static Slot, pointer: &str, draft: &mut Draft) -> Self {
        match given {
            Some(text) => Self::Given(text),
            None => {
                let kind = FaultKind::Placeholder { placeholder: slot.name, help: slot.help };
                draft.fault(pointer, kind);
                Self::Open(slot)
            }
        }
    }

    /// In the body of a call, or in its address.
    pub(super) const fn text(self) -> &'a str {
        match self {
            Self::Given(text) => text,
            Self::Open(slot) => slot.name,
        }
    }

    pub(super) fn json(self) -> Json {
        Json::text(self.text())
    }

    /// On the command line; the shell stops if the variable is not set.
    pub(super) fn word(self) -> String {
        match self {
            Self::Given(text) => shell(text),
            Self::Open(slot) => format!("\"${{{}:?{}}}\"", slot.name, slot.what),
        }
    }

    /// In Terraform, which asks for the value of a variable.
    pub(super) fn hcl(self) -> String {
        match self {
            Self::Given(text) => hcl_text(text),
            Self::Open(slot) => format!("var.{}", slot.name.to_ascii_lowercase()),
        }
    }

    /// The variable of Terraform, where the value is open.
    pub(super) fn variable(self) -> String {
        match self {
            Self::Given(_) => String::new(),
            Self::Open(slot) => format!(
                "variable \"{}\" {{\n  description = {}\n  type        = string\n}}\n\n",
                slot.name.to_ascii_lowercase(),
                hcl_text(slot.what)
            ),
        }
    }
}
