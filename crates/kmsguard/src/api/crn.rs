//! `crn`: what is this CRN, what is wrong with it, and the right one.

use serde::{Deserialize, Serialize};

use super::{Answer, Now, Outcome, Problem, SCHEMA_VERSION, Tool};
use crate::crn::{Crn, Kind, Require, ScopeType, Segment, Span, diagnose, extract, parse};

/// In what spans are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PositionEncoding {
    /// Bytes of UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16 code units, as browsers and editors count.
    #[serde(rename = "utf-16")]
    Utf16,
}

/// Which texts, and what they are wanted for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CrnRequest {
    /// The texts.
    pub texts: Vec<String>,
    /// What they should be.
    #[serde(default)]
    pub require: Require,
    /// In what spans are counted.
    #[serde(default)]
    pub encoding: PositionEncoding,
    /// Whether the texts are no CRNs but hold some, as logs, HTML and HCL do: each that is found has its report.
    #[serde(default)]
    pub extract: bool,
    /// For which moment.
    pub now: Now,
}

/// The scope segment in its two parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScopeParts {
    /// What is named.
    #[serde(rename = "type")]
    pub kind: ScopeType,
    /// Its id; empty for `global`.
    pub id: String,
}

/// The segments of a CRN that parses, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrnParts {
    /// `v1`.
    pub version: String,
    /// The cloud, `bluemix` for customers.
    pub cname: String,
    /// `public`, `dedicated` or `local`.
    pub ctype: String,
    /// The service.
    pub service_name: String,
    /// Region, zone, `global` or empty.
    pub location: String,
    /// Whose it is; null where the segment is empty.
    pub scope: Option<ScopeParts>,
    /// The service instance.
    pub service_instance: String,
    /// The type of the resource.
    pub resource_type: String,
    /// The resource.
    pub resource: String,
}

impl From<Crn<'_>> for CrnParts {
    fn from(crn: Crn<'_>) -> Self {
        Self {
            version: crn.version.to_owned(),
            cname: crn.cname.to_owned(),
            ctype: crn.ctype.to_owned(),
            service_name: crn.service_name.to_owned(),
            location: crn.location.to_owned(),
            scope: crn.scope.map(|scope| ScopeParts { kind: scope.kind, id: scope.id.to_owned() }),
            service_instance: crn.service_instance.to_owned(),
            resource_type: crn.resource_type.to_owned(),
            resource: crn.resource.to_owned(),
        }
    }
}

/// One of the ten places of a CRN with the wrong number of segments, and the text that seems to belong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LayoutPart {
    /// The place.
    pub segment: Segment,
    /// The text; absent where the segment is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
}

/// Where a CRN was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextPlace {
    /// In which of the texts, from 0.
    pub text: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in bytes or UTF-16 units as spans are.
    pub column: u32,
    /// The offset in the text, from 0, in the same.
    pub offset: u32,
}

impl TextPlace {
    /// Where a text begins.
    #[must_use]
    pub const fn start_of(text: u32) -> Self {
        Self { text, line: 1, column: 1, offset: 0 }
    }

    /// The place behind a piece of the text. Numbers that no longer fit stay at the largest.
    ///
    /// ```
    /// use kmsguard::api::{PositionEncoding, TextPlace};
    ///
    /// let place = TextPlace::start_of(0).after("a\nbc", PositionEncoding::Utf8);
    /// assert_eq!((place.line, place.column, place.offset), (2, 3, 4));
    /// ```
    #[must_use]
    pub fn after(self, piece: &str, encoding: PositionEncoding) -> Self {
        let count = |text: &str| match encoding {
            PositionEncoding::Utf8 => u32::try_from(text.len()).unwrap_or(u32::MAX),
            PositionEncoding::Utf16 => u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX),
        };
        let lines = u32::try_from(piece.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
        let last = piece.rsplit('\n').next().unwrap_or_default();
        Self {
            text: self.text,
            line: self.line.saturating_add(lines),
            column: if lines > 0 { 1 } else { self.column }.saturating_add(count(last)),
            offset: self.offset.saturating_add(count(piece)),
        }
    }
}

/// What one text is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrnReport {
    /// The text as given.
    pub input: String,
    /// Whether no problem is an error.
    pub ok: bool,
    /// What it names, by its shape, right or not.
    pub kind: Kind,
    /// Its segments, or null where the text does not parse.
    pub crn: Option<CrnParts>,
    /// The right CRN, where it can be known and is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// Everything wrong or suspicious, in the order of its place.
    pub problems: Vec<Problem>,
    /// The segments laid against the ten places, where there are too few.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub layout: Vec<LayoutPart>,
    /// Where it was found, where it was looked for in a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TextPlace>,
}

/// What the texts are, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrnAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// `bad` if one is wrong, `empty` if none was given.
    pub outcome: Outcome,
    /// A report for each text.
    pub crns: Vec<CrnReport>,
}

