//! Ten segments out of as many as there are: what is doubled is taken away, what is glued is parted, what is missing is
//! left open.

use super::align::{Layout, align, fit_all};
use super::diagnose::Require;
use super::fault::{Fault, FaultKind};
use super::grammar::scope;
use super::key::is_guid;
use super::model::{Segment, Span, holds_keys};
use super::traced::Traced;
use crate::catalog::names;

/// A segment as it stands, or as it is put right, and its place in the source.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The segments, being brought to ten.
#[derive(Debug)]
pub(super) struct Segments {
    pub(super) parts: Vec<Part>,
    /// Segments whose text is not known.
    pub(super) holes: Vec<Segment>,
    /// Where the segments stand, if there were too few.
    pub(super) layout: Option<Layout>,
    /// Whether the ten are a guess that nothing should be built on.
    pub(super) uncertain: bool,
    /// Whether there is a colon inside the resource.
    pub(super) colons: bool,
}

fn fault(kind: FaultKind, segment: Segment, span: Span) -> Fault {
    Fault { kind, segment: Some(segment), span }
}

/// Brings the segments of a text that begins with `crn:` to ten.
pub(super) fn ten(traced: &Traced, require: Require, faults: &mut Vec<Fault>) -> Segments {
    let mut at = 0;
    let part = |text: &str| {
        let span = traced.span(at, at + text.len());
        at += text.len() + 1;
        Part { text: text.to_owned(), span }
    };
    let parts: Vec<Part> = traced.text().split(':').map(part).collect();
    let mut segments = Segments { parts, holes: Vec::new(), layout: None, uncertain: false, colons: false };
    segments.terraform_suffix(faults);
    segments.torn_scope(faults);
    segments.doubled_colons(faults);
    segments.shifted(faults);
    segments.too_many(faults);
    segments.glued(faults);
    segments.too_few(require, faults);
    segments
}

