//! Volumes, boot volumes, file shares and images of VPC.

use serde_json::{Map, Value};

use crate::catalog::services::{Fact, vpc};

use super::super::Draft;
use super::super::json::Json;
use super::super::quote::{command, hcl_text};
use super::super::step::Rest;
use super::super::terraform;
use super::members::{one_name, over, put_key};
use super::request::Request;
use super::slot::{Filled, Slot};
use super::{Provision, Verify};

/// The day of the API's version that the members are of.
const VERSION: &str = "2026-08-21";

static VPC: Slot = Slot {
    name: "VPC_ID",
    what: "the id of the VPC",
    help: "give `parameters.vpc`: `ibmcloud is vpcs` prints the ids",
};
static SUBNET: Slot = Slot {
    name: "SUBNET_ID",
    what: "the id of the subnet",
    help: "give `parameters.primary_network_interface`: `ibmcloud is subnets` prints the ids",
};
static IMAGE: Slot = Slot {
    name: "IMAGE_ID",
    what: "the id of the image to boot from",
    help: "give `parameters.image`: `ibmcloud is images` prints the ids",
};
static FILE: Slot = Slot {
    name: "IMAGE_FILE",
    what: "the place of the image's file, cos://REGION/BUCKET/FILE",
    help: "give `parameters.file`: the encrypted image's file in Object Storage, `cos://REGION/BUCKET/FILE`",
};
static SYSTEM: Slot = Slot {
    name: "OPERATING_SYSTEM",
    what: "the name of the operating system",
    help: "give `parameters.operating_system`: `ibmcloud is operating-systems` prints the names",
};
static DATA_KEY: Slot = Slot {
    name: "ENCRYPTED_DATA_KEY",
    what: "the passphrase of the image's file, wrapped by the key",
    help: "give `parameters.encrypted_data_key`: the passphrase with which the file was encrypted, wrapped by the key with \
           `ibmcloud kp key wrap`",
};

/// What the parts of VPC differ in.
struct Part {
    collection: &'static str,
    create: &'static str,
    show: &'static str,
    profile: &'static str,
    resource: &'static str,
    what: &'static str,
}

fn part(request: &Request<'_>) -> Part {
    let part =
        |collection, create, show, profile, resource, what| Part { collection, create, show, profile, resource, what };
    match request.service.id {
        id if id == vpc::SHARE.id => part("shares", "share-create", "share", "dp2", "ibm_is_share", "file share"),
        id if id == vpc::IMAGE.id => part("images", "image-create", "image", "", "ibm_is_image", "image"),
        id if id == vpc::BOOT_VOLUME.id => {
            part("instances", "instance-create", "instance", "bx2-2x8", "ibm_is_instance", "virtual server")
        }
        _ => part("volumes", "volume-create", "volume", "general-purpose", "ibm_is_volume", "volume"),
    }
}

fn url(request: &Request<'_>, part: &Part) -> String {
    let base = format!("https://{}.iaas.cloud.ibm.com/v1/{}", request.region, part.collection);
    format!("{base}?version={VERSION}&generation=2")
}

/// A text of the user's parameters, by its path.
fn said<'a>(user: Option<&'a Map<String, Value>>, path: &[&str]) -> Option<&'a str> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(user?.get(*first)?, |value, name| value.get(name))?.as_str()
}

/// A number of the user's parameters, or what is usual.
fn number(request: &Request<'_>, name: &str, usual: u64, draft: &mut Draft) -> u64 {
    let said = request.parameters.and_then(|user| user.get(name)).and_then(Value::as_u64);
    said.unwrap_or_else(|| {
        draft.derive(&format!("/parameters/{name}"), &usual.to_string(), "the least size");
        usual
    })
}

fn named(name: &str) -> Json {
    Json::object([("name", Json::text(name))])
}

fn key(request: &Request<'_>) -> Json {
    Json::object([("crn", Json::text(request.key.text))])
}

