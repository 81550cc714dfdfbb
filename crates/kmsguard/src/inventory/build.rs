//! Builds the inventory: reads the inputs in the order of their names, then joins what they say.

use std::sync::OnceLock;

use hashbrown::HashMap;

use super::deployment;
use super::evidence::Witness;
use super::interner::{Interner, Symbol};
use super::join;
use super::parameters::{has_data_services, named_keys};
use super::tables::{Instance, Key, KeyState, Listing};
use super::{Inventory, Source};
use crate::catalog::needs::{PlanFacts, generation};
use crate::crn::{Kind, parse};
use crate::ingest::{
    Call, ExportKind, Fault, FaultKind, Input, InstanceRecord, KeyRecord, Opened, Place, Record, RegistrationRecord,
    Sink, calls, open, read, repeated,
};

/// A registration as read, before its key is known.
pub(super) struct Registered {
    pub(super) key_id: Symbol,
    pub(super) resource: Symbol,
    pub(super) prevents_deletion: Option<bool>,
    pub(super) place: Place,
}

/// A key named in the parameters of an instance.
pub(super) struct Parameter {
    /// As written: a CRN, or what stands in its place.
    pub(super) key: Symbol,
    /// The row of the instance.
    pub(super) instance: usize,
    pub(super) pointer: &'static str,
}

/// What the inputs say, record by record.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) interner: Interner,
    pub(super) keys: Vec<Key>,
    by_crn: HashMap<Symbol, usize>,
    pub(super) registered: Vec<Registered>,
    pub(super) instances: Vec<Instance>,
    by_instance: HashMap<Symbol, usize>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) policies: Vec<(crate::policy::Authorization, Place)>,
}

impl Builder {
    fn optional(&mut self, text: Option<&str>) -> Option<Symbol> {
        text.filter(|text| !text.is_empty()).map(|text| self.interner.intern(text))
    }
}

/// The CRN of a record, or why there is none.
fn crn_of(kind: ExportKind, crn: Option<&str>) -> Result<&str, FaultKind> {
    crn.ok_or_else(|| FaultKind::Record { kind, why: "missing field `crn`".to_owned() })
}

impl Sink for Builder {
    fn take(&mut self, place: Place, record: &Record<'_>) -> Result<(), FaultKind> {
        match record {
            Record::Key(record) => self.key(place, record),
            Record::Registration(record) => self.registration(place, record),
            Record::Policy(record) => self.policy(place, record),
            Record::Instance(record) => self.instance(place, record),
        }
    }
}

