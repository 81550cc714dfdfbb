//! The grammar: ten segments, nine colons, and a scope. Everything borrows from the text.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_till1};
use nom::character::complete::char;
use nom::combinator::{all_consuming, map, rest, value};
use nom::sequence::{separated_pair, terminated};
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

fn segment(text: &str) -> Parsed<'_, &str> {
    terminated(take_till(|character| character == ':'), char(':')).parse(text)
}

fn scope(text: &str) -> Parsed<'_, Option<Scope<'_>>> {
    let prefix = alt((
        value(ScopeType::Account, tag("a")),
        value(ScopeType::Organization, tag("o")),
        value(ScopeType::Subscription, tag("sub")),
        value(ScopeType::Space, tag("s")),
        value(ScopeType::Project, tag("p")),
    ));
    let id = take_till1(|character| character == '/');
    all_consuming(alt((
        map(separated_pair(prefix, char('/'), id), |(kind, id)| Some(Scope { kind, id })),
        value(Some(Scope { kind: ScopeType::Global, id: "" }), all_consuming(tag("global"))),
        value(None, nom::combinator::eof),
    )))
    .parse(text)
}

/// The ten segments as written; the tenth takes the rest, colons included.
fn segments(text: &str) -> Parsed<'_, [&str; 10]> {
    let (text, crn) = segment(text)?;
    let (text, version) = segment(text)?;
    let (text, cname) = segment(text)?;
    let (text, ctype) = segment(text)?;
    let (text, service_name) = segment(text)?;
    let (text, location) = segment(text)?;
    let (text, scope) = segment(text)?;
    let (text, service_instance) = segment(text)?;
    let (text, resource_type) = segment(text)?;
    let (text, resource) = rest(text)?;
    Ok((text, [crn, version, cname, ctype, service_name, location, scope, service_instance, resource_type, resource]))
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
    let Ok((
        _,
        [_, version, cname, ctype, service_name, location, written_scope, service_instance, resource_type, resource],
    )) = segments(text)
    else {
        return Err(ParseError {
            kind: ParseErrorKind::SegmentCount { found: text.split(':').count() },
            segment: Segment::Crn,
            span: Span::new(0, text.len()),
        });
    };
    let Ok((_, scope)) = scope(written_scope) else {
        return Err(ParseError {
            kind: ParseErrorKind::Scope,
            segment: Segment::Scope,
            span: span(text, written_scope),
        });
    };
    Ok(Crn { version, cname, ctype, service_name, location, scope, service_instance, resource_type, resource })
}
