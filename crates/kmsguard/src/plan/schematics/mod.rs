//! Schematics: keys are set for a location, once, by settings of its own and not by the Resource Controller.

mod request;

use serde_json::{Map, Value};

use crate::catalog::endpoints::{Kms, source};
use crate::catalog::services::schematics::{
    BODY, DEFAULT_ENCRYPTION, LOCATION, NO_HYPER_PROTECT, NO_KEYS, NO_TERRAFORM, PERMISSIONS, SCHEME_CASE, SCHEMES,
    SECONDARY, SETTINGS_ARE_FINAL,
};
use crate::catalog::services::{DUPLICATE, ROOT_KEY, TARGET_ADDRESS};
use crate::now::Now;

use super::Draft;
use super::authorization::{show_key, wait};
use super::json::Json;
use super::quote::{command, percent, shell};
use super::step::{Note, NoteKind, Rest, Reversible, Step, StepId};
pub(super) use request::fields;
use request::{Crk, Request, read};

const SETTINGS: &str = "https://schematics.cloud.ibm.com/v2/settings/kms";

pub(super) fn steps(object: &Map<String, Value>, now: Now, draft: &mut Draft) -> Vec<Step> {
    let Some(request) = read(object, now, draft) else { return Vec::new() };
    let mut steps = vec![request.look()];
    let first = request.authorization(&request.primary);
    steps.push(first.step("primary", request.primary.kms));
    let mut labels = vec!["primary"];
    if let Some(secondary) = &request.secondary {
        let second = request.authorization(secondary);
        // One instance, one authorization.
        if !second.is_same(&first) {
            steps.push(second.step("secondary", secondary.kms));
            labels.push("secondary");
        }
    }
    steps.extend([wait(request.primary.key.account, &labels), request.provision(), request.verify()]);
    steps
}

