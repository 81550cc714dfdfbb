//! # AUTH007 instance-is-crn
//!
//! ## What it finds
//!
//! An authorization on keys that names an instance, a key or a resource by its whole CRN where the GUID or the id belongs.
//!
//! ## Why it matters
//!
//! IAM compares letter for letter, so such an authorization lets nobody in. It looks right in every list, and in tests a wider
//! authorization often hides it (terraform-provider-ibm issues 3348 and 4687; terraform-ibm-cos issue 173).
//!
//! ## Example
//!
//! The KMS instance by its CRN, as `.id` of Terraform gives it:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Write the GUID; in Terraform `.guid` instead of `.id`. What uses the keys by this authorization alone is refused until then, and
//! is no finding of its own.
//!
//! ## When not to heed it
//!
//! Never: there is no instance of such a name.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, mend, words};
use crate::policy::{PolicyFaultKind, with_guids};

pub(super) static RULE: Rule = Rule {
    id: "AUTH007",
    name: "instance-is-crn",
    title: "an authorization names an instance by its CRN",
    severity: Severity::High,
    stake: Stake::Other(
        "the authorization lets nobody in: whatever rests on it alone is refused the key, and what is written with the key cannot \
         be read until the authorization is mended",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::PROVIDER_3348, sources::PROVIDER_4687, sources::COS_173],
    comment: page!("auth007.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    for one in policies::on_keys(&context) {
        let named = one.policy.problems.iter().filter_map(|fault| match &fault.kind {
            PolicyFaultKind::InstanceIsCrn { side, attribute, value } => {
                Some(format!("`{attribute}` of the {} is the CRN `{value}`", side.name()))
            }
            _ => None,
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() {
            continue;
        }
        let message = format!("{} lets nobody in: {}", policies::called(one.policy), words::list(&named));
        let new = with_guids(one.policy);
        let commands = new.map(|new| mend::change(one.policy, &new, "makes the authorization with GUIDs"));
        let remediation = "write the GUID where the CRN stands; in Terraform `.guid` instead of `.id`";
        findings.found.push(policies::finding(
            &RULE,
            context.inventory,
            one,
            message,
            remediation,
            commands.unwrap_or_default(),
        ));
    }
}
