//! What the core costs, beside a peer measured in the same run: `cargo xtask bench core`.
//!
//! A CRN beside splitting it into owned texts, which is what IBM's parsers do; an audit beside reading the same JSON into values.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use kmsguard::api::{AuditRequest, Input, Inventory};
use kmsguard::crn::{Require, diagnose, is_key_crn, parse};

const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
                   44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

fn main() {
    divan::main();
}

mod crn {
    use super::*;

    /// The peer: every segment as a text of its own, and nothing checked.
    #[divan::bench]
    fn split_into_owned_texts(bencher: Bencher) {
        bencher
            .counter(ItemsCount::new(1_u32))
            .bench(|| black_box(KEY).split(':').map(str::to_owned).collect::<Vec<String>>());
    }

    #[divan::bench(name = "parse")]
    fn parsed(bencher: Bencher) {
        bencher.counter(ItemsCount::new(1_u32)).bench(|| parse(black_box(KEY)));
    }

    #[divan::bench(name = "is_key_crn")]
    fn checked(bencher: Bencher) {
        bencher.counter(ItemsCount::new(1_u32)).bench(|| is_key_crn(black_box(KEY)));
    }

    #[divan::bench(name = "diagnose")]
    fn diagnosed(bencher: Bencher) {
        bencher.counter(ItemsCount::new(1_u32)).bench(|| diagnose(black_box(KEY), Require::Key).faults.len());
    }
}

mod exports {
    use super::*;

    /// So many keys, each with so many registrations of deployments of its own.
    const KEYS: u32 = 200;
    const REGISTRATIONS: u32 = 50;

    fn files() -> [(&'static str, String); 2] {
        let id = |number: u32| format!("{number:08x}-0000-4000-8000-000000000000");
        let key = |number: u32| {
            format!(
                r#"{{"type":"application/vnd.ibm.kms.key+json","id":"{0}","name":"key-{number}","state":1,"extractable":false,"crn":"crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:{0}","keyRingID":"default","creationDate":"2026-03-02T09:14:31Z","lastUpdateDate":"2026-10-01T00:00:12Z"}}"#,
                id(number)
            )
        };
        let registration = |number: u32| {
            format!(
                r#"{{"keyId":"{}","resourceCrn":"crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:{}::","creationDate":"2026-04-11T08:02:17Z","lastUpdated":"2026-10-01T00:04:40Z"}}"#,
                id(number % KEYS),
                id(number)
            )
        };
        let keys: Vec<String> = (0..KEYS).map(key).collect();
        let registrations: Vec<String> = (0..KEYS * REGISTRATIONS).map(registration).collect();
        [
            ("keys.json", format!("[{}]", keys.join(","))),
            ("registrations.json", format!("[{}]", registrations.join(","))),
        ]
    }

    fn bytes(files: &[(&'static str, String)]) -> BytesCount {
        BytesCount::new(files.iter().map(|(_, text)| text.len()).sum::<usize>())
    }

    fn inputs(files: &[(&'static str, String)]) -> Vec<Input> {
        files.iter().map(|(name, text)| Input::named(*name, text.as_bytes())).collect()
    }

    /// The peer: the same JSON as values, and nothing asked of it.
    #[divan::bench]
    fn read_into_values(bencher: Bencher) {
        let files = files();
        bencher.counter(bytes(&files)).bench(|| {
            files
                .each_ref()
                .map(|(_, text)| serde_json::from_str::<serde_json::Value>(black_box(text)).expect("it is JSON"))
        });
    }

    #[divan::bench]
    fn read_and_join(bencher: Bencher) {
        let files = files();
        bencher.counter(bytes(&files)).with_inputs(|| inputs(&files)).bench_values(Inventory::read);
    }

    #[divan::bench]
    fn audit(bencher: Bencher) {
        let files = files();
        let inventory = Inventory::read(inputs(&files));
        let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
        bencher.counter(bytes(&files)).bench(|| inventory.audit(black_box(&request)));
    }
}
