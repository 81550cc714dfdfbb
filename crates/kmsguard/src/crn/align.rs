//! Which segment is missing: the segments that are there, laid against the ten there should be, by their shapes.

use super::key::is_guid;
use super::model::{Segment, Span, holds_keys};
use crate::catalog::names;

/// Segments laid against the ten places: of each place where its text stands, if one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// For each of [`Segment::ALL`] the place of its text, or nothing where the segment is missing.
    pub places: [Option<Span>; 10],
    /// Whether no other way of laying them fits as well.
    pub certain: bool,
}

impl Layout {
    /// The segments without a text.
    pub fn missing(&self) -> impl Iterator<Item = Segment> + '_ {
        Segment::ALL.into_iter().zip(self.places).filter(|(_, place)| place.is_none()).map(|(segment, _)| segment)
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
        Segment::ServiceName if holds_keys(text) || names::is_service(text) => 6,
        Segment::ServiceName if word && text.bytes().any(|byte| byte == b'-') && !is_guid(text) && !has_digit(text) => {
            3
        }
        Segment::Location if text == "global" || is_region_shape(text) => 5,
        Segment::Scope if scoped => 6,
        Segment::Scope | Segment::Location if text.is_empty() => 3,
        Segment::ServiceInstance if is_guid(text) => 6,
        Segment::ResourceType
            if matches!(text, "key" | "bucket" | "role" | "serviceRole" | "endpoint" | "volume" | "policy") =>
        {
            6
        }
        Segment::ServiceInstance | Segment::ResourceType if text.is_empty() => 3,
        // Of two segments of which one is empty and one missing, it is all the same which: let it be the last that is missing.
        Segment::Resource if text.is_empty() => 2,
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
    (country && place && zone && parts.next().is_none()) || names::is_data_centre(text)
}

/// How well ten texts fit the ten places.
pub(super) fn fit_all<'a>(texts: impl Iterator<Item = &'a str>) -> u32 {
    Segment::ALL.into_iter().zip(texts).map(|(segment, text)| fit(segment, text)).sum()
}

/// A way of laying fewer than ten texts against the ten places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alignment {
    /// A bit for each place that has a text.
    chosen: u32,
    /// How well it fits.
    pub(super) score: u32,
    /// Whether no other fits as well.
    pub(super) certain: bool,
}

impl Alignment {
    pub(super) fn has(self, segment: Segment) -> bool {
        self.chosen >> segment as u32 & 1 == 1
    }
}

/// Lays fewer than ten texts against the ten places so that their order is kept and their shapes fit best.
pub(super) fn align(texts: &[&str]) -> Option<Alignment> {
    if texts.len() >= Segment::ALL.len() || texts.is_empty() {
        return None;
    }
    let fits: Vec<[u32; 10]> = texts.iter().map(|text| Segment::ALL.map(|segment| fit(segment, text))).collect();
    // At most 2^10 ways: each place is taken or left out.
    let mut best: Option<Alignment> = None;
    for chosen in 0_u32..1 << Segment::ALL.len() {
        if chosen.count_ones() as usize != texts.len() {
            continue;
        }
        let places = (0..Segment::ALL.len()).filter(|place| chosen >> place & 1 == 1);
        let score = places.zip(&fits).filter_map(|(place, fits)| fits.get(place)).sum();
        match &mut best {
            Some(best) if score < best.score => {}
            Some(best) if score == best.score => best.certain = false,
            _ => best = Some(Alignment { chosen, score, certain: true }),
        }
    }
    best
}
