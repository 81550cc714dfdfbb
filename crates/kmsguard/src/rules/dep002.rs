//! # DEP002 key-reference-incomplete
//!
//! ## What it finds
//!
//! A key id, or the CRN of a KMS instance, where the service wants the full CRN of the key.
//!
//! ## Why it matters
//!
//! An id alone names no KMS instance, and the CRN of an instance names no key: provisioning fails, or the parameter is passed over (Event
//! Streams, *Managing encryption*, 2026-04-21; terraform-provider-ibm#1622). High: the deployment may be encrypted with a key of the
//! provider.
//!
//! ## Example
//!
//! An Event Streams that was given the id of its key:
//!
//! ```json
//! [{"name": "orders", "state": "active", "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb",
//!   "parameters": {"kms_key_crn": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Give the CRN of the key, as `ibmcloud kp key show` prints it.
//!
//! ## When not to heed it
//!
//! Never.

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, key003, unread, words};
use crate::catalog::services::{Holds, placement};
use crate::crn::{Kind, parse};

pub(super) static RULE: Rule = Rule {
    id: "DEP002",
    name: "key-reference-incomplete",
    title: "a deployment names its key by less than the CRN",
    severity: Severity::High,
    stake: Stake::Data("the deployment may stand without the key that was meant; if it has it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS, sources::PROVIDER_1622],
    comment: page!("dep002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for parameter in key_of_use::parameters(inventory) {
        let Some(placement) = key_of_use::service(inventory, parameter.instance.crn).and_then(placement) else {
            continue;
        };
        let (_, path) = parameter.member.split_once('/').unwrap_or_default();
        let wants_crn = placement.members.iter().any(|member| {
            let pointer = member.json.and_then(|pointer| pointer.strip_prefix("/parameters/"));
            matches!(member.holds, Holds::KeyCrn | Holds::BackupKeyCrn) && pointer == Some(path)
        });
        let text = parameter.text(inventory);
        let kind = parse(&text).map(|crn| crn.kind());
        // That the key is not there is said by KEY003.
        if !wants_crn || kind == Ok(Kind::KmsKey) || key003::is_found(inventory, parameter.found) {
            continue;
        }
        let what = if kind == Ok(Kind::KmsInstance) { "names a KMS instance and no key" } else { "is no CRN of a key" };
        let message = format!(
            "{} wants the full CRN of its key in `{path}`; `{}` {what}",
            words::quoted(inventory, parameter.instance.crn),
            text.escape_debug(),
        );
        let remediation = "give the full CRN of the key, when the deployment is made anew";
        let show =
            Command::cli("shows the key with its CRN", "ibmcloud kp key show KEY --instance-id INSTANCE --output json");
        findings.found.push(Finding {
            commands: vec![show],
            ..key_of_use::of_instance_record(
                &RULE,
                inventory,
                parameter.instance,
                parameter.witness,
                message,
                remediation,
            )
        });
    }
    unread::put_instances(&RULE, inventory, findings);
}
