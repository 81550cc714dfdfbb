//! Deployments that Resource Controller makes: the key is a parameter of theirs.

use core::fmt::Write;

use serde_json::{Map, Value};

use crate::catalog::needs::Generation;
use crate::catalog::services::{Holds, Service, databases, event_streams, watsonx_data};

use super::super::Draft;
use super::super::fault::FaultKind;
use super::super::json::Json;
use super::super::parameters;
use super::super::quote::{command, hcl, hcl_text, percent, shell};
use super::super::step::Rest;
use super::super::terraform;
use super::members::{over, put_key};
use super::request::Request;
use super::slot::{Filled, Slot};
use super::{Provision, Verify};

const INSTANCES: &str = "https://resource-controller.cloud.ibm.com/v2/resource_instances";

static GROUP: Slot = Slot {
    name: "RESOURCE_GROUP_ID",
    what: "the id of the resource group",
    help: "the REST API takes a resource group by its id: `ibmcloud resource groups --output JSON` prints it; the \
           command line and Terraform find it themselves",
};
static PLAN: Slot = Slot {
    name: "RESOURCE_PLAN_ID",
    what: "the id of the plan",
    help: "the REST API takes a plan by its id, which was found in no document: `ibmcloud catalog service SERVICE --output json` \
           prints it; the command line and Terraform take its name",
};
static DATACENTER: Slot = Slot {
    name: "DATACENTER",
    what: "the data centre that goes with the region",
    help: "give `parameters.datacenter`, such as `ibm:us-south:dal`",
};

/// The parameters of a deployment: what the user gives, and the key where the service wants it.
fn parameters(request: &Request<'_>, draft: &mut Draft) -> Json {
    if request.service.id == event_streams::GEN2.id {
        return parameters::with_key(request.parameters, request.key.text, draft);
    }
    other_generation(request, draft);
    let mut given = Json::object([]);
    over(&mut given, request.parameters);
    put_key(&mut given, "/parameters", "/parameters", request, draft);
    if request.service.id == watsonx_data::WATSONX_DATA.id {
        let known = watsonx_data::DATACENTERS.iter().find(|(region, _)| *region == request.region);
        let datacenter = known.map(|(_, centre)| *centre);
        if given.get("datacenter").is_none() {
            let datacenter = Filled::of(datacenter, &DATACENTER, "/parameters/datacenter", draft);
            given.put("datacenter", datacenter.json());
        }
        for (name, value) in [("cloud_type", "ibm"), ("region", request.region)] {
            if given.get(name).is_none() {
                given.put(name, Json::text(value));
            }
        }
    }
    given
}

/// Parameters with which the other generation names its key do nothing here.
fn other_generation(request: &Request<'_>, draft: &mut Draft) {
    let Some(user) = request.parameters else { return };
    let (wrong, help): (&[&str], &str) = match request.service.generation {
        Generation::Classic => {
            (&["dataservices"], "this is the parameter of Gen 2; the classic generation takes its key in `{}`")
        }
        Generation::Gen2 => (
            &["kms_key_crn", "disk_encryption_key_crn", "backup_encryption_key_crn"],
            "this is a parameter of the classic generation; Gen 2 takes its key in `{}`",
        ),
        Generation::Unknown | Generation::NotApplicable => return,
    };
    let place = request.placement.member(Holds::KeyCrn).and_then(|member| member.json).unwrap_or_default();
    let place = place.trim_start_matches("/parameters/").replace('/', ".");
    for name in wrong.iter().filter(|name| user.contains_key(**name)) {
        let kind = FaultKind::UnknownParameter { name: (*name).to_owned(), help: help.replace("{}", &place) };
        draft.fault(format!("/parameters/{name}"), kind);
    }
}

/// Checks what can be checked of the parameters where the key is none.
pub(super) fn check_without_key(service: &Service, user: Option<&Map<String, Value>>, draft: &mut Draft) {
    if service.id == event_streams::GEN2.id {
        let said = user.and_then(|user| user.get("dataservices")?.get("encryption")?.get("disk")?.as_str());
        parameters::with_key(user, said.unwrap_or_default(), draft);
    }
}

