//! Who may use a key without showing in its registrations.
//!
//! A service needs an authorization for each key it uses, and authorizations live in the account of the key. So the list of
//! them tells which services could, and of those the ones that register nothing keep the question open.

use super::model::{Needed, Verdict};
use super::target::Target;
use super::timeline::moment;
use crate::authz::{self, Fact, Truth, attribute, is_considered};
use crate::catalog::effects::OBJECT_STORAGE_REGISTERS_SINCE;
use crate::catalog::services::registers;
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Witness, account_command};
use crate::policy::{Attribute, Authorization, Side};

/// What could use the key and would not show. `used`: whether some use is known, so that a missing list alone is no reason
/// to doubt.
pub(super) fn unseen(inventory: &Inventory, target: &Target<'_>, used: bool) -> Vec<Needed> {
    let mut found = Vec::new();
    if let Some((_, key)) = target.key.filter(|(_, key)| key.extractable == Some(true)) {
        found.push(Needed {
            export: false,
            name: "payload".into(),
            of: Some(inventory.text(key.crn).to_owned()),
            why: "a standard key is handed out to whoever may read it; what was done with it shows in no export"
                .to_owned(),
            command: None,
            role: None,
            decides: !used,
            worst: Verdict::Destroys,
        });
    } else if !used {
        found.push(Needed {
            export: false,
            name: "applications".into(),
            of: Some(target.label()),
            why:
                "applications that wrap keys of their own with this one show in no export, only in the activity events \
                  `kms.secrets.wrap` and `kms.secrets.unwrap`"
                    .to_owned(),
            command: None,
            role: None,
            decides: false,
            worst: Verdict::Destroys,
        });
    }
    found.extend(keyless(inventory));
    let Some(crn) = target.crn.as_deref().and_then(|crn| parse(crn).ok()) else { return found };
    let account = crn.account().and_then(|account| inventory.interner.find(account));
    let listing = account.map_or(Listing::Missing, |account| inventory.listing(ExportKind::IamPolicies, account));
    if !listing.is_usable() {
        if !used {
            found.push(Needed {
                export: true,
                name: ExportKind::IamPolicies.name().into(),
                of: crn.account().map(str::to_owned),
                why:
                    "not every service registers what it encrypts; authorizations tell which services could use the key"
                        .to_owned(),
                command: account_command(ExportKind::IamPolicies).map(str::to_owned),
                role: Some("Viewer"),
                decides: true,
                worst: Verdict::Destroys,
            });
        }
        return found;
    }
    let reaching = inventory.policies.iter().filter(|policy| may_reach(inventory, policy, target, &crn));
    found.extend(reaching.filter_map(|policy| silent_source(inventory, policy, target, used)));
    found
}

/// The doubt that reports raise which name resources and not their keys. Other uses do not lessen it.
pub(super) fn keyless(inventory: &Inventory) -> impl Iterator<Item = Needed> {
    let reports = inventory.sources.iter().filter(|source| source.report.keyless > 0);
    reports.map(|source| Needed {
        export: true,
        name: ExportKind::ResourceInstances.name().into(),
        of: Some(source.input.name.clone()),
        why: format!(
            "this usage report names {} whose key it could not tell, and any key may be theirs; the record of each in its own service tells",
            match source.report.keyless {
                1 => "a resource".to_owned(),
                number => format!("{number} resources"),
            }
        ),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer"),
        decides: true,
        worst: Verdict::Destroys,
    })
}

/// The doubt that an authorization raises, if its source may use the key without registering that.
fn silent_source(inventory: &Inventory, policy: &Authorization, target: &Target<'_>, used: bool) -> Option<Needed> {
    let id = policy.id.as_deref().unwrap_or("without an id");
    let Some(service) = policy.source_service() else {
        let why = "lets services in that it does not name; not all of them register what they encrypt";
        return Some(uses_of(None, format!("authorization `{id}` {why}")));
    };
    let why = if service == "cloud-object-storage" {
        if used || made_since(inventory, target, OBJECT_STORAGE_REGISTERS_SINCE) {
            return None;
        }
        format!(
            "authorization `{id}` lets `{service}` use the key, and buckets made before 2020-02-26 are not registered"
        )
    } else if registers(service) || is_absent(inventory, policy, service) {
        return None;
    } else {
        format!(
            "authorization `{id}` lets `{service}` use the key, and nothing says that it registers what it encrypts"
        )
    };
    Some(uses_of(Some(service), why))
}

/// The doubt about the uses of a service, with what shows them.
pub(super) fn uses_of(service: Option<&str>, why: String) -> Needed {
    let command = service.map(|service| match service {
        "schematics" => "ibmcloud schematics kms info --location LOCATION --output json".to_owned(),
        _ => {
            format!("ibmcloud resource service-instances --service-name {service} --all-resource-groups --output json")
        }
    });
    let role = service.map(|service| if service == "schematics" { "Reader" } else { "Viewer" });
    Needed {
        export: false,
        name: "uses".into(),
        of: service.map(str::to_owned),
        why,
        command,
        role,
        decides: true,
        worst: Verdict::Destroys,
    }
}

/// Whether the key was made at or after a moment, as its record says.
fn made_since(inventory: &Inventory, target: &Target<'_>, since: &str) -> bool {
    let Some((_, key)) = target.key else { return false };
    let made = inventory.show(Witness { member: "creationDate", ..key.witness }).value;
    let made = made.as_str().and_then(moment);
    made.is_some() && made >= moment(since)
}

/// Whether the source account has no instance of the service. Schematics has no instances at all.
pub(super) fn is_absent(inventory: &Inventory, policy: &Authorization, service: &str) -> bool {
    let account = policy.source_account().and_then(|account| inventory.interner.find(account));
    account.is_some_and(|account| {
        service != "schematics"
            && inventory.listing(ExportKind::ResourceInstances, account).is_usable()
            && !inventory
                .instances
                .iter()
                .any(|instance| instance.account == Some(account) && inventory.text(instance.service) == service)
    })
}

/// Whether a policy may let somebody use the key: all but the one whose resource is certainly another.
fn may_reach(inventory: &Inventory, policy: &Authorization, target: &Target<'_>, crn: &Crn<'_>) -> bool {
    let ring = target.key.and_then(|(_, key)| key.key_ring).map(|ring| inventory.text(ring));
    let key = authz::Target { key_ring: Fact::known(ring), ..authz::Target::of_crn(crn) };
    let holds = |wanted: &Attribute| key.fact(&wanted.name).map_or(Truth::Unknown, |fact| attribute(wanted, fact));
    let may_hold = |side: &Side| side.attributes.iter().all(|wanted| holds(wanted) != Truth::False);
    is_considered(policy) && (policy.resources.is_empty() || policy.resources.iter().any(may_hold))
}
