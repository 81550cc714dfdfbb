//! The authorization of a plan, in the forms that each surface takes.

use core::fmt::Write;

use crate::catalog::endpoints::{Kms, public};
use crate::catalog::roles::{AUTHORIZATION_DELEGATOR, Role};
use crate::catalog::services::{
    AUTHORIZATION_ACCOUNT, AUTHORIZATION_ROLE, Fact, Grant, Scope, Service, WAIT, WAIT_SECONDS,
};
use crate::policy;

use super::json::Json;
use super::quote::{command, hcl_text, shell};
use super::read::Key;
use super::step::{Note, Rest, Reversible, Step, StepId, notes};
use super::terraform;

/// To whom and to what an authorization is given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach<'a> {
    /// To a key, or to more than it.
    Key(Key<'a>, Scope),
    /// To all of another service in an account.
    Service {
        /// Whose.
        account: &'a str,
        /// The service.
        name: &'static str,
    },
}

/// Who may use what: the smallest authorization for a service.
#[derive(Debug, Clone)]
pub(super) struct Authorization<'a> {
    /// What is authorized.
    title: &'static str,
    /// What the console calls it.
    source_title: &'static str,
    service_name: &'static str,
    source_type: Option<&'static str>,
    source_account: &'a str,
    source_instance: Option<&'a str>,
    roles: Vec<&'static Role>,
    reach: Reach<'a>,
    because: Vec<&'static Fact>,
}

impl<'a> Authorization<'a> {
    /// The authorization of a service for a key.
    pub(super) fn of_service(
        service: &'static Service,
        roles: Vec<&'static Role>,
        source: (&'a str, Option<&'a str>),
        key: Key<'a>,
        scope: Scope,
    ) -> Self {
        Self {
            title: service.title,
            source_title: service.source_title.unwrap_or(service.title),
            service_name: service.service_name,
            source_type: service.source_type,
            source_account: source.0,
            source_instance: source.1,
            roles,
            reach: Reach::Key(key, scope),
            because: vec![&service.roles_because, &service.scopes_because],
        }
    }

    /// An authorization that the service needs beside its own.
    pub(super) fn of_grant(grant: &'static Grant, source_account: &'a str, key: Key<'a>, scope: Scope) -> Self {
        let reach = match grant.target {
            None => Reach::Key(key, scope),
            Some(name) => Reach::Service { account: source_account, name },
        };
        Self {
            title: grant.source_title,
            source_title: grant.source_title,
            service_name: grant.source,
            source_type: grant.source_type,
            source_account,
            source_instance: None,
            roles: grant.roles.to_vec(),
            reach,
            because: vec![&grant.because],
        }
    }

