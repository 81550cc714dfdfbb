//! CRNs of one kind: a key, a KMS instance, a role; and the ways between them.

use core::fmt;

use super::key::{is_account_id, is_kms_id};
use super::model::{Crn, Kind, Scope, ScopeType};

/// A CRN that is not of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no CRN of {wanted}")]
pub struct KindError {
    wanted: &'static str,
}

/// An account, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account<'a>(&'a str);

impl<'a> Account<'a> {
    /// An account by its id: 32 lower-case hexadecimal digits.
    #[must_use]
    pub fn new(id: &'a str) -> Option<Self> {
        is_account_id(id).then_some(Self(id))
    }

    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'a str {
        self.0
    }
}

impl<'a> From<Account<'a>> for Scope<'a> {
    fn from(account: Account<'a>) -> Self {
        Self { kind: ScopeType::Account, id: account.0 }
    }
}

/// A scope that is an account with a right id.
impl<'a> TryFrom<Scope<'a>> for Account<'a> {
    type Error = KindError;

    fn try_from(scope: Scope<'a>) -> Result<Self, KindError> {
        let account = Self::new(scope.id).filter(|_| scope.kind == ScopeType::Account);
        account.ok_or(KindError { wanted: "an account" })
    }
}

impl fmt::Display for Account<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a/{}", self.0)
    }
}

/// A CRN whose account and instance, and whatever else its kind has, are right by their shape.
fn belongs_to_kms(crn: &Crn<'_>) -> bool {
    crn.version == "v1"
        && matches!(crn.ctype, "public" | "dedicated" | "local")
        && crn.account().is_some_and(is_account_id)
        && is_kms_id(crn.service_instance)
}

macro_rules! view {
    ($(#[$about:meta])* $name:ident, $wanted:literal, $is:expr) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<'a>(Crn<'a>);

        impl<'a> $name<'a> {
            /// The CRN.
            #[must_use]
            pub const fn crn(self) -> Crn<'a> {
                self.0
            }
        }

        impl<'a> TryFrom<Crn<'a>> for $name<'a> {
            type Error = KindError;

            fn try_from(crn: Crn<'a>) -> Result<Self, KindError> {
                let is: fn(&Crn<'a>) -> bool = $is;
                if is(&crn) { Ok(Self(crn)) } else { Err(KindError { wanted: $wanted }) }
            }
        }

        impl<'a> From<$name<'a>> for Crn<'a> {
            fn from(view: $name<'a>) -> Self {
                view.0
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

view! {
    /// A key of a KMS, by account, instance and id.
    ///
    /// ```
    /// use kmsguard::crn::{Key, parse};
    ///
    /// let key = Key::try_from(parse(
    ///     "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
    ///      44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
    /// )?)?;
    /// assert_eq!(key.instance().key(key.id()), Some(key));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    Key, "a key", |crn| crn.kind() == Kind::KmsKey && belongs_to_kms(crn) && is_kms_id(crn.resource)
}

view! {
    /// An instance of a KMS, by account and GUID.
    KmsInstance, "a KMS instance", |crn| crn.kind() == Kind::KmsInstance && belongs_to_kms(crn)
}

view! {
    /// A role: of the platform, of a service, or a custom one.
    ///
    /// ```
    /// use kmsguard::crn::{Role, RoleKind, parse};
    ///
    /// let role = Role::try_from(parse("crn:v1:bluemix:public:iam::::serviceRole:Reader")?)?;
    /// assert_eq!((role.kind(), role.name()), (RoleKind::Service, "Reader"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    Role, "a role", |crn| crn.kind() == Kind::Role && !crn.resource.is_empty()
}

view! {
    /// A deployment: an instance of a service, named by its service and the GUID or id of the instance.
    Deployment, "an instance", |crn| matches!(crn.kind(), Kind::Instance | Kind::KmsInstance)
}

/// What a role is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// `role`: a platform role, such as `Viewer`.
    Platform,
    /// `serviceRole`: a role of services, such as `Reader`.
    Service,
    /// `customRole`: one that an account made.
    Custom,
}

impl<'a> Key<'a> {
    /// The id of the key, a GUID.
    #[must_use]
    pub const fn id(self) -> &'a str {
        self.0.resource
    }

    /// The instance that holds it.
    #[must_use]
    pub fn instance(self) -> KmsInstance<'a> {
        KmsInstance(self.0.instance())
    }

    /// The account that pays for it.
    #[must_use]
    pub fn account(self) -> Account<'a> {
        Account(self.0.account().unwrap_or_default())
    }
}

