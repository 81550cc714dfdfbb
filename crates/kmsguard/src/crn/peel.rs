//! What stands around a CRN: quotes, the sentence it was copied from, Terraform's ids, an encoding of the whole.

use super::fault::{Fault, FaultKind};
use super::model::Span;
use super::traced::{Traced, find, has};

/// So many runs of foreign characters are told apart.
const MANY: usize = 8;

/// Takes foreign characters out of a text, and typographic ones for the plain ones they replaced. Says whether the text
/// that is left may be another than was meant.
pub(super) fn clean(text: &str, faults: &mut Vec<Fault>) -> (Traced, bool) {
    let mut cleaned = Traced::default();
    let mut run: Option<Fault> = None;
    let mut told = 0;
    let mut doubtful = false;
    let start = text.len() - text.trim_start_matches(is_foreign).len();
    let within = start..text.trim_end_matches(is_foreign).len();
    for (at, character) in text.char_indices() {
        let place = Span::new(at, at + character.len_utf8());
        let plain = plain(character);
        if !is_foreign(character) && plain.is_none() {
            cleaned.push(character, place);
            faults.extend(run.take());
            continue;
        }
        if let Some(plain) = plain {
            cleaned.push(plain, place);
        } else {
            doubtful |= within.contains(&at) && !is_invisible(character);
        }
        match &mut run {
            Some(run) => run.span.end = place.end,
            None if told < MANY => {
                told += 1;
                run = Some(Fault { kind: FaultKind::ForeignCharacter { character }, segment: None, span: place });
            }
            None => {}
        }
    }
    faults.extend(run);
    (cleaned, doubtful)
}

/// White space, quotes, control and invisible characters.
fn is_foreign(character: char) -> bool {
    character.is_whitespace() || is_quote(character) || is_invisible(character)
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The plain character that a typographic one was made of.
fn plain(character: char) -> Option<char> {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Some('-'),
        '\u{ff1a}' | '\u{a789}' | '\u{2236}' => Some(':'),
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => Some('/'),
        _ => None,
    }
}

/// Whether a byte needs a closer look: white space, quotes, what stands for a value, encodings, all beyond ASCII.
pub(super) fn is_suspicious(byte: u8) -> bool {
    !(0x21..0x7f).contains(&byte)
        || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'$' | b'*' | b'?' | b'\\')
}

/// Takes away what stands around a CRN, layer by layer.
pub(super) fn peel(traced: &mut Traced, faults: &mut Vec<Fault>) {
    // Each layer is one of a handful, and takes something away; more of them are no accident.
    for _ in 0..8 {
        if !(encoded(traced, faults)
            || terraform_prefix(traced, faults)
            || punctuation(traced, faults)
            || prefix(traced, faults))
        {
            break;
        }
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

fn fault(kind: FaultKind, span: Span) -> Fault {
    Fault { kind, segment: None, span }
}

/// `crn%3Av1%3A…`, or encoded from some segment on.
fn encoded(traced: &mut Traced, faults: &mut Vec<Fault>) -> bool {
    let text = traced.text();
    let lower = || text.to_ascii_lowercase();
    let whole = starts_with(text, "crn%") && (has(&lower(), "%3a") || has(&lower(), "%253a"));
    let partly = || starts_with(text, "crn:") && text.split(':').count() < 10 && has(&lower(), "%3a");
    if !whole && !partly() {
        return false;
    }
    let all = traced.span(0, text.len());
    if !faults.iter().any(|fault| matches!(fault.kind, FaultKind::Encoded { right: None })) {
        faults.push(fault(FaultKind::Encoded { right: None }, all));
    }
    *traced = traced.decoded();
    true
}

/// `RING:keyRing:CRN` and `ALIAS:alias:CRN`.
fn terraform_prefix(traced: &mut Traced, faults: &mut Vec<Fault>) -> bool {
    let forms = [(":keyRing:crn:", "a key ring"), (":alias:crn:", "a key alias")];
    let text = traced.text();
    let Some((at, of)) = forms.iter().find_map(|(form, of)| Some((find(text, form)?, of))) else { return false };
    let start = text.get(at..).and_then(|rest| find(rest, "crn:")).map_or(text.len(), |from| at + from);
    faults.push(fault(FaultKind::TerraformId { of }, traced.span(0, start)));
    traced.keep(start, text.len());
    true
}

/// The comma, the bracket, the full stop of the text around it.
fn punctuation(traced: &mut Traced, faults: &mut Vec<Fault>) -> bool {
    let text = traced.text();
    let opened = text.trim_start_matches(['(', '[', '{', '<', '=', ',', ';']);
    let start = text.len() - opened.len();
    let brackets = if start > 0 { [')', ']', '}', '>', ',', ';', '.'].as_slice() } else { [',', ';', '.'].as_slice() };
    let inner = opened.trim_end_matches(brackets);
    // `crn:[...]` is masked, not bracketed, and three full stops stand for what was left out.
    if inner.len() == text.len() || !starts_with(inner, "crn") || text.ends_with("...") {
        return false;
    }
    let end = start + inner.len();
    for (from, to) in [(0, start), (end, text.len())] {
        let character = text.get(from..to).and_then(|cut| cut.chars().next());
        faults
            .extend(character.map(|character| fault(FaultKind::ForeignCharacter { character }, traced.span(from, to))));
    }
    traced.keep(start, end);
    true
}

/// `crn-crn:v1:…`, `crn:crn:v1:…`, `id=crn:v1:…`; also a CRN without its `crn:`, and in capitals.
fn prefix(traced: &mut Traced, faults: &mut Vec<Fault>) -> bool {
    let text = traced.text();
    if starts_with(text, "crn:") && !starts_with(text, "crn:crn:") {
        if !text.starts_with("crn:") {
            let written = text.get(..3).unwrap_or_default().to_owned();
            let kind = FaultKind::WrongCase { text: written, right: "crn".to_owned() };
            faults.push(fault(kind, traced.span(0, 3)));
            traced.keep(3, text.len());
            traced.prepend("crn");
            return true;
        }
        return false;
    }
    if starts_with(text, "v1:") {
        faults.push(fault(FaultKind::NotACrn { looks_like: None }, traced.span(0, 2)));
        traced.prepend("crn:");
        return true;
    }
    let Some(start) = find(&text.to_ascii_lowercase(), "crn:v1:").filter(|start| *start > 0) else { return false };
    let before: String = text.get(..start).unwrap_or_default().chars().take(40).collect();
    faults.push(fault(FaultKind::Prefixed { text: before }, traced.span(0, start)));
    traced.keep(start, text.len());
    true
}
