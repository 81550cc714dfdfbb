//! What reports and events say of keys. Neither is proof of a use.

use super::{Builder, Named, moment};
use crate::crn::{Crn, Kind, parse};
use crate::ingest::{EventRecord, FaultKind, Layout, PairRecord, Place, ReportedKeyRecord, ReportedUseRecord};
use crate::inventory::deployment;
use crate::inventory::evidence::Witness;
use crate::inventory::interner::Symbol;
use crate::inventory::tables::{Intent, Key, KeyState, Listing, Pair, ReportedKms, Rotation, Seen};

/// What an event says of the state of a key.
pub(in crate::inventory) struct StateOfKey {
    pub(in crate::inventory) key: Symbol,
    pub(in crate::inventory) state: KeyState,
    pub(in crate::inventory) at: jiff::Timestamp,
    pub(in crate::inventory) witness: Witness,
}

/// The latest event about one key and one resource.
pub(in crate::inventory) struct LatestEvent {
    at: Option<jiff::Timestamp>,
    pub(in crate::inventory) witness: Witness,
}

impl Builder {
    pub(super) fn reported_key(&mut self, place: Place, record: &ReportedKeyRecord<'_>) -> Result<(), FaultKind> {
        let (crn, instance) = self.key_of_report(record.kms_instance, record.id.as_str())?;
        let parsed = self.interner.text(crn).to_owned();
        let account = parse(&parsed).ok().and_then(|crn| crn.account());
        let key = Key {
            crn,
            id: self.interner.intern(record.id.as_str()),
            name: self.optional(record.name.as_ref().map(|name| name.as_str())),
            instance,
            account: account.map(|account| self.interner.intern(account)),
            state: record.state_name.as_ref().map_or(KeyState::Unknown, |state| KeyState::of_name(state.as_str())),
            extractable: match record.kind.as_ref().map(|kind| kind.as_str()) {
                Some("crk") => Some(false),
                Some("standard_key") => Some(true),
                _ => None,
            },
            key_ring: None,
            dual_authorization: None,
            aliases: Box::default(),
            imported: None,
            rotation: Rotation::Unknown,
            lists_rotation: false,
            versions: None,
            created_at: None,
            rotated_at: None,
            updated_at: None,
            expires_at: None,
            deleted_at: None,
            registrations: Listing::Missing,
            witness: Witness { place, member: "id" },
            state_witness: Witness { place, member: "state_name" },
        };
        self.reported_keys.push(key);
        if let Some(dedicated) =
            record.dedicated.filter(|_| !self.reported_kms.iter().any(|known| known.instance == instance))
        {
            self.reported_kms.push(ReportedKms { instance, dedicated });
        }
        if let Some(is_set) = record.has_intent {
            let target = record.intent_target.as_ref().map(|target| target.as_str());
            let target = self.optional(target.filter(|_| is_set));
            self.intents.push(Intent {
                key: crn,
                is_set,
                target,
                witness: Witness { place, member: "has_migration_intent" },
            });
        }
        Ok(())
    }

    pub(super) fn reported_use(
        &mut self,
        place: Place,
        record: &ReportedUseRecord<'_>,
        member: &'static str,
    ) -> Result<(), FaultKind> {
        let (key, _) = self.key_of_report(record.kms_instance, record.key_id)?;
        let text = record.resource.as_str();
        let named = Named {
            key,
            resource: self.interner.intern(text),
            seen: Seen::Report,
            prevents_deletion: record.prevent_key_deletion,
            witness: Witness { place, member },
        };
        self.named.push(named);
        if parse(text).is_err() {
            return Err(FaultKind::RecordCrn { member, text: text.to_owned() });
        }
        Ok(())
    }

    /// The CRNs of a key and its KMS instance; a report names keys by the instance and an id.
    fn key_of_report(&mut self, instance: &str, id: &str) -> Result<(Symbol, Symbol), FaultKind> {
        let fault = || FaultKind::RecordCrn { member: "crn", text: instance.to_owned() };
        let crn = parse(instance).ok().filter(|crn| crn.kind() == Kind::KmsInstance).ok_or_else(fault)?;
        let key = Crn { resource_type: "key", resource: id, ..crn };
        let instance = self.interner.intern(&deployment::instance(&key));
        Ok((self.interner.intern(&key.to_string()), instance))
    }

