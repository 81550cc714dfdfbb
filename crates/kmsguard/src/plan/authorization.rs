//! The authorization of a plan, in the forms that each surface takes.

use core::fmt::Write;

use crate::catalog::endpoints::{Kms, public};
use crate::catalog::roles::{AUTHORIZATION_DELEGATOR, Role};
use crate::catalog::services::{
    AUTHORIZATION_ACCOUNT, AUTHORIZATION_ROLE, Delegation, Scope, Service, WAIT, WAIT_SECONDS,
};
use crate::policy;

use super::json::Json;
use super::quote::{command, hcl_text, shell};
use super::read::Key;
use super::step::{Note, Rest, Reversible, Step, StepId};
use super::terraform;

/// Who may use which keys: the smallest authorization for a service and a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Authorization<'a> {
    pub(super) service: &'static Service,
    pub(super) source_account: &'a str,
    pub(super) source_instance: Option<&'a str>,
    pub(super) key: Key<'a>,
    pub(super) scope: Scope,
}

impl Authorization<'_> {
    fn roles(&self) -> impl Iterator<Item = &'static Role> {
        roles(self.service)
    }

    /// Whether two are one: the same reach for the same source.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.resource() == other.resource() && self.source_account == other.source_account
    }

    fn cross_account(&self) -> bool {
        self.source_account != self.key.account
    }

    /// What the authorization says of the keys, as `(attribute, value)`.
    fn resource(&self) -> Vec<(&'static str, &str)> {
        let crn = &self.key.crn;
        let mut attributes = vec![("accountId", self.key.account), ("serviceName", crn.service_name)];
        if self.scope <= Scope::Instance {
            attributes.push(("serviceInstance", crn.service_instance));
        }
        if self.scope == Scope::Key {
            attributes.extend([("resourceType", "key"), ("resource", crn.resource)]);
        }
        attributes
    }

    /// The one model of an authorization, which every form is written from.
    fn policy(&self) -> policy::Authorization {
        let side = |attributes: Vec<(&str, &str)>| policy::Side {
            attributes: attributes.into_iter().map(|(name, value)| policy::Attribute::equals(name, value)).collect(),
            ..policy::Side::default()
        };
        let mut subject = vec![("accountId", self.source_account), ("serviceName", self.service.service_name)];
        subject.extend(self.source_instance.map(|instance| ("serviceInstance", instance)));
        policy::Authorization {
            id: None,
            state: policy::State::Active,
            kind: policy::PolicyType::Authorization,
            subjects: vec![side(subject)],
            resources: vec![side(self.resource())],
            roles: self.roles().map(|role| policy::Role::of_id(role.crn)).collect(),
            description: None,
            created_by_id: None,
            created_at: None,
            last_permit_at: None,
            conditional: false,
            template: false,
            managed: false,
            version: policy::Version::V1,
            problems: Vec::new(),
        }
    }

    /// The body of `POST /v1/policies`, which IBM's own pages show.
    fn body(forms: &policy::Forms) -> Option<Json> {
        let body = forms.v1.as_ref()?;
        let side = |side: &policy::V1Side| {
            let attribute = |attribute: &policy::V1Attribute| {
                let mut written = Json::object([("name", Json::text(&attribute.name))]);
                if let Some(operator) = attribute.operator {
                    written.put("operator", Json::text(operator));
                }
                written.put("value", Json::text(&attribute.value));
                written
            };
            Json::object([("attributes", Json::List(side.attributes.iter().map(attribute).collect()))])
        };
        let role = |role: &policy::WrittenRole| Json::object([("role_id", Json::text(&role.role_id))]);
        Some(Json::object([
            ("type", Json::text(&body.kind)),
            ("subjects", Json::List(body.subjects.iter().map(side).collect())),
            ("roles", Json::List(body.roles.iter().map(role).collect())),
            ("resources", Json::List(body.resources.iter().map(side).collect())),
        ]))
    }

    /// The resource of Terraform. Its attributes are given in full, because the provider adds none of its own.
    pub(super) fn terraform(&self, label: &str) -> String {
        let mut hcl = format!("resource \"ibm_iam_authorization_policy\" \"{label}\" {{\n");
        if self.cross_account() {
            hcl.push_str("  provider = ibm.key_account\n\n");
        }
        let _ = writeln!(hcl, "  source_service_name = {}", hcl_text(self.service.service_name));
        if self.cross_account() {
            let _ = writeln!(hcl, "  source_service_account = {}", hcl_text(self.source_account));
        }
        if let Some(instance) = self.source_instance {
            let _ = writeln!(hcl, "  source_resource_instance_id = {}", hcl_text(instance));
        }
        let roles: Vec<String> = self.roles().map(|role| hcl_text(role.display_name)).collect();
        let _ = writeln!(hcl, "  roles = [{}]", roles.join(", "));
        for (name, value) in self.resource() {
            let _ = write!(
                hcl,
                "\n  resource_attributes {{\n    name     = {}\n    operator = \"stringEquals\"\n    value    = {}\n  }}\n",
                hcl_text(name),
                hcl_text(value)
            );
        }
        hcl + "\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n"
    }

    fn console(&self, kms: Kms) -> Vec<String> {
        let crn = &self.key.crn;
        let source = if self.cross_account() {
            format!("Source account: another account, `{}`", self.source_account)
        } else {
            "Source account: this account".to_owned()
        };
        let instance = self.source_instance.map_or("All resources".to_owned(), |id| format!("instance `{id}`"));
        let title = self.service.title.strip_suffix(" Gen 2").unwrap_or(self.service.title);
        let kms = if kms == Kms::HyperProtect { kms.title() } else { Kms::MultiTenant.title() };
        let target = match self.scope {
            Scope::Account => "all resources of the account".to_owned(),
            Scope::Instance => format!("Instance ID `{}`", crn.service_instance),
            Scope::Key => {
                format!("Instance ID `{}`, Resource type `key`, Resource ID `{}`", crn.service_instance, crn.resource)
            }
        };
        let mut steps = vec![
            format!("In account `{}`: Manage > Access (IAM) > Authorizations > Create", self.key.account),
            source,
            format!("Source service: {title}; Source service resources: {instance}"),
            format!("Target service: {kms}; {target}"),
            "Role: Reader".to_owned(),
        ];
        if self.service.delegation == Delegation::Always {
            steps.push("Authorize dependent services: Enable authorizations to be delegated".to_owned());
        }
        steps.push("Authorize".to_owned());
        steps
    }

    /// The step that makes it, in the account of the key; `label` is its name in Terraform.
    pub(super) fn step(&self, label: &str, kms: Kms) -> Step {
        let mut cli = Vec::new();
        if self.cross_account() {
            cli.push(command(["ibmcloud", "target", "-c", self.key.account]));
        }
        let forms = policy::forms(&self.policy());
        cli.extend(forms.cli.clone());
        let mut notes: Vec<Note> =
            [&self.service.roles_because, &self.service.scopes_because, &AUTHORIZATION_ROLE].map(Note::from).into();
        if self.cross_account() {
            notes.push((&AUTHORIZATION_ACCOUNT).into());
        }
        let reach = match self.scope {
            Scope::Key => "the key".to_owned(),
            Scope::Instance => format!("KMS instance {}", self.key.crn.service_instance),
            Scope::Account => format!("all keys of `{}` in the account", self.key.crn.service_name),
        };
        Step {
            id: StepId::Authorize,
            title: format!("authorize {} to use {reach}", self.service.title),
            account: self.key.account.to_owned(),
            role: format!(
                "Administrator on the target service `{}`, in the account of the key",
                self.key.crn.service_name
            ),
            reversible: Reversible::Yes,
            rest: Self::body(&forms).map(|body| Rest::new("POST", "https://iam.cloud.ibm.com/v1/policies", Some(body))),
            cli,
            terraform: Some(self.terraform(label)),
            console: self.console(kms),
            notes,
        }
    }
}

