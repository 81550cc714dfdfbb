//! The script of `kmsguard collect`, run against stand-ins for `ibmcloud` and `curl` that answer as IBM documents it, and with
//! faults. What it collects is then read by kmsguard.
//!
//! It needs `bash` and `jq`, as the script does; `cargo xtask test` installs `jq`.
#![cfg(unix)]

#[path = "collect_script/account.rs"]
mod account;
#[path = "collect_script/machine.rs"]
mod machine;

use account::{ACCOUNT, DEDICATED, OTHER_ACCOUNT, STANDARD, answers, keys_url, registrations_url};
use kmsguard::api::{ExportKind, InventoryAnswer, Outcome, Severity};
use machine::{Answer, Machine};

/// The completeness of an export by the end of its name.
fn complete(answer: &InventoryAnswer, name: &str) -> Option<bool> {
    let input = answer.inputs.iter().find(|input| input.name.ends_with(name));
    input.unwrap_or_else(|| panic!("no {name} among {:?}", names(answer))).complete
}

fn names(answer: &InventoryAnswer) -> Vec<&str> {
    answer.inputs.iter().map(|input| input.name.as_str()).collect()
}

#[test]
fn a_whole_account_is_collected_and_read_as_whole() {
    let machine = Machine::new("whole", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let run = machine.collect(&format!("{ACCOUNT} Bob's \"lab\" $(touch hacked) `x`\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("(Bob's \"lab\" $(touch hacked) `x`)"), "{}", run.stderr);
    assert_eq!(machine.unrouted(), "");

    let answer = machine.inventory();
    let errors: Vec<_> = answer.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(answer.outcome, Outcome::Fine);
    let exports: Vec<_> = answer.inputs.iter().filter(|input| input.kind.is_export()).collect();
    for input in &exports {
        // The settings of the other location are not made: status 404 proves nothing.
        let whole = !input.name.ends_with("schematics-kms-us.json");
        assert_eq!(input.complete, Some(whole), "{input:?}");
        assert_eq!(input.account.as_deref(), Some(ACCOUNT), "{input:?}");
    }
    for kind in
        [ExportKind::KmsKeys, ExportKind::KmsRegistrations, ExportKind::IamPolicies, ExportKind::ResourceInstances]
    {
        assert!(exports.iter().any(|input| input.kind == kind), "{kind}: {:?}", names(&answer));
    }
    // Two pages of the standard instance, one of the dedicated one at the address of its own.
    assert_eq!(answer.keys.len(), 4);
    assert!(answer.gaps.is_empty(), "{:?}", answer.gaps);
    // The parameters are in no list, only in the answer for the instance itself.
    let streams = answer.deployments.iter().find(|deployment| deployment.service == "messagehub").expect("streams");
    assert!(streams.key.as_ref().is_some_and(|key| key.contains(STANDARD)), "{streams:?}");
}

#[test]
fn every_call_makes_an_export_that_is_read() {
    for call in kmsguard::catalog::exports::CALLS {
        assert!(ExportKind::of_name(call.kind).is_some(), "{}", call.kind);
    }
}

#[test]
fn the_token_is_shown_to_nobody() {
    let machine = Machine::new("token", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let run = machine.collect_traced(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("token-"), "{}", run.stderr);
    assert!(!machine.arguments().contains("token-"), "{}", machine.arguments());
    assert!(machine.arguments().lines().all(|line| line.contains("--config -")), "{}", machine.arguments());
    for (name, bytes) in machine.collected() {
        assert!(!String::from_utf8_lossy(&bytes).contains("token-"), "{name}");
    }
}

#[test]
fn the_login_targets_the_same_account_afterwards() {
    let machine = Machine::new("target", &[OTHER_ACCOUNT, ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(machine.targeted(), OTHER_ACCOUNT);
}

#[test]
fn a_page_that_fails_leaves_its_list_cut_and_everything_else_read() {
    let machine = Machine::new("page", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    machine.answer(&format!("{}&offset=2", keys_url(STANDARD)), &Answer::of(500, r#"{"errors":[{"message":"down"}]}"#));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("status 500: down"), "{}", run.stderr);
    assert_eq!(machine.asked(&format!("{}&offset=2", keys_url(STANDARD))), 5, "bounded tries");
    let answer = machine.inventory();
    assert_eq!(answer.outcome, Outcome::Incomplete);
    assert_eq!(complete(&answer, &format!("{STANDARD}/keys.json")), Some(false));
    assert_eq!(complete(&answer, &format!("{STANDARD}/registrations.json")), Some(true));
    assert_eq!(complete(&answer, &format!("{DEDICATED}/keys.json")), Some(true));
    assert_eq!(answer.keys.len(), 3, "the first page of the one, all of the other");
    assert!(answer.gaps.iter().any(|gap| gap.what == "kms-keys"), "{:?}", answer.gaps);

    // Again, with the service up: only what failed is asked, and all is whole.
    machine.answer_all(&answers(ACCOUNT));
    machine.forget();
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(machine.requests(), [keys_url(STANDARD), format!("{}&offset=2", keys_url(STANDARD))]);
    assert_eq!(machine.inventory().outcome, Outcome::Fine);
    assert_eq!(machine.inventory().keys.len(), 4);
}

#[test]
fn a_call_that_is_not_permitted_is_an_error_answer() {
    let machine = Machine::new("forbidden", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let said = r#"{"metadata":{"collectionType":"application/vnd.ibm.kms.error+json","collectionTotal":1},"resources":[{"errorMsg":"Unauthorized: The user does not have access to the specified resource"}]}"#;
    machine.answer(&registrations_url(STANDARD), &Answer::of(403, said));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(machine.asked(&registrations_url(STANDARD)), 1, "what is not permitted is not asked again");
    let answer = machine.inventory();
    let input = answer.inputs.iter().find(|input| input.name.ends_with(&format!("{STANDARD}/registrations.json")));
    assert_eq!(input.map(|input| (input.kind, input.complete)), Some((ExportKind::ErrorAnswer, Some(false))));
    assert!(answer.problems.iter().any(|problem| problem.message.contains("does not have access")));
    assert!(answer.gaps.iter().any(|gap| gap.what == "kms-registrations"), "{:?}", answer.gaps);
    assert_eq!(answer.outcome, Outcome::Incomplete);
}

#[test]
fn passing_faults_are_got_over() {
    let machine = Machine::new("passing", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let url = keys_url(DEDICATED);
    machine.answer_once(&url, 1, &Answer::of(429, "{}").with_header("Retry-After: 1"));
    machine.answer_once(&url, 2, &Answer::of(200, r#"{"metadata":{"collec"#).with_exit(18));
    machine.answer_once(&url, 3, &Answer::of(503, "<html>"));
    machine.answer_once(&url, 4, &Answer::of(200, "<!DOCTYPE html><title>Log in</title>"));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(machine.asked(&url), 5);
    assert_eq!(machine.inventory().outcome, Outcome::Fine);
}

#[test]
fn a_token_that_expires_is_renewed_once() {
    let machine = Machine::new("expired", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    machine.answer_once(&registrations_url(DEDICATED), 1, &Answer::of(401, r#"{"errors":[{"code":"invalid_token"}]}"#));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(machine.asked(&registrations_url(DEDICATED)), 2);
    assert_eq!(machine.tokens(), 2);
    // A login that is gone is said once a call, and ends.
    machine.answer(&registrations_url(STANDARD), &Answer::of(401, "{}"));
    machine.empty();
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("status 401"), "{}", run.stderr);
}

#[test]
fn an_empty_list_of_authorizations_proves_nothing_by_itself() {
    let machine = Machine::new("authorizations", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let base = format!("https://iam.cloud.ibm.com/v1/policies?account_id={ACCOUNT}");
    let list = format!("{base}&type=authorization&format=include_last_permit");
    let other = format!("{base}&type=access&limit=1");
    machine.answer(&list, &Answer::of(200, r#"{"policies":[]}"#));
    machine.answer(&other, &Answer::of(200, r#"{"policies":[],"limit":1}"#));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(complete(&machine.inventory(), "/iam-authorizations.json"), Some(false));
    assert!(machine.inventory().gaps.iter().any(|gap| gap.what == "iam-policies"));

    machine.empty();
    let policy = r#"{"id":"1","type":"access","subjects":[{"attributes":[{"name":"iam_id","value":"IBMid-000000EXAMPLE"}]}],"roles":[{"role_id":"crn:v1:bluemix:public:iam::::role:Viewer"}],"resources":[{"attributes":[{"name":"accountId","value":"@"}]}],"state":"active"}"#;
    let page = format!(
        r#"{{"policies":[{}],"limit":1,"next":{{"start":"a","href":"{other}&start=a"}}}}"#,
        policy.replace('@', ACCOUNT)
    );
    machine.answer(&other, &Answer::of(200, &page));
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(complete(&machine.inventory(), "/iam-authorizations.json"), Some(true));
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let machine = Machine::new("killed", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let url = format!("{}&offset=2", keys_url(STANDARD));
    machine.hang_at(&url);
    machine.collect_until_hanging(&format!("{ACCOUNT}\n"));
    // What is not finished is no export.
    let answer = machine.inventory();
    assert!(!names(&answer).iter().any(|name| name.ends_with(&format!("{STANDARD}/keys.json"))));
    assert!(answer.keys.iter().all(|key| key.instance.contains(DEDICATED)), "{:?}", answer.keys);
    machine.go_on();
    machine.forget();
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let requests = machine.requests();
    assert!(requests.contains(&keys_url(STANDARD)) && requests.contains(&url), "{requests:?}");
    assert!(!requests.iter().any(|asked| asked.contains("iam.cloud.ibm.com")), "{requests:?}");
    assert_eq!(machine.inventory().outcome, Outcome::Fine);
    assert_eq!(machine.inventory().keys.len(), 4);
}

#[test]
fn an_account_that_cannot_be_entered_does_not_end_the_run() {
    let machine = Machine::new("entered", &[ACCOUNT]);
    machine.answer_all(&answers(ACCOUNT));
    let run = machine.collect(&format!("{OTHER_ACCOUNT} lab\n{ACCOUNT}\n"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    let answer = machine.inventory();
    assert_eq!(answer.keys.len(), 4);
    assert_eq!(answer.outcome, Outcome::Incomplete);
    let login =
        answer.problems.iter().find(|problem| problem.input.as_deref().is_some_and(|name| name.contains("login")));
    assert!(login.is_some_and(|problem| problem.message.contains("cannot switch")), "{:?}", answer.problems);
}

#[test]
fn the_token_goes_to_ibm_cloud_alone() {
    let machine = Machine::new("foreign", &[ACCOUNT]);
    let foreign = "https://kms.example.com";
    let known = format!("https://{DEDICATED}.api.eu-de.kms.appdomain.cloud");
    let answers: Vec<_> =
        answers(ACCOUNT).into_iter().map(|(url, body)| (url, body.replace(&known, foreign))).collect();
    machine.answer_all(&answers);
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(!machine.requests().iter().any(|url| url.starts_with(foreign)), "{:?}", machine.requests());
    assert!(run.stderr.contains("the address is not one of IBM Cloud"), "{}", run.stderr);
}

#[test]
fn what_an_answer_names_is_written_into_its_folder_alone() {
    let machine = Machine::new("folders", &[ACCOUNT]);
    let elsewhere = |text: &str| text.replace(STANDARD, "../../elsewhere");
    let encoded = |text: &str| text.replace(STANDARD, "..%2F..%2Felsewhere");
    let answers = answers(ACCOUNT).into_iter().map(|(url, body)| (encoded(&url), elsewhere(&body)));
    machine.answer_all(&answers.collect::<Vec<_>>());
    let run = machine.collect(&format!("{ACCOUNT}\n"));
    assert!(!machine.collected().iter().any(|(name, _)| name.contains("elsewhere")), "{}", run.stderr);
    let answer = machine.inventory();
    let is_elsewhere = |crn: Option<&str>| crn.is_some_and(|crn| crn.contains("elsewhere"));
    assert!(answer.gaps.iter().any(|gap| is_elsewhere(gap.instance.as_deref())), "{:?}", answer.gaps);
}

#[test]
fn shellcheck_finds_nothing() {
    let machine = Machine::new("shellcheck", &[]);
    let path = machine.script(&format!("{ACCOUNT} Bob's \"lab\"\n"));
    match std::process::Command::new("shellcheck").arg(&path).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => panic!("shellcheck is not installed ({error}); `cargo xtask test` installs it"),
    }
}

#[test]
fn wrong_accounts_and_folders_make_no_script() {
    let host = kmsguard_vectors::MemoryHost::with_files([("a.txt".to_owned(), format!("{ACCOUNT} one\nlab two\n"))]);
    let (code, stdout, stderr) = host.run(&["collect", "--accounts", "a.txt"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("error[REQ014]") && stderr.contains("line 2: `lab` is not an account id"), "{stderr}");
    assert_eq!(host.run(&["collect", "--accounts", "b.txt"]).0, 2);
    assert_eq!(host.run(&["collect", "--out", ""]).0, 2);
}
