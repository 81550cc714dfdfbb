//! `audit`: findings about the keys of exports.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::baseline;
use super::exports::{self, InputReport, Labels};
use super::parts::{Command, Evidence, Surface, Unknown, UnknownKind};
use super::suppression::{self, SuppressionReport};
use super::{Answer, BaselineReport, Now, Outcome, Problem, RequestError, SCHEMA_VERSION, Tool};
use crate::authz::{Verdict, decided_uses};
use crate::config::Configuration;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, SharedText, Symbol};
use crate::order::Gather as _;
use crate::rules::{
    Context, FailOn, Finding as Found, Findings, Needed, NeededKind, RULES, Rule, Severity, Shared,
    Surface as CommandSurface, check, reasoning,
};

/// What is asked of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuditRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
    /// Only these rules: ids, or the letters of a family. None: those of the configuration, or all.
    #[serde(default)]
    pub select: Vec<String>,
    /// None of these rules: ids, or the letters of a family. None: those of the configuration, but for rules that are selected here by
    /// their ids.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// From which severity on a finding makes the outcome `bad`. None: that of the configuration, or `low`.
    #[serde(default)]
    pub fail_on: Option<FailOn>,
    /// Whether a rule that could not be decided makes the outcome `unknown`, whatever the configuration says.
    #[serde(default)]
    pub strict: bool,
    /// The configuration: what `kmsguard.toml` holds, as JSON.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Configuration>"))]
    pub config: Option<Value>,
    /// A baseline, as `baseline` writes it: what it holds is suppressed.
    #[serde(default)]
    pub baseline: Option<Value>,
}

impl AuditRequest {
    /// A request for all rules, with the usual thresholds.
    #[must_use]
    pub const fn at(now: Now) -> Self {
        Self {
            now,
            keep_going: false,
            select: Vec::new(),
            ignore: Vec::new(),
            fail_on: None,
            strict: false,
            config: None,
            baseline: None,
        }
    }
}

/// What to do about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Remediation {
    /// In words.
    pub text: String,
    /// In commands.
    pub commands: Vec<Command>,
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suppressed {
    /// Why.
    pub reason: String,
    /// Until when, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Why it is as bad as that: what would be lost, and whether it comes back.
    pub severity_because: String,
    /// What stands in a heading.
    pub title: &'static str,
    /// What was found.
    pub message: String,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What the account is called, where that was configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Who owns the account, where that was configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The CRN of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The CRNs of the resources, sorted.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub resources: Vec<SharedText>,
    /// The ids of the authorizations, sorted.
    pub policies: Vec<String>,
    /// Where it was read: the first ten places, and one of each further input.
    pub evidence: Vec<Evidence>,
    /// How many further places of these inputs are not told; left out where there are none.
    #[serde(skip_serializing_if = "is_none_left_out")]
    pub evidence_left_out: u32,
    /// What to do.
    pub remediation: Remediation,
    /// The same for the same finding, whatever the inputs are called and whenever it is asked.
    pub fingerprint: String,
    /// Why it does not count, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
}

/// A rule that could not be decided for some objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undetermined {
    /// The id of the rule.
    pub rule: &'static str,
    /// What would settle it, sorted.
    pub needs: Vec<Unknown>,
    /// For how many objects.
    pub count: u32,
    /// The first ten of them, sorted.
    pub examples: Vec<String>,
}

/// How many findings there are of each severity, suppressed ones left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BySeverity {
    /// Data is being lost, or will be soon.
    pub critical: u32,
    /// Data can be lost for good.
    pub high: u32,
    /// Something fails, or more is allowed than should be.
    pub medium: u32,
    /// Worth mending.
    pub low: u32,
    /// Worth knowing.
    pub info: u32,
}

