//! What is known of a use beside its key: of which service it is, of which generation, for disks or for backups.

use super::finding::{Command, Finding, Needed, NeededKind};
use super::registry::Rule;
use super::unread;
use crate::catalog::needs::{Generation, PlanFacts, generation as generation_of};
use crate::catalog::services::{Service, of_crn, of_instance};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Instance, Inventory, Listing, Seen, Symbol, Use, Witness};

/// The CRN of the key of a use, where it is known.
pub(super) fn crn(inventory: &Inventory, found: &Use) -> Option<Symbol> {
    found.key.and_then(|key| inventory.key(key)).map(|key| key.crn).or(found.key_crn)
}

/// What tells the generation of an instance.
pub(super) fn facts<'a>(inventory: &'a Inventory, instance: &Instance) -> PlanFacts<'a> {
    PlanFacts {
        plan: instance.plan.map(|plan| inventory.text(plan)),
        dataservices: instance.has_data_services,
        kms_key_crn: instance.has_classic_key,
    }
}

/// The service of a deployment, by the catalogue; none where nothing tells its generation.
pub(super) fn service(inventory: &Inventory, deployment: Symbol) -> Option<&'static Service> {
    let crn = parse(inventory.text(deployment)).ok()?;
    let instance = inventory.instance(deployment);
    of_instance(crn.service_name, &instance.map(|instance| facts(inventory, instance)).unwrap_or_default())
}

/// The generation of a deployment.
pub(super) fn generation(inventory: &Inventory, deployment: Symbol) -> Generation {
    let instance = inventory.instance(deployment);
    let service = parse(inventory.text(deployment)).map_or("", |crn| crn.service_name);
    generation_of(service, &instance.map(|instance| facts(inventory, instance)).unwrap_or_default())
}

/// Whether a use is of a key for backups alone; none where that is not known.
pub(super) fn is_for_backups(inventory: &Inventory, found: &Use) -> Option<bool> {
    let is_backup = |member: &str| member.ends_with("backup_encryption_key_crn") || member.ends_with("/backup");
    let mut parameters = found.witnesses.iter().filter(|(seen, _)| *seen == Seen::Parameter).peekable();
    if parameters.peek().is_some() {
        return Some(parameters.all(|(_, witness)| is_backup(witness.member)));
    }
    let service = inventory.text(found.service);
    let may_have =
        service.starts_with("databases-for-") || matches!(service, "messages-for-rabbitmq" | "dashdb-for-transactions");
    // A key that no parameter names may be either of the two that such a service takes; by the plan alone, because a parameter may
    // stand where the other generation takes it.
    let instance = found.belongs.deployment().and_then(|deployment| inventory.instance(deployment));
    let gen2 = instance.is_some_and(|instance| {
        let plan = PlanFacts { dataservices: false, kms_key_crn: false, ..facts(inventory, instance) };
        generation_of(service, &plan) == Generation::Gen2
    });
    if may_have && !gen2 { None } else { Some(false) }
}

/// The record of a deployment, with its parameters.
pub(super) fn parameters_needed(inventory: &Inventory, deployment: Symbol) -> Needed {
    record_needed(inventory, deployment, "the export does not show the parameters of this instance")
}

/// The record of a deployment, with its plan.
pub(super) fn plan_needed(inventory: &Inventory, deployment: Symbol) -> Needed {
    record_needed(inventory, deployment, "no export tells of which plan this instance is")
}

fn record_needed(inventory: &Inventory, deployment: Symbol, why: &str) -> Needed {
    let crn = parse(inventory.text(deployment)).ok();
    let account = crn.and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
    let listing = account.map_or(Listing::Missing, |account| inventory.listing(ExportKind::ResourceInstances, account));
    if let Some(account) = account.filter(|_| inventory.instance(deployment).is_none() && !listing.is_usable()) {
        return Needed {
            of: Some(inventory.text(account).to_owned()),
            ..unread::instances(inventory, account, listing)
        };
    }
    let guid = crn.map_or("INSTANCE", |crn| crn.service_instance);
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(deployment).to_owned()),
        why: why.to_owned(),
        command: Some(format!("ibmcloud resource service-instance {guid} --output json")),
        role: Some("Viewer".to_owned()),
    }
}

/// A parameter of a service instance that names a key.
pub(super) struct Parameter<'a> {
    pub(super) instance: &'a Instance,
    pub(super) found: &'a Use,
    pub(super) witness: Witness,
    /// Its place below the record: `parameters/kms_key_crn`.
    pub(super) member: &'static str,
}

impl Parameter<'_> {
    /// What stands there.
    pub(super) fn text(&self, inventory: &Inventory) -> String {
        inventory.show(self.witness).value.as_str().unwrap_or_default().to_owned()
    }

    /// Whether it names a key as Gen 2 does.
    pub(super) fn is_of_gen2(&self) -> bool {
        self.member.contains("/dataservices/")
    }
}

/// The parameters of service instances that name keys, whether they are in effect or were only asked for. Those of deleted instances
/// are left out.
pub(super) fn parameters(inventory: &Inventory) -> impl Iterator<Item = Parameter<'_>> {
    inventory.uses.iter().flat_map(move |found| parameters_of(inventory, found))
}

/// Those of one use.
pub(super) fn parameters_of<'a>(inventory: &'a Inventory, found: &'a Use) -> impl Iterator<Item = Parameter<'a>> {
    let given = |seen: Seen| matches!(seen, Seen::Parameter | Seen::Requested);
    found.witnesses.iter().filter(move |(seen, _)| given(*seen)).filter_map(move |(_, witness)| {
        let instance = inventory.instance(found.resource)?;
        let parameter = Parameter { instance, found, witness: *witness, member: witness.member };
        (!instance.is_soft_deleted(inventory)).then_some(parameter)
    })
}

/// A finding about a service instance and what stands in its record.
pub(super) fn of_instance_record(
    rule: &'static Rule,
    inventory: &Inventory,
    instance: &Instance,
    witness: Witness,
    message: String,
    remediation: &str,
) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        message,
        account: instance.account,
        key: None,
        resources: vec![instance.crn],
        policies: Vec::new(),
        evidence: vec![witness],
        identity: inventory.text(instance.crn).to_owned(),
        remediation: remediation.to_owned(),
        commands: Vec::new(),
    }
}

/// The command that makes a KMS instance in a region.
pub(super) fn keys_of_region(region: &str) -> Vec<Command> {
    let text = "creates an instance of Key Protect in the region, for a root key of its own";
    vec![Command::cli(text, format!("ibmcloud resource service-instance-create NAME kms tiered-pricing {region}"))]
}

/// The commands that show what a deployment with a key is made of: a document for `kmsguard plan`.
pub(super) fn plan_of_service(inventory: &Inventory, deployment: Symbol) -> Vec<Command> {
    let service =
        parse(inventory.text(deployment)).ok().and_then(|crn| by_plan(inventory, deployment, crn.service_name));
    let command = service.map(|service| format!("kmsguard plan --service {} --key KEY-CRN", service.id));
    let text = "prints the authorization and the provisioning of a deployment with a key";
    command.map(|command| Command::cli(text, command)).into_iter().collect()
}

/// The service by its plan alone, or where that does not tell, the first of its name that takes a key.
fn by_plan(inventory: &Inventory, deployment: Symbol, name: &str) -> Option<&'static Service> {
    let plan = inventory.instance(deployment).and_then(|instance| instance.plan).map(|plan| inventory.text(plan));
    let facts = PlanFacts { plan, ..PlanFacts::default() };
    of_instance(name, &facts).or_else(|| of_crn(name, "").next())
}
