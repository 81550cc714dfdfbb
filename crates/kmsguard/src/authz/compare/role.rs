//! What one role grants beside another.

use crate::authz::Truth;
use crate::policy::{Role, RoleKind, RoleOwner};

/// Whether a role grants anything at all; a mistaken role id does not.
pub(super) const fn grants(role: &Role) -> bool {
    !matches!(role.kind, RoleKind::Malformed(_))
}

/// Whether whoever has the wider role may do all that the other allows.
///
/// Source: Key Protect docs, *Managing user access*, as of 2026-08-12: the service roles are additive, each contains those below it.
pub(super) fn contains(wider: &Role, role: &Role) -> Truth {
    match (level(wider), level(role)) {
        (Some(wider), Some(role)) => return Truth::from(wider >= role),
        (Some(_), None) | (None, Some(_)) if !is_open(wider) => return Truth::False,
        _ => {}
    }
    match (wider.kind, role.kind) {
        (RoleKind::AuthorizationDelegator, RoleKind::AuthorizationDelegator) | (RoleKind::Viewer, RoleKind::Viewer) => {
            Truth::True
        }
        (RoleKind::Platform, RoleKind::Platform)
        | (RoleKind::Service, RoleKind::Service)
        | (RoleKind::Custom, RoleKind::Custom)
            if wider.text == role.text =>
        {
            Truth::True
        }
        // Which platform role holds which other one, and what a service's or an account's own role allows, is not told here.
        (RoleKind::Platform, RoleKind::Platform | RoleKind::Viewer) => Truth::Unknown,
        _ if is_open(wider) || is_open(role) => Truth::Unknown,
        _ => Truth::False,
    }
}

/// The service of which alone a role speaks; none for a role that means the same for all.
pub(super) fn only_service(role: &Role) -> Option<&str> {
    match &role.owner {
        RoleOwner::Service(service) if level(role).is_some() => Some(service),
        _ => None,
    }
}

/// Whether it is not known what a role allows.
pub(super) const fn is_open(role: &Role) -> bool {
    matches!(role.kind, RoleKind::Service | RoleKind::Custom | RoleKind::Unreadable)
}

const fn level(role: &Role) -> Option<u8> {
    match role.kind {
        RoleKind::Reader => Some(1),
        RoleKind::ReaderPlus => Some(2),
        RoleKind::Writer => Some(3),
        RoleKind::Manager => Some(4),
        _ => None,
    }
}