impl Segments {
    pub(super) fn text(&self, index: usize) -> &str {
        self.parts.get(index).map_or("", |part| part.text.as_str())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.text.as_str())
    }

    /// The span from a segment to the last.
    fn span_from(&self, index: usize) -> Span {
        let start = self.parts.get(index).map_or(0, |part| part.span.start);
        Span::new(start, self.parts.last().map_or(start, |part| part.span.end))
    }

    /// `…:bucket:NAME:meta:rl:us-south:public`.
    fn terraform_suffix(&mut self, faults: &mut Vec<Fault>) {
        if self.text(10) == "meta" {
            let kind = FaultKind::TerraformId { of: if self.text(8) == "bucket" { "a bucket" } else { "a resource" } };
            faults.push(fault(kind, Segment::Resource, self.span_from(10)));
            self.parts.truncate(10);
        }
    }

    /// `…:a:ACCOUNT:…`.
    fn torn_scope(&mut self, faults: &mut Vec<Fault>) {
        if self.parts.len() != 11 || !matches!(self.text(6), "a" | "o" | "s" | "p" | "sub") {
            return;
        }
        let id = self.parts.remove(7);
        let Some(prefix) = self.parts.get_mut(6) else { return };
        prefix.text = format!("{}/{}", prefix.text, id.text);
        prefix.span.end = id.span.end;
        let kind = FaultKind::TornScope { right: prefix.text.clone() };
        faults.push(fault(kind, Segment::Scope, prefix.span));
    }

    /// An empty segment, or a word written twice, without which the others fit better. Of more than ten alone.
    fn doubled_colons(&mut self, faults: &mut Vec<Fault>) {
        let found = self.parts.len();
        if !(11..=14).contains(&found) {
            return;
        }
        if found == 11 && !self.text(8).is_empty() && self.text(8) == self.text(9) {
            let doubled = self.parts.remove(9);
            let kind = FaultKind::TooManySegments { found, doubled: doubled.text };
            faults.push(fault(kind, Segment::Resource, doubled.span));
            return;
        }
        while self.parts.len() > 10 {
            let now = fit_all(self.texts());
            let without = |left_out: usize| {
                let texts = self.texts().enumerate().filter(|(index, _)| *index != left_out).map(|(_, text)| text);
                fit_all(texts)
            };
            let empty = (1..10).filter(|index| self.text(*index).is_empty());
            let best = empty.map(|index| (without(index), index)).max_by_key(|(score, index)| (*score, 10 - index));
            let Some((_, index)) = best.filter(|(score, _)| *score > now) else { return };
            self.remove_doubled(index, faults);
        }
    }

    fn remove_doubled(&mut self, index: usize, faults: &mut Vec<Fault>) {
        self.parts.remove(index);
        // The two colons around the empty segment.
        let start = index.checked_sub(1).and_then(|before| self.parts.get(before)).map_or(0, |part| part.span.end);
        let span = Span::new(start, self.parts.get(index).map_or(start, |part| part.span.start));
        faults.push(Fault { kind: FaultKind::DoubledColon, segment: Segment::ALL.get(index).copied(), span });
    }

    /// Ten segments by accident: a colon is doubled, and another segment is missing.
    fn shifted(&mut self, faults: &mut Vec<Fault>) {
        let misplaced = scope(self.text(6)).is_err() || (self.text(4).is_empty() && names::is_service(self.text(5)));
        if self.parts.len() != 10 || !misplaced {
            return;
        }
        let now = fit_all(self.texts());
        let without = |left_out: usize| {
            let texts: Vec<&str> =
                self.texts().enumerate().filter(|(index, _)| *index != left_out).map(|(_, text)| text).collect();
            align(&texts).map_or(0, |alignment| alignment.score)
        };
        let empty = (1..9).filter(|index| self.text(*index).is_empty());
        let best = empty.map(|index| (without(index), index)).max_by_key(|(score, index)| (*score, 10 - index));
        if let Some((_, index)) = best.filter(|(score, _)| *score > now + 6) {
            self.remove_doubled(index, faults);
        }
    }

    fn too_many(&mut self, faults: &mut Vec<Fault>) {
        let found = self.parts.len();
        if found <= 10 {
            return;
        }
        let span = self.span_from(9);
        let resource: Vec<&str> = self.texts().skip(9).collect();
        let text = resource.join(":");
        self.parts.truncate(9);
        self.parts.push(Part { text, span });
        self.colons = true;
        faults.push(fault(FaultKind::TooManySegments { found, doubled: String::new() }, Segment::Resource, span));
    }

    /// `key/ID`, and an account and an instance with a `-` between them.
    fn glued(&mut self, faults: &mut Vec<Fault>) {
        let last_is_empty = self.parts.len() == 10 && self.text(9).is_empty();
        if self.parts.len() >= 10 && !last_is_empty {
            return;
        }
        let cut = |text: &str| {
            if let Some(id) = text.strip_prefix("key/").filter(|id| !id.is_empty()) {
                return Some((Segment::ResourceType, 3, id.len()));
            }
            let start = text.len().checked_sub(36).filter(|start| *start > 3 && text.starts_with("a/"))?;
            let is_glued = text.get(start..).is_some_and(is_guid) && text.get(..start)?.ends_with('-');
            is_glued.then_some((Segment::Scope, start - 1, 36))
        };
        let found = self.parts.iter().enumerate().find_map(|(index, part)| Some((index, cut(&part.text)?)));
        let Some((index, (segment, end, rest))) = found else { return };
        let Some(part) = self.parts.get_mut(index) else { return };
        let second = part.text.get(end + 1..).unwrap_or_default().to_owned();
        let first = part.text.get(..end).unwrap_or_default().to_owned();
        let kind = FaultKind::Glued { text: core::mem::take(&mut part.text), right: format!("{first}:{second}") };
        faults.push(fault(kind, segment, part.span));
        let whole = part.span;
        // Where something was taken out of the source, bytes do not count there as they do here.
        let as_written = whole.end - whole.start == first.len() + 1 + rest;
        let (left, right) = match whole.end.saturating_sub(rest) {
            middle if as_written => (Span::new(whole.start, middle.saturating_sub(1)), Span::new(middle, whole.end)),
            _ => (whole, whole),
        };
        (part.text, part.span) = (first, left);
        if last_is_empty {
            self.parts.truncate(9);
        }
        self.parts.insert(index + 1, Part { text: second, span: right });
    }

    fn too_few(&mut self, require: Require, faults: &mut Vec<Fault>) {
        let found = self.parts.len();
        let texts: Vec<&str> = self.texts().collect();
        let Some(alignment) = align(&texts) else { return };
        let mut parts = core::mem::take(&mut self.parts).into_iter();
        let mut at = 0;
        let mut places = [None; 10];
        for (segment, place) in Segment::ALL.into_iter().zip(&mut places) {
            match if alignment.has(segment) { parts.next() } else { None } {
                Some(part) => {
                    *place = Some(part.span);
                    at = part.span.end;
                    self.parts.push(part);
                }
                None => {
                    self.parts.push(Part { text: String::new(), span: Span::new(at, at) });
                    self.holes.push(segment);
                }
            }
        }
        let layout = Layout { places, certain: alignment.certain };
        let missing = if layout.certain { self.holes.clone() } else { Vec::new() };
        let start = self.parts.first().map_or(0, |part| part.span.start);
        let span = Span::new(start, self.span_from(9).end.max(at));
        faults.push(Fault { kind: FaultKind::TooFewSegments { found, missing }, segment: None, span });
        self.uncertain = !layout.certain;
        self.layout = Some(layout);
        if !self.uncertain {
            self.fill(require);
        }
    }

    /// Writes what is missing where there is only one text it can be.
    fn fill(&mut self, require: Require) {
        let is_instance = [Segment::ResourceType, Segment::Resource].iter().all(|segment| self.holes.contains(segment))
            && !self.text(7).is_empty();
        let is_key = require == Require::Key && holds_keys(self.text(4)) && is_guid(self.text(9));
        let known = |segment: Segment| match segment {
            Segment::Crn => Some("crn"),
            Segment::Version => Some("v1"),
            Segment::Cname => Some("bluemix"),
            Segment::Ctype => Some("public"),
            Segment::ResourceType if is_key => Some("key"),
            Segment::ResourceType | Segment::Resource if is_instance => Some(""),
            // An instance with one of its two last colons.
            Segment::ResourceType | Segment::Resource if self.text(9).is_empty() && self.text(8).is_empty() => Some(""),
            _ => None,
        };
        let filled: Vec<(Segment, &str)> =
            self.holes.iter().filter_map(|segment| Some((*segment, known(*segment)?))).collect();
        for (segment, text) in &filled {
            if let Some(part) = self.parts.get_mut(*segment as usize) {
                part.text = (*text).to_owned();
            }
        }
        self.holes.retain(|hole| !filled.iter().any(|(segment, _)| segment == hole));
    }
}
