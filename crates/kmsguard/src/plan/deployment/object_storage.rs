//! Buckets and backup vaults of Object Storage.

use crate::catalog::services::{Call, Holds, object_storage};

use super::super::Draft;
use super::super::fault::FaultKind;
use super::super::json::Json;
use super::super::quote::{hcl_text, percent};
use super::super::step::Rest;
use super::members::{one_name, over, put_key};
use super::request::Request;
use super::slot::{Filled, Slot};
use super::{Provision, Verify};

static INSTANCE: Slot = Slot {
    name: "COS_INSTANCE_ID",
    what: "the GUID of the Object Storage instance",
    help: "give `source_instance`: `ibmcloud resource service-instances --service-name cloud-object-storage --output JSON` prints \
           the GUIDs; the authorization is then for this instance alone",
};

const CONFIGURATION: &str = "https://config.cloud-object-storage.cloud.ibm.com/v1/backup_vaults";

/// The name of the bucket: as the request says, or made of the key's id, for names are the world's.
fn bucket(request: &Request<'_>, draft: Option<&mut Draft>) -> String {
    if let Some(bucket) = request.bucket {
        return bucket.to_owned();
    }
    let id = request.key.crn.resource.split('-').next().unwrap_or_default();
    let derived = format!("bucket-{id}");
    if let Some(draft) = draft {
        draft.derive(
            "/bucket",
            &derived,
            "names of buckets are taken once in all the world: the beginning of the key's id",
        );
    }
    derived
}

/// The public endpoint of a location: regions and, across regions, `us`, `eu` and `ap`.
fn endpoint(location: &str) -> String {
    format!("https://s3.{location}.cloud-object-storage.appdomain.cloud")
}

fn is_cross_region(location: &str) -> bool {
    matches!(location, "us" | "eu" | "ap")
}

fn check(request: &Request<'_>, bucket: &str, draft: &mut Draft) {
    let usual = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(usual) {
        let found = format!("`{}`", bucket.escape_debug());
        let wants = "a name of 3 to 63 lower-case letters, digits, `-` and `.`".to_owned();
        draft.fault("/bucket", FaultKind::Value { found, wants });
    }
    let some = request.placement.key_regions.iter().find(|some| some.target == request.key.crn.service_name);
    if let Some(some) =
        some.filter(|some| is_cross_region(request.region) && !some.regions.contains(&request.key.crn.location))
    {
        let (text, because) = (request.key.crn.location.to_owned(), some.because);
        draft.fault("/key/crn", FaultKind::KeyRegion { text, known: some.regions, because });
    }
}

pub(super) fn provision(request: &Request<'_>, draft: &mut Draft) -> Provision {
    let instance = Filled::of(request.source_instance, &INSTANCE, "/source_instance", draft);
    if request.placement.call == Call::BackupVault {
        return vault(request, instance, draft);
    }
    let bucket = bucket(request, Some(draft));
    check(request, &bucket, draft);
    let header = request.placement.member(Holds::KeyCrn).and_then(|member| member.header).unwrap_or_default();
    let mut rest = Rest::new("PUT", format!("{}/{}", endpoint(request.region), percent(&bucket)), None);
    rest.headers.extend([
        ("ibm-service-instance-id", instance.text().to_owned()),
        ("ibm-sse-kp-encryption-algorithm", "AES256".to_owned()),
        (header, request.key.text.to_owned()),
    ]);
    let location = if is_cross_region(request.region) { "cross_region_location" } else { "region_location" };
    let terraform = format!(
        "{}resource \"ibm_cos_bucket\" \"bucket\" {{\n  bucket_name          = {}\n  resource_instance_id = {}\n  \
         {location} = {}\n  storage_class        = \"smart\"\n  kms_key_crn          = {}\n\n  \
         depends_on = [time_sleep.authorization]\n}}\n",
        instance.variable(),
        hcl_text(&bucket),
        of_instance(request, instance),
        hcl_text(request.region),
        hcl_text(request.key.text),
    );
    Provision {
        title: format!("make the bucket `{bucket}` with the key"),
        role: "Manager on the Object Storage instance".to_owned(),
        rest: Some(rest),
        cli: Vec::new(),
        terraform: Some(terraform),
        console: vec![
            "Resource list > Object Storage instance > Buckets > Create bucket > Custom bucket".to_owned(),
            format!("Name `{bucket}`; location `{}`", request.region),
            format!(
                "Service integrations > Key management: instance `{}`, key `{}`",
                request.key.crn.service_instance, request.key.crn.resource
            ),
            "Create bucket".to_owned(),
        ],
        notes: vec![&object_storage::NO_FLAG, &object_storage::CROSS_REGION_KEYS, &object_storage::DEREGISTER],
    }
}

