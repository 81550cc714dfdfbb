//! Keys, their policies and versions, and what a KMS instance says of itself.

use serde_json::value::RawValue;

use super::{Builder, crn_of, later};
use crate::crn::{Kind, parse};
use crate::ingest::{
    ExportKind, FaultKind, InstancePolicyRecord, KeyPolicyRecord, KeyRecord, KeyRingRecord, KeyVersionRecord, Place,
};
use crate::inventory::deployment;
use crate::inventory::evidence::Witness;
use crate::inventory::interner::Symbol;
use crate::inventory::tables::{InstancePolicy, Key, KeyRing, KeyState, Listing, Rotation};

/// A policy of a key, before its key is known.
pub(in crate::inventory) struct PolicyOfKey {
    /// The CRN of the key, where the policy has it.
    pub(in crate::inventory) key: Option<Symbol>,
    pub(in crate::inventory) rotation: Option<Rotation>,
    pub(in crate::inventory) dual_authorization: Option<bool>,
    pub(in crate::inventory) updated_at: Option<Symbol>,
    pub(in crate::inventory) place: Place,
}

/// A version of a key, before its key is known.
pub(in crate::inventory) struct VersionOfKey {
    pub(in crate::inventory) id: Symbol,
    pub(in crate::inventory) created_at: Option<Symbol>,
    pub(in crate::inventory) place: Place,
}

impl Builder {
    pub(super) fn key(&mut self, place: Place, record: &KeyRecord<'_>) -> Result<(), FaultKind> {
        let text = crn_of(ExportKind::KmsKeys, "crn", record.crn.as_ref().map(|crn| crn.as_str()))?;
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
            aliases: self.aliases(record.aliases),
            imported: record.imported,
            rotation: Rotation::of(record.rotation),
            lists_rotation: record.rotation.is_some(),
            versions: None,
            created_at: self.optional(record.creation_date.as_ref().map(|date| date.as_str())),
            rotated_at: self.optional(record.last_rotate_date.as_ref().map(|date| date.as_str())),
            updated_at: self.optional(record.last_update_date.as_ref().map(|date| date.as_str())),
            expires_at: self.optional(record.expiration_date.as_ref().map(|date| date.as_str())),
            deleted_at: self.optional(record.deletion_date.as_ref().map(|date| date.as_str())),
            registrations: Listing::Missing,
            witness: Witness { place, member: "crn" },
            state_witness: Witness { place, member: "state" },
        };
        self.put_key(key);
        Ok(())
    }

    /// Puts a record of a key beside those that are known: of two, the later counts by its own dates.
    pub(super) fn put_key(&mut self, key: Key) {
        match self.key_rows.get(&key.crn).and_then(|row| self.keys.get_mut(*row)) {
            None => {
                self.key_rows.insert(key.crn, self.keys.len());
                self.keys.push(key);
            }
            Some(known) if later(&self.interner, key.updated_at, known.updated_at) => *known = key,
            // Of two records of which neither is the later, neither is believed.
            Some(known) if known.state != key.state && !later(&self.interner, known.updated_at, key.updated_at) => {
                let fault = FaultKind::KeyStates {
                    key: self.interner.text(key.crn).to_owned(),
                    states: [known.state.name(), key.state.name()],
                };
                self.faults.push((key.witness.place, fault));
                known.state = KeyState::Unknown;
            }
            Some(_) => {}
        }
    }

    fn aliases(&mut self, aliases: Option<&RawValue>) -> Box<[Symbol]> {
        let aliases = aliases.and_then(|aliases| serde_json::from_str::<Vec<String>>(aliases.get()).ok());
        aliases.unwrap_or_default().iter().map(|alias| self.interner.intern(alias)).collect()
    }

    pub(super) fn key_policy(&mut self, place: Place, record: &KeyPolicyRecord<'_>) -> Result<(), FaultKind> {
        let crn = record.crn.as_ref().map(|crn| crn.as_str());
        let of_key = crn.filter(|crn| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsKey));
        let policy = PolicyOfKey {
            key: of_key.map(|crn| self.interner.intern(crn)),
            rotation: record.rotation.map(|rotation| Rotation::of(Some(rotation))),
            dual_authorization: record.dual_auth_delete.and_then(|switch| switch.enabled),
            updated_at: self.optional(record.last_update_date.as_ref().map(|date| date.as_str())),
            place,
        };
        self.key_policies.push(policy);
        Ok(())
    }

    pub(super) fn key_version(&mut self, place: Place, record: &KeyVersionRecord<'_>) -> Result<(), FaultKind> {
        let version = VersionOfKey {
            id: self.interner.intern(record.id.as_str()),
            created_at: self.optional(record.creation_date.as_ref().map(|date| date.as_str())),
            place,
        };
        self.key_versions.push(version);
        Ok(())
    }

    /// Neither rings nor policies name their instance: only a manifest does, and without one they are read and tell nothing.
    pub(super) fn key_ring(&mut self, place: Place, record: &KeyRingRecord<'_>) -> Result<(), FaultKind> {
        let id = self.interner.intern(record.id.as_str());
        match self.context(place).kms_instance {
            Some(instance) => self.key_rings.push(KeyRing { instance, id }),
            None => self.of_no_instance(place),
        }
        Ok(())
    }

    pub(super) fn instance_policy(&mut self, place: Place, record: &InstancePolicyRecord<'_>) -> Result<(), FaultKind> {
        let Some(instance) = self.context(place).kms_instance else {
            self.of_no_instance(place);
            return Ok(());
        };
        let attributes = record.policy_data.as_ref().and_then(|data| data.attributes.as_ref());
        let network = attributes.and_then(|attributes| attributes.allowed_network.as_ref());
        let policy = InstancePolicy {
            instance,
            kind: self.interner.intern(record.policy_type.as_str()),
            enabled: record.policy_data.as_ref().and_then(|data| data.enabled),
            network: self.optional(network.map(|network| network.as_str())),
            interval_months: attributes.and_then(|attributes| attributes.interval_month),
            witness: Witness { place, member: "policy_data" },
        };
        self.instance_policies.push(policy);
        Ok(())
    }

    fn of_no_instance(&mut self, place: Place) {
        if self.faults.last().is_none_or(|(known, fault)| known.input != place.input || *fault != FaultKind::NoInstance)
        {
            self.faults.push((place, FaultKind::NoInstance));
        }
    }
}
