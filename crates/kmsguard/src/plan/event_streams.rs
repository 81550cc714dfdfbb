//! Event Streams Gen 2.

use core::fmt::Write;

use serde_json::{Map, Value};

use crate::catalog::endpoints::Kms;
use crate::catalog::services::event_streams::{
    CLASSIC, CONSOLE_CHANGED, DEPENDENT_AUTHORIZATION, DO_NOT_SHARE, GEN2, KEY_IS_FINAL, KEY_PARAMETER, PLAN_NAMES,
    READ_BACK, REGISTRATIONS,
};
use crate::catalog::services::{DUPLICATE, NAME_LONGEST, ROOT_KEY, Scope, TARGET_ADDRESS};

use super::Draft;
use super::authorization::{Authorization, show_key, wait};
use super::fault::FaultKind;
use super::fields::{Field, Fields};
use super::json::Json;
use super::parameters;
use super::quote::{command, hcl, hcl_text, percent};
use super::read::{self, Group, Key};
use super::step::{Note, Rest, Reversible, Step, StepId};
use super::terraform;

const fn field(name: &'static str, also: &'static [&'static str]) -> Field {
    Field { name, also }
}

static FIELDS: &[Field] = &[
    field("service", &[]),
    field("key", &["crn", "key_crn", "kms_key_crn", "disk", "primary"]),
    field("plan", &["resource_plan_id", "plan_id"]),
    field("name", &["instance_name"]),
    field("region", &["location", "target"]),
    field("account", &["account_id"]),
    field("source_account", &["source_account_id"]),
    field("resource_group", &["group", "resource_group_id", "resource_group_name"]),
    field("source_instance", &["source_instance_id"]),
    field("scope", &[]),
    field("parameters", &["parameters_json", "dataservices"]),
    field("allow_end_of_life", &[]),
];

/// What stands where the id of a resource group should.
const GROUP_PLACEHOLDER: &str = "RESOURCE_GROUP_ID";

struct Request<'a> {
    authorization: Authorization<'a>,
    key: Key<'a>,
    account: &'a str,
    name: &'a str,
    region: &'a str,
    group: Group<'a>,
    parameters: Json,
}

pub(super) fn steps(object: &Map<String, Value>, draft: &mut Draft) -> Vec<Step> {
    let Some(request) = read(object, draft) else { return Vec::new() };
    vec![
        request.look(),
        request.authorization.step("key", Kms::MultiTenant),
        wait(request.key.account, &["key"]),
        request.provision(),
        request.verify(),
    ]
}

fn read<'a>(object: &'a Map<String, Value>, draft: &mut Draft) -> Option<Request<'a>> {
    let fields = Fields::new(object, "", FIELDS, &mut draft.faults);
    plan_name(&fields, draft);
    let scope = scope(&fields, draft);
    let name = name(&fields, draft);
    let region = read::location(&fields, "region", draft);
    let group = read::group(&fields, draft);
    let _ = fields.flag("allow_end_of_life", &mut draft.faults);
    let source_instance = read::instance(&fields, "source_instance", GEN2.service_name, draft);
    if source_instance.is_some() {
        let what = "an authorization of one instance does not cover the deployment that this plan makes".to_owned();
        let help =
            "leave `source_instance` out: the instance of a deployment is not known before it is made".to_owned();
        draft.fault("/source_instance", FaultKind::Unusual { what, help });
    }
    let user = fields.object("parameters", "an object", &mut draft.faults);
    let key = read::key_field(&fields, "key", draft);
    if key.is_none() {
        // What the parameters say of the key cannot be compared; everything else in them can.
        let said = user.and_then(|user| user.get("dataservices")?.get("encryption")?.get("disk")?.as_str());
        parameters::with_key(user, said.unwrap_or_default(), draft);
    }
    let key = key?;
    if !GEN2.targets.contains(&key.crn.service_name) {
        let kms = Kms::HyperProtect.title();
        draft.fault("/key/crn", FaultKind::Target { service: GEN2.title, kms });
    }
    let parameters = parameters::with_key(user, key.text, draft);
    let account = read::source_account(&fields, key, draft);
    let region = region.unwrap_or_else(|| {
        if fields.get("region").is_none() {
            draft.derive("/region", key.crn.location, "the region of the key");
        }
        key.crn.location
    });
    if let Some(regions) = GEN2.regions.filter(|regions| !regions.known.contains(&region)) {
        let (text, service, as_of) = (region.to_owned(), GEN2.title, regions.source.as_of);
        draft.fault("/region", FaultKind::UnknownLocation { text, service, known: regions.known, as_of });
    }
    if group.id.is_none() {
        let help = "the REST API takes a resource group by its id: `ibmcloud resource groups --output JSON` prints it; the \
                    command line and Terraform find it themselves";
        draft.fault("/resource_group", FaultKind::Placeholder { placeholder: GROUP_PLACEHOLDER, help });
    }
    let authorization = Authorization { service: &GEN2, source_account: account, source_instance, key, scope };
    Some(Request { authorization, key, account, name, region, group, parameters })
}

