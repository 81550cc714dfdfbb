//! Finds the deployment in what a service answered: an object, a list with one, or the headers of a bucket.

use crate::crn::Span;

use super::super::written::{self, Around, Held, Node, Written};

/// What was answered.
pub(super) enum Answered {
    /// An object, at this pointer of the answer.
    Object(Written, String),
    /// Headers: their names in small letters, their values, and where these stand.
    Headers(Vec<(String, String, Span)>),
    /// Nothing that could be judged, and why.
    Nothing {
        /// Why.
        why: String,
        /// Where.
        span: Span,
    },
}

/// Lists that hold what was asked for, by the APIs' own words.
const LISTS: &[&str] = &["resources", "volumes", "shares", "images", "backup_vaults", "kms_settings"];

/// Reads an answer.
pub(super) fn read(text: &str, name: Option<&str>) -> Answered {
    let whole = Span { start: 0, end: text.trim_end().len() };
    let nothing = |why: &str, span: Span| Answered::Nothing { why: why.to_owned(), span };
    if text.trim().is_empty() {
        return nothing("the answer is empty", whole);
    }
    if let Some(headers) = headers(text) {
        return Answered::Headers(headers);
    }
    let Some(written) = written::read(text).filter(|written| written.wrapped.around == Around::Nothing) else {
        return nothing("the answer is neither JSON nor the headers of a bucket", whole);
    };
    if let Some((span, _)) = written.faults.first() {
        return nothing("the answer is no whole JSON: it was cut or changed", *span);
    }
    let span = written.span(written.root.span);
    match object(&written.root, name) {
        Ok(pointer) => match error(written.root.at_pointer(&pointer).unwrap_or(&written.root)) {
            Some(message) => nothing(&format!("the answer is an error: {message}"), span),
            None => headers_of(&written, &pointer).map_or(Answered::Object(written, pointer), Answered::Headers),
        },
        Err(why) => nothing(&why, span),
    }
}

/// Where the deployment stands: the answer itself, or the one row of its list that has the name.
fn object(root: &Node, name: Option<&str>) -> Result<String, String> {
    let (pointer, rows) = match &root.held {
        Held::List(rows) => (String::new(), rows),
        Held::Object(_) => {
            let list = LISTS.iter().find_map(|list| match root.member(list).map(|member| &member.value.held) {
                Some(Held::List(rows)) => Some((format!("/{list}"), rows)),
                _ => None,
            });
            match list {
                Some(list) => list,
                None => return Ok(String::new()),
            }
        }
        _ => return Err("the answer is no object".to_owned()),
    };
    let named = |row: &Node| name.is_some() && row.at(&["name"]).and_then(Node::text) == name;
    let of_name: Vec<usize> = (0..rows.len()).filter(|index| rows.get(*index).is_some_and(named)).collect();
    match (rows.len(), of_name.as_slice()) {
        (0, _) => Err("the answer lists nothing".to_owned()),
        (_, [one]) => Ok(format!("{pointer}/{one}")),
        (1, _) => Ok(format!("{pointer}/0")),
        (many, []) => Err(format!("the answer lists {many}, and none has the name of the plan")),
        (_, several) => Err(format!("the answer lists {} of that name", several.len())),
    }
}

/// What an error answer says.
fn error(object: &Node) -> Option<String> {
    let first = object.at_pointer("/errors/0").unwrap_or(object);
    let is_error = object.member("errors").is_some()
        || ["errorMsg", "errorCode", "error_code", "status_code", "statuscode", "messageid"]
            .iter()
            .any(|name| object.member(name).is_some());
    let messages = ["message", "errorMsg", "errorMessage", "error_description", "code"];
    let message = messages.iter().find_map(|name| first.at(&[name]).and_then(Node::text));
    is_error.then(|| message.unwrap_or("it does not say more").to_owned())
}

/// `Name: value` on every line, perhaps behind the line of the status.
fn headers(text: &str) -> Option<Vec<(String, String, Span)>> {
    let mut at = 0;
    let mut headers = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        // `curl -v` marks the lines of the answer.
        let bare = line.strip_prefix('<').map_or(line, str::trim_start);
        if bare.is_empty() || bare.starts_with("HTTP/") {
            continue;
        }
        let (name, value) = bare.split_once(':')?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_empty() || !name.bytes().all(is_name) {
            return None;
        }
        let value = value.trim();
        let end = start + line.len();
        headers.push((name.to_ascii_lowercase(), value.to_owned(), Span { start: end - value.len(), end }));
    }
    (!headers.is_empty()).then_some(headers)
}

/// The headers that an SDK puts into its answer.
fn headers_of(written: &Written, pointer: &str) -> Option<Vec<(String, String, Span)>> {
    let object = written.root.at_pointer(pointer)?;
    let headers = object.at(&["ResponseMetadata", "HTTPHeaders"]).or_else(|| object.at(&["headers"]))?;
    let members = headers.members().iter().filter_map(|member| {
        let text = member.value.text()?;
        Some((member.name.to_ascii_lowercase(), text.to_owned(), written.span(member.value.span)))
    });
    Some(members.collect())
}

/// Whether what was answered says of itself that it is not made, or not made yet.
pub(super) fn unfinished(object: &Node) -> Option<String> {
    let operation = object.at(&["last_operation", "state"]).and_then(Node::text);
    match operation {
        Some("in progress") => return Some("its last operation is in progress".to_owned()),
        Some("failed") => return Some("its last operation failed".to_owned()),
        _ => {}
    }
    let state = object.at(&["state"]).or_else(|| object.at(&["lifecycle_state"])).and_then(Node::text)?;
    let not_there = [
        "provisioning",
        "pre_provisioning",
        "failed",
        "inactive",
        "pending_reclamation",
        "pending_removal",
        "removed",
        "pending",
    ];
    not_there.contains(&state).then(|| format!("its state is `{state}`"))
}
