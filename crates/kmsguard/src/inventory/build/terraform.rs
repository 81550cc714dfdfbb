//! What states and plans of Terraform say.

use super::{Builder, Named};
use crate::crn::{Crn, Kind, parse};
use crate::ingest::{ChangeRecord, FaultKind, InstanceRecord, Place, StateKeyRecord, StateUseRecord};
use crate::inventory::change::Change;
use crate::inventory::deployment;
use crate::inventory::evidence::Witness;
use crate::inventory::tables::{Key, KeyState, Listing, Rotation, Seen};

impl Builder {
    /// A key of a state. What state it is in is not told: the state of Terraform is older than the key's.
    pub(super) fn state_key(&mut self, place: Place, record: &StateKeyRecord) -> Result<(), FaultKind> {
        let crn = parse(&record.crn).ok().filter(|crn| crn.kind() == Kind::KmsKey);
        let Some(crn) = crn else { return Err(FaultKind::RecordCrn { member: "crn", text: record.crn.clone() }) };
        let witness = Witness { place, member: "" };
        let key = Key {
            crn: self.interner.intern(&record.crn),
            id: self.interner.intern(crn.resource),
            name: self.optional(record.name.as_deref()),
            instance: self.interner.intern(&deployment::instance(&crn)),
            account: crn.account().map(|account| self.interner.intern(account)),
            state: KeyState::Unknown,
            extractable: record.extractable,
            key_ring: self.optional(record.key_ring.as_deref()),
            dual_authorization: record.dual_authorization,
            aliases: Box::default(),
            imported: None,
            rotation: Rotation::of(record.rotation),
            lists_rotation: false,
            versions: None,
            created_at: None,
            rotated_at: None,
            updated_at: None,
            expires_at: None,
            deleted_at: None,
            registrations: Listing::Missing,
            witness,
            state_witness: witness,
        };
        self.reported_keys.push(key);
        Ok(())
    }

    pub(super) fn state_use(&mut self, place: Place, record: &StateUseRecord) -> Result<(), FaultKind> {
        let named = Named {
            key: self.interner.intern(&self.state_key_crn(record)),
            resource: self.interner.intern(&record.resource),
            seen: Seen::State,
            prevents_deletion: record.prevent_key_deletion,
            witness: Witness { place, member: "" },
        };
        if record.sensitive {
            self.sensitive.push(named);
        } else {
            self.named.push(named);
        }
        if parse(&record.resource).is_err() {
            return Err(FaultKind::RecordCrn { member: "crn", text: record.resource.clone() });
        }
        Ok(())
    }

    /// The CRN of the key, or its id where nothing tells the KMS instance.
    fn state_key_crn(&self, record: &StateUseRecord) -> String {
        let instance = record.kms_instance.as_deref().and_then(|instance| parse(instance).ok());
        match instance.filter(|crn| crn.kind() == Kind::KmsInstance) {
            Some(crn) => Crn { resource_type: "key", resource: &record.key, ..crn }.to_string(),
            None => record.key.clone(),
        }
    }

    /// A service instance of a state. That it names no key proves nothing: what was asked for is not what is in effect.
    pub(super) fn state_instance(&mut self, place: Place, record: &InstanceRecord<'_>) -> Result<(), FaultKind> {
        let (mut instance, _) = self.read_instance(place, record)?;
        instance.parameters_known = false;
        instance.witness.member = "";
        self.put_instance(instance, &[]);
        Ok(())
    }

    pub(super) fn change(&mut self, place: Place, record: &ChangeRecord) -> Result<(), FaultKind> {
        let mut all = |texts: &[String]| texts.iter().map(|text| self.interner.intern(text)).collect::<Vec<_>>();
        let (actions, keys, key_references) = (all(&record.actions), all(&record.keys), all(&record.key_references));
        let (replaced_by, held, comes_after) = (all(&record.replaced_by), all(&record.held), all(&record.comes_after));
        let change = Change {
            address: self.interner.intern(&record.address),
            kind: self.interner.intern(&record.kind),
            actions,
            crn: self.optional(record.crn.as_deref()),
            keys,
            key_references,
            key_unknown: record.key_unknown,
            force_delete: record.force_delete,
            force_delete_unknown: record.force_delete_unknown,
            policy: record.policy.clone().map(Box::new),
            replaced_by,
            held,
            holds_key: record.holds_key,
            forced: record.forced,
            key_ring: self.optional(record.key_ring.as_deref()),
            changes_ring: record.changes_ring,
            policy_id: self.optional(record.policy_id.as_deref()),
            loses_role: record.loses_role,
            service: self.optional(record.service.as_deref()),
            seconds: record.seconds,
            comes_after,
            order_unknown: record.order_unknown,
            witness: Witness { place, member: "" },
        };
        self.changes.push(change);
        Ok(())
    }
}
