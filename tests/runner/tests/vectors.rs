//! Every vector, through the crate and through the command.

use std::collections::BTreeMap;

use kmsguard_vectors::{Exports, MemoryHost, Vector, answer, difference, report, repository, vectors};
use serde_json::{Value, json};

fn check(answered: impl Fn(&Vector) -> Option<String>) {
    let mut failures = Vec::new();
    let mut count = 0;
    for vector in vectors() {
        let Some(text) = answered(&vector) else { continue };
        count += 1;
        let value: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", vector.name));
        if let Some(difference) = difference(&vector.case.expect, &value) {
            failures.push(format!("{}\n    {difference}", vector.name));
        }
    }
    assert!(failures.is_empty(), "{} of {count} failed:\n  {}", failures.len(), failures.join("\n  "));
    assert!(count > 0, "no vectors were found");
}

#[test]
fn the_crate_answers_as_expected() {
    check(|vector| Some(answer(vector)));
}

/// The other doors compare their bytes with these.
#[test]
fn the_answers_are_written_down_for_the_other_doors() {
    let line = |vector: &Vector| {
        json!({"operation": vector.operation, "case": vector.name, "json": answer(vector)}).to_string()
    };
    let lines: Vec<String> = vectors().iter().map(line).collect();
    let folder = repository().join("target/vectors");
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    std::fs::write(folder.join("answers.jsonl"), lines.join("\n") + "\n").expect("target/vectors/ can be written");
}

#[test]
fn the_command_gives_the_same_bytes_and_the_exit_code_of_the_outcome() {
    let mut count = 0;
    for vector in vectors() {
        let Some((code, stdout, stderr)) = command(&vector) else { continue };
        count += 1;
        if let Some(refused) = vector.case.expect.get("request_error") {
            assert_eq!((code, stdout.as_str()), (2, ""), "{}", vector.name);
            let shown = refused["code"].as_str().expect("a refusal has a code");
            assert!(stderr.contains(shown), "{}: {stderr}", vector.name);
            continue;
        }
        if vector.operation == "report" {
            assert_eq!(report(&vector.case.request, stdout), answer(&vector), "{}: {stderr}", vector.name);
            continue;
        }
        assert_eq!(stdout, answer(&vector), "{}", vector.name);
        if vector.operation == "snapshot" {
            // A snapshot has no outcome of its own: 3 says that there was nothing to read.
            assert!(matches!(code, 0 | 3), "{}: {code}: {stderr}", vector.name);
            continue;
        }
        let outcome = serde_json::from_str::<Value>(&stdout).expect("an answer is JSON")["outcome"].clone();
        let expected = match outcome.as_str() {
            Some("fine") => 0,
            Some("bad") => 1,
            Some("incomplete") => 2,
            Some("empty") => 3,
            Some("unknown") => 4,
            other => panic!("{}: outcome {other:?}", vector.name),
        };
        assert_eq!(code, expected, "{}", vector.name);
    }
    assert!(count > 0, "no vector went through the command");
}

