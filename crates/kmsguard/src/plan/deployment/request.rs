//! Reads a request for a service that takes its key in a call.

use serde_json::{Map, Value};

use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::endpoints::Kms;
use crate::catalog::roles::{AUTHORIZATION_DELEGATOR, Role};
use crate::catalog::services::{
    Call, Delegation, Holds, NAME_LONGEST, OnPlan, Placement, SERVICES, Scope, Service, placement,
};
use crate::now::Now;

use super::super::Draft;
use super::super::endpoint;
use super::super::fault::FaultKind;
use super::super::fields::{Field, Fields};
use super::super::read::{self, Group, Key};

const fn field(name: &'static str, also: &'static [&'static str]) -> Field {
    Field { name, also }
}

/// The fields that every request may have.
static COMMON: [Field; 8] = [
    field("service", &[]),
    field("key", &["crn", "key_crn", "kms_key_crn", "disk", "primary"]),
    field("region", &["location", "target"]),
    field("account", &["account_id"]),
    field("source_account", &["source_account_id"]),
    field("source_instance", &["source_instance_id"]),
    field("scope", &[]),
    field("allow_end_of_life", &[]),
];
const PLAN: Field = field("plan", &["resource_plan_id", "plan_id"]);
const GROUP: Field = field("resource_group", &["group", "resource_group_id", "resource_group_name"]);
const PARAMETERS: Field = field("parameters", &["parameters_json", "dataservices"]);
const BACKUP_KEY: Field = field("backup_key", &["backup_encryption_key_crn", "backup_key_crn", "backup"]);
const NAME: Field = field("name", &["instance_name"]);
const ZONE: Field = field("zone", &["availability_zone"]);
const BUCKET: Field = field("bucket", &["bucket_name"]);
const CLUSTER: Field = field("cluster", &["cluster_name", "cluster_id"]);
const WORKER_POOL: Field = field("worker_pool", &["pool", "worker_pool_name"]);
const INTEGRATION: Field = field("integration", &["integration_id"]);

/// What a request says.
pub(super) struct Request<'a> {
    pub(super) service: &'static Service,
    pub(super) placement: &'static Placement,
    pub(super) key: Key<'a>,
    pub(super) kms: Kms,
    /// The endpoint of the KMS, as the request says or as it is derived.
    pub(super) endpoint: String,
    pub(super) backup: Option<Key<'a>>,
    pub(super) account: &'a str,
    pub(super) source_instance: Option<&'a str>,
    pub(super) scope: Scope,
    pub(super) roles: Vec<&'static Role>,
    pub(super) delegates: bool,
    pub(super) name: &'a str,
    pub(super) region: &'a str,
    pub(super) group: Group<'a>,
    /// The plan as the command line and Terraform take it, and as the REST API does.
    pub(super) plan: (&'a str, Option<&'a str>),
    pub(super) parameters: Option<&'a Map<String, Value>>,
    pub(super) zone: Option<&'a str>,
    pub(super) bucket: Option<&'a str>,
    pub(super) cluster: Option<&'a str>,
    pub(super) worker_pool: Option<&'a str>,
    pub(super) integration: Option<&'a str>,
}

impl Request<'_> {
    /// Whether the call names a resource group.
    pub(super) fn takes_group(&self) -> bool {
        takes_group(self.placement.call)
    }

    pub(super) fn is_database(&self) -> bool {
        let name = self.service.service_name;
        name.starts_with("databases-for-") || name == "messages-for-rabbitmq"
    }
}

fn takes_group(call: Call) -> bool {
    matches!(call, Call::ResourceController | Call::Vpc)
}

/// Whether the call makes something that has a name of its own in the request.
fn takes_name(call: Call) -> bool {
    matches!(call, Call::ResourceController | Call::Vpc | Call::BackupVault)
}

fn fields_of(service: &Service, placement: &Placement) -> Vec<Field> {
    let mut fields = COMMON.to_vec();
    if !service.plans.is_empty() {
        fields.push(PLAN);
    }
    if takes_name(placement.call) {
        fields.push(NAME);
    }
    if takes_group(placement.call) {
        fields.push(GROUP);
    }
    if placement.member(Holds::BackupKeyCrn).is_some() {
        fields.push(BACKUP_KEY);
    }
    fields.extend_from_slice(match placement.call {
        Call::Vpc => &[PARAMETERS, ZONE],
        Call::Bucket => &[BUCKET],
        Call::Cluster if placement.set == crate::catalog::services::Set::Later => &[CLUSTER],
        Call::Cluster => &[PARAMETERS, CLUSTER, WORKER_POOL],
        Call::Integration => &[INTEGRATION],
        Call::BackupVault | Call::ResourceController | Call::Settings => &[PARAMETERS],
    });
    fields
}

