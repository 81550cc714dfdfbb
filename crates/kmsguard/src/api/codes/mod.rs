//! What the codes of problems mean: a file for each family of codes.

mod configuration;
mod crn;
mod inputs;
mod migrations;
mod plans;
mod policies;
mod requests;

/// A code and its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it means, in Markdown.
    pub text: &'static str,
    /// The version in which it came.
    pub since: &'static str,
    /// Whether it may still change.
    pub preview: bool,
    /// The version from which on it is no longer said, and what is said in its place.
    pub deprecated: Option<&'static str>,
}

const fn code(code: &'static str, title: &'static str, text: &'static str) -> Code {
    Code { code, title, text, since: "0.1.0", preview: false, deprecated: None }
}

/// All codes of problems, in their order.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    [crn::CODES, inputs::CODES, migrations::CODES, policies::CODES, plans::CODES, configuration::CODES, requests::CODES]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::codes;
    use crate::rules::RULES;

    #[test]
    fn codes_stand_in_order_within_their_family_and_none_is_used_twice() {
        let codes: Vec<_> = codes().collect();
        for pair in codes.windows(2) {
            let family = |code: &str| code.trim_end_matches(|digit: char| digit.is_ascii_digit()).to_owned();
            assert!(family(pair[0].code) != family(pair[1].code) || pair[0].code < pair[1].code, "{}", pair[1].code);
        }
    }

    /// The numbers are taken from the sources, so a new fault without an explanation is found.
    #[test]
    fn every_code_of_a_fault_is_explained() {
        let sources = [
            include_str!("../../crn/fault.rs"),
            include_str!("../../ingest/fault.rs"),
            include_str!("../../policy/fault.rs"),
            include_str!("../../plan/fault.rs"),
            include_str!("../../config/fault.rs"),
            include_str!("../../plan/check/fault.rs"),
            include_str!("../../plan/written/syntax.rs"),
            include_str!("../answer.rs"),
            include_str!("../audit.rs"),
            include_str!("../baseline.rs"),
            include_str!("../suppression.rs"),
            include_str!("../diff/audit_read.rs"),
            include_str!("../migrate/progress.rs"),
            include_str!("../../migrate/fault.rs"),
        ];
        let mut found = 0;
        for quoted in sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2)) {
            let is_code = quoted.len() >= 5
                && RULES.iter().all(|rule| rule.id != quoted)
                && quoted.starts_with(|letter: char| letter.is_ascii_uppercase())
                && quoted.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && quoted.bytes().rev().take(3).all(|byte| byte.is_ascii_digit());
            if is_code {
                found += 1;
                assert!(codes().any(|code| code.code == quoted), "{quoted} is not explained");
            }
        }
        assert!(found > 40, "only {found} codes were found in the sources");
    }

    #[test]
    fn the_kinds_that_are_read_are_all_named() {
        let text = codes().find(|code| code.code == "IN007").map_or("", |code| code.text);
        for kind in crate::ingest::ExportKind::EXPORTS {
            assert!(text.contains(&format!("`{}`", kind.name())), "{kind}");
        }
    }
}