/// The findings in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditSummary {
    /// By severity.
    pub by_severity: BySeverity,
    /// By the id of the rule, suppressed ones left out.
    pub by_rule: BTreeMap<&'static str, u32>,
    /// How many are suppressed.
    pub suppressed: u32,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// The outcome in one word.
    pub outcome: Outcome,
    /// The inputs, by name.
    pub inputs: Vec<InputReport>,
    /// What the CRNs of the findings are called.
    pub labels: Labels,
    /// The ids of the rules that were checked, sorted.
    pub checked: Vec<&'static str>,
    /// The findings: by severity, rule, account, key, first resource.
    pub findings: Vec<Finding>,
    /// The rules that could not be decided, by id.
    pub undetermined: Vec<Undetermined>,
    /// The entries of the configuration that accept findings, in their order, and what became of them.
    pub suppressions: Vec<SuppressionReport>,
    /// What became of the baseline, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineReport>,
    /// The findings in numbers.
    pub summary: AuditSummary,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for AuditAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// Whether a plan of Terraform was read.
    fn has_plan(&self) -> bool {
        self.sources.iter().any(|source| source.report.kind == ExportKind::TerraformPlan)
    }

    /// Checks the rules.
    ///
    /// # Errors
    ///
    /// [`RequestError`] if a rule is chosen that is none, or the configuration or the baseline is wrong.
    pub fn audit(&self, request: &AuditRequest) -> Result<AuditAnswer, RequestError> {
        let settings = Settings::of(request, self.has_plan())?;
        let configuration = &settings.configuration;
        let mut found = Findings::default();
        // Findings name the nearest policy; what is undecided names the export that settles it.
        // What nothing proves to be a use needs no authorization; `authz` shows it.
        let decided = decided_uses(self, |verdict| verdict == Verdict::NotCovered);
        let (decided, unproved): (Vec<_>, Vec<_>) = decided.into_iter().partition(|one| one.found.is_proved());
        let context = Context {
            inventory: self,
            decided: &decided,
            unproved: &unproved,
            now: request.now,
            options: configuration.windows.of_rules(),
            rules: &settings.rules,
            shared: &Shared::default(),
        };
        check(context, &mut found);
        let named: Vec<Symbol> =
            found.found.iter().flat_map(|found| found.key.iter().chain(&found.resources)).copied().collect();
        // What a rule wrote is moved, not copied: a large account has a hundred thousand findings.
        let written = std::mem::take(&mut found.found).into_iter();
        let mut findings: Vec<Finding> = written.map(|found| finding(self, found, configuration)).collect();
        findings.sort_by(|first, second| order(first).cmp(&order(second)));
        let mut problems = exports::problems(self);
        let undetermined = undetermined(self, &found);
        let checked: BTreeSet<&'static str> = settings.rules.iter().map(|rule| rule.id).collect();
        let suppressions = suppression::apply(&mut findings, configuration, &checked, &undetermined, request.now);
        let baseline = match &request.baseline {
            Some(baseline) => Some(baseline::apply(&mut findings, baseline)?),
            None => None,
        };
        problems.extend(settings.baseline_not_given(request));
        let undecided = undetermined.iter().any(|one| {
            settings.strict
                || DECISIVE.contains(&one.rule)
                || settings.select.iter().any(|chosen| chosen.eq_ignore_ascii_case(one.rule))
        });
        let fails = |finding: &Finding| finding.suppressed.is_none() && settings.fail_on.fails(finding.severity);
        let outcome = match exports::outcome(self, &problems, request.keep_going) {
            Outcome::Fine if findings.iter().any(fails) => Outcome::Bad,
            Outcome::Fine if undecided => Outcome::Unknown,
            outcome => outcome,
        };
        let mut labels = exports::labels_of(self, named);
        for label in labels.values_mut() {
            label.account_name = configuration.accounts.get(&label.account).and_then(|account| account.name.clone());
        }
        Ok(AuditAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome,
            inputs: exports::inputs(self),
            labels,
            checked: checked.into_iter().collect(),
            undetermined,
            suppressions,
            baseline,
            summary: summary(&findings),
            findings,
            problems,
        })
    }
}

/// The rules about whether a use is authorized: that they could not be decided is never passed over.
const DECISIVE: &[&str] = &["AUTH001", "AUTH002"];

/// The request and the configuration together; where both speak, the request is heard.
struct Settings {
    configuration: Configuration,
    rules: Vec<&'static Rule>,
    select: Vec<String>,
    fail_on: FailOn,
    strict: bool,
}

impl Settings {
    /// `plan`: whether a plan of Terraform is among the inputs.
    fn of(request: &AuditRequest, plan: bool) -> Result<Self, RequestError> {
        let configuration = match &request.config {
            None => Configuration::default(),
            // A document that is wrong has one fault at least.
            Some(document) => Configuration::read(document).map_err(|faults| RequestError::configurations(&faults))?,
        };
        for word in request.select.iter().chain(&request.ignore) {
            if !RULES.iter().any(|rule| rule.is_meant_by(word)) {
                return Err(RequestError::unknown_rule(word));
            }
        }
        let choice = &configuration.rules;
        let named = |words: &[String], rule: &Rule| words.iter().any(|word| rule.is_meant_by(word));
        let by_id = |rule: &Rule| request.select.iter().any(|word| rule.id.eq_ignore_ascii_case(word));
        let select = if request.select.is_empty() { &choice.select } else { &request.select };
        let ignored = |rule: &Rule| match request.ignore.as_slice() {
            [] => named(&choice.ignore, rule) && !by_id(rule),
            ignore => named(ignore, rule),
        };
        let asked = |rule: &Rule| if select.is_empty() { plan || !rule.preview } else { named(select, rule) };
        let rules = RULES.iter().copied().filter(|rule| asked(rule));
        Ok(Self {
            rules: rules.filter(|rule| !ignored(rule)).collect(),
            select: select.clone(),
            fail_on: request.fail_on.or(choice.fail_on).unwrap_or_default(),
            strict: request.strict || choice.strict,
            configuration,
        })
    }

    /// That the configuration names a baseline which nobody gave: what it holds stands.
    fn baseline_not_given(&self, request: &AuditRequest) -> Option<Problem> {
        let name = self.configuration.baseline.as_deref().filter(|_| request.baseline.is_none())?;
        let message = format!("the configuration names the baseline `{}`, which was not given", name.escape_debug());
        let help = "give the baseline beside the configuration; until then all its findings stand".to_owned();
        Some(Problem::of_configuration("CONF011", message, help, "/baseline"))
    }
}