impl Answer for CrnAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// Says what each text is and what is wrong with it.
///
/// ```
/// use kmsguard::api::{CrnRequest, Outcome, PositionEncoding, Require, crn};
///
/// let answer = crn(&CrnRequest {
///     texts: vec!["crn:v1:bluemix:public:iam::::role:Viewer".to_owned()],
///     require: Require::Any,
///     encoding: PositionEncoding::Utf8,
///     extract: false,
///     now: "2026-11-21T12:00:00Z".parse()?,
/// });
/// assert_eq!(answer.outcome, Outcome::Fine);
/// # Ok::<(), kmsguard::api::RequestError>(())
/// ```
#[must_use]
pub fn crn(request: &CrnRequest) -> CrnAnswer {
    let mut crns = Vec::new();
    for (index, text) in request.texts.iter().enumerate() {
        if request.extract {
            let start = TextPlace::start_of(u32::try_from(index).unwrap_or(u32::MAX));
            crns.extend(found_crns(text, start, request.require, request.encoding));
        } else {
            crns.push(crn_report(text, request.require, request.encoding));
        }
    }
    let outcome = match crns.as_slice() {
        [] => Outcome::Empty,
        crns if crns.iter().all(|crn| crn.ok) => Outcome::Fine,
        _ => Outcome::Bad,
    };
    CrnAnswer { schema_version: SCHEMA_VERSION, tool: Tool::THIS, now: request.now, outcome, crns }
}

/// The CRNs that a piece of a text holds, each with its place; the piece begins at `start`.
pub fn found_crns(
    piece: &str,
    start: TextPlace,
    require: Require,
    encoding: PositionEncoding,
) -> impl Iterator<Item = CrnReport> + '_ {
    let (mut place, mut at) = (start, 0);
    extract(piece).map(move |(found_at, found)| {
        place = place.after(piece.get(at..found_at).unwrap_or_default(), encoding);
        at = found_at;
        CrnReport { at: Some(place), ..crn_report(found, require, encoding) }
    })
}

/// The report on one text.
#[must_use]
pub fn crn_report(text: &str, require: Require, encoding: PositionEncoding) -> CrnReport {
    let diagnosis = diagnose(text, require);
    let place = |span: Span| offsets(text, span, encoding);
    let layout = diagnosis.layout.iter().flat_map(|layout| Segment::ALL.into_iter().zip(layout.places));
    let layout = layout.map(|(segment, span)| LayoutPart {
        segment,
        text: span.map(|span| span.of(text).to_owned()),
        span: span.map(place),
    });
    CrnReport {
        input: text.to_owned(),
        ok: diagnosis.is_ok(),
        kind: diagnosis.kind,
        crn: diagnosis.crn.map(CrnParts::from),
        problems: diagnosis.faults.iter().map(|fault| Problem::of_crn(fault, place(fault.span))).collect(),
        layout: layout.collect(),
        at: None,
        fixed: diagnosis.fixed,
    }
}

/// The report on one line, as streams give it.
#[must_use]
pub fn to_json_line(report: &CrnReport) -> String {
    // A report is a struct of texts, numbers and lists: writing it to memory cannot fail.
    let mut line = serde_json::to_string(report).unwrap_or_default();
    line.push('\n');
    line
}

/// Spans beyond four gigabytes end there: no CRN does.
fn offsets(text: &str, span: Span, encoding: PositionEncoding) -> [u32; 2] {
    let offset = |bytes: usize| match encoding {
        PositionEncoding::Utf8 => bytes,
        PositionEncoding::Utf16 => text.get(..bytes).unwrap_or(text).encode_utf16().count(),
    };
    [span.start, span.end].map(|bytes| u32::try_from(offset(bytes)).unwrap_or(u32::MAX))
}

/// Many CRNs in columns: for each text its kind and the code of its first problem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrnColumn {
    /// The kinds, in the order of the texts.
    pub kinds: Vec<Kind>,
    /// The code of the first problem, or none.
    pub codes: Vec<Option<&'static str>>,
}

/// Reads many texts without writing JSON.
///
/// ```
/// let column = kmsguard::api::crns(["crn:v1:bluemix:public:iam::::role:Viewer", "?"]);
/// assert_eq!(column.codes, [None, Some("CRN001")]);
/// ```
pub fn crns<'a>(texts: impl IntoIterator<Item = &'a str>) -> CrnColumn {
    let mut column = CrnColumn::default();
    for text in texts {
        let verdict = crn_verdict(text, Require::Any);
        column.kinds.push(verdict.kind);
        column.codes.push(verdict.code);
    }
    column
}

/// What one text of very many is, without the words of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrnVerdict {
    /// What it names, by its shape, right or not.
    pub kind: Kind,
    /// Whether no problem is an error.
    pub ok: bool,
    /// The code of the first problem, or none.
    pub code: Option<&'static str>,
    /// The right CRN, where it can be known and is another.
    pub fixed: Option<String>,
}

/// What a report says of a text, in short.
///
/// ```
/// use kmsguard::api::{Require, crn_verdict};
///
/// assert!(crn_verdict("crn:v1:bluemix:public:iam::::role:Viewer", Require::Any).ok);
/// assert_eq!(crn_verdict("?", Require::Any).code, Some("CRN001"));
/// ```
#[must_use]
pub fn crn_verdict(text: &str, require: Require) -> CrnVerdict {
    let diagnosis = diagnose(text, require);
    CrnVerdict {
        kind: diagnosis.kind,
        ok: diagnosis.is_ok(),
        code: diagnosis.faults.first().map(|fault| fault.kind.code()),
        fixed: diagnosis.fixed,
    }
}

/// The segments of a text as a report has them, borrowed from it; none where it does not parse.
///
/// ```
/// use kmsguard::api::crn_segments;
///
/// assert_eq!(crn_segments("crn:v1:bluemix:public:iam::::role:Viewer").map(|crn| crn.resource), Some("Viewer"));
/// assert_eq!(crn_segments("?"), None);
/// ```
#[must_use]
pub fn crn_segments(text: &str) -> Option<Crn<'_>> {
    parse(text).ok()
}
