//! What can be wrong with an export.

use super::error_answer::Mend;
use super::input::Unread;
use super::kind::ExportKind;
use super::read::Place;
use crate::crn::Severity;

/// One thing that could not be read: what, and where in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What.
    pub(crate) kind: FaultKind,
    /// The record or value; none for the whole input.
    pub(crate) place: Option<Place>,
}

/// The faults of inputs. Each has a code that never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Given by name, and not JSON.
    NotJson,
    /// Not UTF-8.
    NotUtf8 {
        /// The first byte that is not.
        offset: usize,
    },
    /// Ends in the middle of a value.
    Cut {
        /// The line on which it ends.
        line: usize,
    },
    /// Not JSON from some place on.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in bytes.
        column: usize,
    },
    /// Nested deeper than is read.
    TooDeep {
        /// The line on which the limit was passed.
        line: usize,
    },
    /// Larger than is read.
    TooLarge,
    /// JSON of no known kind.
    UnknownKind {
        /// Names of members that were found.
        members: Vec<String>,
        /// Whether it was given by name.
        named: bool,
    },
    /// An error answer, saved as an export.
    ErrorAnswer {
        /// What the service said.
        said: String,
        /// What would mend it.
        mend: Mend,
    },
    /// A list without rows.
    EmptyList,
    /// A record that is not one of its kind.
    Record {
        /// The kind.
        kind: ExportKind,
        /// Why.
        why: String,
    },
    /// A record whose CRN is none.
    RecordCrn {
        /// The member.
        member: &'static str,
        /// As written.
        text: String,
    },
    /// A name was given twice.
    NameTwice,
    /// The door could not read it.
    Unread(Unread),
    /// A gzip file that ends too early, or was changed.
    DamagedGzip,
    /// A gzip file from which far more comes out than any export has.
    InflatesTooFar,
    /// Not UTF-16, though it says so.
    NotUtf16 {
        /// The first byte that is not.
        offset: usize,
    },
    /// A member stands twice in an answer.
    MemberTwice {
        /// Its name.
        member: String,
    },
    /// An object has more members than any export.
    TooManyMembers,
    /// A snapshot that is none, or of another version.
    Snapshot {
        /// Why.
        why: String,
    },
    /// A manifest names a file that was not given.
    MissingFile {
        /// The name that the input would have.
        file: String,
        /// What went wrong with the call, as the manifest says.
        error: Option<String>,
    },
    /// There are more faults than are listed.
    MoreFaults {
        /// How many more.
        number: u32,
    },
    /// Two records of a key contradict each other, and neither is the later.
    KeyStates {
        /// Its CRN.
        key: String,
        /// What the records say.
        states: [&'static str; 2],
    },
    /// Two records of a service instance contradict each other, and neither is the later.
    InstanceStates {
        /// Its CRN.
        instance: String,
        /// What the records say.
        states: [String; 2],
    },
    /// Records that do not name the KMS instance they are of, and no manifest that does.
    NoInstance,
    /// Records that do not name the key they are of, and no manifest that does.
    NoKey,
    /// A value that is marked as sensitive names a key that no list holds.
    SensitiveKey,
}

/// At most this many characters of an input are echoed in a message.
const ECHO: usize = 160;

/// A text of an input as a message shows it.
pub(super) fn echo(text: &str) -> String {
    let mut shown: String = text.chars().take(ECHO).flat_map(char::escape_debug).collect();
    if text.chars().nth(ECHO).is_some() {
        shown.push('…');
    }
    shown
}

/// Which kinds of JSON are read, by the table of kinds.
fn kinds_that_are_read() -> String {
    let names: Vec<&str> =
        ExportKind::EXPORTS.into_iter().chain([ExportKind::Manifest]).map(ExportKind::name).collect();
    format!(
        "the kinds that are read: {}; each as the API answers it or as a command with `--output json` prints it",
        names.join(", ")
    )
}

