//! # AUTH006 role-excessive
//!
//! ## What it finds
//!
//! An authorization on keys with a role that no service needs for encryption: Writer, Manager, or a platform role other than Viewer
//! and AuthorizationDelegator. ReaderPlus is a smaller case of it. A delegator that is not needed is no finding, because the steps
//! on IBM's own pages tick it; nor is an authorization that a service made, which its owner cannot change.
//!
//! ## Why it matters
//!
//! Reader is enough to wrap and unwrap. Writer may create keys, Manager may delete them and change their policies: whoever gets
//! hold of the service's identity then holds the keys. ReaderPlus may read the payload of standard keys (Key Protect, *Managing
//! user access*, 2026-08-12).
//!
//! ## Example
//!
//! A cluster that may manage the keys that it is encrypted with:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "containers-kubernetes"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Manager"},
//!               {"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Change the authorization so that it grants Reader, and AuthorizationDelegator where it has that.
//!
//! ## When not to heed it
//!
//! When the source is a service that keeps keys for others, such as a key manager of its own, and is meant to create or delete
//! them.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, NeededKind, Severity};
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::registry::Rule;
use super::sources;
use super::{Context, mend, words};
use crate::policy::{Authorization, Role, RoleKind};

pub(super) static RULE: Rule = Rule {
    id: "AUTH006",
    name: "role-excessive",
    title: "an authorization grants more than a service needs",
    severity: Severity::Medium,
    stake: Stake::Other(
        "no data is lost by it; whoever gets hold of the service's identity could do with the keys what the role allows",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::ACCESS],
    comment: page!("auth006.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    for one in policies::on_keys(&context) {
        let roles = &one.policy.roles;
        let excessive: Vec<&Role> = roles.iter().filter(|role| severity(role).is_some()).collect();
        let open =
            roles.iter().find(|role| matches!(role.kind, RoleKind::Service | RoleKind::Custom | RoleKind::Unreadable));
        let worst = excessive.iter().filter_map(|role| severity(role)).min();
        match (worst, open, policies::maker(one.policy)) {
            (_, _, Maker::Service) | (None, None, _) => {}
            (Some(worst), _, Maker::Customer) => findings.found.push(finding(&context, one, &excessive, worst)),
            (Some(_), _, Maker::Unknown) => {
                policies::put_undetermined(&RULE, one, policies::author_needed(one), findings);
            }
            (None, Some(role), _) => policies::put_undetermined(&RULE, one, role_needed(role), findings),
        }
    }
}

/// How bad it is to grant a role; none for those that a service may need.
fn severity(role: &Role) -> Option<Severity> {
    match role.kind {
        RoleKind::Writer | RoleKind::Manager | RoleKind::Platform => Some(Severity::Medium),
        RoleKind::ReaderPlus => Some(Severity::Low),
        // A malformed role grants nothing, and another rule names it.
        RoleKind::Reader
        | RoleKind::AuthorizationDelegator
        | RoleKind::Viewer
        | RoleKind::Service
        | RoleKind::Custom
        | RoleKind::Malformed(_)
        | RoleKind::Unreadable => None,
    }
}

fn finding(context: &Context<'_>, one: KeyPolicy<'_>, excessive: &[&Role], severity: Severity) -> Finding {
    let names = policies::role_names(excessive.iter().copied());
    let message = format!("{} grants {}; Reader is enough", policies::called(one.policy), words::list(&names));
    let kept = one.policy.roles.iter().filter(|role| !excessive.contains(role));
    let mut roles: Vec<Role> = vec![Role::known(RoleKind::Reader)];
    roles.extend(kept.filter(|role| role.kind != RoleKind::Reader).cloned());
    let new = Authorization { roles, ..one.policy.clone() };
    let commands = mend::change(one.policy, &new, "makes the authorization with Reader instead");
    let remediation =
        "change the authorization so that it grants Reader alone, and AuthorizationDelegator where it has that";
    Finding { severity, ..policies::finding(&RULE, context.inventory, one, message, remediation, commands) }
}

fn role_needed(role: &Role) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "role".to_owned(),
        of: Some(role.text.clone()),
        why: "what this role allows is not known".to_owned(),
        command: None,
        role: None,
    }
}
