//! Whether the later audit would still see a finding of the earlier one. If not, that it is gone proves nothing.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::audit_read::{AuditRead, FindingRead, InputRead};
use crate::api::{Unknown, UnknownKind};
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{account_command, instance_command};
use crate::order::{Arrange as _, Gather as _};

/// What a list is of: its kind, its account, its KMS instance.
type Scope<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// Both audits, arranged for the question.
pub(super) struct Sight<'a> {
    new: &'a AuditRead,
    /// The scopes that the later audit has read, cut lists left out.
    seen: BTreeSet<Scope<'a>>,
    /// The scopes of which it has a list, whole or not.
    listed: BTreeSet<Scope<'a>>,
    inputs: HashMap<&'a str, &'a InputRead>,
    /// The scopes of the earlier audit by account, and by KMS instance.
    by_account: HashMap<&'a str, BTreeSet<Scope<'a>>>,
    by_instance: HashMap<&'a str, BTreeSet<Scope<'a>>>,
}

fn scope(input: &InputRead) -> Scope<'_> {
    (&input.kind, input.account.as_deref(), input.instance.as_deref())
}

/// Whether an input is a list of something. What holds no record counts where it is known to be whole.
fn is_list(input: &InputRead) -> bool {
    ExportKind::of_name(&input.kind).is_some() && (input.records > 0 || input.complete == Some(true))
}

impl<'a> Sight<'a> {
    pub(super) fn of(old: &'a AuditRead, new: &'a AuditRead) -> Self {
        let mut sight = Self {
            new,
            seen: new
                .inputs
                .iter()
                .filter(|input| is_list(input) && input.complete != Some(false))
                .map(scope)
                .collect(),
            listed: new.inputs.iter().filter(|input| is_list(input)).map(scope).collect(),
            inputs: old.inputs.iter().map(|input| (input.name.as_str(), input)).collect(),
            by_account: HashMap::new(),
            by_instance: HashMap::new(),
        };
        for input in old.inputs.iter().filter(|input| is_list(input)) {
            match (&input.account, &input.instance) {
                (_, Some(instance)) => {
                    sight.by_instance.entry(instance).or_default().insert(scope(input));
                }
                (Some(account), None) => {
                    sight.by_account.entry(account).or_default().insert(scope(input));
                }
                (None, None) => {}
            }
        }
        sight
    }

    /// What would show that a finding is fixed, sorted; nothing where the later audit shows it.
    pub(super) fn needs(&self, finding: &FindingRead) -> Vec<Unknown> {
        let mut needs = Vec::new();
        self.unchecked(finding, &mut needs);
        self.unread(&mut needs);
        self.undecided(finding, &mut needs);
        self.unseen(finding, &mut needs);
        needs.arrange_by(|first, second| {
            (&first.name, &first.of, &first.why).cmp(&(&second.name, &second.of, &second.why))
        });
        needs.dedup();
        needs
    }

    fn unchecked(&self, finding: &FindingRead, needs: &mut Vec<Unknown>) {
        let checked = self.new.checked.as_ref();
        if checked.is_none_or(|checked| !checked.contains(&finding.rule)) {
            needs.push(fact("rule", Some(&finding.rule), "the later audit did not check this rule"));
        }
    }

    /// An input that could not be read may have been any.
    fn unread(&self, needs: &mut Vec<Unknown>) {
        for problem in self.new.problems.iter().filter(|problem| problem.severity == "error") {
            let why = "the later audit could not read this input";
            needs.push(fact("input", problem.input.as_deref(), why));
        }
    }

    /// The rule was not decided for something that may be this. More objects than are listed may be any.
    fn undecided(&self, finding: &FindingRead, needs: &mut Vec<Unknown>) {
        let id = finding.key.as_deref().and_then(|key| parse(key).ok()).map(|key| key.resource);
        let instance = finding.key.as_deref().and_then(instance_of);
        let is_about = |name: &str| {
            finding.key.as_deref() == Some(name)
                || id == Some(name)
                || instance.as_deref() == Some(name)
                || finding.account.as_deref() == Some(name)
                || finding.resources.iter().any(|resource| resource == name)
                || finding.policies.iter().any(|policy| policy == name)
        };
        for one in self.new.undetermined.iter().filter(|one| one.rule == finding.rule) {
            let all_are_listed = usize::try_from(one.count).is_ok_and(|count| count <= one.examples.len());
            let about = |need: &&super::audit_read::NeedRead| need.of.as_deref().is_none_or(is_about);
            if all_are_listed
                && !one.examples.iter().any(|example| is_about(example))
                && !one.needs.iter().any(|need| about(&need))
            {
                continue;
            }
            let relevant: Vec<_> = one.needs.iter().filter(about).collect();
            let named = if relevant.is_empty() { one.needs.iter().collect() } else { relevant };
            needs.extend(named.into_iter().map(|need| Unknown {
                kind: if ExportKind::of_name(&need.name).is_some() { UnknownKind::Export } else { UnknownKind::Fact },
                name: need.name.clone(),
                of: need.of.clone(),
                why: need.why.clone(),
                command: need.command.clone(),
                role: need.role.clone(),
            }));
        }
    }

    /// What the earlier audit had read about the account and the KMS instance, and the later one has not.
    fn unseen(&self, finding: &FindingRead, needs: &mut Vec<Unknown>) {
        let evidence = finding.evidence.iter().filter_map(|evidence| self.inputs.get(evidence.input.as_str()));
        let mut wanted: BTreeSet<Scope<'_>> = evidence.map(|input| scope(input)).into_set();
        if wanted.is_empty() {
            needs.push(fact("evidence", None, "the earlier audit does not say where this was read"));
        }
        if let Some(account) = finding.account.as_deref() {
            wanted.extend(self.by_account.get(account).into_iter().flatten());
        }
        if let Some(instance) = finding.key.as_deref().and_then(instance_of) {
            wanted.extend(self.by_instance.get(instance.as_str()).into_iter().flatten());
        }
        for (kind, account, instance) in wanted {
            let of = instance.or(account);
            if of.is_none() {
                let why = "this list is of several accounts, or does not say of which: it cannot be told whether it \
                           still holds this one";
                needs.push(export(kind, None, why));
            } else if !self.seen.contains(&(kind, account, instance)) {
                let why = match self.listed.contains(&(kind, account, instance)) {
                    true => "the later audit has this list only in part",
                    false => "the earlier audit had this list, the later one has not",
                };
                needs.push(export(kind, of, why));
            }
        }
    }
}

fn fact(name: &str, of: Option<&str>, why: &str) -> Unknown {
    Unknown {
        kind: UnknownKind::Fact,
        name: name.to_owned(),
        of: of.map(str::to_owned),
        why: why.to_owned(),
        command: None,
        role: None,
    }
}

fn export(kind: &str, of: Option<&str>, why: &str) -> Unknown {
    let known = ExportKind::of_name(kind);
    let of_instance = known.zip(of).and_then(|(kind, of)| instance_command(kind, of));
    let command = of_instance.or_else(|| known.and_then(account_command).map(str::to_owned));
    Unknown {
        kind: UnknownKind::Export,
        name: kind.to_owned(),
        of: of.map(str::to_owned),
        why: why.to_owned(),
        command,
        role: None,
    }
}

/// The KMS instance of a key.
fn instance_of(key: &str) -> Option<String> {
    let crn = parse(key).ok()?;
    Some(Crn { resource_type: "", resource: "", ..crn }.to_string())
}
