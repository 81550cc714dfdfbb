//! Secrets of clusters, and disks of their workers.

use crate::catalog::services::clusters;

use super::super::Draft;
use super::super::json::Json;
use super::super::quote::{hcl_text, percent, shell};
use super::super::step::Rest;
use super::members::{one_name, over, put_key};
use super::request::Request;
use super::slot::{Filled, Slot};
use super::{Provision, Verify};

const API: &str = "https://containers.cloud.ibm.com/global/v2";

static CLUSTER: Slot = Slot {
    name: "CLUSTER",
    what: "the name or id of the cluster",
    help: "give `cluster`: `ibmcloud ks cluster ls` prints names and ids",
};
static FLAVOR: Slot = Slot {
    name: "FLAVOR",
    what: "the flavor of the workers",
    help: "give `parameters.flavor`: `ibmcloud ks flavors --zone ZONE --provider vpc-gen2` prints the flavors",
};
static VPC: Slot = Slot {
    name: "VPC_ID",
    what: "the id of the cluster's VPC",
    help: "give `parameters.vpcID`: `ibmcloud ks cluster get --cluster CLUSTER --output json` prints it",
};

fn is_secrets(request: &Request<'_>) -> bool {
    request.service.id == clusters::SECRETS.id
}

pub(super) fn provision(request: &Request<'_>, draft: &mut Draft) -> Provision {
    let cluster = Filled::of(request.cluster, &CLUSTER, "/cluster", draft);
    if is_secrets(request) { secrets(request, cluster, draft) } else { workers(request, cluster, draft) }
}

fn secrets(request: &Request<'_>, cluster: Filled<'_>, draft: &mut Draft) -> Provision {
    let crn = &request.key.crn;
    let mut body = Json::object([("cluster", cluster.json()), ("private_endpoint", Json::Bool(true))]);
    put_key(&mut body, "", "", request, draft);
    let mut account = String::new();
    let mut hcl_account = String::new();
    if request.cross_account() {
        account = format!(" --kms-account-id {}", request.key.account);
        hcl_account = format!("    account_id       = {}\n", hcl_text(request.key.account));
    }
    let terraform = format!(
        "# In the resource of the cluster that stands already:\n#\n#   kms_config {{\n#     instance_id      = {}\n#     crk_id           \
         = {}\n#     private_endpoint = true\n{}#   }}\n",
        hcl_text(crn.service_instance),
        hcl_text(crn.resource),
        hcl_account.lines().map(|line| format!("#  {line}\n")).collect::<String>(),
    );
    Provision {
        title: "encrypt the secrets of the cluster with the key".to_owned(),
        role: "Administrator on the cluster".to_owned(),
        rest: Some(Rest::new("POST", format!("{API}/enableKMS"), Some(body))),
        cli: vec![format!(
            "ibmcloud ks kms enable -c {} --instance-id {} --crk {}{account}",
            cluster.word(),
            shell(crn.service_instance),
            shell(crn.resource)
        )],
        terraform: Some(terraform),
        console: vec![
            format!("Clusters > `{}` > Key management service > Enable", cluster.text()),
            format!("Key management service instance `{}`, root key `{}`", crn.service_instance, crn.resource),
            "Enable".to_owned(),
        ],
        notes: Vec::new(),
    }
}

