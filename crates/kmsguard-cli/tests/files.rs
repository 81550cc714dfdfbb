//! What the command reads of a real file system: regular files, and nothing that leads elsewhere.

#![cfg(all(unix, feature = "native"))]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmsguard::api::{Input, Unread};
use kmsguard_cli::{NativeHost, read_paths};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("exports")).expect("a folder");
        fs::write(folder.join("exports/keys.json"), "[]").expect("a file");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    /// What is read of a path: the end of each name, whether it was given by name, and why it was not read.
    fn read(&self, name: &str) -> Vec<(String, bool, Option<Unread>)> {
        let start = self.path("");
        let shown = |input: Input| {
            (input.name.strip_prefix(&start).unwrap_or(&input.name).to_owned(), input.named, input.unread)
        };
        let mut read: Vec<_> = read_paths(&NativeHost, &[self.path(name)]).into_iter().map(shown).collect();
        read.sort();
        read
    }
}

#[test]
fn a_link_is_not_followed_whether_it_is_named_or_found() {
    let folder = Folder::new("links");
    symlink(folder.path("exports/keys.json"), folder.path("link.json")).expect("a link");
    symlink(folder.path("exports"), folder.path("link")).expect("a link");
    symlink("/etc", folder.path("exports/etc")).expect("a link");
    symlink("nowhere", folder.path("exports/broken")).expect("a link");
    assert_eq!(folder.read("link.json"), [("link.json".to_owned(), true, Some(Unread::Link))]);
    assert_eq!(folder.read("link"), [("link".to_owned(), true, Some(Unread::Link))]);
    assert_eq!(
        folder.read("exports"),
        [
            ("exports/broken".to_owned(), true, Some(Unread::PassedOver)),
            ("exports/etc".to_owned(), true, Some(Unread::PassedOver)),
            ("exports/keys.json".to_owned(), false, None),
        ]
    );
}

#[test]
fn a_pipe_is_not_waited_for() {
    let folder = Folder::new("pipes");
    let made = Command::new("mkfifo").arg(folder.path("exports/pipe")).status().expect("mkfifo");
    assert!(made.success());
    assert_eq!(folder.read("exports/pipe"), [("exports/pipe".to_owned(), true, Some(Unread::NotAFile))]);
    assert_eq!(
        folder.read("exports"),
        [("exports/keys.json".to_owned(), false, None), ("exports/pipe".to_owned(), true, Some(Unread::PassedOver)),]
    );
}

/// Whether a file is caught in the act is for the system to say, so it is read again and again beside one who writes.
#[test]
fn a_file_that_changes_while_it_is_read_is_not_read_in_part() {
    let folder = Folder::new("changing");
    let path = folder.path("exports/keys.json");
    fs::write(&path, format!("[]{}", " ".repeat(1 << 20))).expect("a file");
    let done = AtomicBool::new(false);
    let name = || "exports/keys.json".to_owned();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).expect("the file");
            while !done.load(Ordering::Relaxed) {
                file.write_all(b" ").expect("a byte more");
            }
        });
        let unread = (0..10_000).map(|_| folder.read("exports/keys.json")).find(|read| *read != [(name(), true, None)]);
        done.store(true, Ordering::Relaxed);
        assert_eq!(unread, Some(vec![(name(), true, Some(Unread::Changed))]));
    });
}
