//! The five steps for every service that takes its key in a call: look, authorize, wait, provision, verify. What differs is the
//! call, and stands in a file for each API.

mod clusters;
mod integrations;
mod members;
mod object_storage;
mod request;
mod resource_controller;
mod slot;
mod vpc;

use serde_json::{Map, Value};

use crate::catalog::endpoints::Kms;
use crate::catalog::needs::Generation;
use crate::catalog::roles::Role;
use crate::catalog::services::{
    Call, DUPLICATE, Fact, ROOT_KEY, Service, TARGET_ADDRESS, app_configuration, cloudant, clusters as cluster_facts,
    databases, event_notifications, event_streams, life, object_storage as object_storage_facts, vpc as vpc_facts,
    watsonx_data,
};
use crate::now::Now;

use super::Draft;
use super::authorization::{Authorization, registrations, show_key, wait};
use super::quote::command;
use super::step::{Note, NoteKind, Rest, Reversible, Step, StepId, notes};
use super::terraform;
use request::Request;
pub(super) use request::fields;

/// The call that gives the service its key, in the forms that each surface takes.
struct Provision {
    title: String,
    role: String,
    rest: Option<Rest>,
    cli: Vec<String>,
    terraform: Option<String>,
    console: Vec<String>,
    notes: Vec<&'static Fact>,
}

/// How the key is read back.
struct Verify {
    title: String,
    role: String,
    rest: Option<Rest>,
    cli: Vec<String>,
    console: Vec<String>,
    /// Where the key in effect stands in the answer; none where only the registrations tell.
    effective: Option<String>,
    notes: Vec<&'static Fact>,
}

/// The roles that the service needs on the key, as far as the request tells.
pub(super) struct Roles {
    pub(super) roles: Vec<&'static Role>,
    pub(super) delegation: bool,
}

/// The steps, and the roles that the service needs.
pub(super) fn steps(
    service: &'static Service,
    object: &Map<String, Value>,
    now: Now,
    draft: &mut Draft,
) -> (Vec<Step>, Option<Roles>) {
    let Some(request) = request::read(service, object, now, draft) else { return (Vec::new(), None) };
    let (provision, verify) = match request.placement.call {
        Call::ResourceController | Call::Settings => {
            (resource_controller::provision(&request, draft), resource_controller::verify(&request))
        }
        Call::Bucket | Call::BackupVault => {
            (object_storage::provision(&request, draft), object_storage::verify(&request))
        }
        Call::Vpc => (vpc::provision(&request, draft), vpc::verify(&request)),
        Call::Cluster => (clusters::provision(&request, draft), clusters::verify(&request)),
        Call::Integration => (integrations::provision(&request, draft), integrations::verify(&request)),
    };
    let authorizations = request.authorizations();
    let labels: Vec<&str> = authorizations.iter().map(|(label, _)| *label).collect();
    let mut steps = vec![request.look()];
    steps.extend(authorizations.iter().map(|(label, authorization)| authorization.step(label, request.kms)));
    steps.extend([wait(request.key.account, &labels), request.provision(provision), request.verify(verify)]);
    (steps, Some(Roles { roles: request.roles.clone(), delegation: request.delegates }))
}

impl<'a> Request<'a> {
    fn cross_account(&self) -> bool {
        self.account != self.key.account
    }

    /// The CRN of the KMS instance.
    fn kms_instance(&self) -> String {
        format!("{}::", self.key.text.split(":key:").next().unwrap_or_default())
    }

    /// The authorizations to make, by the names that Terraform gives them.
    fn authorizations(&self) -> Vec<(&'static str, Authorization<'a>)> {
        let source = (self.account, self.source_instance);
        let of_key = |key| Authorization::of_service(self.service, self.roles.clone(), source, key, self.scope);
        let mut authorizations = vec![("key", of_key(self.key))];
        if let Some(backup) = self.backup {
            let second = of_key(backup);
            if authorizations.iter().all(|(_, first)| !first.is_same(&second)) {
                authorizations.push(("backup_key", second));
            }
        }
        for grant in self.service.grants {
            let label = if grant.target.is_some() { "object_storage" } else { "block_storage" };
            authorizations.push((label, Authorization::of_grant(grant, self.account, self.key, self.scope)));
        }
        authorizations
    }

    fn look(&self) -> Step {
        let url = format!("https://iam.cloud.ibm.com/v1/policies?account_id={}&type=authorization", self.key.account);
        let mut cli = show_key(&self.key, self.kms);
        if let Some(backup) = &self.backup {
            let by_crn = if backup.crn.service_name == "hs-crypto" { Kms::HyperProtect } else { Kms::MultiTenant };
            let same = backup.crn.service_instance == self.key.crn.service_instance;
            cli.extend(show_key(backup, if same { self.kms } else { by_crn }));
        }
        cli.push(command(["ibmcloud", "iam", "authorization-policies", "--output", "JSON"]));
        if self.cross_account() {
            cli.insert(0, command(["ibmcloud", "target", "-c", self.key.account]));
            cli.push(command(["ibmcloud", "target", "-c", self.account]));
        }
        if self.takes_group() && self.group.id.is_none() {
            cli.push(match self.group.name {
                Some(name) => command(["ibmcloud", "resource", "group", name, "--output", "JSON"]),
                None => command(["ibmcloud", "resource", "groups", "--output", "JSON"]),
            });
        }
        let data = terraform::group(self.group).0.filter(|_| self.takes_group());
        let data = data.map(|data| format!("\n{data}")).unwrap_or_default();
        let crn = &self.key.crn;
        Step {
            id: StepId::Look,
            title: "look at the key and at the authorizations that stand already".to_owned(),
            account: self.key.account.to_owned(),
            role: "Reader on the key, Viewer on the authorizations of its account".to_owned(),
            reversible: Reversible::Yes,
            rest: Some(Rest::new("GET", url, None)),
            cli,
            terraform: Some(terraform::providers(self.cross_account()) + &data),
            console: vec![
                format!(
                    "In account `{}`: Resource list > KMS instance `{}` > Keys",
                    self.key.account, crn.service_instance
                ),
                format!("Key `{}`: type root key, state active", crn.resource),
                "Manage > Access (IAM) > Authorizations: look for one that does it already".to_owned(),
            ],
            notes: notes([&ROOT_KEY, &TARGET_ADDRESS, &DUPLICATE]),
        }
    }

