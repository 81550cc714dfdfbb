//! JUnit's XML: a suite for each family of rules, a case for each rule and resource.

use std::collections::{BTreeMap, BTreeSet};

use maud::{PreEscaped, html};

use super::{Audit, Finding, Undetermined};
use crate::report::{count, plain, words};

/// So many places of a finding stand in each of its cases.
const SHOWN: usize = 10;

/// What a suite holds.
#[derive(Debug, Default)]
struct Suite<'a> {
    cases: Vec<Case<'a>>,
}

#[derive(Debug)]
struct Case<'a> {
    rule: &'a str,
    name: String,
    result: Result<'a>,
}

#[derive(Debug)]
enum Result<'a> {
    /// The rule was checked, and found nothing.
    Passed,
    /// A finding that counts: its title, and all about it.
    Failed(&'a str, String),
    /// Something that does not count, or could not be decided: why.
    Skipped(String),
    /// An input that could not be read: the code, and why.
    Error(&'a str, String),
}

impl Suite<'_> {
    fn count(&self, is: fn(&Result<'_>) -> bool) -> usize {
        self.cases.iter().filter(|case| is(&case.result)).count()
    }

    fn failures(&self) -> usize {
        self.count(|result| matches!(result, Result::Failed(..)))
    }

    fn errors(&self) -> usize {
        self.count(|result| matches!(result, Result::Error(..)))
    }

    fn skipped(&self) -> usize {
        self.count(|result| matches!(result, Result::Skipped(_)))
    }
}

pub(crate) fn junit(audit: &Audit<'_>) -> String {
    let suites = suites(audit);
    let [tests, failures, errors, skipped] =
        suites.values().fold([0; 4], |[tests, failures, errors, skipped], suite| {
            [tests + suite.cases.len(), failures + suite.failures(), errors + suite.errors(), skipped + suite.skipped()]
        });
    let timestamp = audit.now.to_string();
    let timestamp = timestamp.trim_end_matches('Z');
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        testsuites name="kmsguard audit" tests=(tests) failures=(failures) errors=(errors)
            skipped=(skipped) time="0"
        {
            @for (family, suite) in &suites {
                testsuite name={ "kmsguard." (family) } tests=(suite.cases.len()) failures=(suite.failures())
                    errors=(suite.errors()) skipped=(suite.skipped()) time="0" timestamp=(timestamp)
                {
                    @for case in &suite.cases {
                        testcase classname={ "kmsguard." (family) "." (case.rule) } name=(case.name) time="0" {
                            @match &case.result {
                                Result::Passed => {}
                                Result::Failed(title, text) => { failure message=(title) type=(case.rule) { (text) } }
                                Result::Skipped(why) => { skipped message=(why) {} }
                                Result::Error(code, why) => { error message=(why) type=(code) {} }
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
        + "\n"
}

fn suites<'a>(audit: &Audit<'a>) -> BTreeMap<&'a str, Suite<'a>> {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut push = |rule: &'a str, name: String, result: Result<'a>| {
        let family = rule.trim_end_matches(|digit: char| digit.is_ascii_digit());
        suites.entry(family).or_default().cases.push(Case { rule, name, result });
    };
    for finding in audit.all() {
        told.insert(finding.rule);
        for name in names(&finding) {
            let result = match finding.suppressed {
                Some(reason) => Result::Skipped(format!("suppressed: {}", plain(reason))),
                None => Result::Failed(finding.title, text(audit, &finding)),
            };
            push(finding.rule, name, result);
        }
    }
    for Undetermined { rule, count: number, needs } in &audit.undetermined {
        told.insert(rule);
        let whys: Vec<String> = needs.iter().map(|need| plain(need.why)).collect();
        push(
            rule,
            "undecided".to_owned(),
            Result::Skipped(format!("undecided for {}: {}", count(*number as usize, "object"), whys.join("; "))),
        );
    }
    for rule in audit.checked.iter().filter(|rule| !told.contains(*rule)) {
        push(rule, "nothing found".to_owned(), Result::Passed);
    }
    for problem in audit.problems.iter().filter(|problem| problem.is_error) {
        push(problem.code, plain(problem.input.unwrap_or("-")), Result::Error(problem.code, plain(problem.message)));
    }
    suites
}

/// What a finding is about: each of its resources by CRN, and the key beside it, so that no two cases have one name.
fn names(finding: &Finding<'_>) -> Vec<String> {
    let key = finding.key.map(|key| format!(" with key {}", key.rsplit(':').next().unwrap_or(key))).unwrap_or_default();
    let mut names: Vec<String> = finding.resources.iter().map(|resource| plain(&format!("{resource}{key}"))).collect();
    if names.is_empty() {
        names.push(plain(finding.key.or(finding.account).unwrap_or("-")));
    }
    names
}

fn text(audit: &Audit<'_>, finding: &Finding<'_>) -> String {
    let mut text = format!("{}\n", plain(&finding.whole_message()));
    if let Some(key) = finding.key {
        let name = audit.findings.name(key).map(|name| format!("{} ", plain(name))).unwrap_or_default();
        text += &format!("key: {name}{}\n", plain(key));
    }
    for place in finding.places.iter().take(SHOWN) {
        text += &format!("seen in: {}:{} {}\n", plain(place.input), place.line, plain(place.pointer));
    }
    let more = finding.seen_in().saturating_sub(SHOWN);
    if more > 0 {
        text += &format!("and in {}\n", count(more, "more place"));
    }
    text += &format!("severity: {}\nfix: {}\n", words::severity(finding.severity), plain(finding.fix));
    for command in &finding.commands {
        text += &format!("  {}\n", plain(command.command));
    }
    text + &format!("fingerprint: {}\n", finding.fingerprint)
}