    pub(super) fn pair(&mut self, place: Place, record: &PairRecord<'_>) -> Result<(), FaultKind> {
        for (text, member) in [(record.source, "column 1"), (record.target, "column 2")] {
            if !parse(text).is_ok_and(|crn| crn.kind() == Kind::KmsKey) {
                return Err(FaultKind::RecordCrn { member, text: text.to_owned() });
            }
        }
        let pair = Pair {
            source: self.interner.intern(record.source),
            target: self.interner.intern(record.target),
            source_associations: record.source_associations,
            target_associations: record.target_associations,
            status: self.optional(record.status),
            witness: Witness { place, member: "" },
        };
        self.pairs.push(pair);
        Ok(())
    }

    /// An event on a key: the state it left the key in, and who used the key.
    pub(super) fn event(&mut self, place: Place, record: &EventRecord<'_>, layout: Layout) -> Result<(), FaultKind> {
        let action = record.action.as_str();
        let Some(operation) = action.strip_prefix("kms.").or_else(|| action.strip_prefix("hs-crypto.")) else {
            return Ok(());
        };
        let target = record.target.as_ref().and_then(|target| target.id.as_ref()).map(|id| id.as_str());
        let target = target.filter(|target| parse(target).is_ok_and(|crn| crn.kind() == Kind::KmsKey));
        let Some(target) = target else { return Ok(()) };
        let key = self.interner.intern(target);
        let at = record.event_time.as_ref().and_then(|time| moment(time.as_str()));
        let succeeded = record.outcome.as_ref().is_some_and(|outcome| outcome.as_str() == "success");
        let member = |direct: &'static str, in_payload: &'static str| match layout {
            Layout::Plain => direct,
            Layout::Payload => in_payload,
            Layout::Text => "",
        };
        if let (Some(at), Some(state), true) = (at, state_after(operation, record), succeeded) {
            let witness = Witness { place, member: member("action", "payload/action") };
            self.states.push(StateOfKey { key, state, at, witness });
        }
        if operation == "registrations.delete" {
            return Ok(());
        }
        let (user, member) = match record.resource() {
            Some((resource, true)) => {
                (resource, member("responseData/resourceCRN", "payload/responseData/resourceCRN"))
            }
            Some((resource, false)) => (resource, member("requestData/resourceCRN", "payload/requestData/resourceCRN")),
            None => {
                let id = record.initiator.as_ref().and_then(|initiator| initiator.id.as_ref());
                let Some(crn) = id.and_then(|id| id.as_str().strip_prefix("crn-")).filter(|_| uses_key(operation))
                else {
                    return Ok(());
                };
                (crn.to_owned(), member("initiator/id", "payload/initiator/id"))
            }
        };
        // An event about a resource that has no CRN, or about the KMS itself, tells of no use.
        let Ok(crn) = parse(&user) else { return Ok(()) };
        if matches!(crn.service_name, "kms" | "hs-crypto") {
            return Ok(());
        }
        let resource = self.interner.intern(&user);
        let latest = LatestEvent { at, witness: Witness { place, member } };
        self.put_event(key, resource, latest);
        Ok(())
    }

    /// Keeps an event if it is the latest about its key and resource.
    pub(super) fn put_event(&mut self, key: Symbol, resource: Symbol, latest: LatestEvent) {
        let known = self.events.entry((key, resource)).or_insert(LatestEvent { ..latest });
        if latest.at > known.at {
            *known = latest;
        }
    }
}

/// Whether who does this uses the key. Reading and listing is for anyone.
fn uses_key(operation: &str) -> bool {
    operation.contains("wrap") || operation.contains("ack") || operation.starts_with("registrations.")
}

/// The state in which a key is after an operation: what the event says, or what the operation does.
///
/// Source: Key Protect docs, *Activity tracking events*, as of 2026-08-12. Setting a key for deletion leaves it active.
fn state_after(operation: &str, record: &EventRecord<'_>) -> Option<KeyState> {
    let done = match operation {
        "secrets.delete" | "secrets.purge" => KeyState::Destroyed,
        "secrets.disable" => KeyState::Suspended,
        "secrets.enable" => KeyState::Active,
        "secrets.expire" => KeyState::Deactivated,
        // A key that had expired is not active again.
        "secrets.restore" => KeyState::Unknown,
        _ => return None,
    };
    Some(match KeyState::of(record.key_state()) {
        KeyState::Unknown => done,
        stated => stated,
    })
}
