//! The settings of Schematics, as the rules about them ask.

use super::finding::{Finding, Findings, Needed, NeededKind, Undetermined};
use super::key_commands;
use super::registry::Rule;
use super::{key_of_use, words};
use crate::authz::is_considered;
use crate::catalog::endpoints::{Kms, read};
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, LOCATIONS, Settings, SettingsSeen, Symbol, Witness};

/// A scheme of encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Byok,
    Kyok,
}

impl Scheme {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Byok => "BYOK",
            Self::Kyok => "KYOK",
        }
    }
}

/// The settings of one location.
#[derive(Clone, Copy)]
pub(super) struct One<'a>(&'a Settings);

/// A key of the settings.
pub(super) struct Key<'a> {
    pub(super) symbol: Symbol,
    pub(super) crn: Crn<'a>,
    pub(super) endpoint: Option<Symbol>,
}

/// All settings that were read.
pub(super) fn all(inventory: &Inventory) -> impl Iterator<Item = One<'_>> {
    inventory.settings.iter().map(One)
}

impl<'a> One<'a> {
    pub(super) fn location(self, inventory: &Inventory) -> String {
        inventory.text(self.0.location).to_ascii_uppercase()
    }

    pub(super) fn scheme(self, inventory: &Inventory) -> Option<Scheme> {
        match inventory.text(self.0.scheme?).to_ascii_lowercase().as_str() {
            "byok" => Some(Scheme::Byok),
            "kyok" => Some(Scheme::Kyok),
            _ => None,
        }
    }

    /// Its keys, each with what it is called.
    pub(super) fn keys(self, inventory: &'a Inventory) -> Vec<(&'static str, Key<'a>)> {
        let places = ["primary", "secondary"].into_iter();
        let key = |(symbol, endpoint): &(Symbol, Option<Symbol>)| {
            let crn = parse(inventory.text(*symbol)).ok()?;
            Some(Key { symbol: *symbol, crn, endpoint: *endpoint })
        };
        places.zip(&self.0.keys).filter_map(|(place, row)| Some((place, key(row)?))).collect()
    }

    pub(super) fn witness(self) -> Option<Witness> {
        Some(self.0.witness)
    }

    /// Whether a manifest names the account: the settings were read there, and are in force.
    pub(super) fn is_named(self, inventory: &Inventory) -> bool {
        self.account(inventory).is_some()
    }

    /// The account, where a manifest names it.
    pub(super) fn account(self, inventory: &'a Inventory) -> Option<&'a str> {
        parse(inventory.text(self.0.resource)).ok().and_then(|crn| crn.account())
    }

    pub(super) const fn location_symbol(self) -> Symbol {
        self.0.location
    }

    /// Whether two settings say different things.
    pub(super) fn differs(self, inventory: &Inventory, other: &Self) -> bool {
        self.scheme(inventory) != other.scheme(inventory)
            || self.0.keys.iter().map(|(key, _)| key).ne(other.0.keys.iter().map(|(key, _)| key))
    }

    pub(super) fn finding(
        self,
        rule: &'static Rule,
        inventory: &Inventory,
        key: Option<&Key<'_>>,
        place: &str,
        message: String,
    ) -> Finding {
        let account = parse(inventory.text(self.0.resource)).ok().and_then(|crn| crn.account());
        let of_key = key.and_then(|key| key.crn.account());
        Finding {
            rule,
            severity: rule.severity,
            message,
            account: account.or(of_key).and_then(|account| inventory.interner.find(account)),
            key: key.map(|key| key.symbol),
            resources: vec![self.0.resource],
            policies: Vec::new(),
            evidence: self.witness().into_iter().collect(),
            identity: format!("{} {place}", inventory.text(self.0.resource)),
            remediation: "open a support ticket for Schematics: its settings are made once, and changed by IBM only"
                .to_owned(),
            commands: Vec::new(),
        }
    }

    /// Something that the settings do not say.
    pub(super) fn undetermined(self, rule: &'static Rule, inventory: &Inventory, why: &str) -> Undetermined {
        let location = self.location(inventory);
        let account = parse(inventory.text(self.0.resource)).ok().and_then(|crn| crn.account());
        let needs = settings_needed(account.map(str::to_owned), &location, why);
        Undetermined { rule, subject: self.0.resource, needs }
    }
}

impl Key<'_> {
    /// The CRN of its KMS instance, and what its plan tells.
    pub(super) fn kind_of_instance(&self, inventory: &Inventory) -> Option<Kms> {
        if self.crn.service_name == "hs-crypto" {
            return Some(Kms::HyperProtect);
        }
        let instance = Crn { resource_type: "", resource: "", ..self.crn }.to_string();
        key_commands::kind_of(inventory, inventory.interner.find(&instance)?)
    }

    /// The kind of its KMS: by the CRN, by the plan of the instance, or by the form of the endpoint.
    pub(super) fn kms(&self, inventory: &Inventory) -> Option<Kms> {
        let endpoint = self.endpoint.map(|endpoint| inventory.text(endpoint));
        let host = endpoint.and_then(|endpoint| endpoint.strip_prefix("https://"));
        let by_form = || host.and_then(|host| read(host.trim_end_matches('/'))).map(|endpoint| endpoint.kms);
        self.kind_of_instance(inventory).or_else(|| by_form().filter(|kms| *kms == Kms::Dedicated))
    }

    /// The plan of its KMS instance.
    pub(super) fn plan_needed(&self, rule: &'static Rule, inventory: &Inventory) -> Undetermined {
        let instance = Crn { resource_type: "", resource: "", ..self.crn }.to_string();
        let subject = inventory.interner.find(&instance).unwrap_or(self.symbol);
        let needs = Needed {
            of: Some(instance),
            why: "whether the key is of Key Protect or of Key Protect Dedicated depends on the plan of its instance"
                .to_owned(),
            ..key_of_use::plan_needed(inventory, subject)
        };
        Undetermined { rule, subject, needs }
    }
}

fn settings_needed(account: Option<String>, location: &str, why: &str) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::SchematicsSettings.name().to_owned(),
        of: account,
        why: why.to_owned(),
        command: Some(format!("ibmcloud schematics kms info --location {location} --output json")),
        role: Some("Reader".to_owned()),
    }
}

/// Says that a rule is undecided for the accounts that let Schematics use keys, and whose settings were not read for every location.
pub(super) fn put_missing(rule: &'static Rule, inventory: &Inventory, findings: &mut Findings) {
    let sources = inventory.policies.iter().filter(|policy| is_considered(policy));
    let sources = sources.filter(|policy| policy.source_service() == Some("schematics"));
    let mut accounts: Vec<&str> = sources.filter_map(|policy| policy.source_account()).collect();
    accounts.extend(inventory.settings.iter().filter_map(|row| parse(inventory.text(row.resource)).ok()?.account()));
    accounts.sort_unstable();
    accounts.dedup();
    let seen = SettingsSeen::of(inventory);
    for account in accounts {
        let missing: Vec<&str> = LOCATIONS.into_iter().filter(|location| !seen.has(account, location)).collect();
        let (Some(first), Some(subject)) = (missing.first(), inventory.interner.find(account)) else { continue };
        let why =
            format!("the settings of Schematics were not read for {}", words::list(&missing).to_ascii_uppercase());
        let needs = settings_needed(Some(account.to_owned()), &first.to_ascii_uppercase(), &why);
        findings.undetermined.push(Undetermined { rule, subject, needs });
    }
}
