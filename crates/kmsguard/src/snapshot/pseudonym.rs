//! Pseudonyms: the same name has the same pseudonym wherever it stands and in every snapshot; two names have two.
//!
//! They are no anonymity: whoever guesses a name can check the guess, and shapes, numbers and ids stay.

use sha2::{Digest, Sha256};

/// What is called so. The same text has another pseudonym as another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Named {
    /// An account, by its id.
    Account,
    /// A person or a service id, by id, name or address.
    User,
    /// A resource, a group, an alias, a tag.
    Resource,
    /// A key ring.
    KeyRing,
    /// A description.
    Description,
}

/// The pseudonym of a name. It has the form of what it stands for, so that it is read as such.
pub(super) fn pseudonym(named: Named, name: &str) -> String {
    let word = match named {
        Named::Account => "account",
        Named::User => "user",
        Named::Resource => "resource",
        Named::KeyRing => "key-ring",
        Named::Description => "description",
    };
    let hash = Sha256::digest(format!("kmsguard-pseudonym/1\n{word}\n{name}"));
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    // Thirty-two digits are an account id; sixteen keep a million names apart.
    let long = digits.get(..32).unwrap_or_default();
    let short = digits.get(..16).unwrap_or_default();
    match named {
        Named::Account => long.to_owned(),
        Named::User => match USER_PREFIXES.iter().find(|prefix| name.starts_with(**prefix)) {
            Some(prefix) => format!("{prefix}{}", short.to_ascii_uppercase()),
            None if name.contains('@') => format!("user-{short}@example.com"),
            None => format!("user-{short}"),
        },
        Named::Resource | Named::KeyRing | Named::Description => format!("{word}-{short}"),
    }
}

/// How ids of users and of service ids begin.
///
/// Source: IAM Identity Services API, `iam_id`, as of 2026-06-29.
pub(super) const USER_PREFIXES: [&str; 4] = ["IBMid-", "iam-ServiceId-", "iam-Profile-", "ServiceId-"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_has_the_form_of_what_it_stands_for() {
        let account = pseudonym(Named::Account, "a1b2c3d4e5f60718293a4b5c6d7e8f90");
        assert_eq!(account.len(), 32);
        assert!(account.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
        assert!(pseudonym(Named::User, "IBMid-06000012AB").starts_with("IBMid-"));
        assert!(pseudonym(Named::User, "someone@example.org").ends_with("@example.com"));
        assert_ne!(pseudonym(Named::Resource, "a"), pseudonym(Named::Resource, "b"));
        assert_ne!(pseudonym(Named::Resource, "a"), pseudonym(Named::KeyRing, "a"));
        assert_eq!(pseudonym(Named::Resource, "a"), pseudonym(Named::Resource, "a"));
    }
}
