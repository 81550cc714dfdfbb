//! The roles that a policy grants, read from their CRN or, where an export has only that, from their display name.

use crate::crn;

/// A role of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role id, or the display name where there is no id, as written.
    pub text: String,
    /// The display name, where the export has one.
    pub display_name: Option<String>,
    /// Which role it is.
    pub kind: RoleKind,
    /// Whose role it is.
    pub owner: RoleOwner,
}

/// Which role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// The service role `Reader`: wraps, unwraps, registers.
    Reader,
    /// The service role `ReaderPlus`.
    ReaderPlus,
    /// The service role `Writer`.
    Writer,
    /// The service role `Manager`.
    Manager,
    /// The platform role with which a service makes policies for the services it works with.
    AuthorizationDelegator,
    /// The platform role `Viewer`.
    Viewer,
    /// Another platform role.
    Platform,
    /// Another service role.
    Service,
    /// A role that an account made for itself.
    Custom,
    /// A role id that grants nothing, because it is a mistake.
    Malformed(RoleMistake),
    /// No role that is known, or none that can be read.
    Unreadable,
}

/// How a role id went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleMistake {
    /// `role:Reader`: service roles are `serviceRole:`.
    ServiceRoleAsPlatformRole,
    /// `serviceRole:AuthorizationDelegator`: it is a `role:`.
    DelegatorAsServiceRole,
    /// `kms::::role:AuthorizationDelegator`: it is a role of IAM.
    DelegatorOfService,
    /// Two roles in one id.
    SeveralRoles,
}

/// Whose role it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleOwner {
    /// IAM's: it means the same for every service.
    Iam,
    /// A service's own, by its name.
    Service(String),
    /// A display name does not tell.
    Unstated,
}

impl Role {
    /// The role of a role id: a CRN, or a display name.
    #[must_use]
    pub fn of_id(text: &str) -> Self {
        let (kind, owner) = kind_of_id(text);
        Self { text: text.to_owned(), display_name: None, kind, owner }
    }

    /// The role of a name, on the surfaces that name roles: the command, Terraform, and lists that show names alone. The name
    /// of a role that a service defines for itself does not tell its id.
    ///
    /// ```
    /// use kmsguard::policy::Role;
    ///
    /// let role = Role::named("Authorization Delegator");
    /// assert_eq!(role.id().as_deref(), Some("crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"));
    /// assert_eq!(Role::named("ReaderPlus").id(), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = name.trim();
        match kind_of_name(name) {
            RoleKind::Platform => Self::of_id(&format!("crn:v1:bluemix:public:iam::::role:{name}")),
            kind @ (RoleKind::ReaderPlus | RoleKind::Unreadable) => {
                Self { text: name.to_owned(), display_name: None, kind, owner: RoleOwner::Unstated }
            }
            kind => Self::known(kind),
        }
    }

    /// One of the roles that are known, as IAM names it.
    #[must_use]
    pub fn known(kind: RoleKind) -> Self {
        let (category, name) = match kind {
            RoleKind::Reader => ("serviceRole", "Reader"),
            RoleKind::ReaderPlus => ("serviceRole", "ReaderPlus"),
            RoleKind::Writer => ("serviceRole", "Writer"),
            RoleKind::Manager => ("serviceRole", "Manager"),
            RoleKind::AuthorizationDelegator => ("role", "AuthorizationDelegator"),
            RoleKind::Viewer => ("role", "Viewer"),
            RoleKind::Platform
            | RoleKind::Service
            | RoleKind::Custom
            | RoleKind::Malformed(_)
            | RoleKind::Unreadable => {
                return Self {
                    text: String::new(),
                    display_name: None,
                    kind: RoleKind::Unreadable,
                    owner: RoleOwner::Unstated,
                };
            }
        };
        Self {
            text: format!("crn:v1:bluemix:public:iam::::{category}:{name}"),
            display_name: None,
            kind,
            owner: RoleOwner::Iam,
        }
    }

    /// A role of which nothing could be read.
    pub(super) const fn unreadable() -> Self {
        Self { text: String::new(), display_name: None, kind: RoleKind::Unreadable, owner: RoleOwner::Unstated }
    }

    /// The role id, where there is one or the name tells it.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        if matches!(self.kind, RoleKind::Malformed(_) | RoleKind::Unreadable) {
            return None;
        }
        if self.text.starts_with("crn:") {
            return Some(self.text.clone());
        }
        // IBM's pages show `ReaderPlus` as a role of one service and of another, never as one of IAM.
        if self.kind == RoleKind::ReaderPlus {
            return None;
        }
        Some(Self::known(self.kind).text).filter(|text| !text.is_empty())
    }

    /// The name in the console and in Terraform: `Authorization Delegator`, with its space.
    #[must_use]
    pub fn shown_name(&self) -> Option<&str> {
        match self.kind {
            RoleKind::Reader => Some("Reader"),
            RoleKind::ReaderPlus if self.owner == RoleOwner::Service("hs-crypto".to_owned()) => Some("Reader Plus"),
            RoleKind::ReaderPlus if self.owner == RoleOwner::Unstated => self.name(),
            RoleKind::ReaderPlus => Some("ReaderPlus"),
            RoleKind::Writer => Some("Writer"),
            RoleKind::Manager => Some("Manager"),
            RoleKind::AuthorizationDelegator => Some("Authorization Delegator"),
            RoleKind::Viewer => Some("Viewer"),
            RoleKind::Malformed(_) | RoleKind::Unreadable => None,
            RoleKind::Platform | RoleKind::Service | RoleKind::Custom => {
                self.display_name.as_deref().or_else(|| match self.kind {
                    RoleKind::Platform => self.name(),
                    _ => None,
                })
            }
        }
    }

    /// The name as the command takes it: `AuthorizationDelegator`, without a space.
    #[must_use]
    pub fn command_name(&self) -> Option<&str> {
        match self.kind {
            RoleKind::Malformed(_) | RoleKind::Unreadable => None,
            RoleKind::AuthorizationDelegator => Some("AuthorizationDelegator"),
            _ => self.name(),
        }
    }

    /// The last part of the role id, or the display name.
    fn name(&self) -> Option<&str> {
        let name = self.text.rsplit_once(':').map_or(self.text.as_str(), |(_, name)| name);
        Some(name).filter(|name| !name.is_empty())
    }
}

