//! Decisions a second, beside Cedar's in the same run: `cargo xtask bench authz`.
//!
//! Takes a folder, into which it writes the same policies and uses for cedarpy, and how fast we were.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use cedar_policy::{Authorizer, Decision};
use kmsguard::authz::{AuthorizationIndex, KeyUse, Verdict};
use kmsguard::catalog::needs::{Generation, Need, Required};
use kmsguard_differential::account::{Account, mixed, one_pair};
use kmsguard_differential::{cedar, entities, policy_set, request};

/// How often each is measured; the median counts.
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().nth(1).expect("usage: bench-authz FOLDER");
    let account = mixed(820, 5_000);
    println!("820 policies, 5,000 uses, one thread, median of {ROUNDS} rounds");
    let (ours, explained, peer) = beside_cedar(&account);
    println!("  verdicts and policies         {:>12.0} decisions/s", ours);
    println!("  with near misses and reasons  {:>12.0} decisions/s", explained);
    println!("  cedar-policy, is_authorized   {:>12.0} decisions/s", peer);
    println!(
        "  ratio to cedar-policy         {:>12.1} (at least 5), with reasons {:.1}",
        ours / peer,
        explained / peer
    );
    for_cedarpy(&account, Path::new(&folder), ours);
    let (small, large) = (one_pair(1_000, 5_000), one_pair(100_000, 5_000));
    println!("one account and pair of services, 90% of the policies for one key each, 5,000 uses");
    for (name, decide) in [("verdicts and policies", false), ("with reasons", true)] {
        let of = |account: &Account| 1e9 / rate(account.uses.len(), &mut ours_over(account, decide));
        let (few, many) = (of(&small), of(&large));
        println!(
            "  {name:<28}  {few:>8.0} ns a use of 1,000, {many:>8.0} ns of 100,000: ratio {:.2} (at most 3)",
            many / few
        );
    }
}

static NEED: Need = Need {
    delegation: Required::No,
    generation: Generation::Classic,
    cluster: false,
    dependents: Vec::new(),
    source: None,
};

/// All uses of an account, decided; gives how many are covered.
fn ours_over(account: &Account, explained: bool) -> impl FnMut() -> usize {
    let index = AuthorizationIndex::new(&account.policies);
    move || {
        let covered = account.uses.iter().filter(|one| {
            let key_use = KeyUse { source: one.source(), target: one.target(), need: &NEED, any_source_account: false };
            let decision = if explained {
                index.decide(&account.policies, &key_use, true)
            } else {
                index.verdict(&account.policies, &key_use, true)
            };
            black_box(&decision).verdict == Verdict::Covered
        });
        covered.count()
    }
}

/// Decisions a second: ours, ours with reasons, Cedar's.
fn beside_cedar(account: &Account) -> (f64, f64, f64) {
    let set = policy_set(&account.policies);
    let authorizer = Authorizer::new();
    let questions: Vec<_> =
        account.uses.iter().map(|one| (request("access"), entities(&one.source(), &one.target()))).collect();
    let mut cedar = || {
        let allowed = questions.iter().filter(|(request, entities)| {
            let answer = authorizer.is_authorized(request, &set, entities);
            black_box(&answer).decision() == Decision::Allow
        });
        allowed.count()
    };
    let (covered, allowed) = (ours_over(account, false)(), cedar());
    assert_eq!(covered, allowed, "both decide alike");
    println!("  {covered} of {} uses are covered", account.uses.len());
    let uses = account.uses.len();
    (rate(uses, &mut ours_over(account, false)), rate(uses, &mut ours_over(account, true)), rate(uses, &mut cedar))
}

/// So many a second, at the median of the rounds.
fn rate(uses: usize, work: &mut dyn FnMut() -> usize) -> f64 {
    black_box(work());
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    uses as f64 / seconds[ROUNDS / 2]
}

/// The same policies and uses, as cedarpy takes them, and how fast we were.
fn for_cedarpy(account: &Account, folder: &Path, ours: f64) {
    let policies: Vec<String> = account.policies.iter().flat_map(cedar).map(|(_, text)| text).collect();
    let mut all = Vec::new();
    let mut requests = Vec::new();
    for (number, one) in account.uses.iter().enumerate() {
        for (entity, id) in [("Source", "s"), ("Key", "k")] {
            let uid = format!("{entity}::\"{id}\"").parse().expect("the id of an entity");
            let found = entities(&one.source(), &one.target());
            let json = found.get(&uid).expect("the entity").to_json_value().expect("JSON").to_string();
            // Each use has entities of its own, in one store.
            all.push(json.replace(&format!("\"id\":\"{id}\""), &format!("\"id\":\"{number}\"")));
        }
        requests.push(format!(
            r#"{{"principal":"Source::\"{number}\"","action":"Action::\"access\"","resource":"Key::\"{number}\"","context":{{}}}}"#
        ));
    }
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("the folder can be written");
    write("policies.cedar", policies.join("\n"));
    write("entities.json", format!("[{}]", all.join(",")));
    write("requests.json", format!("[{}]", requests.join(",")));
    write("ours.txt", ours.to_string());
}
