//! What is wrong with a configuration.

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The JSON pointer to it.
    pub pointer: String,
    /// What.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A key that there is not.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The one that was probably meant.
        nearest: Option<&'static str>,
        /// Those that there are.
        known: Vec<&'static str>,
    },
    /// A value of the wrong kind.
    Value {
        /// What stands there.
        found: String,
        /// What should.
        wants: &'static str,
    },
    /// A rule that there is not.
    UnknownRule {
        /// The word as written.
        word: String,
        /// The one that was probably meant.
        nearest: Option<&'static str>,
    },
}

impl Fault {
    /// The code; `kmsguard rule CODE` explains it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind {
            FaultKind::UnknownKey { .. } => "CONF001",
            FaultKind::Value { .. } => "CONF002",
            FaultKind::UnknownRule { .. } => "CONF003",
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        let place = self.place();
        match &self.kind {
            FaultKind::UnknownKey { .. } => format!("the configuration has no key `{place}`"),
            FaultKind::Value { found, wants } if place.is_empty() => {
                format!("the configuration is {found}, not {wants}")
            }
            FaultKind::Value { found, wants } => format!("`{place}` is {found}, not {wants}"),
            FaultKind::UnknownRule { word, .. } => {
                format!("`{place}` names `{}`, which is no rule", word.escape_debug())
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match &self.kind {
            FaultKind::UnknownKey { nearest: Some(near), .. } | FaultKind::UnknownRule { nearest: Some(near), .. } => {
                format!("did you mean `{near}`?")
            }
            FaultKind::UnknownKey { nearest: None, known, .. } => format!("keys here: {}", known.join(", ")),
            FaultKind::Value { .. } => "`kmsguard schema configuration` describes every key".to_owned(),
            FaultKind::UnknownRule { nearest: None, .. } => "`kmsguard rule` lists them".to_owned(),
        }
    }

    /// The place as the file writes it: keys with dots between them.
    fn place(&self) -> String {
        let keys = self.pointer.split('/').skip(1);
        let keys: Vec<String> = keys.map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
        keys.join(".").escape_debug().to_string()
    }
}