/// The order of findings. Where a rule finds two things with one first resource, or with none, what tells them apart decides.
fn order(finding: &Finding) -> (Severity, &str, Option<&String>, Option<&String>, Option<&str>, &str) {
    let (account, key) = (finding.account.as_ref(), finding.key.as_ref());
    (
        finding.severity,
        finding.rule,
        account,
        key,
        finding.resources.first().map(SharedText::as_str),
        &finding.fingerprint,
    )
}

fn finding(inventory: &Inventory, found: Found, configuration: &Configuration) -> Finding {
    let text = |symbol| inventory.text(symbol).to_owned();
    let mut resources: Vec<SharedText> = found.resources.iter().map(|crn| inventory.shared(*crn)).collect();
    resources.sort_unstable();
    let key = found.key.map(text);
    let account = found.account.map(text);
    let set = configuration.rules.severity.get(found.rule.id);
    let known = account.as_ref().and_then(|account| configuration.accounts.get(account));
    let severity_because = match set {
        Some(_) => "the configuration sets the severity of this rule".to_owned(),
        None => reasoning(inventory, &found),
    };
    let commands = found.commands.into_iter().map(|command| Command {
        surface: match command.surface {
            CommandSurface::Cli => Surface::Cli,
            CommandSurface::Rest => Surface::Rest,
            CommandSurface::Terraform => Surface::Terraform,
        },
        text: command.text,
        command: command.command,
    });
    let (evidence, evidence_left_out) = Evidence::of_finding(inventory, &found.evidence);
    Finding {
        rule: found.rule.id,
        name: found.rule.name,
        severity: set.copied().unwrap_or(found.severity),
        severity_because,
        title: found.rule.title,
        message: found.message,
        fingerprint: fingerprint([
            found.rule.id,
            account.as_deref().unwrap_or_default(),
            key.as_deref().unwrap_or_default(),
            &found.identity,
        ]),
        account_name: known.and_then(|known| known.name.clone()),
        owner: known.and_then(|known| known.owner.clone()),
        account,
        key,
        resources,
        policies: {
            let mut policies = found.policies;
            policies.sort();
            policies
        },
        evidence,
        evidence_left_out,
        remediation: Remediation { text: found.remediation, commands: commands.collect() },
        suppressed: None,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_none_left_out(count: &u32) -> bool {
    *count == 0
}

/// A finding is the same finding as long as its rule, account, key and identity are.
fn fingerprint(parts: [&str; 4]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digits = hash.finalize().iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]).collect::<Vec<u8>>();
    digits.into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn undetermined(inventory: &Inventory, found: &Findings) -> Vec<Undetermined> {
    let mut by_rule: BTreeMap<&'static str, Vec<(Cow<'_, str>, &Needed)>> = BTreeMap::new();
    for one in &found.undetermined {
        let subject = Cow::Borrowed(inventory.text(one.subject));
        by_rule.entry(one.rule.id).or_default().push((subject, &one.needs));
    }
    for one in &found.undetermined_policies {
        let subject = Cow::Owned(inventory.policy_name(one.policy));
        by_rule.entry(one.rule.id).or_default().push((subject, &one.needs));
    }
    let group = |(rule, of): (&'static str, Vec<(Cow<'_, str>, &Needed)>)| {
        let needs: BTreeSet<_> = of.iter().map(|(_, needs)| *needs).into_set();
        let mut examples: Vec<&str> = of.iter().map(|(subject, _)| subject.as_ref()).collect();
        examples.sort_unstable();
        examples.dedup();
        Undetermined {
            rule,
            needs: needs
                .into_iter()
                .map(|needed| Unknown {
                    kind: match needed.kind {
                        NeededKind::Fact => UnknownKind::Fact,
                        NeededKind::Export => UnknownKind::Export,
                    },
                    name: needed.name.clone(),
                    of: needed.of.clone(),
                    why: needed.why.clone(),
                    command: needed.command.clone(),
                    role: needed.role.clone(),
                })
                .collect(),
            count: u32::try_from(examples.len()).unwrap_or(u32::MAX),
            examples: examples.into_iter().take(10).map(str::to_owned).collect(),
        }
    };
    by_rule.into_iter().map(group).collect()
}

fn summary(findings: &[Finding]) -> AuditSummary {
    let mut summary = AuditSummary { by_severity: BySeverity::default(), by_rule: BTreeMap::new(), suppressed: 0 };
    for finding in findings {
        if finding.suppressed.is_some() {
            summary.suppressed += 1;
            continue;
        }
        let by = &mut summary.by_severity;
        *match finding.severity {
            Severity::Critical => &mut by.critical,
            Severity::High => &mut by.high,
            Severity::Medium => &mut by.medium,
            Severity::Low => &mut by.low,
            Severity::Info => &mut by.info,
        } += 1;
        *summary.by_rule.entry(finding.rule).or_insert(0) += 1;
    }
    summary
}