fn plan_name(fields: &Fields<'_>, draft: &mut Draft) {
    match fields.text("plan", &mut draft.faults) {
        None => draft.derive("/plan", "enterprise-gen2", "the plan of Gen 2"),
        Some(text) if text == "enterprise-gen2" || text == "eventstreams-gen2-enterprise" => {}
        Some(text) => {
            let classic = CLASSIC.plan(text).is_some();
            draft.fault("/plan", FaultKind::WrongPlan { text: text.to_owned(), wants: "enterprise-gen2", classic });
        }
    }
}

fn scope(fields: &Fields<'_>, draft: &mut Draft) -> Scope {
    let Some(text) = fields.text("scope", &mut draft.faults) else {
        if let Some(narrowest) = GEN2.scopes.first() {
            draft.derive("/scope", narrowest.name(), "the narrowest scope that the service honours");
        }
        return Scope::Key;
    };
    GEN2.scopes.iter().copied().find(|scope| scope.name() == text).unwrap_or_else(|| {
        let honoured = GEN2.scopes.iter().map(|scope| scope.name()).collect();
        let because = GEN2.scopes_because;
        draft.fault("/scope", FaultKind::Scope { text: text.to_owned(), service: GEN2.title, honoured, because });
        Scope::Key
    })
}

fn name<'a>(fields: &Fields<'a>, draft: &mut Draft) -> &'a str {
    let Some(name) = read::name(fields, "name", draft) else {
        if fields.get("name").is_none() {
            draft.derive("/name", GEN2.id, "a name is needed, and none is given");
        }
        return GEN2.id;
    };
    if name.chars().count() > NAME_LONGEST {
        let found = format!("{} characters", name.chars().count());
        draft.fault("/name", FaultKind::Value { found, wants: format!("a name of at most {NAME_LONGEST} characters") });
    }
    let usual = |character: char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '.' | '_' | ':');
    if let Some(character) = name.chars().find(|character| !usual(*character)) {
        let what = format!("`{}` may be refused in a name", character.escape_debug());
        let help = "names of instances take letters, digits, spaces and `-` `.` `_` `:`".to_owned();
        draft.fault("/name", FaultKind::Unusual { what, help });
    }
    name
}

