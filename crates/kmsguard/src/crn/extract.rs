//! CRNs in other texts: logs, HTML, HCL, JSON.

use memchr::memchr2_iter;

/// A text of so many bytes without an end is no CRN.
const LONGEST: usize = 4096;

/// Finds what looks like a CRN in a text, in its order: each with the byte at which it begins.
///
/// It begins with `crn:` or `crn%3A` where no word goes before, and has a version or most of its segments. It ends at white
/// space, a quote, a bracket, a comma; `${…}` belongs to it. Whether it is right is another question: [`diagnose`](super::diagnose()).
///
/// ```
/// let log = "2026-11-21 denied: crn:v1:bluemix:public:iam::::role:Viewer, retrying";
/// let found: Vec<_> = kmsguard::crn::extract(log).collect();
/// assert_eq!(found, [(19, "crn:v1:bluemix:public:iam::::role:Viewer")]);
/// ```
pub fn extract(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut after = 0;
    memchr2_iter(b':', b'%', text.as_bytes()).filter_map(move |sign| {
        let start = sign.checked_sub(3).filter(|start| *start >= after)?;
        let rest = text.get(start..)?;
        let before = text.get(..start)?.bytes().next_back();
        if !rest.starts_with("crn") || before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return None;
        }
        let found = whole(rest.get(..end(rest))?);
        let colons = found.bytes().filter(|byte| *byte == b':').count();
        let is_encoded = found.get(3..6).is_some_and(|code| code.eq_ignore_ascii_case("%3a")) && found.len() > 20;
        if !(found.starts_with("crn:v1:") || colons > 6 || is_encoded) {
            return None;
        }
        after = start + found.len();
        Some((start, found))
    })
}

/// Where the run of characters that a CRN may have ends.
fn end(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut last = b' ';
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            // Inside `${…}` stands an expression of a template, with whatever it holds.
            b'{' if last == b'$' || depth > 0 => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'\n' | b'\r' => return at,
            _ if depth > 0 => {}
            b'"' | b'\'' | b'`' | b'<' | b'>' | b',' | b';' | b'|' | b'\\' | b'(' | b')' | b'[' | b']' | b'{'
            | b'}' | b'&' => {
                return at;
            }
            _ if !byte.is_ascii_graphic() => return at,
            _ => {}
        }
        last = byte;
    }
    let limit = text.len().min(LONGEST);
    // A text that was cut in the middle of a template or of a character ends before it.
    (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Without the punctuation of the sentence around it. Two colons end an instance, an eleventh segment that is empty does not.
fn whole(found: &str) -> &str {
    let mut colons = found.bytes().filter(|byte| *byte == b':').count();
    let mut length = found.len();
    for byte in found.bytes().rev() {
        match byte {
            b'.' | b'!' | b'?' => {}
            b':' if colons > 9 => colons -= 1,
            _ => break,
        }
        length -= 1;
    }
    found.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::extract;

    const INSTANCE: &str =
        "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::";
    const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/1:2:key:3";

    fn found(text: &str) -> Vec<&str> {
        extract(text).map(|(_, crn)| crn).collect()
    }

    #[test]
    fn what_stands_around_is_left() {
        for (before, after) in [
            ("", ""),
            ("key ", " is gone"),
            ("\"crn\": \"", "\","),
            ("<td>", "</td>"),
            ("[", "]"),
            ("key=", "&region=x"),
            ("é", "é"),
            ("x: ", ": failed"),
            ("x: ", "."),
            ("x: ", ".: failed"),
            ("x: ", "!:.:"),
            ("`", "`"),
            ("alias:alias:", "\n"),
        ] {
            assert_eq!(found(&format!("{before}{KEY}{after}")), [KEY], "{before} {after}");
        }
        assert_eq!(found(&format!("{INSTANCE}, {INSTANCE}.")), [INSTANCE, INSTANCE]);
    }

    #[test]
    fn templates_belong_to_it_and_encodings_are_seen() {
        let template = "crn:v1:bluemix:public:kms:${var.region[\"a b\"]}:a/${local.account}:2:key:3";
        assert_eq!(found(&format!("kms = \"{template}\"")), [template]);
        let encoded = KEY.replace(':', "%3A").replace('/', "%2F");
        assert_eq!(found(&format!("/v4/{encoded}/x")), [format!("{encoded}/x")]);
    }

    #[test]
    fn other_words_are_no_crns() {
        for text in [
            "",
            "crn:",
            "crn: see crn:foo:bar",
            "xcrn:v1:bluemix:public:kms",
            "crn%",
            "acrn:v1:a",
            ":crn",
            "crn:v",
            "::::::::",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn an_endless_run_is_cut() {
        let text = format!("crn:v1:{}", "é".repeat(5000));
        assert_eq!(found(&text), ["crn:v1:"]);
        let text = format!("crn:v1:{}", "a".repeat(5000));
        assert_eq!(found(&text)[0].len(), 4096);
        let text = format!("crn:v1:${{{}", "é".repeat(5000));
        assert!(found(&text)[0].len() <= 4096);
    }
}