impl Request<'_> {
    fn keys(&self) -> impl Iterator<Item = (&'static str, &Crk<'_>)> {
        core::iter::once(("primary", &self.primary)).chain(self.secondary.iter().map(|key| ("secondary", key)))
    }

    fn cross_account(&self) -> bool {
        self.keys().any(|(_, crk)| crk.key.account != self.account)
    }

    /// Back to the account of the settings, where a step before went to another.
    fn target(&self) -> Option<String> {
        self.cross_account().then(|| command(["ibmcloud", "target", "-c", self.account]))
    }

    fn settings_url(&self) -> String {
        format!("{SETTINGS}?location={}", percent(&self.location))
    }

    fn info(&self) -> String {
        command(["ibmcloud", "schematics", "kms", "info", "--location", &self.location, "--output", "JSON"])
    }

    fn look(&self) -> Step {
        let instances = [
            "ibmcloud",
            "schematics",
            "kms",
            "instances",
            "ls",
            "--location",
            &self.location,
            "--scheme",
            self.scheme.cli(),
            "--output",
            "JSON",
        ];
        let mut cli = vec![self.info(), command(instances)];
        for (_, crk) in self.keys() {
            if crk.key.account != self.account {
                cli.push(command(["ibmcloud", "target", "-c", crk.key.account]));
            }
            cli.extend(show_key(&crk.key, crk.kms));
        }
        let mut notes: Vec<Note> =
            [&SETTINGS_ARE_FINAL, &PERMISSIONS, &DEFAULT_ENCRYPTION, &NO_KEYS, &ROOT_KEY, &TARGET_ADDRESS, &DUPLICATE]
                .map(Note::from)
                .into();
        notes.push(Note {
            kind: NoteKind::Parameter,
            reference: "/location".to_owned(),
            text: "if the settings of this location are made already, stop: the next steps cannot change them"
                .to_owned(),
            source: Some(SETTINGS_ARE_FINAL.source),
        });
        Step {
            id: StepId::Look,
            title: format!("look whether the KMS settings of `{}` are made already", self.location),
            account: self.account.to_owned(),
            role: "Reader on `schematics`, Reader on the keys".to_owned(),
            reversible: Reversible::Yes,
            rest: Some(Rest::new("GET", self.settings_url(), None)),
            cli,
            terraform: Some(super::terraform::providers(self.cross_account())),
            console: vec!["Menu > Platform Automation > Schematics > Extensions: look for Key Management".to_owned()],
            notes,
        }
    }

    fn body(&self) -> Json {
        let mut body = Json::object([
            ("location", Json::text(&self.location)),
            ("encryption_scheme", Json::text(self.scheme.rest())),
            ("resource_group", Json::text(self.group)),
        ]);
        for (which, crk) in self.keys() {
            let mut key = Json::object([]);
            // A name that is not known is left out: the settings are made once, and a wrong one would stay.
            if let Some(name) = crk.name {
                key.put("kms_name", Json::text(name));
            }
            key.put("kms_private_endpoint", Json::text(&crk.endpoint));
            key.put("key_crn", Json::text(crk.key.text));
            body.put(&format!("{which}_crk"), key);
        }
        body
    }

    fn enable(&self) -> String {
        let mut words = command([
            "ibmcloud",
            "schematics",
            "kms",
            "enable",
            "--location",
            &self.location,
            "--scheme",
            self.scheme.cli(),
            "--group",
            self.group,
        ]);
        for (which, crk) in self.keys() {
            // The shell stops here if the variable is not set.
            let unset = format!("\"${{{}_KMS_NAME:?the name of the KMS instance}}\"", which.to_ascii_uppercase());
            let name = crk.name.map_or(unset, shell);
            words = words
                + &format!(
                    " --{which}_name {name} --{which}_crn {} --{which}_endpoint {}",
                    shell(crk.key.text),
                    shell(&crk.endpoint)
                );
        }
        words
    }

    fn provision(&self) -> Step {
        let mut notes: Vec<Note> =
            [&SETTINGS_ARE_FINAL, &SCHEMES, &SCHEME_CASE, &LOCATION, &BODY, &NO_TERRAFORM].map(Note::from).into();
        if self.secondary.is_some() {
            notes.push((&SECONDARY).into());
        }
        if self.keys().any(|(_, crk)| crk.kms == Kms::HyperProtect) {
            notes.push((&NO_HYPER_PROTECT).into());
        }
        for (which, crk) in self.keys() {
            notes.push(Note {
                kind: NoteKind::Catalogue,
                reference: format!("/{which}/endpoint"),
                text: format!("`{}` is the form of endpoints of {}", crk.endpoint, crk.kms.title()),
                source: Some(source(crk.kms)),
            });
        }
        let mut console = vec![
            "Menu > Platform Automation > Schematics > Extensions > Connect > Key Management".to_owned(),
            format!("Service: {}", self.primary.kms.title()),
        ];
        for (which, crk) in self.keys() {
            let crn = &crk.key.crn;
            console
                .push(format!("As the {which} key, instance `{}`, root key `{}`", crn.service_instance, crn.resource));
        }
        console.push("Update".to_owned());
        Step {
            id: StepId::Provision,
            title: format!("make the KMS settings of `{}`, once and for all", self.location),
            account: self.account.to_owned(),
            role: "Writer or Manager on `schematics`, or the owner of the account".to_owned(),
            reversible: Reversible::SupportTicket,
            rest: Some(Rest::new("PUT", SETTINGS, Some(self.body()))),
            cli: self.target().into_iter().chain([self.enable()]).collect(),
            terraform: None,
            console,
            notes,
        }
    }

    fn verify(&self) -> Step {
        Step {
            id: StepId::Verify,
            title: format!("read the KMS settings of `{}` back", self.location),
            account: self.account.to_owned(),
            role: "Reader on `schematics`".to_owned(),
            reversible: Reversible::Yes,
            rest: Some(Rest::new("GET", self.settings_url(), None)),
            cli: vec![self.info()],
            terraform: Some(self.data_source()),
            console: vec!["Schematics > Extensions > Key Management: the enabled keys".to_owned()],
            notes: vec![
                Note {
                    kind: NoteKind::Key,
                    reference: self.primary.key.text.to_owned(),
                    text: "`primary_crk.key_crn` must be this CRN".to_owned(),
                    source: Some(BODY.source),
                },
                (&NO_TERRAFORM).into(),
            ],
        }
    }

    fn data_source(&self) -> String {
        let location = super::quote::hcl_text(&self.location);
        format!("data \"ibm_schematics_kms\" \"settings\" {{\n  location = {location}\n}}\n")
    }
}