/// The roles that a service needs on the key.
pub fn roles(service: &Service) -> impl Iterator<Item = &'static Role> {
    let delegator = (service.delegation == Delegation::Always).then_some(&AUTHORIZATION_DELEGATOR);
    service.roles.iter().copied().chain(delegator)
}

/// The command that shows a key.
pub(super) fn show_key(key: &Key<'_>, kms: Kms) -> Vec<String> {
    let crn = &key.crn;
    let show = command([
        "ibmcloud",
        "kp",
        "key",
        "show",
        crn.resource,
        "--instance-id",
        crn.service_instance,
        "--output",
        "json",
    ]);
    match public(kms, crn.location, crn.service_instance) {
        Some(endpoint) => vec![format!("KP_TARGET_ADDR={} {show}", shell(&endpoint))],
        None => vec![command(["ibmcloud", "kp", "region-set", crn.location]), show],
    }
}

/// The step that waits until the authorizations of these names work.
pub(super) fn wait(account: &str, labels: &[&str]) -> Step {
    Step {
        id: StepId::Wait,
        title: format!("wait {WAIT_SECONDS} seconds until the authorization takes effect"),
        account: account.to_owned(),
        role: "none".to_owned(),
        reversible: Reversible::Yes,
        rest: None,
        cli: vec![format!("sleep {WAIT_SECONDS}")],
        terraform: Some(terraform::wait(labels)),
        console: vec![format!("Wait {WAIT_SECONDS} seconds")],
        notes: vec![(&WAIT).into()],
    }
}
