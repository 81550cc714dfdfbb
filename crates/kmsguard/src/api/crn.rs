//! `crn`: what is this CRN, what is wrong with it, and the right one.

use serde::{Deserialize, Serialize};

use super::{Answer, Now, Outcome, Problem, SCHEMA_VERSION, Tool};
use crate::crn::{Crn, Kind, Require, ScopeType, Segment, Span, diagnose};

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
///     now: "2026-11-21T12:00:00Z".parse()?,
/// });
/// assert_eq!(answer.outcome, Outcome::Fine);
/// # Ok::<(), kmsguard::api::RequestError>(())
/// ```
#[must_use]
pub fn crn(request: &CrnRequest) -> CrnAnswer {
    let crns: Vec<CrnReport> = request.texts.iter().map(|text| report(text, request)).collect();
    let outcome = match crns.as_slice() {
        [] => Outcome::Empty,
        crns if crns.iter().all(|crn| crn.ok) => Outcome::Fine,
        _ => Outcome::Bad,
    };
    CrnAnswer { schema_version: SCHEMA_VERSION, tool: Tool::THIS, now: request.now, outcome, crns }
}

fn report(text: &str, request: &CrnRequest) -> CrnReport {
    let diagnosis = diagnose(text, request.require);
    let place = |span: Span| offsets(text, span, request.encoding);
    let layout = diagnosis.layout.iter().flat_map(|layout| &layout.segments).map(|part| LayoutPart {
        segment: part.segment,
        text: part.text.map(str::to_owned),
        span: part.span.map(place),
    });
    CrnReport {
        input: text.to_owned(),
        ok: diagnosis.is_ok(),
        kind: diagnosis.kind,
        crn: diagnosis.crn.map(CrnParts::from),
        problems: diagnosis.faults.iter().map(|fault| Problem::of_crn(fault, place(fault.span))).collect(),
        layout: layout.collect(),
        fixed: diagnosis.fixed,
    }
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
        let diagnosis = diagnose(text, Require::Any);
        column.kinds.push(diagnosis.kind);
        column.codes.push(diagnosis.faults.first().map(|fault| fault.kind.code()));
    }
    column
}
