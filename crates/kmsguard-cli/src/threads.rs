//! Threads for work that can be done side by side.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use kmsguard::api::Workers;

/// How often the caller hears how much is done.
const NEWS: Duration = Duration::from_millis(100);

/// As many threads as the machine runs at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Threads;

impl Workers for Threads {
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync), told: &dyn Fn(usize)) {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let caller = thread::current();
        let take_turns = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    break;
                }
                work(number);
                done.fetch_add(1, Ordering::Relaxed);
            }
            caller.unpark();
        };
        let wanted = thread::available_parallelism().map_or(1, usize::from).min(count);
        thread::scope(|scope| {
            // A machine that gives no thread leaves the work to the caller.
            let helpers: Vec<_> =
                (0..wanted).filter_map(|_| thread::Builder::new().spawn_scoped(scope, take_turns).ok()).collect();
            if helpers.is_empty() {
                take_turns();
            }
            while helpers.iter().any(|helper| !helper.is_finished()) {
                thread::park_timeout(NEWS);
                told(done.load(Ordering::Relaxed));
            }
        });
        told(count);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use kmsguard::api::{AuditRequest, Input, Inventory, InventoryRequest, to_json};

    use super::*;
    use crate::demo;

    #[test]
    fn every_number_is_worked_on_once() {
        let seen = Mutex::new(vec![0_u32; 1_000]);
        let work = |number: usize| {
            seen.lock().expect("no worker gave up").iter_mut().skip(number).take(1).for_each(|n| *n += 1)
        };
        let last = std::cell::Cell::new(0);
        Threads.each(1_000, &work, &|done| last.set(done));
        assert!(seen.lock().expect("no worker gave up").iter().all(|times| *times == 1));
        assert_eq!(last.get(), 1_000);
        Threads.each(0, &|_| unreachable!("there is no work"), &|_| ());
    }

    #[test]
    fn answers_have_the_same_bytes_with_threads_and_without() {
        let mut inputs = Vec::new();
        for copy in 0..40 {
            // Copies whose names sort differently, some with records that contradict each other, some broken.
            for (name, text) in demo::example() {
                let text = match copy % 4 {
                    1 => text.replace("\"state\": 1", "\"state\": 2"),
                    2 => text.replacen('{', "", 1),
                    3 => text.replace("a1b2c3d4e5f60718293a4b5c6d7e8f90", &format!("{copy:032}")),
                    _ => text,
                };
                inputs.push(Input::found(format!("{}/{name}", (copy * 7) % 40), text));
            }
        }
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let answers = |inventory: Inventory| {
            let audit = inventory.audit(&AuditRequest::at(now)).expect("an answer");
            (to_json(&inventory.inventory(&InventoryRequest { now, keep_going: false })), to_json(&audit))
        };
        let alone = answers(Inventory::read(inputs.clone()));
        inputs.reverse();
        assert_eq!(answers(Inventory::read_by(inputs, &Threads, &|_| ())), alone);
    }
}