impl<'a> KmsInstance<'a> {
    /// Its id, a GUID: what IAM compares.
    #[must_use]
    pub const fn guid(self) -> &'a str {
        self.0.service_instance
    }

    /// A key in it, by its id; none where that is no GUID.
    #[must_use]
    pub fn key(self, id: &'a str) -> Option<Key<'a>> {
        is_kms_id(id).then_some(Key(Crn { resource_type: "key", resource: id, ..self.0 }))
    }

    /// The account that pays for it.
    #[must_use]
    pub fn account(self) -> Account<'a> {
        Account(self.0.account().unwrap_or_default())
    }
}

impl<'a> From<KmsInstance<'a>> for Deployment<'a> {
    fn from(instance: KmsInstance<'a>) -> Self {
        Self(instance.0)
    }
}

impl<'a> Role<'a> {
    /// What it is a role of.
    #[must_use]
    pub fn kind(self) -> RoleKind {
        match self.0.resource_type {
            "serviceRole" => RoleKind::Service,
            "customRole" => RoleKind::Custom,
            _ => RoleKind::Platform,
        }
    }

    /// Its name, as programs write it.
    #[must_use]
    pub const fn name(self) -> &'a str {
        self.0.resource
    }
}

impl<'a> Crn<'a> {
    /// The instance that a resource is of, without the resource; of an instance, itself.
    #[must_use]
    pub const fn instance(self) -> Self {
        Self { resource_type: "", resource: "", ..self }
    }

    /// The deployment that it is, or is part of; none for what belongs to no instance.
    ///
    /// ```
    /// let bucket = kmsguard::crn::parse("crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:logs")?;
    /// let deployment = bucket.deployment().map(|deployment| deployment.to_string());
    /// assert_eq!(deployment.as_deref(), Some("crn:v1:bluemix:public:cloud-object-storage:global:a/1:2::"));
    /// # Ok::<(), kmsguard::crn::ParseError>(())
    /// ```
    #[must_use]
    pub fn deployment(self) -> Option<Deployment<'a>> {
        self.instance().try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, Deployment, Key, KmsInstance, Role};
    use crate::crn::{CrnBuf, parse};

    const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
                       44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

    #[test]
    fn views_convert_both_ways() {
        let key = Key::try_from(parse(KEY).expect("a CRN")).expect("a key");
        assert_eq!(key.to_string(), KEY);
        let instance = key.instance();
        assert_eq!(KmsInstance::try_from(instance.crn()), Ok(instance));
        assert_eq!(instance.to_string(), KEY.split(":key:").next().expect("a part").to_owned() + "::");
        assert_eq!(instance.key("no-guid"), None);
        assert_eq!(Deployment::from(instance).crn(), instance.crn());
        assert_eq!(Account::try_from(key.crn().scope.expect("a scope")), Ok(key.account()));
        assert_eq!(key.account().to_string(), "a/0123456789abcdef0123456789abcdef");
        assert_eq!(CrnBuf::from(key.crn()).as_str(), KEY);
    }

    #[test]
    fn a_view_is_refused_to_another_kind() {
        let instance = parse(KEY).expect("a CRN").instance();
        assert_eq!(Key::try_from(instance).expect_err("an instance").to_string(), "this is no CRN of a key");
        assert!(Role::try_from(instance).is_err());
        for other in [
            KEY.replace("44f9", "44F"),
            KEY.replace("a/0123", "a/"),
            KEY.replace("f6c9f6d0-", ""),
            KEY.replace("public", "staging"),
        ] {
            assert!(Key::try_from(parse(&other).expect("a CRN")).is_err(), "{other}");
        }
    }
}
