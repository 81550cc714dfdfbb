//! Who may use which key, as text: comma-separated values, Markdown.

use core::fmt::{self, Write};

use super::AuthzFormat;
use crate::api::{AuthzAnswer, DecisionReport, Verdict, to_json};
use crate::report::csv::row as csv_row;
use crate::report::markdown::{Page, cell as markdown_cell, code_cell};
use crate::report::plain;

const COLUMNS: [&str; 13] = [
    "question",
    "source",
    "source_name",
    "source_service",
    "key",
    "key_name",
    "verdict",
    "single_policy",
    "policies",
    "missing",
    "unknown",
    "dependents",
    "first_input",
];

impl AuthzAnswer {
    /// Writes the answer in a format.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: AuthzFormat, sink: &mut dyn Write) -> fmt::Result {
        match format {
            AuthzFormat::Json => super::put(&to_json(self), sink),
            AuthzFormat::Csv => csv(self, sink),
            AuthzFormat::Markdown => super::put(&markdown(self), sink),
        }
    }
}

/// A row for each use that was decided, and one for each key or source that is within reach.
fn csv(answer: &AuthzAnswer, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(&csv_row(COLUMNS))?;
    for decision in &answer.decisions {
        let key = key(decision);
        sink.write_str(&csv_row([
            "use",
            &decision.source,
            name(answer, &decision.source).unwrap_or_default(),
            &decision.source_service,
            key,
            name(answer, key).unwrap_or_default(),
            verdict(decision.verdict),
            if decision.single_policy { "true" } else { "false" },
            &decision.policies.join(" "),
            &missing(decision),
            &unknown(decision),
            &dependents(decision),
            decision.witnesses.first().map_or("", |witness| witness.input.as_str()),
        ]))?;
    }
    for reach in &answer.reach {
        sink.write_str(&csv_row([
            "reach",
            &reach.source,
            name(answer, &reach.source).unwrap_or_default(),
            "",
            &reach.key,
            name(answer, &reach.key).unwrap_or_default(),
            verdict(reach.verdict),
            "",
            &reach.policies.join(" "),
            "",
            "",
            "",
            "",
        ]))?;
    }
    Ok(())
}

/// A page: the uses and their verdicts, then what else is within reach.
fn markdown(answer: &AuthzAnswer) -> String {
    let shown = |text: &str| match name(answer, text) {
        Some(name) => markdown_cell(&plain(name)),
        None => code_cell(&plain(text)),
    };
    let summary = &answer.summary;
    let mut page = Page::new("# Who may use which key\n\n");
    page.push(&format!(
        "{} covered, {} not covered, {} unknown. Network rules (context-based restrictions, allowed networks and addresses) were not looked at.\n\n",
        summary.covered, summary.not_covered, summary.unknown
    ));
    let row = |decision: &DecisionReport| {
        let why = [missing(decision), unknown(decision), dependents(decision)];
        let why: Vec<String> =
            why.iter().filter(|text| !text.is_empty()).map(|text| markdown_cell(&plain(text))).collect();
        format!(
            "| {} | {} | {} | {} | {} |\n",
            shown(&decision.source),
            shown(key(decision)),
            verdict(decision.verdict),
            markdown_cell(&plain(&decision.policies.join(", "))),
            why.join("<br>")
        )
    };
    let heading = "| Source | Key | Verdict | Authorizations | Missing or unknown |\n| --- | --- | --- | --- | --- |\n";
    page.table(heading, answer.decisions.len(), answer.decisions.iter().map(row), "uses");
    if !answer.reach.is_empty() {
        let rows = answer.reach.iter().map(|reach| {
            format!(
                "| {} | {} | {} | {} |\n",
                shown(&reach.source),
                shown(&reach.key),
                verdict(reach.verdict),
                markdown_cell(&plain(&reach.policies.join(", ")))
            )
        });
        let heading = "\n## Within reach\n\n| Source | Key | Verdict | Authorizations |\n| --- | --- | --- | --- |\n";
        page.table(heading, answer.reach.len(), rows, "rows");
    }
    page.into_text()
}

