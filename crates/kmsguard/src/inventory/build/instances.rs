//! Service instances, active and deleted.

use super::{Builder, Named, crn_of, later};
use crate::catalog::needs::{Generation, PlanFacts, generation};
use crate::crn::parse;
use crate::ingest::{ExportKind, FaultKind, InstanceRecord, Place, ReclamationRecord, repeated};
use crate::inventory::evidence::Witness;
use crate::inventory::parameters::{NamedKey, has_data_services, named_keys};
use crate::inventory::tables::{Instance, Seen};

/// The member of a reclamation that names its instance.
const RECLAIMED: &str = "entity_crn";

impl Builder {
    pub(super) fn instance(&mut self, place: Place, record: &InstanceRecord<'_>) -> Result<(), FaultKind> {
        let (instance, keys) = self.read_instance(place, record)?;
        self.put_instance(instance, &keys);
        Ok(())
    }

    pub(super) fn read_instance(
        &mut self,
        place: Place,
        record: &InstanceRecord<'_>,
    ) -> Result<(Instance, Vec<NamedKey>), FaultKind> {
        let text = crn_of(ExportKind::ResourceInstances, "crn", record.crn.as_ref().map(|crn| crn.as_str()))?;
        let Ok(crn) = parse(text) else { return Err(FaultKind::RecordCrn { member: "crn", text: text.to_owned() }) };
        for value in [record.parameters, record.extensions].into_iter().flatten() {
            if let Some(member) = repeated(value) {
                let why = format!("duplicate field `{member}`");
                return Err(FaultKind::Record { kind: ExportKind::ResourceInstances, why });
            }
        }
        let plan = record.resource_plan_id.as_ref().map(|plan| plan.as_str());
        let keys = named_keys(record.parameters, record.extensions);
        let data_services = has_data_services(record.parameters, record.extensions);
        let has_classic_key = keys.iter().any(|key| key.pointer.ends_with("/kms_key_crn"));
        let facts = PlanFacts { plan, dataservices: data_services, kms_key_crn: has_classic_key };
        let instance = Instance {
            crn: self.interner.intern(text),
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
            updated_at: self.optional(record.updated_at.as_ref().map(|date| date.as_str())),
            deleted_at: self.optional(record.deleted_at.as_ref().map(|date| date.as_str())),
            reclaimed_at: self.optional(record.scheduled_reclaim_at.as_ref().map(|date| date.as_str())),
            witness: Witness { place, member: "crn" },
        };
        Ok((instance, keys))
    }

    /// Puts a row of an instance beside those that are known, as a record of its own was put. A reclamation only adds its date to an
    /// instance that is known otherwise.
    pub(super) fn put_row(&mut self, instance: Instance) {
        let listed = self.instance_rows.get(&instance.crn).and_then(|row| self.instances.get_mut(*row));
        match listed {
            Some(known) if instance.witness.member == RECLAIMED => {
                known.reclaimed_at = known.reclaimed_at.or(instance.reclaimed_at);
            }
            _ => self.put_instance(instance, &[]),
        }
    }

    /// Puts a record of an instance beside those that are known. A list may come without parameters and a record of the instance by
    /// itself with them, so what only one of two records says is kept of either; what both say, the later decides by its own dates.
    pub(super) fn put_instance(&mut self, instance: Instance, keys: &[NamedKey]) {
        let crn = instance.crn;
        let place = instance.witness.place;
        let row = self.instance_rows.get(&crn).copied();
        let new_parameters = match row.and_then(|row| self.instances.get_mut(row)) {
            None => {
                self.instance_rows.insert(crn, self.instances.len());
                self.instances.push(instance);
                true
            }
            Some(known) => {
                let newer = later(&self.interner, instance.updated_at, known.updated_at);
                let older = later(&self.interner, known.updated_at, instance.updated_at);
                let disputed =
                    !newer && !older && known.state.zip(instance.state).is_some_and(|(first, second)| first != second);
                if disputed {
                    let text = |state: Option<_>| state.map_or("", |state| self.interner.text(state)).to_owned();
                    let fault = FaultKind::InstanceStates {
                        instance: self.interner.text(crn).to_owned(),
                        states: [text(known.state), text(instance.state)],
                    };
                    self.faults.push((place, fault));
                }
                let adds = instance.parameters_known;
                merge(known, &instance, newer, disputed);
                adds
            }
        };
        for key in keys.iter().filter(|_| new_parameters) {
            let seen = if key.overruled { Seen::Requested } else { Seen::Parameter };
            let named = Named {
                key: self.interner.intern(&key.text),
                resource: crn,
                seen,
                prevents_deletion: None,
                witness: Witness { place, member: key.pointer },
            };
            self.named.push(named);
        }
    }

    pub(super) fn reclamation(&mut self, place: Place, record: &ReclamationRecord<'_>) -> Result<(), FaultKind> {
        let kind = ExportKind::ResourceReclamations;
        let text = crn_of(kind, "entity_crn", record.entity_crn.as_ref().map(|crn| crn.as_str()))?;
        let Ok(crn) = parse(text) else {
            return Err(FaultKind::RecordCrn { member: "entity_crn", text: text.to_owned() });
        };
        let symbol = self.interner.intern(text);
        let scheduled = record.state.as_ref().is_some_and(|state| state.as_str().eq_ignore_ascii_case("scheduled"));
        let reclaimed_at = self.optional(record.target_time.as_ref().map(|date| date.as_str()));
        let listed = self.instance_rows.get(&symbol).and_then(|row| self.instances.get_mut(*row));
        if let Some(known) = listed {
            known.reclaimed_at = known.reclaimed_at.or(reclaimed_at);
            return Ok(());
        }
        let instance = Instance {
            crn: symbol,
            name: None,
            service: self.interner.intern(crn.service_name),
            account: crn.account().map(|account| self.interner.intern(account)),
            plan: None,
            resource_group: self.optional(record.resource_group_id.as_ref().map(|group| group.as_str())),
            state: scheduled.then(|| self.interner.intern("pending_reclamation")),
            generation: Generation::Unknown,
            has_data_services: false,
            has_classic_key: false,
            parameters_known: false,
            has_backup_key: false,
            updated_at: None,
            deleted_at: None,
            reclaimed_at,
            witness: Witness { place, member: RECLAIMED },
        };
        self.put_instance(instance, &[]);
        Ok(())
    }
}

/// Puts two records of one instance together. `newer`: whether the second is the later; `disputed`: whether neither is and their
/// states differ.
fn merge(known: &mut Instance, other: &Instance, newer: bool, disputed: bool) {
    let (first, second) = if newer { (other, &*known) } else { (&*known, other) };
    let parameters = if first.parameters_known { first } else { second };
    let merged = Instance {
        crn: first.crn,
        name: first.name.or(second.name),
        service: first.service,
        account: first.account,
        plan: first.plan.or(second.plan),
        resource_group: first.resource_group.or(second.resource_group),
        state: if disputed { None } else { first.state.or(second.state) },
        generation: if parameters.generation == Generation::Unknown { first.generation } else { parameters.generation },
        has_data_services: first.has_data_services || second.has_data_services,
        has_classic_key: parameters.has_classic_key,
        parameters_known: parameters.parameters_known,
        has_backup_key: parameters.has_backup_key,
        updated_at: first.updated_at.or(second.updated_at),
        deleted_at: first.deleted_at.or(second.deleted_at),
        reclaimed_at: first.reclaimed_at.or(second.reclaimed_at),
        witness: known.witness,
    };
    *known = merged;
}