fn workers(request: &Request<'_>, cluster: Filled<'_>, draft: &mut Draft) -> Provision {
    let crn = &request.key.crn;
    let said = |name: &str| request.parameters.and_then(|user| user.get(name)).and_then(serde_json::Value::as_str);
    let pool = pool(request, Some(draft));
    let flavor = Filled::of(said("flavor"), &FLAVOR, "/parameters/flavor", draft);
    let vpc = Filled::of(said("vpcID"), &VPC, "/parameters/vpcID", draft);
    let count = request.parameters.and_then(|user| user.get("workerCount")).and_then(serde_json::Value::as_u64);
    let count = count.unwrap_or_else(|| {
        draft.derive("/parameters/workerCount", "1", "the least number of workers in a zone");
        1
    });
    let mut account = String::new();
    let mut hcl_account = String::new();
    if request.cross_account() {
        account = format!(" --kms-account-id {}", request.key.account);
        hcl_account = format!("  kms_account_id   = {}\n", hcl_text(request.key.account));
    }
    let mut body = Json::object([
        ("cluster", cluster.json()),
        ("name", Json::text(pool)),
        ("flavor", flavor.json()),
        ("vpcID", vpc.json()),
        ("workerCount", Json::Number(count.into())),
    ]);
    for (name, said) in [("cluster", cluster.text()), ("name", pool)] {
        one_name(request, name, said, draft);
    }
    over(&mut body, request.parameters);
    put_key(&mut body, "", "/parameters", request, draft);
    let terraform = format!(
        "{}{}{}resource \"ibm_container_vpc_worker_pool\" \"deployment\" {{\n  cluster          = {}\n  worker_pool_name = {}\n  \
         flavor           = {}\n  vpc_id           = {}\n  worker_count     = {count}\n  kms_instance_id  = {}\n  crk              = \
         {}\n{hcl_account}\n  # Add a block `zones {{ name = …, subnet_id = … }}` for each zone.\n\n  depends_on = \
         [time_sleep.authorization]\n}}\n",
        cluster.variable(),
        flavor.variable(),
        vpc.variable(),
        cluster.hcl(),
        hcl_text(pool),
        flavor.hcl(),
        vpc.hcl(),
        hcl_text(crn.service_instance),
        hcl_text(crn.resource),
    );
    Provision {
        title: format!("make the worker pool `{pool}` with disks that are encrypted with the key"),
        role: "Operator on the cluster".to_owned(),
        rest: Some(Rest::new("POST", format!("{API}/vpc/createWorkerPool"), Some(body))),
        cli: vec![format!(
            "ibmcloud ks worker-pool create vpc-gen2 --name {} --cluster {} --flavor {} --size-per-zone {count} --kms-instance {} \
             --crk {}{account}",
            shell(pool),
            cluster.word(),
            flavor.word(),
            shell(crn.service_instance),
            shell(crn.resource)
        )],
        terraform: Some(terraform),
        console: vec![
            format!("Clusters > `{}` > Worker pools > Add", cluster.text()),
            format!("Name `{pool}`; encryption: instance `{}`, root key `{}`", crn.service_instance, crn.resource),
            "Create".to_owned(),
        ],
        notes: Vec::new(),
    }
}

fn pool<'a>(request: &Request<'a>, draft: Option<&mut Draft>) -> &'a str {
    request.worker_pool.unwrap_or_else(|| {
        if let Some(draft) = draft {
            draft.derive("/worker_pool", "encrypted", "a new pool needs a name, and none is given");
        }
        "encrypted"
    })
}

pub(super) fn verify(request: &Request<'_>) -> Verify {
    let cluster = request.cluster.map_or(Filled::Open(&CLUSTER), Filled::Given);
    let role = "Viewer on the cluster, Reader on the key".to_owned();
    if is_secrets(request) {
        return Verify {
            title: "look whether the key management service is enabled".to_owned(),
            role,
            rest: Some(Rest::new("GET", format!("{API}/getCluster?cluster={}", percent(cluster.text())), None)),
            cli: vec![format!("ibmcloud ks cluster get -c {}", cluster.word())],
            console: vec!["Cluster overview: the master is ready, the key management service is enabled".to_owned()],
            effective: None,
            notes: Vec::new(),
        };
    }
    let pool = pool(request, None);
    let url = format!("{API}/vpc/getWorkerPool?cluster={}&workerpool={}", percent(cluster.text()), percent(pool));
    Verify {
        title: "read back which key the worker pool uses".to_owned(),
        role,
        rest: Some(Rest::new("GET", url, None)),
        cli: vec![format!(
            "ibmcloud ks worker-pool get --worker-pool {} --cluster {}",
            shell(pool),
            cluster.word()
        )],
        console: vec![format!("Worker pools > `{pool}`: KMS and CRK are shown")],
        effective: Some(
            "`workerVolumeEncryption.kmsInstanceID` and `workerVolumeEncryption.workerVolumeCRKID` must be the instance and the id \
             of this key"
                .to_owned(),
        ),
        notes: Vec::new(),
    }
}
