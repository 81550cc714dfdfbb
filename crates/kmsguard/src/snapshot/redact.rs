//! Exports under pseudonyms: accounts, users and the names of resources are replaced in every place at once, so that what
//! belonged together still does.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Cell, rewritten};
use super::names::{Content, Names, find, is_crn, is_id};
use super::pseudonym::{Named, USER_PREFIXES, pseudonym};
use crate::crn::parse;
use crate::ingest::{ExportKind, FlatCell, Sheet, SnapshotInput, error_without_words, looks_like_json};
use crate::order::{Arrange as _, Gather as _};

/// Account ids of this length and more are replaced wherever they stand; shorter ones, which only examples have, where they are
/// known to be one.
const LONG_ID: usize = 16;

/// Replaces the names in all inputs. What was kept, and why, is said.
pub(super) fn redact(inputs: &mut [SnapshotInput], kinds: &[ExportKind]) -> Vec<String> {
    let contents = kinds.iter().map(|kind| Content::of(*kind));
    let found: Vec<Names> = inputs.iter().zip(contents).map(|(input, content)| find(&input.text, content)).collect();
    let redaction = Redaction {
        accounts: inputs.iter().zip(&found).flat_map(|(input, names)| accounts(&input.text, names)).collect(),
        files: files(inputs),
        keeps_resources: found.iter().any(|names| names.has_resource_pattern),
        keeps_key_rings: found.iter().any(|names| names.has_key_ring_pattern),
    };
    for ((input, names), kind) in inputs.iter_mut().zip(&found).zip(kinds) {
        let is_json = looks_like_json(input.text.as_bytes());
        input.text = match kind {
            ExportKind::ActivityEvents | ExportKind::MigrationPairs if !is_json => {
                // What is read as a table is one; anything else would be no text that can be masked.
                rewritten(&input.text, |sheet, cell| Some(redaction.cell(sheet, cell))).unwrap_or_default()
            }
            ExportKind::ErrorAnswer if !is_json => {
                error_without_words(&input.text, |account| pseudonym(Named::Account, account))
            }
            _ => redaction.text(&input.text, names, &input.name),
        };
        input.name = redaction.file(&input.name);
    }
    let mut kept = Vec::new();
    if redaction.keeps_resources {
        kept.push("names of buckets are kept: an authorization speaks of them by a pattern".to_owned());
    }
    if redaction.keeps_key_rings {
        kept.push("names of key rings are kept: an authorization speaks of them by a pattern".to_owned());
    }
    kept
}

/// A new name for each name: its number, so that inputs stay in their order.
fn files(inputs: &[SnapshotInput]) -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    (1..).zip(names).map(|(number, name)| (name.to_owned(), format!("input-{number:06}"))).into_map()
}

/// What stands for something that may name anybody, and is not read.
const NO_RECORD: &str = "-";

/// Words with which the migration tool says what became of a pair; a sentence may follow.
const STATUSES: &[&str] =
    &["FAILED", "FAILURE", "ERROR", "SUCCESS", "SUCCEEDED", "SUCCESSFUL", "COMPLETED", "PENDING", "SKIPPED", "OK"];

/// The heading of a column of pairs: the words by which the column is known, and no others.
fn heading(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let known =
        ["source", "kpst", "target", "dedicated", "hpcs", "crk", "associations", "association", "count", "status"];
    let words: Vec<&str> = known.into_iter().filter(|word| plain.contains(word)).collect();
    if words.is_empty() { NO_RECORD.to_owned() } else { words.join(" ") }
}

struct Redaction {
    accounts: BTreeSet<String>,
    /// The new name of each input.
    files: BTreeMap<String, String>,
    keeps_resources: bool,
    keeps_key_rings: bool,
}

/// The account ids that an input names.
fn accounts(text: &str, names: &Names) -> Vec<String> {
    let marked = names.names.iter().filter(|name| name.named == Named::Account);
    let marked = marked.filter_map(|name| text.get(name.at.clone()));
    let in_scopes =
        text.match_indices(":a/").filter_map(|(at, _)| text.get(at + 3..)?.split([':', '"', ',', '\\']).next());
    marked.chain(in_scopes).filter(|id| !id.is_empty() && id.len() <= 64).map(str::to_owned).collect()
}

impl Redaction {
    /// A text with its names replaced.
    fn text(&self, text: &str, names: &Names, input: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = 0;
        let folder = input.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let named = names.names.iter().map(|name| (name.at.clone(), Some(name.named)));
        let mut marks: Vec<_> = named.chain(names.files.iter().map(|at| (at.clone(), None))).collect();
        marks.extend(names.messages.iter().map(|at| (at.clone(), None)));
        marks.arrange_by_key(|(at, _)| at.start);
        for (at, named) in marks {
            let Some(content) = text.get(at.clone()) else { continue };
            self.between(text.get(before..at.start).unwrap_or_default(), &mut out);
            match named {
                None if names.messages.contains(&at) => {
                    let plain = error_without_words(&unescaped(content), |account| pseudonym(Named::Account, account));
                    out.push_str(&plain.replace('\n', "\\n"));
                }
                None => out.push_str(&self.file(&format!("{folder}{content}"))),
                Some(Named::KeyRing) if self.keeps_key_rings => out.push_str(content),
                Some(Named::Account) => out.push_str(&pseudonym(Named::Account, content)),
                // A name that is a CRN is one first.
                Some(_) if is_crn(content) => self.between(content, &mut out),
                Some(Named::Resource) if self.keeps_resources && content.contains(['*', '?']) => out.push_str(content),
                Some(named) => out.push_str(&pseudonym(named, &unescaped(content))),
            }
            // What is no text of JSON stays none: under a name that is one, a broken export would be read.
            if serde_json::from_str::<String>(&format!("\"{content}\"")).is_err() {
                out.push_str("\\-");
            }
            before = at.end;
        }
        self.between(text.get(before..).unwrap_or_default(), &mut out);
        out
    }