/// The key of a decision, or its id where no list holds it.
fn key(decision: &DecisionReport) -> &str {
    decision.key.as_deref().or(decision.key_id.as_deref()).unwrap_or_default()
}

fn name<'a>(answer: &'a AuthzAnswer, crn: &str) -> Option<&'a str> {
    answer.labels.get(crn).and_then(|label| label.name.as_deref())
}

/// A verdict as answers write it.
const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Covered => "covered",
        Verdict::NotCovered => "not-covered",
        Verdict::Unknown => "unknown",
    }
}

fn missing(decision: &DecisionReport) -> String {
    decision.missing.iter().map(|missing| missing.text.as_str()).collect::<Vec<_>>().join("; ")
}

fn unknown(decision: &DecisionReport) -> String {
    decision.unknown.iter().map(|unknown| unknown.why.as_str()).collect::<Vec<_>>().join("; ")
}

/// `SERVICE: VERDICT` for each service that works for the deployment.
fn dependents(decision: &DecisionReport) -> String {
    let of =
        decision.dependents.iter().map(|dependent| format!("{}: {}", dependent.service, verdict(dependent.verdict)));
    of.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use crate::api::{AuthzRequest, Input, Inventory};

    use super::*;

    const INSTANCE: &str =
        "crn:v1:bluemix:public:kms:eu-de:a/0123456789abcdef0123456789abcdef:7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10:";

    fn answer(key: Option<&str>) -> AuthzAnswer {
        let id = "00000001-aaaa-4bbb-8ccc-dddddddddddd";
        let keys = serde_json::json!([
            {"id": id, "crn": format!("{INSTANCE}key:{id}"), "name": "=cmd|x", "extractable": false, "state": 1}
        ]);
        let used = "crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:33333333-2222-4333-8444-555555555555:bucket:b";
        let registrations = serde_json::json!([{"keyId": id, "resourceCrn": used}]);
        let policies = serde_json::json!([{"id": "@policy", "type": "authorization", "state": "active", "created_by_id": "IBMid-1",
            "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
            "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
                {"name": "serviceName", "value": "cloud-object-storage"}]}],
            "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
                {"name": "serviceName", "value": "kms"}]}]}]);
        let inventory = Inventory::read(vec![
            Input::named("=keys.json", keys.to_string()),
            Input::named("+registrations.json", registrations.to_string()),
            Input::named("policies.json", policies.to_string()),
        ]);
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let request = AuthzRequest { key: key.map(str::to_owned), ..AuthzRequest::at(now) };
        inventory.authz(&request).expect("an answer")
    }

    fn written(answer: &AuthzAnswer, format: AuthzFormat) -> String {
        let mut text = String::new();
        answer.write(format, &mut text).expect("a text takes everything");
        text
    }

    #[test]
    fn a_row_of_values_has_all_columns_and_no_formula() {
        let text = written(&answer(None), AuthzFormat::Csv);
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows.len(), 2, "{text}");
        assert!(rows.iter().all(|row| row.split(',').count() == COLUMNS.len()), "{text}");
        assert!(text.contains(",cloud-object-storage,") && text.contains(",'=cmd|x,covered,true,'@policy,"), "{text}");
        assert!(text.ends_with(",'+registrations.json\r\n"), "{text}");
    }

    #[test]
    fn what_is_within_reach_has_rows_of_its_own() {
        let answer = answer(Some("00000001-aaaa-4bbb-8ccc-dddddddddddd"));
        assert!(!answer.reach.is_empty());
        let text = written(&answer, AuthzFormat::Csv);
        assert!(text.contains("\r\nreach,"), "{text}");
        assert!(text.split_terminator("\r\n").all(|row| row.split(',').count() >= COLUMNS.len()), "{text}");
        assert!(markdown(&answer).contains("## Within reach"));
    }

    #[test]
    fn a_page_names_the_verdict_and_holds_no_markup_of_a_name() {
        let text = markdown(&answer(None));
        assert!(text.contains("1 covered, 0 not covered, 0 unknown"), "{text}");
        assert!(text.contains("| =cmd\\|x | covered | @<!-- -->policy |"), "{text}");
    }
}
