//! `kmsguard policy`: what it prints for people, and what `--to` prints to be run.

use kmsguard_vectors::MemoryHost;

const ACCOUNT: &str = "9f9af00a96104f49b6509aa715f9d6a5";
const COMMAND: &str = "ibmcloud iam authorization-policy-create messagehub kms Reader,AuthorizationDelegator \
                       --target-service-instance-id 44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";

fn with_stdin(content: &str, arguments: &[&str]) -> (u8, String, String) {
    let host = MemoryHost { stdin: content.as_bytes().to_vec(), ..MemoryHost::default() };
    host.run(arguments)
}

#[test]
fn each_form_that_is_printed_is_read_as_the_same_policy() {
    let (_, wanted, _) = with_stdin(COMMAND, &["policy", "-", "--account", ACCOUNT, "--to", "v1"]);
    assert!(wanted.contains("\"serviceInstance\""), "{wanted}");
    for form in ["v1", "v2", "cli", "terraform"] {
        let (code, printed, stderr) = with_stdin(COMMAND, &["policy", "-", "--account", ACCOUNT, "--to", form]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{form}");
        let (code, again, _) = with_stdin(&printed, &["policy", "-", "--to", "v1"]);
        assert_eq!((code, &again), (0, &wanted), "{form}: {printed}");
    }
}

#[test]
fn the_command_is_run_in_its_account() {
    let (_, stdout, _) = with_stdin(COMMAND, &["policy", "-", "--account", ACCOUNT, "--to", "cli"]);
    assert_eq!(stdout, format!("ibmcloud target -c {ACCOUNT}\n{COMMAND}\n"));
}

#[test]
fn people_read_a_sentence_and_the_place_of_each_problem() {
    let text = "# one\nibmcloud iam authorization-policy-create messagehub kms Reader --target-resource \"$KEY\"\n";
    let (code, stdout, stderr) = with_stdin(text, &["policy", "-", "--account", ACCOUNT]);
    assert_eq!((code, stderr.as_str()), (4, ""));
    assert!(stdout.starts_with("What it grants cannot be said for sure."), "{stdout}");
    assert!(stdout.contains("warning[POL032]: 2:82: `--target-resource` is not known"), "{stdout}");
    assert!(!stdout.contains("every key"), "{stdout}");
    let (code, stdout, _) = with_stdin(COMMAND, &["policy", "-", "--account", ACCOUNT]);
    assert_eq!(code, 0);
    assert!(
        stdout.starts_with(&format!(
            "Every instance of `messagehub` of account `{ACCOUNT}` may use every key of instance"
        ))
    );
    for form in ["v1", "v2", "cli", "terraform"] {
        assert!(stdout.lines().any(|line| line.starts_with(form)), "{form} in {stdout}");
    }
}

#[test]
fn a_policy_without_the_form_is_no_empty_answer() {
    let (code, stdout, stderr) = with_stdin(COMMAND, &["policy", "-", "--to", "v1"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("POL033") && stderr.contains("REQ008"), "{stderr}");
    let both = format!("ibmcloud target -c {ACCOUNT}\n{COMMAND}\n{COMMAND} --source-resource \"$S\"\n");
    let (code, stdout, stderr) = with_stdin(&both, &["policy", "-", "--to", "cli"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stdout.ends_with(&format!("{COMMAND}\n")) && stderr.contains("1 of 2 policies"), "{stdout}{stderr}");
}

#[test]
fn what_is_no_policy_is_exit_code_2() {
    for text in ["", "hello", "{", "{\"errors\": []}"] {
        let (code, _, _) = with_stdin(text, &["policy", "-"]);
        assert_eq!(code, 2, "{text}");
    }
    assert_eq!(with_stdin("[]", &["policy", "-"]).0, 3);
    assert_eq!(MemoryHost::default().run(&["policy", "absent.json"]).0, 2);
}