/// The service roles of which it is known what they let one do with a key.
fn service_role(name: &str) -> Option<RoleKind> {
    match name {
        "Reader" => Some(RoleKind::Reader),
        "ReaderPlus" => Some(RoleKind::ReaderPlus),
        "Writer" => Some(RoleKind::Writer),
        "Manager" => Some(RoleKind::Manager),
        _ => None,
    }
}

fn kind_of_id(text: &str) -> (RoleKind, RoleOwner) {
    let Ok(id) = crn::parse(text) else { return (kind_of_name(text), RoleOwner::Unstated) };
    let iam = id.service_name == "iam";
    let owner = if iam { RoleOwner::Iam } else { RoleOwner::Service(id.service_name.to_owned()) };
    let several = id.resource.contains([',', ';', '|', ':']);
    let kind = match (id.resource_type, id.resource) {
        (_, "") => RoleKind::Unreadable,
        ("role" | "serviceRole", _) if several => RoleKind::Malformed(RoleMistake::SeveralRoles),
        ("role", "AuthorizationDelegator") if iam => RoleKind::AuthorizationDelegator,
        ("role", "AuthorizationDelegator") => RoleKind::Malformed(RoleMistake::DelegatorOfService),
        ("serviceRole", "AuthorizationDelegator") => RoleKind::Malformed(RoleMistake::DelegatorAsServiceRole),
        ("role", name) if service_role(name).is_some() => RoleKind::Malformed(RoleMistake::ServiceRoleAsPlatformRole),
        ("role", "Viewer") => RoleKind::Viewer,
        ("role", _) => RoleKind::Platform,
        ("serviceRole", name) => service_role(name).unwrap_or(RoleKind::Service),
        ("customRole", _) => RoleKind::Custom,
        _ => RoleKind::Unreadable,
    };
    (kind, owner)
}

fn kind_of_name(text: &str) -> RoleKind {
    match text.trim() {
        "Authorization Delegator" | "AuthorizationDelegator" => RoleKind::AuthorizationDelegator,
        "Reader Plus" => RoleKind::ReaderPlus,
        "Viewer" => RoleKind::Viewer,
        "Operator" | "Editor" | "Administrator" => RoleKind::Platform,
        name => service_role(name).unwrap_or(RoleKind::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_id_tells_the_role_and_whose_it_is() {
        use RoleKind as K;
        let cases = [
            ("crn:v1:bluemix:public:iam::::serviceRole:Reader", K::Reader),
            ("crn:v1:bluemix:public:hs-crypto::::serviceRole:ReaderPlus", K::ReaderPlus),
            ("crn:v1:bluemix:public:iam::::role:AuthorizationDelegator", K::AuthorizationDelegator),
            ("crn:v1:bluemix:public:iam::::role:Viewer", K::Viewer),
            ("crn:v1:bluemix:public:iam::::role:Editor", K::Platform),
            ("crn:v1:bluemix:public:is::::serviceRole:DNSBindingConnector", K::Service),
            ("crn:v1:bluemix:public:iam::::role:Reader", K::Malformed(RoleMistake::ServiceRoleAsPlatformRole)),
            (
                "crn:v1:bluemix:public:iam::::serviceRole:AuthorizationDelegator",
                K::Malformed(RoleMistake::DelegatorAsServiceRole),
            ),
            ("crn:v1:bluemix:public:iam::::role:ShareSnapshotOperator,Editor", K::Malformed(RoleMistake::SeveralRoles)),
            ("crn:v1:bluemix:public:iam-access-management::a/1::customRole:Mine", K::Custom),
            ("Authorization Delegator", K::AuthorizationDelegator),
            ("AuthorizationDelegator", K::AuthorizationDelegator),
            ("Reader Plus", K::ReaderPlus),
            ("roleId", K::Unreadable),
            ("", K::Unreadable),
        ];
        for (text, kind) in cases {
            assert_eq!(Role::of_id(text).kind, kind, "{text}");
        }
    }

    #[test]
    fn each_surface_has_its_own_name_for_the_delegator() {
        let role = Role::of_id("Authorization Delegator");
        assert_eq!(role.shown_name(), Some("Authorization Delegator"));
        assert_eq!(role.command_name(), Some("AuthorizationDelegator"));
        assert_eq!(role.id().as_deref(), Some("crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"));
    }
}
