//! Integrations of instances that stand already: Event Notifications and App Configuration.

use crate::catalog::services::event_notifications;

use super::super::Draft;
use super::super::json::Json;
use super::super::quote::{hcl_text, percent, shell};
use super::super::step::Rest;
use super::request::Request;
use super::slot::{Filled, Slot};
use super::{Provision, Verify};

static INSTANCE: Slot = Slot {
    name: "INSTANCE_ID",
    what: "the GUID of the instance",
    help: "give `source_instance`: the key is set on an instance that stands already; `ibmcloud resource service-instance NAME \
           --output JSON` prints its GUID",
};
static INTEGRATION: Slot = Slot {
    name: "INTEGRATION_ID",
    what: "the id of the integration of type kms",
    help: "give `integration`: `ibmcloud event-notifications integrations --instance-id ID` prints the id of the one for keys",
};

fn is_notifications(request: &Request<'_>) -> bool {
    request.service.id == event_notifications::EVENT_NOTIFICATIONS.id
}

fn base(request: &Request<'_>, instance: Filled<'_>) -> String {
    let (region, id) = (request.region, percent(instance.text()));
    if is_notifications(request) {
        format!("https://{region}.event-notifications.cloud.ibm.com/event-notifications/v1/instances/{id}/integrations")
    } else {
        format!("https://{region}.apprapp.cloud.ibm.com/apprapp/feature/v1/instances/{id}/integrations")
    }
}

/// App Configuration lets the caller choose the id of an integration.
fn integration<'a>(request: &Request<'a>) -> Filled<'a> {
    match request.integration {
        Some(id) => Filled::Given(id),
        None if is_notifications(request) => Filled::Open(&INTEGRATION),
        None => Filled::Given("kms"),
    }
}

pub(super) fn provision(request: &Request<'_>, draft: &mut Draft) -> Provision {
    let instance = Filled::of(request.source_instance, &INSTANCE, "/source_instance", draft);
    let key_id = request.key.crn.resource;
    let kms_instance = request.kms_instance();
    let title = format!("set the key in the integration of {}", request.service.title);
    let role = format!("Manager on the instance of `{}`", request.service.service_name);
    let console = vec![
        format!("Resource list > instance of {} > Settings or Integrations > Key management", request.service.title),
        format!("Instance `{}`, root key `{key_id}`", request.key.crn.service_instance),
        "Save".to_owned(),
    ];
    if is_notifications(request) {
        let integration = Filled::of(request.integration, &INTEGRATION, "/integration", draft);
        let metadata = Json::object([
            ("endpoint", Json::text(&request.endpoint)),
            ("crn", Json::text(&kms_instance)),
            ("root_key_id", Json::text(key_id)),
        ]);
        let terraform = format!(
            "{}{}resource \"ibm_en_integration\" \"deployment\" {{\n  instance_guid  = {}\n  integration_id = {}\n  type           = \
             \"kms\"\n\n  metadata {{\n    endpoint    = {}\n    crn         = {}\n    root_key_id = {}\n  }}\n\n  depends_on = \
             [time_sleep.authorization]\n}}\n",
            instance.variable(),
            integration.variable(),
            instance.hcl(),
            integration.hcl(),
            hcl_text(&request.endpoint),
            hcl_text(&kms_instance),
            hcl_text(key_id),
        );
        let url = format!("{}/{}", base(request, instance), percent(integration.text()));
        let cli = format!(
            "ibmcloud event-notifications integration-update --instance-id {} --id {} --type kms --metadata {}",
            instance.word(),
            integration.word(),
            shell(&metadata.compact())
        );
        let body = Json::object([("type", Json::text("kms")), ("metadata", metadata)]);
        return Provision {
            title,
            role,
            rest: Some(Rest::new("PUT", url, Some(body))),
            cli: vec![cli],
            terraform: Some(terraform),
            console,
            notes: Vec::new(),
        };
    }
    if request.integration.is_none() {
        draft.derive("/integration", "kms", "an id for the integration is needed, and none is given");
    }
    let integration = integration(request);
    let body = Json::object([
        ("integration_id", integration.json()),
        ("integration_type", Json::text("KMS")),
        (
            "metadata",
            Json::object([
                ("kms_instance_crn", Json::text(&kms_instance)),
                ("kms_endpoint", Json::text(&request.endpoint)),
                ("root_key_id", Json::text(key_id)),
            ]),
        ),
    ]);
    let terraform = format!(
        "{}resource \"ibm_app_config_integration_kms\" \"deployment\" {{\n  guid             = {}\n  integration_id   = {}\n  \
         kms_instance_crn = {}\n  kms_endpoint     = {}\n  root_key_id      = {}\n\n  depends_on = \
         [time_sleep.authorization]\n}}\n",
        instance.variable(),
        instance.hcl(),
        integration.hcl(),
        hcl_text(&kms_instance),
        hcl_text(&request.endpoint),
        hcl_text(key_id),
    );
    Provision {
        title,
        role,
        rest: Some(Rest::new("POST", base(request, instance), Some(body))),
        cli: Vec::new(),
        terraform: Some(terraform),
        console,
        notes: Vec::new(),
    }
}

pub(super) fn verify(request: &Request<'_>) -> Verify {
    let instance = request.source_instance.map_or(Filled::Open(&INSTANCE), Filled::Given);
    let integration = integration(request);
    let url = format!("{}/{}", base(request, instance), percent(integration.text()));
    let cli = if is_notifications(request) {
        vec![format!(
            "ibmcloud event-notifications integration --instance-id {} --id {}",
            instance.word(),
            integration.word()
        )]
    } else {
        Vec::new()
    };
    let effective =
        "`metadata.root_key_id` must be the id of this key, and the CRN beside it its instance's".to_owned();
    Verify {
        title: "read back which key the instance uses".to_owned(),
        role: format!("Reader on the instance of `{}`, Reader on the key", request.service.service_name),
        rest: Some(Rest::new("GET", url, None)),
        cli,
        console: vec!["The integration shows the key management service and the root key".to_owned()],
        effective: Some(effective),
        notes: Vec::new(),
    }
}
