//! What the exports show of a key: whether it is there, is one that services can use, stays so, and is free.

use super::{Check, CheckId, Looking, Standing, of_account, of_instance};
use crate::catalog::endpoints::{Kms, of_plan};
use crate::catalog::services::Call;
use crate::crn::Crn;
use crate::ingest::ExportKind;
use crate::inventory::{Key, KeyIndex, KeyState, Listing, Use, find_key};

/// For how many days an expiry is near: as rule KEY007 has it.
const NEAR_DAYS: i64 = 30;

impl Looking<'_> {
    /// All that is looked at of one key.
    pub(super) fn key(&mut self, text: &str, crn: &Crn<'_>) {
        let inventory = self.inventory;
        self.target(text, crn);
        let row = find_key(inventory, text).ok().and_then(|found| found.key);
        let Some((index, key)) = row else {
            self.missing(text, crn);
            self.uses(text, crn, None);
            return;
        };
        let check = |id, standing, said: &str| Check::new(id, Some(text), standing, said).seen(key.witness);
        self.checks.push(check(CheckId::KeyExists, Standing::Fine, "the exports hold the key"));
        let more = of_instance(ExportKind::KmsKeys, crn, "it shows the type, the state and the expiry of the key");
        self.checks.push(match key.extractable {
            Some(false) => check(CheckId::KeyType, Standing::Fine, "it is a root key"),
            Some(true) => {
                check(CheckId::KeyType, Standing::Bad, "it is a standard key; services encrypt with root keys only")
            }
            None => check(CheckId::KeyType, Standing::Unknown, "no export tells whether it is a root key")
                .wants(more.clone()),
        });
        let state =
            |standing, said: String| Check::new(CheckId::KeyState, Some(text), standing, said).seen(key.state_witness);
        self.checks.push(match key.state {
            KeyState::Active => state(Standing::Fine, "it is active".to_owned()),
            KeyState::Unknown => state(Standing::Unknown, "no export tells its state".to_owned()).wants(more.clone()),
            other => {
                state(Standing::Bad, format!("it is {}: a new deployment cannot be encrypted with it", other.name()))
            }
        });
        let expiry = self.expiry(text, key);
        let expiry = if expiry.standing == Standing::Unknown { expiry.wants(more) } else { expiry };
        self.checks.push(expiry);
        self.uses(text, crn, Some((index, key)));
    }

    /// A key that no list holds.
    fn missing(&mut self, text: &str, crn: &Crn<'_>) {
        let instance = Crn { resource_type: "", resource: "", ..*crn }.to_string();
        let symbol = self.inventory.interner.find(&instance);
        let listing = symbol.map_or(Listing::Missing, |symbol| self.inventory.listing(ExportKind::KmsKeys, symbol));
        let wanted = of_instance(ExportKind::KmsKeys, crn, "it shows whether the key is there, and in which state");
        let (standing, said) = match listing {
            Listing::Whole => (
                Standing::Bad,
                "the list of keys of its instance is whole and does not have it; provided whoever exported could see all keys",
            ),
            Listing::Read => (
                Standing::Unknown,
                "the list of keys of its instance does not have it, and nothing proves that it is whole",
            ),
            Listing::Cut => (Standing::Unknown, "the list of keys of its instance is cut, and does not have it so far"),
            Listing::Missing => (Standing::Unknown, "no list of keys of its instance was read"),
        };
        let check = Check::new(CheckId::KeyExists, Some(text), standing, said);
        self.checks.push(if standing == Standing::Bad { check } else { check.wants(wanted) });
    }

    fn expiry(&self, text: &str, key: &Key) -> Check {
        let check =
            |standing, said: String| Check::new(CheckId::KeyExpiry, Some(text), standing, said).seen(key.witness);
        let Some(date) = key.expires_at.map(|date| self.inventory.text(date)) else {
            // Only a record of the key's own list has dates; where it has none of expiry, there is none.
            return match key.created_at {
                Some(_) => check(Standing::Fine, "it does not expire".to_owned()),
                None => check(Standing::Unknown, "no export tells whether it expires".to_owned()),
            };
        };
        let Ok(moment) = date.parse::<jiff::Timestamp>() else {
            return check(Standing::Unknown, format!("`{}` is no date of expiry", date.escape_debug()));
        };
        let seconds = moment.as_second() - self.now.timestamp().as_second();
        if seconds <= 0 {
            return check(Standing::Bad, format!("it expired at {date}: it wraps no new data"));
        }
        let days = seconds / 86_400;
        if days < NEAR_DAYS {
            let said = format!(
                "it expires at {date}, in {days} days; rotating it does not put that off, and what it encrypts becomes unreadable"
            );
            return check(Standing::Bad, said);
        }
        check(
            Standing::Caution,
            format!("it expires at {date}, in {days} days, and what it encrypts becomes unreadable then"),
        )
    }

    /// Whether its KMS is one whose keys the service takes.
    fn target(&mut self, text: &str, crn: &Crn<'_>) {
        let because = self.service.targets_because.source;
        let title = self.service.title;
        let check =
            |standing, said: String| Check::new(CheckId::KeyService, Some(text), standing, said).because(because);
        if !self.service.targets.contains(&crn.service_name) {
            let said = format!("{title} takes no keys of `{}`", crn.service_name);
            // Schematics' own answer is a problem of the plan, which may be allowed.
            let standing = if self.plan.steps.is_empty() { Standing::Bad } else { Standing::Caution };
            self.checks.push(check(standing, said));
            return;
        }
        let scheme = self.field("scheme").map(str::to_ascii_lowercase);
        if self.placement.is_none_or(|placement| placement.call != Call::Settings) || scheme.is_none() {
            self.checks.push(check(Standing::Fine, format!("{title} takes keys of `{}`", crn.service_name)));
            return;
        }
        let dedicated = self.is_dedicated(crn);
        let wanted = of_account(
            ExportKind::ResourceInstances,
            crn.account(),
            "it shows whether the KMS instance is Key Protect or Key Protect Dedicated",
        );
        let found = match (scheme.as_deref(), dedicated) {
            (_, None) => check(
                Standing::Unknown,
                "the CRN does not tell Key Protect from Key Protect Dedicated, and the scheme takes one of them"
                    .to_owned(),
            )
            .wants(wanted),
            (Some("byok"), Some(true)) => {
                check(Standing::Bad, "BYOK takes keys of Key Protect, this one is of Key Protect Dedicated".to_owned())
            }
            (Some("kyok"), Some(false)) => {
                check(Standing::Bad, "KYOK takes keys of Key Protect Dedicated, this one is of Key Protect".to_owned())
            }
            _ => check(Standing::Fine, "the KMS instance is of the kind that the scheme takes".to_owned()),
        };
        self.checks.push(found);
    }

    /// Whether the KMS instance of a key is one of Key Protect Dedicated, where its plan is known.
    fn is_dedicated(&self, crn: &Crn<'_>) -> Option<bool> {
        let instance = Crn { resource_type: "", resource: "", ..*crn }.to_string();
        let symbol = self.inventory.interner.find(&instance)?;
        let plan = self.inventory.text(self.inventory.instance(symbol)?.plan?);
        of_plan(plan).map(|kms| kms == Kms::Dedicated)
    }

    /// What uses the key already.
    fn uses(&mut self, text: &str, crn: &Crn<'_>, row: Option<(KeyIndex, &Key)>) {
        let inventory = self.inventory;
        let symbol = inventory.interner.find(text);
        let uses: Vec<&Use> = match row {
            Some((index, _)) => inventory.uses_of(index).collect(),
            None => inventory.uses.iter().filter(|found| found.key_crn.is_some() && found.key_crn == symbol).collect(),
        };
        let mut deployments: Vec<&str> =
            uses.iter().map(|found| inventory.text(found.belongs.deployment().unwrap_or(found.resource))).collect();
        deployments.sort_unstable();
        deployments.dedup();
        let check = |standing, said: String| Check::new(CheckId::KeyUse, Some(text), standing, said);
        if let Some(first) = uses.first() {
            let proved = uses.iter().any(|found| found.is_proved());
            let count = match deployments.len() {
                1 => "1 deployment uses".to_owned(),
                many => format!("{many} deployments use"),
            };
            let how = if proved { "" } else { ", as far as reports and requests tell," };
            let said = format!("{count} the key already{how}: what happens to the key happens to all of them");
            let mut check = check(Standing::Caution, said);
            check.witnesses = first.witnesses.first().map(|(_, witness)| *witness).into_iter().collect();
            check.resources = deployments.into_iter().map(str::to_owned).collect();
            self.checks.push(check);
            return;
        }
        let wanted = of_instance(ExportKind::KmsRegistrations, crn, "it shows what is registered on the key");
        let listing = row.map_or(Listing::Missing, |(_, key)| key.registrations);
        self.checks.push(match listing {
            Listing::Whole => {
                check(Standing::Fine, "nothing is registered on it; what does not register is not seen".to_owned())
            }
            Listing::Read | Listing::Cut => {
                check(Standing::Unknown, "no registration of it was read, and nothing proves that all were".to_owned())
                    .wants(wanted)
            }
            Listing::Missing => {
                check(Standing::Unknown, "no registrations of its instance were read".to_owned()).wants(wanted)
            }
        });
    }
}