/// What the command is called for a vector; some requests have no command line.
fn command(vector: &Vector) -> Option<(u8, String, String)> {
    let request = &vector.case.request;
    let now = request["now"].as_str().unwrap_or_else(|| {
        assert_eq!(vector.operation, "snapshot", "{}: a request has `now`", vector.name);
        ""
    });
    Some(match vector.operation.as_str() {
        "crn" => {
            let texts: Vec<&str> = request["texts"].as_array()?.iter().filter_map(Value::as_str).collect();
            if request["encoding"] == "utf-16" || texts.is_empty() {
                return None;
            }
            let mut arguments =
                vec!["crn", "--json", "--now", now, "--require", request["require"].as_str().unwrap_or("any")];
            if request["extract"] == true {
                arguments.push("--extract");
            }
            arguments.push("--");
            arguments.extend(texts);
            MemoryHost::default().run(&arguments)
        }
        "plan" => {
            let mut files = BTreeMap::new();
            let mut arguments = vec!["plan", "--json", "--now", now, "-"];
            for (name, flag) in [("check", "--check"), ("into", "--into"), ("verify", "--verify")] {
                let Some(given) = request.get(name) else { continue };
                files.insert(name.to_owned(), given.as_str().map_or_else(|| given.to_string(), str::to_owned));
                arguments.extend([flag, name]);
            }
            let exports = request.get("inputs").map(|_| Exports::of(request));
            if let Some(exports) = &exports {
                files.extend(exports.inputs.clone());
                arguments.extend(request["keep_going"].as_bool().filter(|keep| *keep).map(|_| "--keep-going"));
                arguments.push("--inventory");
                arguments.extend(exports.inputs.keys().map(String::as_str));
            }
            let stdin = request["document"].to_string().into_bytes();
            MemoryHost { stdin, ..MemoryHost::with_files(files) }.run(&arguments)
        }
        "policy" => {
            let document = &request["document"];
            let text = document.as_str().map_or_else(|| document.to_string(), str::to_owned);
            let mut arguments = vec!["policy", "--json", "--now", now, "-"];
            let mut files = BTreeMap::new();
            if let Some(other) = request.get("compare") {
                files.insert("other.json".to_owned(), other.as_str().map_or_else(|| other.to_string(), str::to_owned));
                arguments.extend(["--compare", "other.json"]);
            }
            if let Some(account) = request["account"].as_str() {
                arguments.extend(["--account", account]);
            }
            let host = MemoryHost { stdin: text.into_bytes(), ..MemoryHost::with_files(files) };
            host.run(&arguments)
        }
        "diff" => {
            let mut files = BTreeMap::new();
            for side in ["old", "new"] {
                // What is no audit is taken for exports, and audited; from standard input it is refused.
                request[side].get("findings")?;
                files.insert(format!("{side}.json"), request[side].to_string());
            }
            let mut arguments = vec!["diff", "--json", "--now", now];
            if let Some(config) = request.get("config") {
                files.insert("kmsguard.toml".to_owned(), toml::to_string(config).expect("this can be said in TOML"));
            }
            if let Some(severity) = request["fail_on"].as_str() {
                arguments.extend(["--fail-on", severity]);
            }
            arguments.extend(["old.json", "new.json"]);
            MemoryHost::with_files(files).run(&arguments)
        }
        "tighten" => {
            let exports = Exports::of(request);
            let host = MemoryHost::with_files(exports.inputs.clone());
            let mut arguments = vec!["policy", "--json", "--now", now];
            if exports.request["keep_going"] == true {
                arguments.push("--keep-going");
            }
            arguments.push("--tighten");
            if !exports.named {
                return folder(&exports, &host, arguments);
            }
            arguments.extend(exports.inputs.keys().map(String::as_str));
            host.run(&arguments)
        }
        operation @ ("audit" | "authz" | "baseline" | "inventory" | "migrate" | "report") => {
            if request["config"].get("baseline").is_some() && request.get("baseline").is_none() {
                // The command reads the file, or says that it is not there.
                return None;
            }
            let exports = Exports::of(request);
            let mut files = exports.inputs.clone();
            let format = request["format"].as_str().unwrap_or("json");
            let operation = request["kind"].as_str().unwrap_or(operation);
            let mut arguments = vec![operation, "--output-format", format, "--now", now];
            if let Some(config) = request.get("config") {
                // The command finds it by its name.
                files.insert("kmsguard.toml".to_owned(), toml::to_string(config).expect("this can be said in TOML"));
            }
            if let Some(since) = request.get("since") {
                files.insert("since.json".to_owned(), since.to_string());
                arguments.extend(["--since", "since.json"]);
            }
            if let Some(baseline) = request.get("baseline") {
                files.insert("accepted.json".to_owned(), baseline.to_string());
                arguments.extend(["--baseline", "accepted.json"]);
            }
            let host = MemoryHost::with_files(files);
            for flag in ["select", "ignore"] {
                for rule in request[flag].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    arguments.extend([if flag == "select" { "--select" } else { "--ignore" }, rule]);
                }
            }
            for option in ["source", "key"] {
                if let Some(value) = request[option].as_str() {
                    arguments.extend([if option == "key" { "--key" } else { "--source" }, value]);
                }
            }
            if let Some(severity) = request["fail_on"].as_str() {
                arguments.extend(["--fail-on", severity]);
            }
            if request["strict"] == true {
                arguments.push("--strict");
            }
            if exports.request["keep_going"] == true {
                arguments.push("--keep-going");
            }
            if exports.request["order"] == true {
                arguments.push("--order");
            }
            let actions = if operation == "impact" { actions(&exports.request)? } else { Vec::new() };
            arguments.extend(actions.iter().map(String::as_str));
            if !exports.named {
                return folder(&exports, &host, arguments);
            }
            arguments.extend(exports.inputs.keys().map(String::as_str));
            host.run(&arguments)
        }
        "snapshot" => {
            let exports = Exports::of(request);
            let host = MemoryHost::with_files(exports.inputs.clone());
            let mut arguments = vec!["snapshot", "--keep-going"];
            if exports.request["redact"] == true {
                arguments.push("--redact");
            }
            if !exports.named {
                return folder(&exports, &host, arguments);
            }
            arguments.extend(exports.inputs.keys().map(String::as_str));
            host.run(&arguments)
        }
        "impact" => {
            let exports = Exports::of(request);
            let host = MemoryHost::with_files(exports.inputs.clone());
            let mut arguments = vec!["impact", "--json", "--now", now];
            let actions = actions(&exports.request)?;
            arguments.extend(actions.iter().map(String::as_str));
            let flags = [("force", "--force"), ("keep_going", "--keep-going"), ("order", "--order")];
            arguments.extend(flags.iter().filter(|(name, _)| exports.request[name] == true).map(|(_, flag)| flag));
            if !exports.named {
                return folder(&exports, &host, arguments);
            }
            arguments.extend(exports.inputs.keys().map(String::as_str));
            host.run(&arguments)
        }
        _ => return None,
    })
}

/// The options that name the actions, in their order; without any there is no command line.
fn actions(request: &Value) -> Option<Vec<String>> {
    let mut options = Vec::new();
    for action in request["actions"].as_array()? {
        options.push(format!("--{}", action["kind"].as_str()?));
        options.push(action["target"].as_str()?.to_owned());
    }
    (!options.is_empty()).then_some(options)
}

/// Inputs found in a folder are named by it, so all must be of one.
fn folder<'a>(exports: &'a Exports, host: &MemoryHost, mut arguments: Vec<&'a str>) -> Option<(u8, String, String)> {
    let folders: Vec<&str> =
        exports.inputs.keys().filter_map(|name| name.split_once('/')).map(|(folder, _)| folder).collect();
    let folder = folders
        .first()
        .copied()
        .filter(|first| folders.len() == exports.inputs.len() && folders.iter().all(|folder| folder == first))?;
    arguments.push(folder);
    Some(host.run(&arguments))
}