pub(super) fn provision(request: &Request<'_>, draft: &mut Draft) -> Provision {
    let service = request.service;
    let parameters = parameters(request, draft);
    let (plan, plan_id) = request.plan;
    let group = Filled::of(request.group.id, &GROUP, "/resource_group", draft);
    let plan_id = Filled::of(plan_id, &PLAN, "/plan", draft);
    let body = Json::object([
        ("name", Json::text(request.name)),
        ("target", Json::text(request.region)),
        ("resource_group", group.json()),
        ("resource_plan_id", plan_id.json()),
        ("parameters", parameters.clone()),
    ]);
    let title = service.title.strip_suffix(" Gen 2").unwrap_or(service.title);
    let mut console = vec![
        format!("Catalog > {title}"),
        format!("Plan: `{plan}`; region `{}`; name `{}`", request.region, request.name),
        format!(
            "{} instance `{}`, key `{}`",
            request.kms.title(),
            request.key.crn.service_instance,
            request.key.crn.resource
        ),
        "Create".to_owned(),
    ];
    if let Some(backup) = request.backup {
        let crn = backup.crn;
        let line = format!("For backups: instance `{}`, key `{}`", crn.service_instance, crn.resource);
        console.insert(3, line);
    }
    Provision {
        title: format!("make the deployment `{}` with the key", request.name),
        role: format!("Editor on `{}`, Viewer on the resource group", service.service_name),
        rest: Some(Rest::new("POST", INSTANCES, Some(body))),
        cli: cli(request, &parameters.compact()),
        terraform: Some(terraform(request, &parameters)),
        console,
        notes: Vec::new(),
    }
}

fn cli(request: &Request<'_>, parameters: &str) -> Vec<String> {
    let mut create = vec![
        "ibmcloud",
        "resource",
        "service-instance-create",
        request.name,
        request.service.service_name,
        request.plan.0,
        request.region,
    ];
    let mut target = vec!["ibmcloud", "target"];
    if request.cross_account() {
        target.extend(["-c", request.account]);
    }
    match (request.group.name, request.group.id) {
        (Some(name), _) => create.extend(["-g", name]),
        (None, Some(id)) => target.extend(["-g", id]),
        (None, None) => {}
    }
    create.extend(["-p", parameters]);
    let mut cli = vec![command(create)];
    if target.len() > 2 {
        cli.insert(0, command(target));
    }
    cli
}

/// The resource of Terraform: databases and Db2 have one of their own, which takes nothing else of the parameters.
fn terraform(request: &Request<'_>, parameters: &Json) -> String {
    let own = match request.service.service_name {
        "dashdb-for-transactions" if request.backup.is_none() => Some("ibm_db2"),
        _ if request.is_database() => Some("ibm_database"),
        _ => None,
    };
    let own = own.filter(|_| request.parameters.is_none_or(Map::is_empty));
    let label = if request.service.service_name == "messagehub" { "event_streams" } else { "deployment" };
    let mut text = format!("resource \"{}\" \"{label}\" {{\n", own.unwrap_or("ibm_resource_instance"));
    let _ = write!(
        text,
        "  name              = {}\n  service           = {}\n  plan              = {}\n  location          = {}\n  \
         resource_group_id = {}\n\n",
        hcl_text(request.name),
        hcl_text(request.service.service_name),
        hcl_text(request.plan.0),
        hcl_text(request.region),
        terraform::group(request.group).1,
    );
    if own.is_some() {
        let instance = request.kms_instance();
        for member in request.placement.members {
            let value = match member.holds {
                Holds::KeyCrn => Some(request.key.text),
                Holds::BackupKeyCrn => request.backup.map(|backup| backup.text),
                Holds::InstanceCrn => Some(instance.as_str()),
                _ => None,
            };
            if let (Some(argument), Some(value)) = (member.terraform, value) {
                let _ = writeln!(text, "  {argument} = {}", hcl_text(value));
            }
        }
    } else {
        let _ = writeln!(text, "  parameters_json = jsonencode({})", hcl(parameters, 1));
    }
    text.push_str("\n  depends_on = [time_sleep.authorization]\n}\n");
    text
}

pub(super) fn verify(request: &Request<'_>) -> Verify {
    let group = request.group.id.map(|id| format!("&resource_group_id={}", percent(id))).unwrap_or_default();
    let url = format!("{INSTANCES}?name={}{group}", percent(request.name));
    let effective = request.placement.effective.map(|pointer| {
        let path = pointer.trim_start_matches('/').replace('/', ".");
        format!("`resources[0].{path}` must be this CRN")
    });
    let notes = if request.service.id == event_streams::GEN2.id {
        vec![&event_streams::READ_BACK]
    } else if request.is_database() {
        vec![&databases::SILENT]
    } else {
        Vec::new()
    };
    let show = ["ibmcloud", "resource", "service-instance"].map(shell).join(" ");
    Verify {
        title: "read back which key the deployment uses".to_owned(),
        role: format!("Viewer on `{}`, Reader on the key", request.service.service_name),
        rest: Some(Rest::new("GET", url, None)),
        cli: vec![format!("{show} {} --output JSON", shell(request.name))],
        console: vec![format!("Resource list > `{}`: the deployment is active", request.name)],
        effective,
        notes,
    }
}