pub(super) fn provision(request: &Request<'_>, draft: &mut Draft) -> Provision {
    let part = part(request);
    let user = request.parameters;
    let mut body = Json::object([("name", Json::text(request.name))]);
    let mut hcl = format!("resource \"{}\" \"deployment\" {{\n  name = {}\n", part.resource, hcl_text(request.name));
    let mut variables = String::new();
    let mut cli = command(["ibmcloud", "is", part.create]);
    let zone = zone(request, draft);
    let profile = said(user, &["profile", "name"]).unwrap_or(part.profile);
    match request.service.id {
        id if id == vpc::IMAGE.id => {
            let open = |path: &[&str], slot: &'static Slot, pointer: &str, draft: &mut Draft| {
                Filled::of(said(user, path), slot, pointer, draft)
            };
            let file = open(&["file", "href"], &FILE, "/parameters/file", draft);
            let system = open(&["operating_system", "name"], &SYSTEM, "/parameters/operating_system", draft);
            let data_key = open(&["encrypted_data_key"], &DATA_KEY, "/parameters/encrypted_data_key", draft);
            body.put("file", Json::object([("href", file.json())]));
            body.put("operating_system", named(system.text()));
            body.put("encrypted_data_key", data_key.json());
            for slot in [file, system, data_key] {
                variables.push_str(&slot.variable());
            }
            hcl += &format!(
                "  href = {}\n  operating_system = {}\n  encrypted_data_key = {}\n  encryption_key = {}\n",
                file.hcl(),
                system.hcl(),
                data_key.hcl(),
                hcl_text(request.key.text)
            );
            cli = cli
                + &format!(
                    " {} --file {} --os-name {} --encrypted-data-key {} --encryption-key {}",
                    super::super::quote::shell(request.name),
                    file.word(),
                    system.word(),
                    data_key.word(),
                    request.key.text
                );
        }
        id if id == vpc::BOOT_VOLUME.id => {
            let open = |path: &[&str], slot: &'static Slot, pointer: &str, draft: &mut Draft| {
                Filled::of(said(user, path), slot, pointer, draft)
            };
            let network = open(&["vpc", "id"], &VPC, "/parameters/vpc", draft);
            let subnet = open(
                &["primary_network_interface", "subnet", "id"],
                &SUBNET,
                "/parameters/primary_network_interface",
                draft,
            );
            let image = open(&["image", "id"], &IMAGE, "/parameters/image", draft);
            let id = |of: Filled<'_>| Json::object([("id", of.json())]);
            body.put("zone", named(&zone));
            body.put("profile", named(profile));
            body.put("vpc", id(network));
            body.put("image", id(image));
            body.put("primary_network_interface", Json::object([("subnet", id(subnet))]));
            let volume = Json::object([("profile", named("general-purpose"))]);
            body.put("boot_volume_attachment", Json::object([("volume", volume)]));
            for slot in [network, subnet, image] {
                variables.push_str(&slot.variable());
            }
            hcl += &format!(
                "  zone = {}\n  profile = {}\n  vpc = {}\n  image = {}\n  keys = []\n\n  primary_network_interface {{\n    subnet = \
                 {}\n  }}\n\n  boot_volume {{\n    encryption = {}\n  }}\n",
                hcl_text(&zone),
                hcl_text(profile),
                network.hcl(),
                image.hcl(),
                subnet.hcl(),
                hcl_text(request.key.text)
            );
            let attachment = Json::object([(
                "volume",
                Json::object([
                    ("name", Json::text(&format!("{}-boot", request.name))),
                    ("profile", named("general-purpose")),
                    ("encryption_key", key(request)),
                ]),
            )]);
            cli = cli
                + &format!(
                    " {} {} {zone} {profile} {} --image {} --boot-volume {}",
                    super::super::quote::shell(request.name),
                    network.word(),
                    subnet.word(),
                    image.word(),
                    super::super::quote::shell(&attachment.compact())
                );
        }
        _ => {
            let share = request.service.id == vpc::SHARE.id;
            let size = if share { "size" } else { "capacity" };
            let least = number(request, size, 10, draft);
            body.put("zone", named(&zone));
            body.put("profile", named(profile));
            body.put(size, Json::Number(least.into()));
            hcl += &format!(
                "  zone = {}\n  profile = {}\n  {size} = {least}\n  encryption_key = {}\n",
                hcl_text(&zone),
                hcl_text(profile),
                hcl_text(request.key.text)
            );
            let words = if share {
                ["--name", request.name, "--zone", &zone, "--profile", profile]
                    .map(super::super::quote::shell)
                    .join(" ")
            } else {
                [request.name, profile, &zone].map(super::super::quote::shell).join(" ")
            };
            cli = cli + &format!(" {words} --{size} {least} --encryption-key {}", request.key.text);
        }
    }
    if let Some(id) = request.group.id {
        body.put("resource_group", Json::object([("id", Json::text(id))]));
    }
    one_name(request, "name", request.name, draft);
    over(&mut body, user);
    put_key(&mut body, "", "/parameters", request, draft);
    if request.group.id.is_some() || request.group.name.is_some() {
        hcl += &format!("  resource_group = {}\n", terraform::group(request.group).1);
    }
    hcl += "\n  depends_on = [time_sleep.authorization]\n}\n";
    Provision {
        title: format!("make the {} `{}` with the key", part.what, request.name),
        role: "Editor on VPC Infrastructure Services".to_owned(),
        rest: Some(Rest::new("POST", url(request, &part), Some(body))),
        cli: vec![command(["ibmcloud", "target", "-r", request.region]), cli],
        terraform: Some(variables + &hcl),
        console: vec![
            format!("Menu > Infrastructure > VPC: create a {} in `{}`", part.what, request.region),
            format!(
                "Encryption at rest: customer-managed; instance `{}`, key `{}`",
                request.key.crn.service_instance, request.key.crn.resource
            ),
            "Create".to_owned(),
        ],
        notes: Vec::<&'static Fact>::new(),
    }
}

fn zone(request: &Request<'_>, draft: &mut Draft) -> String {
    if request.service.id == vpc::IMAGE.id {
        return String::new();
    }
    let given = request.zone.or_else(|| said(request.parameters, &["zone", "name"]));
    given.map(str::to_owned).unwrap_or_else(|| {
        let first = format!("{}-1", request.region);
        draft.derive("/zone", &first, "the first zone of the region");
        first
    })
}

pub(super) fn verify(request: &Request<'_>) -> Verify {
    let part = part(request);
    let separator = if part.collection == "images" || part.collection == "shares" || part.collection == "volumes" {
        format!("&name={}", super::super::quote::percent(request.name))
    } else {
        String::new()
    };
    let effective = request.placement.effective.map(|pointer| {
        let path = pointer.trim_start_matches('/').replace('/', ".");
        format!("`{}[0].{path}` must be this CRN, and `encryption` must be `user_managed`", part.collection)
    });
    Verify {
        title: format!("read back which key the {} uses", part.what),
        role: "Viewer on VPC Infrastructure Services, Reader on the key".to_owned(),
        rest: Some(Rest::new("GET", url(request, &part) + &separator, None)),
        cli: vec![command(["ibmcloud", "is", part.show, request.name, "--output", "JSON"])],
        console: vec![format!("VPC > `{}`: Encryption is customer-managed", request.name)],
        effective,
        notes: Vec::new(),
    }
}
