//! Names that would move a terminal, or show its text in another order, in every kind of export: nothing of them is written as it is, in
//! any format for people, by any verb, on either stream.

use kmsguard_vectors::MemoryHost;
use serde_json::{Value, json};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const KEY_ID: &str = "00000001-aaaa-4bbb-8ccc-dddddddddddd";

/// Colour, a bell, a line of its own, a control of eight bits, a text turned round, characters without width.
const HOSTILE: &str = "n\u{1b}[31m\u{1b}]0;t\u{7}\r\n\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}e";

fn kms() -> String {
    format!("crn:v1:bluemix:public:kms:eu-de:a/{ACCOUNT}:7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10")
}

fn key() -> String {
    format!("{}:key:{KEY_ID}", kms())
}

fn instance(service: &str, end: &str) -> String {
    format!("crn:v1:bluemix:public:{service}:eu-de:a/{ACCOUNT}:11111111-2222-4333-8444-555555555555:{end}")
}

/// One export of each kind, with hostile text wherever a text is free, and inputs at fault in every way that quotes them.
fn exports() -> Vec<(String, String)> {
    let bucket = instance("cloud-object-storage", &format!("bucket:{HOSTILE}"));
    let volume = format!("crn:v1:bluemix:public:is:eu-de-1:a/{ACCOUNT}::volume:{HOSTILE}");
    let attribute = |name: &str, value: &str| json!({"name": name, "value": value, "operator": "stringEquals"});
    let policy = |id: &str, source: &str, role: &str| {
        json!({"id": id, "type": "authorization", "state": "active",
            "subjects": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", source), attribute(HOSTILE, HOSTILE)]}],
            "roles": [{"role_id": role, "display_name": HOSTILE}],
            "resources": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "kms"), attribute("resource", KEY_ID)]}]})
    };
    let reader = "crn:v1:bluemix:public:iam::::serviceRole:Reader";
    let terraform = |member: &str| {
        json!({"address": format!("ibm_cos_bucket.{HOSTILE}"), "mode": "managed", "type": "ibm_cos_bucket", "name": HOSTILE,
            member: {"crn": bucket, "bucket_name": HOSTILE, "kms_key_crn": key()}})
    };
    let json: Vec<(&str, Value)> = vec![
        (
            "keys",
            json!([
                {"type": "application/vnd.ibm.kms.key+json", "crn": key(), "name": HOSTILE, "aliases": [HOSTILE], "keyRingID": HOSTILE, "state": 1, "extractable": true, "creationDate": HOSTILE},
                {"type": "application/vnd.ibm.kms.key+json", "crn": HOSTILE, "state": 1}
            ]),
        ),
        (
            "registrations",
            json!([
                {"keyId": KEY_ID, "resourceCrn": bucket, "description": HOSTILE},
                {"keyId": KEY_ID, "resourceCrn": instance("messagehub", ":")},
                {"keyId": KEY_ID, "resourceCrn": HOSTILE},
                {"keyId": HOSTILE, "resourceCrn": volume}
            ]),
        ),
        (
            "instances",
            json!([
                {"resource_plan_id": HOSTILE, "crn": instance("messagehub", ":"), "name": HOSTILE, "state": HOSTILE, "resource_group_id": HOSTILE,
                 "parameters": {"kms_key_crn": key(), HOSTILE: HOSTILE}, "updated_at": HOSTILE},
                {"resource_plan_id": "standard", "crn": format!("{}::", kms()), "name": HOSTILE, "state": "active"}
            ]),
        ),
        (
            "policies",
            json!({"policies": [policy(HOSTILE, "messagehub", reader), policy("p2", HOSTILE, HOSTILE), policy("p3", "cloud-object-storage", reader)]}),
        ),
        (
            "reclamations",
            json!([{"entity_crn": instance("databases-for-redis", ":"), "resource_instance_id": "2", "state": HOSTILE, "target_time": HOSTILE}]),
        ),
        (
            "settings",
            json!({"location": "us", "encryption_scheme": HOSTILE, "primary_crk": {"key_crn": key(), "kms_private_endpoint": HOSTILE}}),
        ),
        (
            "volumes",
            json!({"volumes": [{"crn": volume, "name": HOSTILE, "encryption": "user_managed", "encryption_key": {"crn": key()}}]}),
        ),
        (
            "report",
            json!({"metadata": {}, "result": {"kms_instances": [{"crn": format!("{}::", kms()), "keys": [{"id": KEY_ID, "name": HOSTILE, "type": HOSTILE,
            "state_name": HOSTILE, "service_usage": {HOSTILE: [{"encrypted_resource": HOSTILE}]}}]}], "crns": [], "unknowns": []}}),
        ),
        (
            "state",
            json!({"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [terraform("values")]}}}),
        ),
        (
            "state-file",
            json!({"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "l", "outputs": {}, "resources": [{"mode": "managed", "type": "ibm_secret",
            "name": HOSTILE, "provider": "p", "instances": [{"attributes": {"id": HOSTILE, HOSTILE: key()}}]}]}),
        ),
        (
            "plan",
            json!({"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}, "resource_changes": [{"address": HOSTILE, "mode": "managed",
            "type": "ibm_cos_bucket", "name": HOSTILE, "change": {"actions": ["create"], "before": null, "after": {"kms_key_crn": key(), "n": HOSTILE}, "after_unknown": {}}}]}),
        ),
        (
            "event",
            json!({"action": "kms.secrets.unwrap", "eventTime": HOSTILE, "outcome": "success", "target": {"id": key(), "name": HOSTILE},
            "initiator": {"id": format!("crn-{bucket}"), "name": HOSTILE}}),
        ),
        ("error", json!({"errors": [{"code": HOSTILE, "message": HOSTILE}]})),
        ("unknown", json!({HOSTILE: HOSTILE})),
    ];
    let mut files: Vec<(String, String)> =
        json.into_iter().map(|(name, value)| (format!("exports/{name}.json"), value.to_string())).collect();
    let escaped = serde_json::to_string(HOSTILE).expect("a text");
    files.push((
        "exports/twice.json".to_owned(),
        format!("[{{\"keyId\":\"a\",\"resourceCrn\":{escaped},{escaped}:1,{escaped}:2}}]"),
    ));
    files
        .push(("exports/broken.json".to_owned(), format!("[{{\"keyId\":\"a\",\"resourceCrn\":{escaped}}}, {HOSTILE}")));
    files.push(("exports/pairs.csv".to_owned(), format!("{0},{0},\"{HOSTILE}\"\n", key())));
    files.push(("exports/failed.txt".to_owned(), format!("FAILED\n{HOSTILE}\n")));
    files.push((format!("exports/{}.json", HOSTILE.replace('/', "")), "[{]".to_owned()));
    files.push((
        "exports/kmsguard-export.json".to_owned(),
        json!({"manifest_version": 1, "started_at": HOSTILE, "finished_at": HOSTILE, "calls": [
            {"file": format!("{HOSTILE}.json"), "kind": HOSTILE, "account": HOSTILE, "url": HOSTILE, "status": 500, "pages": 1, "rows": 1, "error": HOSTILE}]})
        .to_string(),
    ));
    files
}

