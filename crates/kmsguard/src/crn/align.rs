//! Which segment is missing: the segments that are there, laid against the ten there should be, by their shapes.

use super::grammar::span;
use super::key::is_guid;
use super::model::{Segment, Span, holds_keys};

/// One place of the ten, with the text that stands there, if one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutSegment<'a> {
    /// The place.
    pub segment: Segment,
    /// The text, or nothing where the segment is missing.
    pub text: Option<&'a str>,
    /// Where the text stands.
    pub span: Option<Span>,
}

/// Segments laid against the ten places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout<'a> {
    /// All ten places, in order.
    pub segments: Vec<LayoutSegment<'a>>,
    /// Whether no other way of laying them fits as well.
    pub certain: bool,
}

impl<'a> Layout<'a> {
    /// The text at a place.
    #[must_use]
    pub fn text(&self, segment: Segment) -> Option<&'a str> {
        self.segments.iter().find(|place| place.segment == segment).and_then(|place| place.text)
    }

    /// The places without a text.
    pub fn missing(&self) -> impl Iterator<Item = Segment> + '_ {
        self.segments.iter().filter(|place| place.text.is_none()).map(|place| place.segment)
    }
}

/// How well a text fits a place: from 0 (against all shape) to 6 (unmistakable).
fn fit(segment: Segment, text: &str) -> u32 {
    let scoped = text.split_once('/').is_some_and(|(prefix, _)| matches!(prefix, "a" | "o" | "s" | "p" | "sub"));
    let word =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    match segment {
        Segment::Crn if text == "crn" => 6,
        Segment::Version
            if text.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) =>
        {
            6
        }
        Segment::Cname if matches!(text, "bluemix" | "staging" | "ibmcloud") => 6,
        Segment::Ctype if matches!(text, "public" | "dedicated" | "local") => 6,
        Segment::ServiceName if holds_keys(text) => 6,
        Segment::ServiceName if word && text.bytes().any(|byte| byte == b'-') && !is_guid(text) && !has_digit(text) => {
            3
        }
        Segment::Location if text == "global" || is_region_shape(text) => 5,
        Segment::Scope if scoped => 6,
        Segment::Scope | Segment::Location if text.is_empty() => 3,
        Segment::ServiceInstance if is_guid(text) => 5,
        Segment::ResourceType
            if matches!(text, "key" | "bucket" | "role" | "serviceRole" | "endpoint" | "volume" | "policy") =>
        {
            6
        }
        Segment::ServiceInstance | Segment::ResourceType | Segment::Resource if text.is_empty() => 3,
        Segment::Resource if is_guid(text) => 5,
        Segment::Crn | Segment::Version | Segment::Ctype | Segment::Scope => 0,
        _ if scoped => 0,
        _ if word => 1,
        _ => 0,
    }
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// `us-south`, `eu-de`, `us-south-1`, `lon06`: a region, a zone or a data centre.
fn is_region_shape(text: &str) -> bool {
    let mut parts = text.split('-');
    let country =
        parts.next().is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    let place =
        parts.next().is_some_and(|part| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let zone = parts.next().is_none_or(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let data_centre = text.len() == 5
        && text
            .bytes()
            .enumerate()
            .all(|(index, byte)| if index < 3 { byte.is_ascii_lowercase() } else { byte.is_ascii_digit() });
    (country && place && zone && parts.next().is_none()) || data_centre
}

/// Lays fewer than ten segments against the ten places so that their order is kept and their shapes fit best.
pub(super) fn align(text: &str) -> Option<Layout<'_>> {
    let found: Vec<&str> = text.split(':').take(10).collect();
    if found.len() >= 10 || found.first() != Some(&"crn") {
        return None;
    }
    // At most 2^10 ways: each place is taken or left out.
    let mut best: Option<(u32, u32)> = None;
    let mut ties = 0_u32;
    for chosen in 0_u32..1 << Segment::ALL.len() {
        if chosen.count_ones() as usize != found.len() {
            continue;
        }
        let places = Segment::ALL.iter().enumerate().filter(|(index, _)| chosen >> index & 1 == 1);
        let score = places.zip(&found).map(|((_, segment), part)| fit(*segment, part)).sum();
        match best {
            Some((highest, _)) if score < highest => {}
            Some((highest, _)) if score == highest => ties += 1,
            _ => (best, ties) = (Some((score, chosen)), 0),
        }
    }
    let (_, chosen) = best?;
    let mut parts = found.into_iter();
    let segments = Segment::ALL
        .iter()
        .enumerate()
        .map(|(index, segment)| {
            let part = if chosen >> index & 1 == 1 { parts.next() } else { None };
            LayoutSegment { segment: *segment, text: part, span: part.map(|part| span(text, part)) }
        })
        .collect();
    Some(Layout { segments, certain: ties == 0 })
}
