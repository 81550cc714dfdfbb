//! What is to be made: whether its plan takes a key, whether it is there already, and what cannot be changed later.

use super::{Check, CheckId, Looking, Standing};
use crate::authz::Wanted;
use crate::catalog::services::{Call, Change, OnPlan, Service};
use crate::ingest::ExportKind;
use crate::plan::command;

impl Looking<'_> {
    /// Whether the plan of the service takes a key.
    pub(super) fn service_plan(&mut self) {
        let service: &Service = self.service;
        let named = self.field("plan");
        let Some(plan) = named.map_or_else(|| service.key_plan(), |named| service.plan(named)) else { return };
        let (standing, said) = match plan.key {
            OnPlan::Taken => (Standing::Fine, format!("plan `{}` encrypts with the key", plan.name)),
            OnPlan::NotTaken => (Standing::Bad, format!("plan `{}` has no encryption with a key of yours", plan.name)),
            OnPlan::Ignored => (
                Standing::Bad,
                format!("plan `{}` takes the key without an error and encrypts with another", plan.name),
            ),
            OnPlan::Unknown => {
                (Standing::Unknown, format!("what plan `{}` does with a key is not documented", plan.name))
            }
        };
        let mut check = Check::new(CheckId::ServicePlan, None, standing, said);
        check.source = service.plans_because.map(|fact| fact.source);
        if standing == Standing::Unknown {
            check = check.wants(Wanted {
                export: None,
                name: "plan".to_owned(),
                of: Some(service.id.to_owned()),
                why: "no page that was read says it: ask the provider before the deployment is made".to_owned(),
                command: None,
                role: None,
            });
        }
        self.checks.push(check);
    }

    /// What cannot be changed later, and whether it is made already.
    pub(super) fn finality(&mut self) {
        let Some(placement) = self.placement else { return };
        if placement.call == Call::Settings {
            self.settings();
        } else if placement.call == Call::ResourceController {
            self.namesake();
        }
        let source = placement.final_because.map(|fact| (fact.text, fact.source));
        let (standing, said) = match placement.change {
            Change::Again => (Standing::Fine, "the key can be changed later".to_owned()),
            Change::Never => (Standing::Caution, "the key cannot be changed later".to_owned()),
            Change::SupportTicket => (Standing::Caution, "only a support ticket changes the key later".to_owned()),
            Change::Unknown => (Standing::Caution, "whether the key can be changed later is not documented".to_owned()),
        };
        let said = source.map_or_else(|| said.clone(), |(text, _)| format!("{said}: {text}"));
        let mut check = Check::new(CheckId::Finality, None, standing, said);
        check.source = source.map(|(_, source)| source);
        self.checks.push(check);
    }

    /// Settings of a location that are made already.
    fn settings(&mut self) {
        let inventory = self.inventory;
        let location = self.field("location").unwrap_or_default().to_owned();
        let made = inventory
            .settings
            .iter()
            .find(|settings| inventory.text(settings.location).eq_ignore_ascii_case(&location));
        let check = |standing, said: String| Check::new(CheckId::Finality, None, standing, said);
        let Some(made) = made else {
            let why = "it shows whether the settings are made already";
            let words = ["ibmcloud", "schematics", "kms", "info", "--location", &location, "--output", "JSON"];
            let wanted = Wanted {
                export: Some(ExportKind::SchematicsSettings),
                name: ExportKind::SchematicsSettings.name().to_owned(),
                of: Some(location.clone()),
                why: why.to_owned(),
                command: Some(command(words)),
                role: Some("Reader"),
            };
            let said = format!("no settings of `{location}` were read: they may be made already");
            self.checks.push(check(Standing::Unknown, said).wants(wanted));
            return;
        };
        let keys: Vec<String> = made.keys.iter().map(|(key, _)| inventory.text(*key).to_owned()).collect();
        let wanted = super::keys(self.document);
        let same = keys.iter().map(String::as_str).eq(wanted.iter().copied());
        let mut check = if same {
            check(
                Standing::Caution,
                format!("the settings of `{location}` are made already, with these keys: there is nothing to do"),
            )
        } else {
            check(
                Standing::Bad,
                format!(
                    "the settings of `{location}` are made already, with other keys: only a support ticket changes them"
                ),
            )
        };
        check.resources = keys;
        self.checks.push(check);
    }

    /// An instance of the same name, which cannot be given the key any more.
    fn namesake(&mut self) {
        let inventory = self.inventory;
        let Some(name) = self.field("name").map(str::to_owned) else { return };
        let account = self.account().map(str::to_owned);
        let there = inventory.instances.iter().filter(|instance| {
            let of = |symbol: Option<crate::inventory::Symbol>| symbol.map(|symbol| inventory.text(symbol));
            of(instance.name) == Some(name.as_str())
                && inventory.text(instance.service) == self.service.crn_service
                && (account.is_none() || of(instance.account).is_none() || of(instance.account) == account.as_deref())
        });
        let there: Vec<_> = there.collect();
        if let Some(first) = there.first() {
            let said = format!(
                "an instance named `{}` is there already: the plan makes a second one, and the first keeps its key",
                name.escape_debug()
            );
            let mut check = Check::new(CheckId::Finality, None, Standing::Caution, said).seen(first.witness);
            check.resources = there.iter().map(|instance| inventory.text(instance.crn).to_owned()).collect();
            self.checks.push(check);
        }
    }
}
