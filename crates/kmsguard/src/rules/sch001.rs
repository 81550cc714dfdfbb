//! # SCH001 scheme-mismatch
//!
//! ## What it finds
//!
//! Settings of Schematics whose scheme and key do not go together: BYOK with a key of Key Protect Dedicated or Hyper Protect Crypto
//! Services, KYOK with a key of multi-tenant Key Protect.
//!
//! ## Why it matters
//!
//! BYOK takes keys of Key Protect, KYOK keys of Key Protect Dedicated, and both are `kms` by their CRNs (Schematics, *CLI reference*,
//! 2026-07-07). The settings are made once and changed by a support ticket only. High.
//!
//! ## Example
//!
//! KYOK with a key of an instance on a plan of multi-tenant Key Protect:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "kyok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ```json
//! [{"name": "keys", "state": "active", "resource_plan_id": "tiered-pricing",
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::"}]
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, to change the settings.
//!
//! ## When not to heed it
//!
//! Never.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, settings};
use crate::catalog::endpoints::Kms;

pub(super) static RULE: Rule = Rule {
    id: "SCH001",
    name: "scheme-mismatch",
    title: "Schematics uses a key of a kind that its scheme does not take",
    severity: Severity::High,
    stake: Stake::Data("settings of Schematics are final; if the key cannot be used"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_COMMANDS],
    comment: page!("sch001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for one in settings::all(inventory) {
        let Some(scheme) = one.scheme(inventory) else {
            findings.undetermined.push(one.undetermined(
                &RULE,
                inventory,
                "the settings do not say which scheme they have",
            ));
            continue;
        };
        for (place, key) in one.keys(inventory) {
            let Some(kms) = key.kms(inventory) else {
                findings.undetermined.push(key.plan_needed(&RULE, inventory));
                continue;
            };
            let wrong = match scheme {
                settings::Scheme::Byok => kms != Kms::MultiTenant,
                settings::Scheme::Kyok => kms == Kms::MultiTenant,
            };
            if wrong {
                let message = format!(
                    "Schematics in {} has scheme {}, and its {place} key is of {}",
                    one.location(inventory),
                    scheme.name(),
                    kms.title()
                );
                findings.found.push(one.finding(&RULE, inventory, Some(&key), place, message));
            }
        }
    }
    settings::put_missing(&RULE, inventory, findings);
}
