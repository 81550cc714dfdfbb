//! Numbers that look random and are the same each time: SplitMix64 of what they are for and of their place in the row.
//!
//! Source: Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014, and its reference
//! implementation in C of 2015.

use std::fmt::{self, Display};

/// What a number is for: two numbers of one place differ if they are for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Account,
    KmsInstance,
    Key,
    Instance,
    Policy,
    Volume,
    Fault,
    Choice,
    Group,
}

/// The number for this use at this place.
pub fn number(of: Use, place: u64) -> u64 {
    mixed(mixed(of as u64 + 1).wrapping_add(place))
}

fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A UUID of version 4 for this use at this place.
#[derive(Debug, Clone, Copy)]
pub struct Uuid(pub Use, pub u64);

impl Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (high, low) = (number(self.0, self.1 * 2), number(self.0, self.1 * 2 + 1));
        let (time, middle, version) = (high >> 32, (high >> 16) & 0xffff, high & 0x0fff);
        let (variant, node) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
        write!(formatter, "{time:08x}-{middle:04x}-4{version:03x}-{variant:04x}-{node:012x}")
    }
}

/// Thirty-two hexadecimal digits, as accounts and resource groups have.
#[derive(Debug, Clone, Copy)]
pub struct Digits(pub Use, pub u64);

impl Display for Digits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}{:016x}", number(self.0, self.1 * 2), number(self.0, self.1 * 2 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mixer_is_the_published_one() {
        // The first two outputs of the reference implementation for the seed 1234567.
        assert_eq!(mixed(1_234_567), 6_457_827_717_110_365_317);
        assert_eq!(mixed(1_234_567_u64.wrapping_add(0x9e37_79b9_7f4a_7c15)), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_uuid_has_its_version_and_its_variant() {
        for place in 0..100 {
            let text = Uuid(Use::Key, place).to_string();
            assert_eq!(text.len(), 36);
            assert_eq!(text.as_bytes()[14], b'4');
            assert!(matches!(text.as_bytes()[19], b'8'..=b'b'), "{text}");
        }
    }
}
