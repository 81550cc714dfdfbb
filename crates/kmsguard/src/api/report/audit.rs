//! An audit as text.

use core::fmt::{self, Write};

use super::AuditFormat;
use crate::api::{AuditAnswer, Finding, Severity, to_json};
use crate::inventory::Inventory;
use crate::report::audit::{self, Audit};

impl AuditAnswer {
    /// Writes the answer in a format. `inventory` is the one that was audited: a picture shows more of it than findings do.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: AuditFormat, _inventory: &Inventory, sink: &mut dyn Write) -> fmt::Result {
        let audit = self.view();
        match format {
            AuditFormat::Json => super::put(&to_json(self), sink),
            AuditFormat::Concise => audit::concise(&audit, sink),
            AuditFormat::Csv => audit::csv(&audit, sink),
            AuditFormat::Github => audit::github(&audit, sink),
            AuditFormat::Markdown => super::put(&audit::markdown(&audit), sink),
        }
    }

    fn view(&self) -> Audit<'_> {
        Audit {
            now: self.now,
            inputs: self.inputs.iter().map(|input| audit::Input { records: input.records }).collect(),
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
        message: &found.message,
        account: found.account.as_deref(),
        account_name: found.account_name.as_deref(),
        owner: found.owner.as_deref(),
        key: found.key.as_deref(),
        resources: &found.resources,
        places: found
            .evidence
            .iter()
            .map(|evidence| audit::Place { input: &evidence.input, line: evidence.line })
            .collect(),
        fix: &found.remediation.text,
        commands: found
            .remediation
            .commands
            .iter()
            .map(|command| audit::Command { text: &command.text, command: &command.command })
            .collect(),
        fingerprint: &found.fingerprint,
        suppressed: found.suppressed.as_ref().map(|suppressed| suppressed.reason.as_str()),
    }
}
