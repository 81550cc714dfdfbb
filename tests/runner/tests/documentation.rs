//! Every example of the documentation does what its page shows.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use kmsguard_vectors::documentation::{Example, is_shown, pages};
use kmsguard_vectors::{MemoryHost, account, repository};

/// The moment of every example, so that a page stays true.
const NOW: &str = "2026-11-21T12:00:00Z";

/// The command with the example account in `exports`, as the pages have it.
fn host() -> MemoryHost {
    MemoryHost::with_files(account("example", "exports"))
}

/// The words of a command line, and the file that its output goes to.
fn words(line: &str) -> (Vec<String>, Option<String>) {
    let mut words = shlex::split(line).unwrap_or_else(|| panic!("`{line}` is no line of a shell"));
    let target = words
        .iter()
        .position(|word| word == ">")
        .and_then(|place| words.get(place + 1).cloned().map(|target| (place, target)));
    if let Some((place, _)) = target {
        words.truncate(place);
    }
    (words, target.map(|(_, target)| target))
}

/// Runs one line of the command: its exit code and what a person sees.
fn run(host: &mut MemoryHost, line: &str) -> (u8, String) {
    let (line, input) = match line.split_once(" | ") {
        Some((first, second)) => (second, Some(first)),
        None => (line, None),
    };
    host.stdin = input.map(|first| piped(host, first)).unwrap_or_default();
    host.stdin_read.set(0);
    let (mut words, target) = words(line);
    assert_eq!(words.first().map(String::as_str), Some("kmsguard"), "`{line}` is not run");
    words.remove(0);
    let answers = !["collect", "rule", "schema", "completions", "man", "baseline"]
        .contains(&words.first().map_or("", String::as_str));
    if answers && !words.iter().any(|word| word == "--now" || word == "--version" || word == "--help") {
        words.extend(["--now".to_owned(), NOW.to_owned()]);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (code, output, errors) = host.run(&words);
    match target {
        Some(target) => {
            host.files.borrow_mut().insert(target, output.into_bytes());
            (code, errors)
        }
        None => (code, output + &errors),
    }
}

/// What the first half of a pipe writes.
fn piped(host: &MemoryHost, line: &str) -> Vec<u8> {
    let (words, _) = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["cat", path] => host.files.borrow().get(*path).cloned().unwrap_or_else(|| panic!("there is no `{path}`")),
        ["printf", text] => text.replace("\\n", "\n").into_bytes(),
        ["kmsguard", arguments @ ..] => host.run(arguments).1.into_bytes(),
        _ => panic!("`{line}` is not run"),
    }
}

/// The lines of a shell, each with its continuations and without its comment.
fn lines(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let bare = |line: &str| line.split(" #").next().unwrap_or_default().trim().to_owned();
    joined.lines().map(bare).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

fn expected_code(example: &Example) -> u8 {
    example.word("exit").map_or(0, |code| code.parse().expect("an exit code"))
}

#[test]
fn every_command_with_an_output_writes_that_output() {
    let mut ran = 0;
    for page in pages() {
        let mut host = host();
        for example in &page.examples {
            let place = format!("{}:{}", page.name, example.line);
            if let Some(file) = example.word("file") {
                host.files.borrow_mut().insert(file.to_owned(), example.text.clone().into_bytes());
            }
            if example.language != "console" {
                continue;
            }
            let (command, shown) = example.text.split_once('\n').unwrap_or((&example.text, ""));
            let command = command.strip_prefix("$ ").unwrap_or_else(|| panic!("{place}: a console begins with `$ `"));
            let (code, output) = run(&mut host, command);
            assert_eq!(code, expected_code(example), "{place}: {command}\n{output}");
            assert!(is_shown(shown, &output), "{place}: {command}\nwrites\n{output}");
            ran += 1;
        }
    }
    assert!(ran > 20, "only {ran} were found");
}

#[test]
fn every_command_without_an_output_is_one_that_the_command_takes() {
    let mut ran = 0;
    for page in pages() {
        let mut host = host();
        for example in &page.examples {
            if let Some(file) = example.word("file") {
                host.files.borrow_mut().insert(file.to_owned(), example.text.clone().into_bytes());
            }
            for line in
                lines(&example.text).iter().filter(|line| example.language == "sh" && line.contains("kmsguard "))
            {
                let Some(line) = line.find("kmsguard ").map(|start| &line[start..]) else { continue };
                let (code, output) = run(&mut host, line);
                // A bad or an undecided answer is one; usage, and exports that are not there, are not.
                assert!(
                    [0, 1, 4].contains(&code),
                    "{}:{}: {line}\nends with {code}\n{output}",
                    page.name,
                    example.line
                );
                ran += 1;
            }
        }
    }
    assert!(ran > 10, "only {ran} were found");
}

#[test]
fn every_json_of_a_page_is_json() {
    for page in pages() {
        for example in page.examples.iter().filter(|example| example.language == "json") {
            let read: Result<serde_json::Value, _> = serde_json::from_str(&example.text);
            assert!(read.is_ok(), "{}:{}: {read:?}", page.name, example.line);
        }
    }
}

#[test]
fn no_example_is_in_a_language_that_nothing_runs() {
    let run = ["console", "sh", "json", "csv", "toml", "yaml", "rust", "python", "js", "text"];
    for page in pages() {
        for example in &page.examples {
            assert!(run.contains(&example.language.as_str()), "{}:{}: `{}`", page.name, example.line, example.language);
        }
    }
}

/// Whatever a page names as what holds a promise is there, and has the tests that it names.
#[test]
fn every_test_that_a_threat_names_is_there() {
    let text = std::fs::read_to_string(repository().join("SECURITY.md")).expect("SECURITY.md");
    let rows = text.lines().filter(|line| {
        line.starts_with("| ") && line.contains("`tests/") || line.contains("`crates/") || line.contains("`bindings/")
    });
    let mut named = 0;
    for row in rows.filter(|row| row.starts_with("| ")) {
        let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let mut quoted = cell.split('`').skip(1).step_by(2);
        let file = quoted.next().unwrap_or_default();
        let source = std::fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        for test in quoted {
            assert!(
                source.contains(&format!("fn {test}()")) || source.contains(&format!("test('{test}'")),
                "{file} has no test `{test}`"
            );
        }
        named += 1;
    }
    assert!(named > 12, "only {named} were found");
}

/// The codes that the doors say themselves are explained as those of the core are.
#[test]
fn every_code_that_a_door_says_is_explained() {
    let mut found = 0;
    for folder in
        ["bindings/wasm/npm", "bindings/wasm/npm/lib", "bindings/python/python/kmsguard", "bindings/python/src"]
    {
        let entries = std::fs::read_dir(repository().join(folder)).expect("the folder of a door");
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let Ok(source) = std::fs::read_to_string(&path) else { continue };
            for word in source.split(['\'', '"']) {
                let family = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
                let is_code = word.len() == family.len() + 3 && ["JS", "PY", "REQ", "IN", "CRN"].contains(&family);
                if is_code {
                    found += 1;
                    assert!(kmsguard::api::codes().any(|code| code.code == word), "{}: {word}", path.display());
                }
            }
        }
    }
    assert!(found >= 3, "only {found} were found");
}