/// The names of the fields of a request for a service.
pub(in super::super) fn fields(service: &'static Service) -> Vec<&'static str> {
    let fields = placement(service).map(|placement| fields_of(service, placement)).unwrap_or_default();
    fields.iter().map(|field| field.name).collect()
}

pub(super) fn read<'a>(
    service: &'static Service,
    object: &'a Map<String, Value>,
    now: Now,
    draft: &mut Draft,
) -> Option<Request<'a>> {
    let placement = placement(service)?;
    let fields = Fields::new(object, "", &fields_of(service, placement), &mut draft.faults);
    let plan = plan(service, &fields, draft);
    let scope = scope(service, &fields, draft);
    let name = if takes_name(placement.call) { name(service, &fields, draft) } else { service.id };
    let region = read::location(&fields, "region", draft);
    let group = if takes_group(placement.call) { read::group(&fields, draft) } else { Group::default() };
    let allowed = fields.flag("allow_end_of_life", &mut draft.faults);
    let source_instance = read::instance(&fields, "source_instance", service.crn_service, draft);
    if source_instance.is_some() && placement.call == Call::ResourceController {
        let what = "an authorization of one instance does not cover the deployment that this plan makes".to_owned();
        let help =
            "leave `source_instance` out: the instance of a deployment is not known before it is made".to_owned();
        draft.fault("/source_instance", FaultKind::Unusual { what, help });
    }
    let parameters = fields.object("parameters", "an object", &mut draft.faults);
    let word = |name: &str, draft: &mut Draft| read::name(&fields, name, draft);
    let (bucket, cluster, worker_pool) = (word("bucket", draft), word("cluster", draft), word("worker_pool", draft));
    let (integration, zone) = (word("integration", draft), read::location(&fields, "zone", draft));
    let has_backup = fields.get("backup_key").is_some();
    let backup = has_backup.then(|| read::key_field(&fields, "backup_key", draft)).flatten();
    let key = read::key_field(&fields, "key", draft);
    if key.is_none() && placement.call == Call::ResourceController {
        // What the parameters say of the key cannot be compared; everything else in them can.
        super::resource_controller::check_without_key(service, parameters, draft);
    }
    let key = key?;
    let terms = Terms { service, allowed, now };
    let kms = terms.kms(&key, "/key/crn", draft);
    if let Some(backup) = &backup {
        terms.kms(backup, "/backup_key/crn", draft);
    }
    for (key, of, pointer) in
        [(Some(&key), Holds::KeyCrn, "/key/crn"), (backup.as_ref(), Holds::BackupKeyCrn, "/backup_key/crn")]
    {
        if let Some(key) = key.filter(|_| placement.call != Call::Bucket) {
            key_region(placement, key, of, pointer, draft);
        }
    }
    let given = fields.get("key").and_then(|key| key.get("endpoint")).and_then(Value::as_str);
    let kms = endpoint::kind(given, kms);
    let wants_endpoint = placement.member(Holds::Endpoint).is_some();
    let endpoint = if given.is_some() || wants_endpoint {
        endpoint::settle(given, &key, kms, None, "/key/endpoint", draft)
    } else {
        String::new()
    };
    let account = read::source_account(&fields, key, draft);
    let region = region.unwrap_or_else(|| {
        if fields.get("region").is_none() {
            draft.derive("/region", key.crn.location, "the region of the key");
        }
        key.crn.location
    });
    if let Some(regions) = service.regions.filter(|regions| !regions.known.contains(&region)) {
        let (text, service, as_of) = (region.to_owned(), service.title, regions.source.as_of);
        draft.fault("/region", FaultKind::UnknownLocation { text, service, known: regions.known, as_of });
    }
    let delegates = match service.delegation {
        Delegation::No => false,
        Delegation::Always => true,
        Delegation::WithBackupKey => has_backup,
        Delegation::OnPlans(word) => has_backup || plan.0.to_ascii_lowercase().contains(word),
        Delegation::AcrossAccounts => account != key.account,
    };
    let mut roles = service.roles.to_vec();
    roles.extend(delegates.then_some(&AUTHORIZATION_DELEGATOR));
    if kms == Kms::HyperProtect {
        roles.extend_from_slice(service.hyper_protect_roles);
    }
    Some(Request {
        service,
        placement,
        key,
        kms,
        endpoint,
        backup,
        account,
        source_instance,
        scope,
        roles,
        delegates,
        name,
        region,
        group,
        plan,
        parameters,
        zone,
        bucket,
        cluster,
        worker_pool,
        integration,
    })
}

