//! Three-valued logic: what is not known is never taken for a no.

/// True, false, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold, whatever else comes to be known.
    False,
    /// What is known does not tell.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Both hold: false wins over unknown, unknown over true.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of the two holds: true wins over unknown, unknown over false.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