impl FaultKind {
    /// The code: `IN` and three digits.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson => "IN001",
            Self::NotUtf8 { .. } => "IN002",
            Self::Cut { .. } => "IN003",
            Self::Malformed { .. } => "IN004",
            Self::TooDeep { .. } => "IN005",
            Self::TooLarge => "IN006",
            Self::UnknownKind { .. } => "IN007",
            Self::ErrorAnswer { .. } => "IN008",
            Self::EmptyList => "IN009",
            Self::Record { .. } => "IN010",
            Self::RecordCrn { .. } => "IN011",
            Self::NameTwice => "IN012",
            Self::Unread(Unread::NotFound) => "IN013",
            Self::Unread(Unread::NotPermitted) => "IN014",
            Self::Unread(Unread::NotAFile) => "IN015",
            Self::Unread(Unread::EmptyFolder) => "IN016",
            Self::Unread(Unread::Failed) => "IN017",
            Self::DamagedGzip => "IN018",
            Self::InflatesTooFar => "IN019",
            Self::NotUtf16 { .. } => "IN020",
            Self::MemberTwice { .. } => "IN021",
            Self::TooManyMembers => "IN022",
            Self::Snapshot { .. } => "IN026",
            Self::MoreFaults { .. } => "IN023",
            Self::KeyStates { .. } => "IN030",
            Self::InstanceStates { .. } => "IN031",
            Self::NoInstance => "IN032",
            Self::NoKey => "IN033",
            Self::SensitiveKey => "IN034",
            Self::Unread(Unread::Link) => "IN024",
            Self::Unread(Unread::Changed) => "IN025",
            Self::Unread(Unread::PassedOver) => "IN027",
            Self::MissingFile { .. } => "IN028",
        }
    }

    /// How bad it is: an error leaves something unread.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::UnknownKind { named: false, .. }
            | Self::EmptyList
            | Self::RecordCrn { .. }
            | Self::NameTwice
            | Self::MissingFile { error: None, .. }
            | Self::Unread(Unread::PassedOver)
            | Self::KeyStates { .. }
            | Self::InstanceStates { .. }
            | Self::NoInstance
            | Self::NoKey
            | Self::SensitiveKey => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotJson => "this is not JSON".to_owned(),
            Self::NotUtf8 { offset } => format!("byte {offset} is not UTF-8"),
            Self::Cut { line } => format!("the JSON ends in the middle of a value, on line {line}"),
            Self::Malformed { line, column } => format!("this is not JSON from line {line}, column {column} on"),
            Self::TooDeep { line } => {
                format!("the JSON is nested more than {} levels deep, on line {line}", super::cursor::DEEPEST)
            }
            Self::TooLarge => "the input is larger than 4 GiB".to_owned(),
            Self::UnknownKind { members, .. } if members.is_empty() => "this JSON is of no known kind".to_owned(),
            Self::UnknownKind { members, .. } => {
                let names: Vec<String> = members.iter().map(|name| format!("`{}`", echo(name))).collect();
                format!("this JSON is of no known kind: it has {}", names.join(", "))
            }
            Self::ErrorAnswer { said, .. } => format!("this is an error answer, saved as an export: {}", echo(said)),
            Self::EmptyList => "this list has no rows, so nothing says what it lists".to_owned(),
            Self::Record { kind, why } => format!("this is no record of {kind}: {}", echo(why)),
            Self::RecordCrn { member, text } => format!("`{member}` is not a CRN: `{}`", echo(text)),
            Self::NameTwice => "this name was given twice; the first is read".to_owned(),
            Self::Unread(Unread::NotFound) => "there is no such file or folder".to_owned(),
            Self::Unread(Unread::NotPermitted) => "this may not be read".to_owned(),
            Self::Unread(Unread::NotAFile) => "this is neither a regular file nor a folder".to_owned(),
            Self::Unread(Unread::EmptyFolder) => "there is no file in this folder".to_owned(),
            Self::Unread(Unread::Link) => "this is a link, and links are not followed".to_owned(),
            Self::Unread(Unread::PassedOver) => "this is a link, or no regular file: it is passed over".to_owned(),
            Self::Unread(Unread::Changed) => "this changed while it was read".to_owned(),
            Self::Unread(Unread::Failed) => "reading this failed".to_owned(),
            Self::DamagedGzip => "this gzip file is damaged, or ends too early".to_owned(),
            Self::InflatesTooFar => format!(
                "more than {} times its size, or more than {} MiB, comes out of this gzip file",
                super::frame::MOST_TIMES,
                super::frame::MOST_INFLATED >> 20
            ),
            Self::NotUtf16 { offset } => format!("byte {offset} is not UTF-16"),
            Self::MemberTwice { member } => format!("the member `{}` stands twice", echo(member)),
            Self::TooManyMembers => "an object has more members than any export".to_owned(),
            Self::Snapshot { why } => format!("this snapshot cannot be read: {}", echo(why)),
            Self::MissingFile { file, error: None } => {
                format!("this manifest names `{}`, and there is no such input", echo(file))
            }
            Self::MissingFile { file, error: Some(error) } => {
                format!("this manifest names `{}`, and there is no such input: {}", echo(file), echo(error))
            }
            Self::MoreFaults { number } => format!("there are {number} more faults in this input"),
            Self::KeyStates { key, states: [first, second] } => format!(
                "two records of key `{}` give its state as {first} and {second}, and neither is the later: it is not known",
                echo(key)
            ),
            Self::InstanceStates { instance, states: [first, second] } => format!(
                "two records of `{}` give its state as `{}` and `{}`, and neither is the later: it is not known",
                echo(instance),
                echo(first),
                echo(second)
            ),
            Self::NoInstance => "these records do not name the KMS instance they are of".to_owned(),
            Self::NoKey => "these records do not name the key they are of".to_owned(),
            Self::SensitiveKey => "this resource names, in a sensitive value, a key that no list holds".to_owned(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotJson => "give the output of a command with `--output json`, or leave it in a folder to have it passed over",
            Self::NotUtf8 { .. } => "save the export as UTF-8; in PowerShell: `… | Out-File -Encoding utf8 FILE`",
            Self::Cut { .. } => "the export was interrupted: make it again",
            Self::Malformed { .. } => "make the export again, and write nothing else into its file",
            Self::TooDeep { .. } => "no export is nested that deep: make it again",
            Self::TooLarge => "split the export by instance",
            Self::UnknownKind { .. } => return kinds_that_are_read(),
            Self::ErrorAnswer { mend: Mend::LogIn, .. } => "log in with `ibmcloud login`, and make the export again",
            Self::ErrorAnswer { mend: Mend::Reader, .. } => {
                "make the export again with a login that has the role Reader on the KMS instance"
            }
            Self::ErrorAnswer { mend: Mend::Viewer, .. } => {
                "make the export again with a login that has the role Viewer on what is listed"
            }
            Self::ErrorAnswer { mend: Mend::Other, .. } => {
                "make the export again; Viewer and Reader are enough to read everything"
            }
            Self::EmptyList => "a list proves its kind by a row, or by a manifest `kmsguard-export.json` beside it",
            Self::Record { .. } => "make the export again; the other records are read",
            Self::RecordCrn { .. } => "check it with `kmsguard crn`; nothing is concluded from this record",
            Self::NameTwice => "give each input its own name",
            Self::Unread(Unread::NotFound) => "check the path",
            Self::Unread(Unread::NotPermitted) => "check who may read it",
            Self::Unread(Unread::NotAFile) => "give a file, a folder, or `-` for standard input",
            Self::Unread(Unread::EmptyFolder) => "put the exports into it, or give another folder",
            Self::Unread(Unread::Link) => "give the path it points to",
            Self::Unread(Unread::PassedOver) => "put the file itself into the folder, if it is an export",
            Self::Unread(Unread::Changed) => "wait until nothing writes to it, and try again",
            Self::Unread(Unread::Failed) => "try again, or copy it to another disk",
            Self::DamagedGzip => "compress the export again; `gzip --test FILE` tells whether it is whole",
            Self::InflatesTooFar => "give the file as it is without compression, if it is an export",
            Self::NotUtf16 { .. } => "save the export as UTF-8; in PowerShell: `… | Out-File -Encoding utf8 FILE`",
            Self::MemberTwice { .. } => "make the export again: which of the two is meant cannot be said",
            Self::TooManyMembers => "make the export again",
            Self::Snapshot { .. } => "make it again with `kmsguard snapshot`, and read it with a version that is no older",
            Self::MissingFile { .. } => "give the whole folder, or make the export again: what the file listed is not known",
            Self::MoreFaults { .. } => "mend the ones that are listed first",
            Self::KeyStates { .. } | Self::InstanceStates { .. } => {
                "make both exports again at one time, or leave the older out"
            }
            Self::NoInstance => "nothing is concluded from them; a manifest `kmsguard-export.json` beside them says of which instance they are",
            Self::SensitiveKey => "list the keys of the KMS instance: the value is not shown, so which key it is cannot be said",
            Self::NoKey => "nothing is concluded from them; a manifest `kmsguard-export.json` beside them says of which key they are",
        }
        .to_owned()
    }
}
