//! An audit as text.

use core::fmt::{self, Write};

use super::AuditFormat;
use crate::api::{AuditAnswer, Finding, Severity, Surface, to_json};
use crate::inventory::Inventory;
use crate::report::audit::{self, Audit};
use crate::report::graph;

impl AuditAnswer {
    /// Writes the answer in a format. `inventory` is the one that was audited: a picture shows more of it than findings do.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: AuditFormat, inventory: &Inventory, sink: &mut dyn Write) -> fmt::Result {
        let audit = self.view();
        match format {
            AuditFormat::Json => super::put(&to_json(self), sink),
            AuditFormat::Concise => audit::concise(&audit, sink),
            AuditFormat::Csv => audit::csv(&audit, sink),
            AuditFormat::Github => audit::github(&audit, sink),
            AuditFormat::Html => super::put(&audit::html(&audit, &self.graph(inventory)), sink),
            AuditFormat::Junit => super::put(&audit::junit(&audit), sink),
            AuditFormat::Markdown => super::put(&audit::markdown(&audit), sink),
            AuditFormat::Mermaid => graph::mermaid(&self.graph(inventory), sink),
            AuditFormat::Sarif => audit::sarif(&audit, sink),
            AuditFormat::Svg => super::put(&graph::svg(&self.graph(inventory)), sink),
        }
    }

    fn view(&self) -> Audit<'_> {
        Audit {
            version: self.tool.version,
            now: self.now,
            checked: &self.checked,
            inputs: self
                .inputs
                .iter()
                .map(|input| audit::Input {
                    name: &input.name,
                    kind: input.kind.name(),
                    records: input.records,
                    account: input.account.as_deref(),
                })
                .collect(),
            findings: self,
            undetermined: self
                .undetermined
                .iter()
                .map(|one| audit::Undetermined {
                    rule: one.rule,
                    count: one.count,
                    needs: one
                        .needs
                        .iter()
                        .map(|need| audit::Need {
                            of: need.of.as_deref(),
                            why: &need.why,
                            command: need.command.as_deref(),
                            role: need.role.as_deref(),
                        })
                        .collect(),
                })
                .collect(),
            problems: self
                .problems
                .iter()
                .map(|problem| audit::Problem {
                    code: problem.code,
                    is_error: problem.severity == Severity::Error,
                    message: &problem.message,
                    input: problem.input.as_deref(),
                })
                .collect(),
        }
    }
}

impl audit::Findings for AuditAnswer {
    fn count(&self) -> usize {
        self.findings.len()
    }

    fn at(&self, place: usize) -> Option<audit::Finding<'_>> {
        self.findings.get(place).map(finding)
    }

    fn account(&self, place: usize) -> Option<&str> {
        self.findings.get(place)?.account.as_deref()
    }

    fn name(&self, crn: &str) -> Option<&str> {
        self.labels.get(crn)?.name.as_deref()
    }
}

fn finding(found: &Finding) -> audit::Finding<'_> {
    audit::Finding {
        rule: found.rule,
        rule_name: found.name,
        title: found.title,
        severity: found.severity,
        because: &found.severity_because,
        message: &found.message,
        account: found.account.as_deref(),
        account_name: found.account_name.as_deref(),
        owner: found.owner.as_deref(),
        key: found.key.as_deref(),
        resources: &found.resources,
        places: found
            .evidence
            .iter()
            .map(|evidence| audit::Place { input: &evidence.input, line: evidence.line, pointer: &evidence.pointer })
            .collect(),
        places_left_out: found.evidence_left_out as usize,
        fix: &found.remediation.text,
        commands: found
            .remediation
            .commands
            .iter()
            .map(|command| audit::Command {
                is_typed: command.surface == Surface::Cli,
                text: &command.text,
                command: &command.command,
            })
            .collect(),
        fingerprint: &found.fingerprint,
        suppressed: found.suppressed.as_ref().map(|suppressed| suppressed.reason.as_str()),
    }
}