    /// A cell of a table. What no reader reads is left out.
    fn cell(&self, sheet: &Sheet, cell: &Cell<'_>) -> String {
        let text = cell.text.trim();
        let is_heading = sheet.has_heading && cell.row == 0;
        if let Some(columns) = sheet.flat {
            return self.cell_of_event(columns.cell(cell.column), is_heading, text);
        }
        match sheet.events {
            Some(column) if is_heading && cell.column == column => cell.text.to_owned(),
            Some(column) if !is_heading && cell.column == column => {
                // What is no JSON is no event, whatever it says.
                let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
                if is_json { self.text(text, &find(text, Content::Events), "") } else { NO_RECORD.to_owned() }
            }
            Some(_) => String::new(),
            None if is_heading => heading(text),
            // Of a row that is still to be filled in, the target is empty and candidates stand behind it.
            None if text.is_empty() => String::new(),
            None if parse(text).is_ok() => {
                let mut out = String::new();
                self.between(text, &mut out);
                out
            }
            None if cell.column < 2 => NO_RECORD.to_owned(),
            None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.to_owned(),
            None => {
                let status = text.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
                if STATUSES.contains(&status.to_ascii_uppercase().as_str()) { status } else { NO_RECORD }.to_owned()
            }
        }
    }

    /// A cell of an event that is a row of cells.
    fn cell_of_event(&self, kind: FlatCell, is_heading: bool, text: &str) -> String {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'-' | b'+' | b'_');
        match kind {
            FlatCell::Other => NO_RECORD.to_owned(),
            _ if is_heading || text.is_empty() => text.to_owned(),
            FlatCell::Account => pseudonym(Named::Account, text),
            FlatCell::Initiator => text.strip_prefix("crn-").filter(|crn| is_crn(crn)).map_or_else(
                || NO_RECORD.to_owned(),
                |crn| {
                    let mut out = "crn-".to_owned();
                    self.crn(crn, &mut out);
                    out
                },
            ),
            FlatCell::Read if text.bytes().all(is_plain) => text.to_owned(),
            FlatCell::Read => NO_RECORD.to_owned(),
        }
    }

    fn file(&self, name: &str) -> String {
        let absent = || format!("absent-{}", pseudonym(Named::Resource, name));
        // A manifest names a file as it was before it was compressed.
        let found = self.files.get(name).or_else(|| self.files.get(&format!("{name}.gz")));
        found.cloned().unwrap_or_else(absent)
    }

    /// Text in which names stand inside of something else: CRNs, addresses, ids of users.
    fn between(&self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some(start) = rest.find("crn:v1:") {
            let (before, from) = rest.split_at(start);
            self.words(before, out);
            // A CRN ends where its text does.
            let end = from.find(['"', '\\', ',', ' ', '\n', '\r', '\t', '<', '>']).unwrap_or(from.len());
            let (crn, behind) = from.split_at(end);
            self.crn(crn, out);
            rest = behind;
        }
        self.words(rest, out);
    }

    fn crn(&self, text: &str, out: &mut String) {
        // Roles and keys are called by their services, what else an instance holds by its owner.
        let names_resource = |service: &str, kind: &str| {
            !kind.is_empty()
                && !matches!(service, "iam" | "iam-access-management")
                && !matches!(kind, "serviceRole" | "role" | "key")
        };
        match parse(text) {
            Ok(crn)
                if names_resource(crn.service_name, crn.resource_type)
                    && !self.keeps_resources
                    && !is_id(crn.resource) =>
            {
                let resource = pseudonym(Named::Resource, crn.resource);
                let whole = crate::crn::Crn { resource: &resource, ..crn }.to_string();
                self.words(&whole, out);
            }
            _ => self.words(text, out),
        }
    }

    /// Text without CRNs: account ids, users.
    fn words(&self, text: &str, out: &mut String) {
        let mut text = Cow::Borrowed(text);
        for account in &self.accounts {
            let scope = format!(":a/{account}:");
            if text.contains(&scope) {
                text = text.replace(&scope, &format!(":a/{}:", pseudonym(Named::Account, account))).into();
            }
            if account.len() >= LONG_ID && text.contains(account.as_str()) {
                text = text.replace(account.as_str(), &pseudonym(Named::Account, account)).into();
            }
        }
        if !text.contains('@') && !USER_PREFIXES.iter().any(|prefix| text.contains(prefix)) {
            out.push_str(&text);
            return;
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+');
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            if is_user(word) {
                out.push_str(&pseudonym(Named::User, word))
            } else {
                out.push_str(word)
            }
            let gap = behind.find(is_part).unwrap_or(behind.len());
            let (between, behind) = behind.split_at(gap);
            out.push_str(between);
            rest = behind;
        }
    }
}

/// Whether a word is the id or the address of a user.
fn is_user(word: &str) -> bool {
    let is_address = word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    is_address || USER_PREFIXES.iter().any(|prefix| word.len() > prefix.len() && word.starts_with(prefix))
}

/// The text that JSON writes so; the same name may be escaped in one place and not in another.
fn unescaped(content: &str) -> Cow<'_, str> {
    if !content.contains('\\') {
        return content.into();
    }
    serde_json::from_str::<String>(&format!("\"{content}\"")).map_or(content.into(), Cow::Owned)
}
