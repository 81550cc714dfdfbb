//! Snapshots: exports in one file, read as if the exports themselves were given.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fault::FaultKind;
use super::frame::Opened;
use super::input::Unread;

/// What a snapshot says it is. A later version has another number.
pub const SNAPSHOT_FORMAT: &str = "kmsguard-snapshot/1";

/// How every snapshot begins, of whatever version.
const PREFIX: &str = "kmsguard-snapshot/";

/// A snapshot says so in its first bytes.
const HEAD: usize = 256;

/// The exports of a snapshot, one file with all that answers need of them.
///
/// Read in place of the exports it gives the same answers, under the same names: what they hold, what could not be read of
/// them, and what a manifest says of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// `kmsguard-snapshot/1`.
    pub snapshot: String,
    /// Whether names stand under pseudonyms.
    pub redacted: bool,
    /// What a person who is given the snapshot should know of it.
    pub notes: Vec<String>,
    /// The exports, in the order of their names.
    pub inputs: Vec<SnapshotInput>,
}

/// One export of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SnapshotInput {
    /// Its name.
    pub name: String,
    /// Whether it was given by name, and not found in a folder.
    pub named: bool,
    /// Its text; secrets in it are written over. Of what is no export a mark stands in its place.
    pub text: String,
    /// Why it has no text, where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<SnapshotFault>,
    /// Whether it was no text at all.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub binary: bool,
}

/// Why an export of a snapshot has no text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SnapshotFault {
    /// The code of the problem.
    pub code: String,
    /// The first byte that is none of a text, where that is the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
}

impl SnapshotFault {
    /// The faults that an input has before its text is looked at.
    pub(crate) fn of(fault: &FaultKind) -> Self {
        let offset = match fault {
            FaultKind::NotUtf8 { offset } | FaultKind::NotUtf16 { offset } => u32::try_from(*offset).ok(),
            _ => None,
        };
        Self { code: fault.code().to_owned(), offset }
    }

    fn kind(&self) -> Option<FaultKind> {
        let offset = self.offset.unwrap_or(0) as usize;
        let unread = [
            Unread::NotFound,
            Unread::NotPermitted,
            Unread::NotAFile,
            Unread::EmptyFolder,
            Unread::Link,
            Unread::PassedOver,
            Unread::Changed,
            Unread::Failed,
        ];
        let known = [
            FaultKind::NotUtf8 { offset },
            FaultKind::NotUtf16 { offset },
            FaultKind::TooLarge,
            FaultKind::DamagedGzip,
            FaultKind::InflatesTooFar,
        ];
        known.into_iter().chain(unread.map(FaultKind::Unread)).find(|fault| fault.code() == self.code)
    }
}

/// Puts the exports of each snapshot into its place. One that cannot be read stays, with its fault.
pub(crate) fn expand(inputs: Vec<Opened>) -> Vec<Opened> {
    let mut expanded = Vec::with_capacity(inputs.len());
    for input in inputs {
        if !is_snapshot(&input) {
            expanded.push(input);
            continue;
        }
        match read(&input.text) {
            Ok(inputs) => expanded.extend(inputs),
            Err(why) => {
                expanded.push(Opened { text: Arc::default(), fault: Some(FaultKind::Snapshot { why }), ..input })
            }
        }
    }
    expanded
}

fn is_snapshot(input: &Opened) -> bool {
    let head = input.text.as_bytes();
    let head = head.get(..head.len().min(HEAD)).unwrap_or_default();
    let start = head.iter().position(|byte| *byte == b'{').and_then(|start| head.get(start..)).unwrap_or_default();
    let member = start.get(1..).unwrap_or_default().trim_ascii_start();
    let Some(rest) = member.strip_prefix(b"\"snapshot\"") else { return false };
    let rest = rest.trim_ascii_start().strip_prefix(b":").unwrap_or_default().trim_ascii_start();
    rest.strip_prefix(b"\"").is_some_and(|text| text.starts_with(PREFIX.as_bytes()))
}

fn read(text: &str) -> Result<Vec<Opened>, String> {
    /// The version alone, whatever else there is.
    #[derive(Deserialize)]
    struct Version {
        snapshot: String,
    }
    let text = text.trim_start_matches('\u{feff}');
    let wrong = |error: serde_json::Error| error.to_string();
    let version: Version = serde_json::from_str(text).map_err(wrong)?;
    if version.snapshot != SNAPSHOT_FORMAT {
        return Err(format!("it is a `{}`, and `{SNAPSHOT_FORMAT}` is read", version.snapshot));
    }
    let snapshot: Snapshot = serde_json::from_str(text).map_err(wrong)?;
    let opened = |input: SnapshotInput| {
        let fault = match &input.fault {
            Some(fault) => Some(fault.kind().ok_or_else(|| format!("no input has the fault `{}`", fault.code))?),
            None => None,
        };
        let SnapshotInput { name, named, text, binary, .. } = input;
        Ok(Opened { name, named, text: Arc::new(text), fault, is_binary: binary })
    };
    snapshot.inputs.into_iter().map(opened).collect()
}