impl Builder {
    fn key(&mut self, place: Place, record: &KeyRecord<'_>) -> Result<(), FaultKind> {
        let text = crn_of(ExportKind::KmsKeys, record.crn.as_ref().map(|crn| crn.as_str()))?;
        let crn = parse(text).ok().filter(|crn| crn.kind() == Kind::KmsKey);
        let Some(crn) = crn else { return Err(FaultKind::RecordCrn { member: "crn", text: text.to_owned() }) };
        let key = Key {
            crn: self.interner.intern(text),
            id: self.interner.intern(crn.resource),
            name: self.optional(record.name.as_ref().map(|name| name.as_str())),
            instance: self.interner.intern(&deployment::instance(&crn)),
            account: crn.account().map(|account| self.interner.intern(account)),
            state: KeyState::of(record.state),
            extractable: record.extractable,
            key_ring: self.optional(record.key_ring_id.as_ref().map(|ring| ring.as_str())),
            dual_authorization: record.dual_auth_delete.and_then(|switch| switch.enabled),
            updated_at: self.optional(record.last_update_date.as_ref().map(|date| date.as_str())),
            expires_at: self.optional(record.expiration_date.as_ref().map(|date| date.as_str())),
            deleted_at: self.optional(record.deletion_date.as_ref().map(|date| date.as_str())),
            registrations: Listing::Missing,
            witness: Witness { place, member: "crn" },
        };
        match self.by_crn.get(&key.crn).and_then(|row| self.keys.get_mut(*row)) {
            None => {
                self.by_crn.insert(key.crn, self.keys.len());
                self.keys.push(key);
            }
            Some(known) if later(&self.interner, key.updated_at, known.updated_at) => *known = key,
            // Of two records of which neither is the later, neither is believed.
            Some(known) if known.state != key.state && !later(&self.interner, known.updated_at, key.updated_at) => {
                known.state = KeyState::Unknown;
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn registration(&mut self, place: Place, record: &RegistrationRecord<'_>) -> Result<(), FaultKind> {
        let resource = record.resource_crn.as_str();
        self.registered.push(Registered {
            key_id: self.interner.intern(record.key_id.as_str()),
            resource: self.interner.intern(resource),
            prevents_deletion: record.prevent_key_deletion,
            place,
        });
        if parse(resource).is_err() {
            return Err(FaultKind::RecordCrn { member: "resourceCrn", text: resource.to_owned() });
        }
        Ok(())
    }

    fn policy(&mut self, place: Place, record: &serde_json::value::RawValue) -> Result<(), FaultKind> {
        let policy = crate::policy::read(record)
            .map_err(|why| FaultKind::Record { kind: ExportKind::IamPolicies, why: why.kind.message() })?;
        self.policies.push((policy, place));
        Ok(())
    }

    fn instance(&mut self, place: Place, record: &InstanceRecord<'_>) -> Result<(), FaultKind> {
        let text = crn_of(ExportKind::ResourceInstances, record.crn.as_ref().map(|crn| crn.as_str()))?;
        let Ok(crn) = parse(text) else { return Err(FaultKind::RecordCrn { member: "crn", text: text.to_owned() }) };
        for value in [record.parameters, record.extensions].into_iter().flatten() {
            if let Some(member) = repeated(value) {
                let why = format!("duplicate field `{member}`");
                return Err(FaultKind::Record { kind: ExportKind::ResourceInstances, why });
            }
        }
        let symbol = self.interner.intern(text);
        if self.by_instance.contains_key(&symbol) {
            return Ok(());
        }
        let plan = record.resource_plan_id.as_ref().map(|plan| plan.as_str());
        let keys = named_keys(record.parameters, record.extensions);
        let data_services = has_data_services(record.parameters, record.extensions);
        let has_classic_key = keys.iter().any(|key| key.pointer.ends_with("/kms_key_crn"));
        let facts = PlanFacts { plan, dataservices: data_services, kms_key_crn: has_classic_key };
        let row = self.instances.len();
        let instance = Instance {
            crn: symbol,
            name: self.optional(record.name.as_ref().map(|name| name.as_str())),
            service: self.interner.intern(crn.service_name),
            account: crn.account().map(|account| self.interner.intern(account)),
            plan: self.optional(plan),
            resource_group: self.optional(record.resource_group_id.as_ref().map(|group| group.as_str())),
            state: self.optional(record.state.as_ref().map(|state| state.as_str())),
            generation: generation(crn.service_name, &facts),
            has_data_services: data_services,
            has_classic_key,
            parameters_known: record.parameters.is_some() || record.extensions.is_some(),
            has_backup_key: keys.iter().any(|key| key.backup),
            deleted_at: self.optional(record.deleted_at.as_ref().map(|date| date.as_str())),
            reclaimed_at: self.optional(record.scheduled_reclaim_at.as_ref().map(|date| date.as_str())),
            witness: Witness { place, member: "crn" },
        };
        self.by_instance.insert(symbol, row);
        self.instances.push(instance);
        for key in keys {
            let key_crn = self.interner.intern(&key.text);
            self.parameters.push(Parameter { key: key_crn, instance: row, pointer: key.pointer });
        }
        Ok(())
    }
}

/// Whether the first of two dates is later. Dates of Key Protect are RFC 3339 in UTC; what cannot be read is not later.
fn later(interner: &Interner, first: Option<Symbol>, second: Option<Symbol>) -> bool {
    let moment = |date: Option<Symbol>| date.and_then(|date| interner.text(date).parse::<jiff::Timestamp>().ok());
    match (moment(first), moment(second)) {
        (Some(first), Some(second)) => first > second,
        (Some(_), None) => true,
        _ => false,
    }
}

/// Reads the inputs and joins them.
pub(super) fn build(mut inputs: Vec<Input>) -> Inventory {
    inputs.sort_by(|first, second| first.name.cmp(&second.name));
    let inputs: Vec<Opened> = inputs.into_iter().map(open).collect();
    let calls = calls(&inputs);
    let mut builder = Builder::default();
    let mut sources: Vec<Source> = Vec::with_capacity(inputs.len());
    for input in inputs {
        if let Some(source) = sources.last_mut().filter(|source| source.input.name == input.name) {
            source.late_faults.push(Fault { kind: FaultKind::NameTwice, place: None });
            continue;
        }
        let number = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        let call: Option<Call> = calls.get(&input.name).cloned();
        let report = read(number, &input, call.as_ref(), &mut builder);
        sources.push(Source {
            input,
            report,
            call,
            account: None,
            instance: None,
            lines: OnceLock::new(),
            late_faults: Vec::new(),
        });
    }
    join::join(builder, sources)
}
