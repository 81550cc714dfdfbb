//! The commands about a key that mend something, on each surface.
//!
//! Sources: Key Protect docs, *CLI reference* and *API reference*, as of 2026-08-12; terraform-provider-ibm, `ibm_kms_key_policies`, as of
//! 2026-08-05.

use super::finding::Command;
use crate::catalog::endpoints::{Kms, of_plan, public};
use crate::crn::parse;
use crate::inventory::{Inventory, Key, Symbol};
use crate::policy::shell;

/// A KMS instance, as commands name it.
pub(super) struct KmsInstance<'a> {
    guid: &'a str,
    region: &'a str,
    kms: Kms,
}

/// The kind of a KMS instance; none where neither its CRN nor its plan tells.
pub(super) fn kind_of(inventory: &Inventory, instance: Symbol) -> Option<Kms> {
    let crn = parse(inventory.text(instance)).ok()?;
    if crn.service_name == "hs-crypto" {
        return Some(Kms::HyperProtect);
    }
    of_plan(inventory.text(inventory.instance(instance)?.plan?))
}

impl<'a> KmsInstance<'a> {
    /// The KMS instance with a CRN. Where nothing tells its kind, it is named as most are.
    pub(super) fn of(inventory: &'a Inventory, instance: Symbol) -> Option<Self> {
        let crn = parse(inventory.text(instance)).ok()?;
        let kms = kind_of(inventory, instance).unwrap_or(Kms::MultiTenant);
        Some(Self { guid: crn.service_instance, region: crn.location, kms })
    }

    /// `ibmcloud kp …`, with the address of the instance where the command line does not find it by itself.
    pub(super) fn cli(&self, words: &str) -> String {
        let address = public(self.kms, self.region, self.guid)
            .map(|address| format!("KP_TARGET_ADDR={} ", shell(&address)))
            .unwrap_or_default();
        format!("{address}ibmcloud kp {words} --instance-id {}", shell(self.guid))
    }

    /// A request, `POST` or `PUT`, below `/api/v2`.
    pub(super) fn rest(&self, method: &str, path: &str, body: Option<&str>) -> String {
        let base = public(self.kms, self.region, self.guid)
            .unwrap_or_else(|| format!("https://{}.kms.cloud.ibm.com", self.region));
        let body = body.map(|body| format!(" -H 'Content-Type: application/json' -d {}", shell(body)));
        format!(
            "curl -X {method} {} -H \"Authorization: Bearer $TOKEN\" -H {}{}",
            shell(&format!("{base}/api/v2/{path}")),
            shell(&format!("bluemix-instance: {}", self.guid)),
            body.unwrap_or_default(),
        )
    }
}

/// Something that is done to a key: `rotate`, `enable`, `restore`.
pub(super) fn act(inventory: &Inventory, key: &Key, verb: &str, what: &str) -> Vec<Command> {
    let Some(kms) = KmsInstance::of(inventory, key.instance) else { return Vec::new() };
    let id = inventory.text(key.id);
    let path = if verb == "restore" { format!("keys/{id}/restore") } else { format!("keys/{id}/actions/{verb}") };
    vec![
        Command::cli(what, kms.cli(&format!("key {verb} {}", shell(id)))),
        Command::rest(what, kms.rest("POST", &path, None)),
    ]
}

/// A new root key beside a key.
pub(super) fn create(inventory: &Inventory, key: &Key, what: &str) -> Vec<Command> {
    let Some(kms) = KmsInstance::of(inventory, key.instance) else { return Vec::new() };
    let body = r#"{"metadata":{"collectionType":"application/vnd.ibm.kms.key+json","collectionTotal":1},"resources":[{"type":"application/vnd.ibm.kms.key+json","name":"NAME","extractable":false}]}"#;
    let hcl = format!(
        "resource \"ibm_kms_key\" \"root\" {{\n  instance_id  = \"{}\"\n  key_name     = \"NAME\"\n  standard_key = false\n}}\n",
        kms.guid
    );
    vec![
        Command::cli(what, kms.cli("key create NAME")),
        Command::rest(what, kms.rest("POST", "keys", Some(body))),
        Command::terraform(what, hcl),
    ]
}

/// A policy of a key.
pub(super) enum KeyPolicy {
    /// It is rotated every so many months.
    Rotation(u8),
    /// Two people must ask for its deletion.
    DualAuthorization,
}

/// A policy set on a key.
pub(super) fn set_policy(inventory: &Inventory, key: &Key, policy: &KeyPolicy, what: &str) -> Vec<Command> {
    let Some(kms) = KmsInstance::of(inventory, key.instance) else { return Vec::new() };
    let id = inventory.text(key.id);
    let (words, query, body, block) = match policy {
        KeyPolicy::Rotation(months) => (
            format!("key policy-update rotation {} --monthly-interval {months}", shell(id)),
            "rotation",
            format!(r#""rotation":{{"enabled":true,"interval_month":{months}}}"#),
            format!("rotation {{\n    interval_month = {months}\n  }}"),
        ),
        KeyPolicy::DualAuthorization => (
            format!("key policy-update dual-auth-delete {} --enable", shell(id)),
            "dualAuthDelete",
            r#""dualAuthDelete":{"enabled":true}"#.to_owned(),
            "dual_auth_delete {\n    enabled = true\n  }".to_owned(),
        ),
    };
    let body = format!(
        r#"{{"metadata":{{"collectionType":"application/vnd.ibm.kms.policy+json","collectionTotal":1}},"resources":[{{"type":"application/vnd.ibm.kms.policy+json",{body}}}]}}"#
    );
    let hcl = format!(
        "resource \"ibm_kms_key_policies\" \"key\" {{\n  instance_id = \"{}\"\n  key_id      = \"{id}\"\n  {block}\n}}\n",
        kms.guid
    );
    vec![
        Command::cli(what, kms.cli(&words)),
        Command::rest(what, kms.rest("PUT", &format!("keys/{id}/policies?policy={query}"), Some(&body))),
        Command::terraform(what, hcl),
    ]
}