/// Whether a character moves a terminal, or the text around it, or is not to be seen.
fn moves(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The first line that moves a terminal, if one does.
fn moving(text: &str, what: &str) -> Option<String> {
    let lines = text.replace("\r\n", "\n");
    let line = lines.split('\n').find(|line| line.chars().any(moves))?;
    Some(format!("{what}: {line:?}"))
}

/// The formats of a verb, as it lists them itself where it is asked for one that there is not.
fn formats(verb: &[&str]) -> Vec<String> {
    let (_, _, stderr) = MemoryHost::with_files(exports()).run(&[verb, &["--output-format", "none"]].concat());
    let (_, listed) = stderr.split_once("formats: ").unwrap_or_else(|| panic!("{verb:?} lists its formats: {stderr}"));
    listed.lines().next().unwrap_or_default().split(", ").map(str::to_owned).collect()
}

#[test]
fn no_verb_writes_what_moves_a_terminal() {
    let now = ["--now", "2026-11-21T12:00:00Z"];
    let read = ["--keep-going"];
    let plan = "exports/plan.json";
    let instance = instance("messagehub", ":");
    let verbs: [&[&str]; 16] = [
        &["impact", "exports", "--disable-key", KEY_ID],
        &["impact", "exports", "--rotate-key", KEY_ID],
        &["impact", "exports", "--revoke-policy", "p3"],
        &["impact", "exports", "--revoke-policy", HOSTILE],
        &["impact", "exports", "--delete-instance", &instance],
        &["impact", "exports", "--terraform", plan],
        &["impact", "exports", "--delete-key", KEY_ID, "--delete-instance", &instance, "--order"],
        &["migrate", "exports", "--pairs", "exports/pairs.csv"],
        &["diff", "exports", "exports/keys.json"],
        &["migrate", "exports"],
        &["inventory", "exports"],
        &["authz", "exports"],
        &["authz", "exports", "--key", KEY_ID],
        &["audit", "exports"],
        &["impact", "exports", "--delete-key", KEY_ID],
        &["impact", "exports", "--delete-key", HOSTILE],
    ];
    let (mut shown, mut found) = (0, Vec::new());
    for verb in verbs {
        let verb = [verb, &now, &read].concat();
        // A key that nobody has is refused before any format is looked at.
        let known = if verb.contains(&HOSTILE) { vec!["text".to_owned()] } else { formats(&verb) };
        assert!(known.contains(&"text".to_owned()), "{known:?}");
        for format in known.iter().filter(|format| !matches!(format.as_str(), "json" | "sarif" | "jsonl")) {
            let what = format!("{verb:?} as {format}");
            let (_, stdout, stderr) =
                MemoryHost::with_files(exports()).run(&[&verb[..], &["--output-format", format]].concat());
            found.extend([moving(&stdout, &what), moving(&stderr, &what)].into_iter().flatten());
            shown += usize::from(stdout.contains("\\u{202e}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(shown >= 6, "the names are shown, only not as they are: {shown}");
}

/// JSON is the input's own text in a pipe; on a terminal it says the same in escapes.
#[test]
fn json_moves_no_terminal_and_says_the_same_there() {
    let end = ["--keep-going", "--now", "2026-11-21T12:00:00Z", "--output-format"];
    let mut hostile = 0;
    for (verb, format) in [("inventory", "json"), ("authz", "json"), ("audit", "json"), ("audit", "sarif")] {
        let arguments = [&[verb, "exports"], &end[..], &[format]].concat();
        let (_, piped, _) = MemoryHost::with_files(exports()).run(&arguments);
        let terminal = MemoryHost { terminal: true, ..MemoryHost::with_files(exports()) };
        let (_, seen, _) = terminal.run(&arguments);
        assert_eq!(moving(&seen, verb), None, "{format}");
        let read = |text: &str| serde_json::from_str::<Value>(text).expect("an answer is JSON");
        assert_eq!(read(&seen), read(&piped), "{verb} as {format}");
        hostile += usize::from(moving(&piped, verb).is_some());
    }
    assert!(hostile >= 3, "there is something to escape: {hostile}");
    let terminal = MemoryHost { terminal: true, ..MemoryHost::default() };
    let (_, seen, _) = terminal.run(&["crn", HOSTILE, "--output-format", "jsonl"]);
    assert_eq!(moving(&seen, "crn"), None);
    assert!(seen.contains("\\u202e"), "{seen}");
}

#[test]
fn what_is_given_on_the_command_line_is_no_better() {
    let json = serde_json::to_string(
        &json!({"type": "authorization", HOSTILE: HOSTILE, "roles": [{"role_id": HOSTILE}], "subjects": [], "resources": []}),
    );
    let files = vec![
        ("p.json".to_owned(), json.expect("JSON")),
        ("plan.json".to_owned(), json!({"service": HOSTILE, HOSTILE: 1}).to_string()),
    ];
    let runs: [&[&str]; 7] = [
        &["crn", HOSTILE],
        &["crn", "--fix", HOSTILE],
        &["policy", "p.json"],
        &["plan", "plan.json"],
        &["inventory", HOSTILE],
        &["rule", HOSTILE],
        &["audit", "p.json", "--select", HOSTILE],
    ];
    for run in runs {
        let (_, stdout, stderr) = MemoryHost::with_files(files.clone()).run(run);
        assert_eq!(moving(&stdout, "stdout"), None, "{run:?}");
        assert_eq!(moving(&stderr, "stderr"), None, "{run:?}");
        assert!(!(stdout.is_empty() && stderr.is_empty()), "{run:?}");
    }
}

/// A text without the colours that it has on a terminal.
fn colourless(text: &str) -> String {
    let parts = text.split("\u{1b}[").enumerate().map(|(number, part)| match part.split_once('m') {
        Some((look, rest)) if number > 0 && look.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => rest,
        _ => part,
    });
    parts.collect()
}

/// Scripts, bodies and snapshots are as they are in a pipe, and moving nothing on a terminal; what is refused is repeated calmly.
#[test]
fn what_is_to_be_used_as_it_is_moves_no_terminal() {
    let hidden = "a\u{202e}\u{200b}b";
    let attribute = |name: &str, value: &str| json!({"name": name, "value": value});
    let policy = json!({"type": "authorization",
        "subjects": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "messagehub"), attribute("resourceGroupId", hidden)]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
        "resources": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "kms")]}]});
    let plan = json!({"service": "event-streams-gen2", "name": hidden, "region": "eu-de", "resource_group": hidden, "key": {"crn": key()}});
    let body = json!({"name": hidden, "target": "eu-de", "resource_group": "g", "resource_plan_id": "eventstreams-gen2-enterprise"});
    let mut files = exports();
    files.extend([
        ("p.json".to_owned(), policy.to_string()),
        ("plan.json".to_owned(), plan.to_string()),
        ("body.json".to_owned(), body.to_string()),
    ]);
    // The arguments, and whether a pipe gets the hidden characters.
    let runs: [(&[&str], bool); 13] = [
        (&["policy", "p.json", "--to", "v1"], true),
        (&["policy", "p.json", "--to", "v2"], true),
        (&["policy", "p.json", "--to", "cli"], true),
        (&["policy", "p.json", "--to", "terraform"], true),
        (&["plan", "plan.json", "--to", "cli"], true),
        (&["plan", "plan.json", "--to", "rest"], true),
        (&["plan", "plan.json", "--into", "body.json"], true),
        (&["snapshot", "exports", "--keep-going"], true),
        (&["collect", "--out", hidden], true),
        (&["crn", "-"], false),
        (&["demo", "--write", hidden], false),
        (&["completions", HOSTILE], false),
        (&[HOSTILE], false),
    ];
    for (run, is_kept) in runs {
        let host = |terminal| MemoryHost {
            terminal,
            stdin: format!("{}{HOSTILE}\n{HOSTILE}{}", key(), key()).into_bytes(),
            ..MemoryHost::with_files(files.clone())
        };
        let (_, seen, told) = host(true).run(run);
        for text in [&seen, &told] {
            assert_eq!(moving(&colourless(text), "a terminal"), None, "{run:?}");
        }
        assert!(
            seen.contains("202e") || seen.contains("202E") || told.contains("202e"),
            "{run:?}: it is shown: {seen}{told}"
        );
        let (_, piped, _) = host(false).run(run);
        assert_eq!(piped.contains('\u{202e}'), is_kept, "{run:?}: {piped}");
    }
}