    fn provision(&self, provision: Provision) -> Step {
        let mut cli = Vec::new();
        if self.cross_account() && !provision.cli.is_empty() && self.placement.call != Call::ResourceController {
            cli.push(command(["ibmcloud", "target", "-c", self.account]));
        }
        cli.extend(provision.cli);
        let mut facts: Vec<&'static Fact> = self.placement.final_because.iter().collect();
        facts.push(&self.placement.because);
        facts.extend(self.service.plans_because.as_ref().filter(|_| !self.service.plans.is_empty()));
        facts.extend(provision.notes);
        facts.extend(self.advice());
        let mut notes = notes(facts);
        if self.key.crn.location != self.region && self.placement.call != Call::Bucket {
            notes.push(Note {
                kind: NoteKind::Parameter,
                reference: "/region".to_owned(),
                text: format!(
                    "the key is in `{}` and the deployment in `{}`: allowed, but the deployment depends on both regions",
                    self.key.crn.location, self.region
                ),
                source: None,
            });
        }
        Step {
            id: StepId::Provision,
            title: provision.title,
            account: self.account.to_owned(),
            role: provision.role,
            reversible: Reversible::No,
            rest: provision.rest,
            cli,
            terraform: provision.terraform,
            console: provision.console,
            notes,
        }
    }

    /// What is worth knowing of a service before it is given its key.
    fn advice(&self) -> Vec<&'static Fact> {
        match self.service.service_name {
            "messagehub" if self.service.generation == Generation::Gen2 => vec![
                &event_streams::DO_NOT_SHARE,
                &event_streams::CONSOLE_CHANGED,
                &event_streams::ROTATION,
                &event_streams::CRYPTO_SHREDDING,
            ],
            "messagehub" => vec![&event_streams::CLASSIC_COVERS, &event_streams::CLASSIC_SIZES],
            "server-protect" | "is" => vec![&vpc_facts::STOPPED],
            "cloud-object-storage" => vec![&object_storage_facts::NOTICE],
            "cloudantnosqldb" => vec![&cloudant::PROVISIONING],
            "event-notifications" => vec![&event_notifications::SHUT_DOWN],
            "apprapp" => vec![&app_configuration::COVERS, &app_configuration::SHUT_DOWN],
            "lakehouse" => vec![&watsonx_data::PARAMETERS],
            "containers-kubernetes" if self.service.id == cluster_facts::SECRETS.id => {
                vec![&cluster_facts::MASTER, &cluster_facts::SECRETS_LOST, &cluster_facts::DELETION]
            }
            "containers-kubernetes" => vec![&cluster_facts::DELETION],
            _ if self.is_database() => {
                let mut advice = vec![&databases::DO_NOT_SHARE];
                if self.service.generation == Generation::Gen2 {
                    advice.push(&databases::RESOURCE_GROUP_SOURCE);
                }
                if self.backup.is_some() {
                    advice.push(&databases::BACKUP_REGIONS);
                }
                advice
            }
            _ => Vec::new(),
        }
    }

    fn verify(&self, verify: Verify) -> Step {
        let crn = &self.key.crn;
        let mut cli = verify.cli;
        if self.cross_account() {
            cli.push(command(["ibmcloud", "target", "-c", self.key.account]));
        }
        cli.push(registrations(&self.key, self.kms));
        let mut console = verify.console;
        console
            .push(format!("KMS instance `{}` > Associated resources of key `{}`", crn.service_instance, crn.resource));
        let mut first = verify.notes.into_iter();
        let mut steps_notes = notes(first.next());
        if let Some(effective) = verify.effective {
            steps_notes.push(Note {
                kind: NoteKind::Key,
                reference: self.key.text.to_owned(),
                text: effective,
                source: Some(self.placement.because.source),
            });
        }
        let life = life(self.service);
        let registers = life.and_then(|life| life.registers.because());
        let dependent = self.service.dependent.as_ref().filter(|_| self.delegates).map(|found| &found.because);
        let soft_delete = life.and_then(|life| life.soft_delete.as_ref()).map(|soft| &soft.because);
        steps_notes.extend(notes(first.chain(registers).chain(dependent).chain(soft_delete)));
        Step {
            id: StepId::Verify,
            title: verify.title,
            account: self.account.to_owned(),
            role: verify.role,
            reversible: Reversible::Yes,
            rest: verify.rest,
            cli,
            terraform: None,
            console,
            notes: steps_notes,
        }
    }
}
