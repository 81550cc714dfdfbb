//! The grammar: ten segments, nine colons, and a scope. Everything borrows from the text.

use memchr::memchr;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{all_consuming, value};
use nom::{IResult, Offset, Parser};

use super::model::{Crn, Scope, ScopeType, Segment, Span};

/// Why a text is not a CRN: what kind of fault, in which segment, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ParseError {
    /// The fault.
    pub kind: ParseErrorKind,
    /// The segment that holds it.
    pub segment: Segment,
    /// Where in the text.
    pub span: Span,
}

/// The faults of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text does not begin with `crn:`.
    #[error("a CRN begins with `crn:`")]
    NotACrn,
    /// Fewer than ten segments.
    #[error("expected 10 segments separated by `:`, found {found}")]
    SegmentCount {
        /// How many there were.
        found: usize,
    },
    /// The scope is none of `a/ID`, `o/ID`, `s/ID`, `p/ID`, `sub/ID`, `global`, or nothing.
    #[error("the scope is not `a/` and an account id, or another known prefix and an id")]
    Scope,
}

/// Nom's error is replaced before it leaves this module, so it carries nothing.
type Parsed<'a, T> = IResult<&'a str, T, ()>;

/// The text up to a colon, and what follows it. Bytes are searched: a colon is one byte and part of no other character.
fn segment(text: &str) -> Parsed<'_, &str> {
    let cut = memchr(b':', text.as_bytes()).and_then(|end| Some((text.get(end + 1..)?, text.get(..end)?)));
    cut.ok_or(nom::Err::Error(()))
}

/// What the scope names. Bytes are read, for their pieces need no look at the borders of characters.
fn prefix(bytes: &[u8]) -> IResult<&[u8], ScopeType, ()> {
    alt((
        value(ScopeType::Account, tag("a/")),
        value(ScopeType::Organization, tag("o/")),
        value(ScopeType::Space, tag("s/")),
        value(ScopeType::Project, tag("p/")),
        value(ScopeType::Subscription, tag("sub/")),
        value(ScopeType::Global, all_consuming(tag("global"))),
    ))
    .parse(bytes)
}

/// The scope segment; an empty one is none.
pub(super) fn scope(text: &str) -> Result<Option<Scope<'_>>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let (rest, kind) = prefix(text.as_bytes()).map_err(|_| ())?;
    let id = text.get(text.len() - rest.len()..).unwrap_or_default();
    let is_id = if kind == ScopeType::Global { id.is_empty() } else { !id.is_empty() && !id.contains('/') };
    if is_id { Ok(Some(Scope { kind, id })) } else { Err(()) }
}

/// The ten segments as written; the tenth takes the rest, colons included.
pub(super) fn segments(text: &str) -> Parsed<'_, [&str; 10]> {
    let (text, crn) = segment(text)?;
    let (text, version) = segment(text)?;
    let (text, cname) = segment(text)?;
    let (text, ctype) = segment(text)?;
    let (text, service_name) = segment(text)?;
    let (text, location) = segment(text)?;
    let (text, scope) = segment(text)?;
    let (text, service_instance) = segment(text)?;
    let (resource, resource_type) = segment(text)?;
    Ok(("", [crn, version, cname, ctype, service_name, location, scope, service_instance, resource_type, resource]))
}

/// The span of a part of a text that was borrowed from it.
pub(super) fn span(text: &str, part: &str) -> Span {
    let start = text.offset(part);
    Span::new(start, start + part.len())
}

/// Reads a CRN. The tenth segment takes the rest of the text, so a colon inside a resource parses;
/// [`diagnose`](super::diagnose()) reports it.
///
/// # Errors
///
/// [`ParseError`], when the text does not begin with `crn:`, has fewer than ten segments, or a scope that is none.
///
/// ```
/// use kmsguard::crn::{ParseErrorKind, parse};
///
/// let error = parse("crn:v1:bluemix:public:kms:us-south:a/1:key:2").unwrap_err();
/// assert_eq!(error.kind, ParseErrorKind::SegmentCount { found: 9 });
/// ```
pub fn parse(text: &str) -> Result<Crn<'_>, ParseError> {
    if !text.starts_with("crn:") {
        let end = text.find(':').unwrap_or(text.len());
        return Err(ParseError { kind: ParseErrorKind::NotACrn, segment: Segment::Crn, span: Span::new(0, end) });
    }
    let Ok((_, parts)) = segments(text) else {
        return Err(ParseError {
            kind: ParseErrorKind::SegmentCount { found: text.split(':').count() },
            segment: Segment::Crn,
            span: Span::new(0, text.len()),
        });
    };
    let [.., written_scope, _, _, _] = parts;
    crn_of(parts).map_err(|()| ParseError {
        kind: ParseErrorKind::Scope,
        segment: Segment::Scope,
        span: span(text, written_scope),
    })
}

/// A CRN of ten segments, where their scope is one.
pub(super) fn crn_of(parts: [&str; 10]) -> Result<Crn<'_>, ()> {
    let [_, version, cname, ctype, service_name, location, written, service_instance, resource_type, resource] = parts;
    let scope = scope(written)?;
    Ok(Crn { version, cname, ctype, service_name, location, scope, service_instance, resource_type, resource })
}
