//! The endpoint under which Schematics reaches the KMS: derived, or checked against the key.

use crate::catalog::endpoints::{Kms, preferred, read};
use crate::catalog::services::schematics::Scheme;

use super::Draft;
use super::fault::FaultKind;
use super::read::Key;

/// The kind of KMS: an endpoint tells Key Protect from Key Protect Dedicated, which a CRN does not.
pub(super) fn kind(given: Option<&str>, by_crn: Kms) -> Kms {
    let host = given.and_then(|given| given.strip_suffix('/').unwrap_or(given).strip_prefix("https://"));
    let told = host.and_then(read).map(|endpoint| endpoint.kms);
    told.filter(|told| by_crn == Kms::MultiTenant && *told == Kms::Dedicated).unwrap_or(by_crn)
}

/// The endpoint as it is to be sent.
pub(super) fn settle(
    given: Option<&str>,
    key: &Key<'_>,
    kms: Kms,
    scheme: Option<Scheme>,
    pointer: &str,
    draft: &mut Draft,
) -> String {
    let right = preferred(kms, key.crn.location, key.crn.service_instance);
    let Some(given) = given else {
        draft.derive(pointer, &right, &format!("the form of endpoints of {}", kms.title()));
        return right;
    };
    let trimmed = given.strip_suffix('/').unwrap_or(given);
    let wrong = |what: String| FaultKind::Endpoint { what, right: right.clone() };
    let Some(host) = trimmed.strip_prefix("https://") else {
        draft.fault(pointer, wrong(format!("endpoint `{}` does not begin with `https://`", given.escape_debug())));
        return right;
    };
    let Some(endpoint) = read(host) else {
        draft.fault(pointer, wrong(format!("`{}` is no form of endpoint of a KMS", given.escape_debug())));
        return right;
    };
    let crn = &key.crn;
    if endpoint.kms != kms {
        // The CRN of a `kms` key does not tell the two kinds apart, the endpoint does: then the scheme is the wrong one.
        let by_scheme = scheme.filter(|_| crn.service_name == "kms" && endpoint.kms != Kms::HyperProtect);
        draft.fault(
            pointer,
            match by_scheme {
                Some(scheme) => FaultKind::Scheme { scheme: scheme.cli(), takes: kms, found: endpoint.kms },
                None => wrong(format!(
                    "`{given}` is an endpoint of {}, the key is of {}",
                    endpoint.kms.title(),
                    kms.title()
                )),
            },
        );
        return right;
    }
    if endpoint.region != crn.location {
        let what = format!("`{given}` is in region `{}`, the key in `{}`", endpoint.region, crn.location);
        draft.fault(pointer, wrong(what));
    }
    if let Some(instance) = endpoint.instance.filter(|instance| !instance.eq_ignore_ascii_case(crn.service_instance)) {
        let what = format!("`{given}` is of instance `{instance}`, the key of `{}`", crn.service_instance);
        draft.fault(pointer, wrong(what));
    }
    if !endpoint.private && kms != Kms::Dedicated {
        draft.fault(pointer, wrong(format!("`{given}` is the public endpoint; the private one is wanted")));
    }
    if !endpoint.documented {
        draft.fault(pointer, FaultKind::EndpointUndocumented);
    }
    if trimmed != given {
        draft.derive(pointer, trimmed, "without the slash at its end");
    }
    trimmed.to_owned()
}
