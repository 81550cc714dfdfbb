//! What uses keys: registrations, resources of VPC, settings of Schematics.

use super::{Builder, Named, Registered, crn_of};
use crate::crn::{Kind, parse};
use crate::ingest::{
    ExportKind, FaultKind, Place, RegistrationRecord, SchematicsInstanceRecord, SchematicsSettingsRecord, VpcRecord,
};
use crate::inventory::evidence::Witness;
use crate::inventory::resource::Resource;
use crate::inventory::tables::{Seen, Settings};

impl Builder {
    pub(super) fn registration(&mut self, place: Place, record: &RegistrationRecord<'_>) -> Result<(), FaultKind> {
        let text = record.resource_crn.as_str();
        let key_id = self.interner.intern(record.key_id.as_str());
        let crn = self.interner.intern(text);
        let resource = Resource::of(&mut self.interner, crn, text);
        self.registered.push(Registered { key_id, resource, prevents_deletion: record.prevent_key_deletion, place });
        if resource.deployment.is_none() {
            return Err(FaultKind::RecordCrn { member: "resourceCrn", text: text.to_owned() });
        }
        Ok(())
    }

    /// A volume, share, image or snapshot. Without a key, the provider holds it, unless the record says otherwise.
    pub(super) fn vpc(&mut self, place: Place, kind: ExportKind, record: &VpcRecord<'_>) -> Result<(), FaultKind> {
        let text = crn_of(kind, "crn", record.crn.as_ref().map(|crn| crn.as_str()))?;
        let Ok(crn) = parse(text) else { return Err(FaultKind::RecordCrn { member: "crn", text: text.to_owned() }) };
        if let Some(account) = crn.account() {
            let account = self.interner.intern(account);
            if self.listed_accounts.last() != Some(&account) {
                self.listed_accounts.push(account);
            }
        }
        let key = record.encryption_key.as_ref().and_then(|key| key.crn.as_ref()).map(|key| key.as_str());
        let own_key = record.encryption.as_ref().is_some_and(|encryption| encryption.as_str() == "user_managed");
        let Some(key) = key else {
            if own_key {
                let why = "`encryption` is `user_managed`, and no `encryption_key` is named".to_owned();
                return Err(FaultKind::Record { kind, why });
            }
            return Ok(());
        };
        let named = Named {
            key: self.interner.intern(key),
            resource: self.interner.intern(text),
            seen: Seen::Resource,
            prevents_deletion: None,
            witness: Witness { place, member: "encryption_key/crn" },
        };
        self.named.push(named);
        Ok(())
    }

    /// The settings of Schematics for one location. They name no account: a manifest does, or it stays unknown.
    pub(super) fn schematics(&mut self, place: Place, record: &SchematicsSettingsRecord<'_>) -> Result<(), FaultKind> {
        let account = self.context(place).account;
        let location = record.location.as_ref().map_or("", |location| location.as_str()).to_ascii_lowercase();
        let scope = account.map_or(String::new(), |account| format!("a/{}", self.interner.text(account)));
        let resource = format!("crn:v1:bluemix:public:schematics:{location}:{scope}:::");
        if parse(&resource).is_err() {
            return Err(FaultKind::Record {
                kind: ExportKind::SchematicsSettings,
                why: "`location` is none".to_owned(),
            });
        }
        let resource = self.interner.intern(&resource);
        let mut settings = Settings {
            resource,
            location: self.interner.intern(&location),
            scheme: self.optional(record.encryption_scheme.as_ref().map(|scheme| scheme.as_str())),
            keys: Vec::new(),
            witness: Witness { place, member: "" },
        };
        let keys = [
            (record.primary_crk.as_ref(), "primary_crk/key_crn"),
            (record.secondary_crk.as_ref(), "secondary_crk/key_crn"),
        ];
        for (key, member) in keys {
            let Some(key) = key else { continue };
            let Some(crn) = key.key_crn.as_ref().map(|crn| crn.as_str()).filter(|crn| !crn.is_empty()) else {
                continue;
            };
            let Some(key_crn) = parse(crn).ok().filter(|crn| crn.kind() == Kind::KmsKey) else {
                return Err(FaultKind::RecordCrn { member: "key_crn", text: crn.to_owned() });
            };
            // What is found about the settings is of this account, where nothing else names it.
            if let Some(account) = key_crn.account() {
                self.interner.intern(account);
            }
            let crn = self.interner.intern(crn);
            let endpoint = self.optional(key.kms_private_endpoint.as_ref().map(|endpoint| endpoint.as_str()));
            settings.keys.push((crn, endpoint));
            let witness = Witness { place, member };
            self.named.push(Named { key: crn, resource, seen: Seen::Setting, prevents_deletion: None, witness });
        }
        self.settings.push(settings);
        Ok(())
    }

    /// What Schematics could use is no use.
    pub(super) fn schematics_instance(record: &SchematicsInstanceRecord<'_>) -> Result<(), FaultKind> {
        let kind = ExportKind::SchematicsInstances;
        let text = crn_of(kind, "kms_crn", record.kms_crn.as_ref().map(|crn| crn.as_str()))?;
        let is_instance = parse(text).is_ok_and(|crn| crn.kind() == Kind::KmsInstance);
        let fault = || FaultKind::RecordCrn { member: "kms_crn", text: text.to_owned() };
        is_instance.then_some(()).ok_or_else(fault)
    }
}