    /// Whether two are one: the same reach for the same source.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.resource() == other.resource()
            && self.source_account == other.source_account
            && self.service_name == other.service_name
    }

    /// The account in which it is made: that of what it lets in to.
    pub(super) fn account(&self) -> &'a str {
        match self.reach {
            Reach::Key(key, _) => key.account,
            Reach::Service { account, .. } => account,
        }
    }

    fn target(&self) -> &'a str {
        match self.reach {
            Reach::Key(key, _) => key.crn.service_name,
            Reach::Service { name, .. } => name,
        }
    }

    fn cross_account(&self) -> bool {
        self.source_account != self.account()
    }

    fn delegates(&self) -> bool {
        self.roles.iter().any(|role| role.crn == AUTHORIZATION_DELEGATOR.crn)
    }

    /// What the authorization says of its target, as `(attribute, value)`.
    fn resource(&self) -> Vec<(&'static str, &'a str)> {
        let mut attributes = vec![("accountId", self.account()), ("serviceName", self.target())];
        if let Reach::Key(key, scope) = self.reach {
            if scope <= Scope::Instance {
                attributes.push(("serviceInstance", key.crn.service_instance));
            }
            if scope == Scope::Key {
                attributes.extend([("resourceType", "key"), ("resource", key.crn.resource)]);
            }
        }
        attributes
    }

    /// The one model of an authorization, which every form is written from.
    fn policy(&self) -> policy::Authorization {
        let attributes = |attributes: Vec<(&str, &str)>| {
            attributes.into_iter().map(|(name, value)| policy::Attribute::equals(name, value)).collect()
        };
        let mut subject = vec![("accountId", self.source_account), ("serviceName", self.service_name)];
        subject.extend(self.source_type.map(|of| ("resourceType", of)));
        subject.extend(self.source_instance.map(|instance| ("serviceInstance", instance)));
        let roles = self.roles.iter().map(|role| policy::Role::of_id(role.crn)).collect();
        policy::Authorization::granting(attributes(subject), attributes(self.resource()), roles)
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
        let _ = writeln!(hcl, "  source_service_name = {}", hcl_text(self.service_name));
        if self.cross_account() {
            let _ = writeln!(hcl, "  source_service_account = {}", hcl_text(self.source_account));
        }
        if let Some(of) = self.source_type {
            let _ = writeln!(hcl, "  source_resource_type = {}", hcl_text(of));
        }
        if let Some(instance) = self.source_instance {
            let _ = writeln!(hcl, "  source_resource_instance_id = {}", hcl_text(instance));
        }
        let roles: Vec<String> = self.roles.iter().map(|role| hcl_text(role.display_name)).collect();
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
        let source = if self.cross_account() {
            format!("Source account: another account, `{}`", self.source_account)
        } else {
            "Source account: this account".to_owned()
        };
        let resources = match (self.source_instance, self.source_type) {
            (Some(id), _) => format!("instance `{id}`"),
            (None, Some(of)) => format!("Resource type `{of}`"),
            (None, None) => "All resources".to_owned(),
        };
        let title = self.source_title.strip_suffix(" Gen 2").unwrap_or(self.source_title);
        let target = match self.reach {
            Reach::Service { name, .. } => format!("`{name}`; all resources of the account"),
            Reach::Key(key, scope) => {
                let (crn, kms) = (&key.crn, if kms == Kms::HyperProtect { kms } else { Kms::MultiTenant });
                let reach = match scope {
                    Scope::Account => "all resources of the account".to_owned(),
                    Scope::Instance => format!("Instance ID `{}`", crn.service_instance),
                    Scope::Key => format!(
                        "Instance ID `{}`, Resource type `key`, Resource ID `{}`",
                        crn.service_instance, crn.resource
                    ),
                };
                format!("{}; {reach}", kms.title())
            }
        };
        let roles: Vec<&str> = self
            .roles
            .iter()
            .filter(|role| role.crn != AUTHORIZATION_DELEGATOR.crn)
            .map(|role| role.display_name)
            .collect();
        let mut steps = vec![
            format!("In account `{}`: Manage > Access (IAM) > Authorizations > Create", self.account()),
            source,
            format!("Source service: {title}; Source service resources: {resources}"),
            format!("Target service: {target}"),
            format!("Role: {}", roles.join(", ")),
        ];
        if self.delegates() {
            steps.push("Authorize dependent services: Enable authorizations to be delegated".to_owned());
        }
        steps.push("Authorize".to_owned());
        steps
    }

    /// The step that makes it, in the account of the key; `label` is its name in Terraform.
    pub(super) fn step(&self, label: &str, kms: Kms) -> Step {
        let mut cli = Vec::new();
        if self.cross_account() {
            cli.push(command(["ibmcloud", "target", "-c", self.account()]));
        }
        let forms = policy::forms(&self.policy());
        cli.extend(forms.cli.clone());
        let mut because = self.because.clone();
        because.push(&AUTHORIZATION_ROLE);
        if self.cross_account() {
            because.push(&AUTHORIZATION_ACCOUNT);
        }
        let reach = match self.reach {
            Reach::Key(_, Scope::Key) => "the key".to_owned(),
            Reach::Key(key, Scope::Instance) => format!("KMS instance {}", key.crn.service_instance),
            Reach::Key(key, Scope::Account) => format!("all keys of `{}` in the account", key.crn.service_name),
            Reach::Service { name, .. } => format!("`{name}`"),
        };
        let of = if matches!(self.reach, Reach::Key(..)) { ", in the account of the key" } else { "" };
        Step {
            id: StepId::Authorize,
            title: format!("authorize {} to use {reach}", self.title),
            account: self.account().to_owned(),
            role: format!("Administrator on the target service `{}`{of}", self.target()),
            reversible: Reversible::Yes,
            rest: Self::body(&forms).map(|body| Rest::new("POST", "https://iam.cloud.ibm.com/v1/policies", Some(body))),
            cli,
            terraform: Some(self.terraform(label)),
            console: self.console(kms),
            notes: notes(because),
        }
    }
}

/// The commands that show a key.
pub(super) fn show_key(key: &Key<'_>, kms: Kms) -> Vec<String> {
    let crn = &key.crn;
    let show = at_kms(key, kms, &["key", "show", crn.resource, "--instance-id", crn.service_instance]);
    match kms {
        Kms::MultiTenant => vec![command(["ibmcloud", "kp", "region-set", crn.location]), show],
        Kms::Dedicated | Kms::HyperProtect => vec![show],
    }
}

/// The command that lists what is registered on a key.
pub(super) fn registrations(key: &Key<'_>, kms: Kms) -> String {
    let crn = &key.crn;
    at_kms(key, kms, &["registrations", "--instance-id", crn.service_instance, "--key-id", crn.resource])
}

/// A command for a KMS, which reaches any other than multi-tenant Key Protect by the endpoint of the instance.
fn at_kms(key: &Key<'_>, kms: Kms, words: &[&str]) -> String {
    let words = ["ibmcloud", "kp"].iter().chain(words).chain(&["--output", "json"]);
    let words = command(words.copied());
    match public(kms, key.crn.location, key.crn.service_instance) {
        Some(endpoint) => format!("KP_TARGET_ADDR={} {words}", shell(&endpoint)),
        None => words,
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
        notes: vec![Note::from(&WAIT)],
    }
}