impl Request<'_> {
    fn cross_account(&self) -> bool {
        self.account != self.key.account
    }

    fn look(&self) -> Step {
        let crn = &self.key.crn;
        let url = format!("https://iam.cloud.ibm.com/v1/policies?account_id={}&type=authorization", self.key.account);
        let groups = match self.group.name {
            Some(name) => command(["ibmcloud", "resource", "group", name, "--output", "JSON"]),
            None => command(["ibmcloud", "resource", "groups", "--output", "JSON"]),
        };
        let mut cli = show_key(&self.key, Kms::MultiTenant);
        cli.push(command(["ibmcloud", "iam", "authorization-policies", "--output", "JSON"]));
        if self.cross_account() {
            cli.insert(0, command(["ibmcloud", "target", "-c", self.key.account]));
            cli.push(command(["ibmcloud", "target", "-c", self.account]));
        }
        if self.group.id.is_none() {
            cli.push(groups);
        }
        let data = terraform::group(self.group).0.map(|data| format!("\n{data}")).unwrap_or_default();
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
            notes: [&ROOT_KEY, &TARGET_ADDRESS, &DUPLICATE].map(Note::from).into(),
        }
    }

    fn body(&self) -> Json {
        Json::object([
            ("name", Json::text(self.name)),
            ("target", Json::text(self.region)),
            ("resource_group", Json::text(self.group.id.unwrap_or(GROUP_PLACEHOLDER))),
            ("resource_plan_id", Json::text("eventstreams-gen2-enterprise")),
            ("parameters", self.parameters.clone()),
        ])
    }

    fn provision(&self) -> Step {
        let parameters = self.parameters.compact();
        let mut create = vec![
            "ibmcloud",
            "resource",
            "service-instance-create",
            self.name,
            GEN2.service_name,
            "enterprise-gen2",
            self.region,
        ];
        let mut target = vec!["ibmcloud", "target"];
        if self.cross_account() {
            target.extend(["-c", self.account]);
        }
        match (self.group.name, self.group.id) {
            (Some(name), _) => create.extend(["-g", name]),
            (None, Some(id)) => target.extend(["-g", id]),
            (None, None) => {}
        }
        create.extend(["-p", &parameters]);
        let mut cli = vec![command(create)];
        if target.len() > 2 {
            cli.insert(0, command(target));
        }
        let mut notes: Vec<Note> =
            [&KEY_IS_FINAL, &KEY_PARAMETER, &PLAN_NAMES, &DO_NOT_SHARE, &CONSOLE_CHANGED].map(Note::from).into();
        if self.key.crn.location != self.region {
            notes.push(Note {
                kind: super::NoteKind::Parameter,
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
            title: format!("make the deployment `{}` with the key", self.name),
            account: self.account.to_owned(),
            role: format!("Editor on `{}`, Viewer on the resource group", GEN2.service_name),
            reversible: Reversible::No,
            rest: Some(Rest::new(
                "POST",
                "https://resource-controller.cloud.ibm.com/v2/resource_instances",
                Some(self.body()),
            )),
            cli,
            terraform: Some(self.terraform()),
            console: vec![
                "Catalog > Event Streams".to_owned(),
                format!("Plan: Enterprise Gen 2; region `{}`; name `{}`", self.region, self.name),
                format!("Key Protect instance `{}`, key `{}`", self.key.crn.service_instance, self.key.crn.resource),
                "Create".to_owned(),
            ],
            notes,
        }
    }

    fn terraform(&self) -> String {
        let mut text = String::from("resource \"ibm_resource_instance\" \"event_streams\" {\n");
        let _ = write!(
            text,
            "  name              = {}\n  service           = {}\n  plan              = {}\n  location          = {}\n  \
             resource_group_id = {}\n\n  parameters_json = jsonencode({})\n\n  depends_on = [time_sleep.authorization]\n}}\n",
            hcl_text(self.name),
            hcl_text(GEN2.service_name),
            hcl_text("enterprise-gen2"),
            hcl_text(self.region),
            terraform::group(self.group).1,
            hcl(&self.parameters, 1),
        );
        text
    }

    fn verify(&self) -> Step {
        let crn = &self.key.crn;
        let group = self.group.id.map(|id| format!("&resource_group_id={}", percent(id))).unwrap_or_default();
        let url = format!(
            "https://resource-controller.cloud.ibm.com/v2/resource_instances?name={}{group}",
            percent(self.name)
        );
        let registrations = [
            "ibmcloud",
            "kp",
            "registrations",
            "--instance-id",
            crn.service_instance,
            "--key-id",
            crn.resource,
            "--output",
            "json",
        ];
        let mut cli = vec![command(["ibmcloud", "resource", "service-instance", self.name, "--output", "JSON"])];
        if self.cross_account() {
            cli.push(command(["ibmcloud", "target", "-c", self.key.account]));
        }
        cli.push(command(registrations));
        Step {
            id: StepId::Verify,
            title: "read back which key the deployment uses".to_owned(),
            account: self.account.to_owned(),
            role: format!("Viewer on `{}`, Reader on the key", GEN2.service_name),
            reversible: Reversible::Yes,
            rest: Some(Rest::new("GET", url, None)),
            cli,
            terraform: None,
            console: vec![
                format!("Resource list > `{}`: the deployment is active", self.name),
                format!("KMS instance `{}` > Associated resources of key `{}`", crn.service_instance, crn.resource),
            ],
            notes: vec![
                (&READ_BACK).into(),
                Note {
                    kind: super::NoteKind::Key,
                    reference: self.key.text.to_owned(),
                    text: "`resources[0].extensions.dataservices.encryption.disk` must be this CRN".to_owned(),
                    source: Some(READ_BACK.source),
                },
                (&REGISTRATIONS).into(),
                (&DEPENDENT_AUTHORIZATION).into(),
            ],
        }
    }
}
