//! Putting things in order, for lists whose length costs no time that anybody waits for.
//!
//! The standard library's sorting is compiled once for each type that is sorted, four kilobytes of WebAssembly each time, and gathering
//! a map or a set sorts as well. Here places are sorted instead of things, so that one copy serves all; then the things change places.
//! Lists as long as the exports are sorted by the standard library itself.

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A list that can be put in order; what is equal stays as it stands.
pub(crate) trait Arrange<T> {
    /// In the order of the things.
    fn arrange(&mut self)
    where
        T: Ord;

    /// In the order that a comparison gives.
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// In the order of a key of each, which is asked for more than once.
    fn arrange_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut order = places_in_order(self.len(), &mut |one, other| match (self.get(one), self.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        });
        follow(&mut order, &mut |one, other| self.swap(one, other));
    }

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|one, other| key(one).cmp(&key(other)));
    }
}

/// What is gathered into a set or a map one by one.
pub(crate) trait Gather: Iterator + Sized {
    /// As a set.
    fn into_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        set.extend(self);
        set
    }

    /// As a map; of two values for one key the later counts.
    fn into_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        map.extend(self);
        map
    }
}

impl<I: Iterator> Gather for I {}

/// The places of a list, in the order of what stands at them.
fn places_in_order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// Makes things change places until at each place stands what `order` names there.
fn follow(order: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        while let Some(next) = order.get_mut(place).map(|from| core::mem::replace(from, place)) {
            if next == start {
                break;
            }
            swap(place, next);
            place = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::{Arrange as _, Gather as _};

    proptest! {
        #[test]
        fn a_list_is_put_in_order_as_the_standard_library_does(list: Vec<(u8, String)>) {
            let (mut sorted, mut ours) = (list.clone(), list);
            sorted.sort();
            ours.arrange();
            prop_assert_eq!(ours, sorted);
        }

        #[test]
        fn what_is_equal_stays_as_it_stands(list in prop::collection::vec(0_u8..4, 0..60)) {
            let numbered = || list.iter().copied().zip(0_usize..).collect::<Vec<_>>();
            let (mut sorted, mut ours, mut compared) = (numbered(), numbered(), numbered());
            sorted.sort_by_key(|(number, _)| *number);
            ours.arrange_by_key(|(number, _)| *number);
            compared.arrange_by(|(one, _), (other, _)| one.cmp(other));
            prop_assert_eq!(&ours, &sorted);
            prop_assert_eq!(compared, sorted);
        }

        #[test]
        fn a_map_and_a_set_are_gathered_as_the_standard_library_does(list: Vec<(u8, u8)>) {
            let pairs = || list.iter().copied();
            prop_assert_eq!(pairs().into_map(), pairs().collect::<BTreeMap<_, _>>());
            prop_assert_eq!(pairs().into_set(), pairs().collect::<BTreeSet<_>>());
        }
    }
}
