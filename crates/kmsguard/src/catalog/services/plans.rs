//! The plans of services, by the names that each surface takes, and what each does with a key.

/// A plan of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// As the command line and Terraform take it.
    pub name: &'static str,
    /// As the REST API takes it; none where no page or answer that was read shows it.
    pub id: Option<&'static str>,
    /// What it does with a key.
    pub key: OnPlan,
}

/// What a plan does with the key that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnPlan {
    /// Encrypts with it.
    Taken,
    /// It has no encryption with a customer's key; what it does with the parameter is not known.
    NotTaken,
    /// It takes the parameter without an error and encrypts with a key of its own.
    Ignored,
    /// Nothing was found about it.
    Unknown,
}

impl Plan {
    /// A plan that takes a key.
    #[must_use]
    pub const fn taking(name: &'static str, id: Option<&'static str>) -> Self {
        Self { name, id, key: OnPlan::Taken }
    }

    /// A plan, with what it does with a key.
    #[must_use]
    pub const fn with(name: &'static str, id: Option<&'static str>, key: OnPlan) -> Self {
        Self { name, id, key }
    }

    /// Whether a text is one of its names.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.name == text || self.id == Some(text)
    }
}

impl OnPlan {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::NotTaken => "not-taken",
            Self::Ignored => "ignored",
            Self::Unknown => "unknown",
        }
    }
}
