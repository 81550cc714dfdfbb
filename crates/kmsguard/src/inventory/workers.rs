//! Work that can be done side by side. The core has no threads: a door that has some lends them.

use std::sync::{Mutex, OnceLock};

/// Who does the work.
pub trait Workers {
    /// Does the work of every number below `count`, each once, in any order and at once if it likes. It ends when all is done.
    /// `told` hears, on the thread of the caller, how much is done: now and then, or never.
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync), told: &dyn Fn(usize));
}

/// The caller alone, one after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Workers for Alone {
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync), told: &dyn Fn(usize)) {
        for number in 0..count {
            work(number);
            told(number + 1);
        }
    }
}

/// What reading is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// At what.
    pub stage: Stage,
    /// How many inputs are done with.
    pub done: usize,
    /// Of how many.
    pub of: usize,
}

/// A part of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Compressed inputs are inflated, texts decoded.
    Opening,
    /// Records are read.
    Reading,
    /// What the inputs say is joined.
    Joining,
}

/// Does the work of each item; the results are in the order of the items, whoever did them and when.
pub(super) fn spread<T: Send, R: Send + Sync>(
    items: Vec<T>,
    workers: &dyn Workers,
    told: &dyn Fn(usize),
    work: impl Fn(usize, T) -> R + Sync,
) -> Vec<R> {
    let waiting: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let done: Vec<OnceLock<R>> = waiting.iter().map(|_| OnceLock::new()).collect();
    let take = |number: usize| {
        // A worker that gave up while it held the lock left the item in its place.
        let slot = waiting.get(number)?;
        slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()
    };
    let one = |number: usize| {
        if let (Some(item), Some(place)) = (take(number), done.get(number)) {
            let _ = place.set(work(number, item));
        }
    };
    workers.each(waiting.len(), &one, told);
    // Work that was left undone is done here.
    (0..waiting.len()).for_each(one);
    done.into_iter().filter_map(OnceLock::into_inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does every second one, from the end.
    struct Lazy;

    impl Workers for Lazy {
        fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync), told: &dyn Fn(usize)) {
            (0..count).rev().step_by(2).for_each(work);
            told(count);
        }
    }

    #[test]
    fn results_are_in_order_and_all_there_whatever_the_workers_do() {
        let items: Vec<u64> = (0..7).collect();
        let squares = |workers: &dyn Workers| spread(items.clone(), workers, &|_| (), |_, item| item * item);
        assert_eq!(squares(&Alone), [0, 1, 4, 9, 16, 25, 36]);
        assert_eq!(squares(&Lazy), squares(&Alone));
    }
}