/// The plan by its two names. One that is not listed may have been opened since.
fn plan<'a>(service: &'static Service, fields: &Fields<'a>, draft: &mut Draft) -> (&'a str, Option<&'a str>) {
    let Some(usual) = service.key_plan() else { return ("", None) };
    let Some(text) = fields.text("plan", &mut draft.faults) else {
        if fields.get("plan").is_none() {
            draft.derive("/plan", usual.name, "the plan that takes a key");
        }
        return (usual.name, usual.id);
    };
    match service.plan(text) {
        Some(plan) if matches!(plan.key, OnPlan::Taken | OnPlan::Unknown) => (plan.name, plan.id),
        Some(plan) => {
            let ignores = plan.key == OnPlan::Ignored;
            let because = service.plans_because;
            let kind = FaultKind::KeylessPlan { text: text.to_owned(), wants: usual.name, ignores, because };
            draft.fault("/plan", kind);
            (plan.name, plan.id)
        }
        None if is_of_other_generation(service, text) => {
            let because = service.plans_because;
            draft.fault("/plan", FaultKind::WrongPlan { text: text.to_owned(), wants: usual.name, because });
            (usual.name, usual.id)
        }
        None => {
            let what = format!("plan `{}` is not listed for {}", text.escape_debug(), service.title);
            let help = format!("the plan that takes a key is `{}`", usual.name);
            draft.fault("/plan", FaultKind::Unusual { what, help });
            (text, Some(text))
        }
    }
}

/// Whether a plan is one of a service that has the same name, and another generation.
fn is_of_other_generation(service: &Service, text: &str) -> bool {
    let mut others =
        SERVICES.iter().filter(|other| other.service_name == service.service_name && other.id != service.id);
    let gen2 = crate::catalog::needs::is_gen2_plan(text);
    others.any(|other| {
        other.plan(text).is_some() || (gen2 && other.generation != service.generation && !is_gen2(service))
    })
}

fn is_gen2(service: &Service) -> bool {
    service.generation == crate::catalog::needs::Generation::Gen2
}

fn scope(service: &'static Service, fields: &Fields<'_>, draft: &mut Draft) -> Scope {
    let narrowest = service.scopes.first().copied().unwrap_or(Scope::Instance);
    let Some(text) = fields.text("scope", &mut draft.faults) else {
        draft.derive("/scope", narrowest.name(), "the narrowest scope that the service honours");
        return narrowest;
    };
    let found = service.scopes.iter().copied().find(|scope| scope.name() == text);
    if let Some(doubtful) = service.doubtful.filter(|doubtful| found == Some(doubtful.scope)) {
        let (what, help) = (doubtful.what.to_owned(), doubtful.help.to_owned());
        draft.fault("/scope", FaultKind::Unusual { what, help });
    }
    found.unwrap_or_else(|| {
        let honoured = service.scopes.iter().map(|scope| scope.name()).collect();
        let because = service.scopes_because;
        draft.fault("/scope", FaultKind::Scope { text: text.to_owned(), service: service.title, honoured, because });
        narrowest
    })
}

fn name<'a>(service: &'static Service, fields: &Fields<'a>, draft: &mut Draft) -> &'a str {
    let Some(name) = read::name(fields, "name", draft) else {
        if fields.get("name").is_none() {
            draft.derive("/name", service.id, "a name is needed, and none is given");
        }
        return service.id;
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

/// A key outside of the regions from which a service takes some of its keys.
fn key_region(placement: &'static Placement, key: &Key<'_>, of: Holds, pointer: &str, draft: &mut Draft) {
    let some = placement.key_regions.iter().find(|some| some.of == of && some.target == key.crn.service_name);
    if let Some(some) = some.filter(|some| !some.regions.contains(&key.crn.location)) {
        let (text, because) = (key.crn.location.to_owned(), some.because);
        draft.fault(pointer, FaultKind::KeyRegion { text, known: some.regions, because });
    }
}

/// What the request says of all its keys.
#[derive(Clone, Copy)]
struct Terms {
    service: &'static Service,
    allowed: bool,
    now: Now,
}

impl Terms {
    /// The kind of KMS, as far as the CRN tells; keys that the service does not take are faults.
    fn kms(self, key: &Key<'_>, pointer: &str, draft: &mut Draft) -> Kms {
        let kms = if key.crn.service_name == "hs-crypto" { Kms::HyperProtect } else { Kms::MultiTenant };
        if !self.service.targets.contains(&key.crn.service_name) {
            let because = self.service.targets_because;
            draft.fault(pointer, FaultKind::Target { service: self.service.title, kms: kms.title(), because });
        } else if kms == Kms::HyperProtect {
            let days_left = i64::from(HYPER_PROTECT_END.days_left(self.now));
            draft.fault(pointer, FaultKind::EndOfLife { allowed: self.allowed, days_left });
        }
        kms
    }
}