/// Terraform takes the instance by its CRN.
fn of_instance(request: &Request<'_>, instance: Filled<'_>) -> String {
    match instance {
        Filled::Given(id) => {
            hcl_text(&format!("crn:v1:bluemix:public:cloud-object-storage:global:a/{}:{id}::", request.account))
        }
        Filled::Open(_) => format!(
            "\"crn:v1:bluemix:public:cloud-object-storage:global:a/{}:${{{}}}::\"",
            request.account,
            instance.hcl()
        ),
    }
}

fn vault(request: &Request<'_>, instance: Filled<'_>, draft: &mut Draft) -> Provision {
    let mut body =
        Json::object([("backup_vault_name", Json::text(request.name)), ("region", Json::text(request.region))]);
    for (name, said) in [("backup_vault_name", request.name), ("region", request.region)] {
        one_name(request, name, said, draft);
    }
    over(&mut body, request.parameters);
    put_key(&mut body, "", "/parameters", request, draft);
    let url = format!("{CONFIGURATION}?service_instance_id={}", percent(instance.text()));
    let terraform = format!(
        "{}resource \"ibm_cos_backup_vault\" \"vault\" {{\n  backup_vault_name   = {}\n  service_instance_id = {}\n  \
         region              = {}\n  kms_key_crn         = {}\n\n  depends_on = [time_sleep.authorization]\n}}\n",
        instance.variable(),
        hcl_text(request.name),
        of_instance(request, instance),
        hcl_text(request.region),
        hcl_text(request.key.text),
    );
    Provision {
        title: format!("make the backup vault `{}` with the key", request.name),
        role: "Manager on the Object Storage instance".to_owned(),
        rest: Some(Rest::new("POST", url, Some(body))),
        cli: Vec::new(),
        terraform: Some(terraform),
        console: vec![
            "Resource list > Object Storage instance > Backup vaults > Create".to_owned(),
            format!("Name `{}`; region `{}`", request.name, request.region),
            format!(
                "Key management: instance `{}`, key `{}`",
                request.key.crn.service_instance, request.key.crn.resource
            ),
        ],
        notes: Vec::new(),
    }
}

pub(super) fn verify(request: &Request<'_>) -> Verify {
    let role = "Reader on the Object Storage instance, Reader on the key".to_owned();
    if request.placement.call == Call::BackupVault {
        let url = format!("{CONFIGURATION}/{}", percent(request.name));
        return Verify {
            title: "read back which key the backup vault uses".to_owned(),
            role,
            rest: Some(Rest::new("GET", url, None)),
            cli: Vec::new(),
            console: vec![format!("Backup vaults > `{}`", request.name)],
            effective: Some("`sse_kp_customer_root_key_crn` must be this CRN".to_owned()),
            notes: Vec::new(),
        };
    }
    let bucket = bucket(request, None);
    let url = format!("{}/{}", endpoint(request.region), percent(&bucket));
    Verify {
        title: "read back which key the bucket uses".to_owned(),
        role,
        rest: Some(Rest::new("HEAD", url, None)),
        cli: vec![super::super::quote::command([
            "ibmcloud",
            "cos",
            "bucket-head",
            "--bucket",
            &bucket,
            "--region",
            request.region,
        ])],
        console: vec![format!("Buckets > `{bucket}` > Configuration > Key management")],
        effective: Some("the header `ibm-sse-kp-crk-id` must be this CRN, or its id".to_owned()),
        notes: vec![&object_storage::READ_BACK],
    }
}
