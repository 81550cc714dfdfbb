//! The action for GitHub and the hook for pre-commit: what they say, and what their scripts do with the command.

#![cfg(all(unix, feature = "native"))]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

const KMSGUARD: &str = env!("CARGO_BIN_EXE_kmsguard");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn document(name: &str) -> Yaml {
    let text = fs::read_to_string(Path::new(ROOT).join(name)).expect("the file");
    YamlLoader::load_from_str(&text).expect("YAML").remove(0)
}

fn steps(action: &Yaml) -> &Vec<Yaml> {
    action["runs"]["steps"].as_vec().expect("steps")
}

fn step<'a>(action: &'a Yaml, name: &str) -> &'a Yaml {
    steps(action).iter().find(|step| step["name"].as_str() == Some(name)).expect("a step of that name")
}

/// The names behind `inputs.` in a text.
fn inputs_in(text: &str) -> BTreeSet<String> {
    let name =
        |rest: &str| rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    text.split("inputs.").skip(1).map(name).collect()
}

#[test]
fn the_action_uses_every_input_it_has_and_no_other() {
    let text = fs::read_to_string(Path::new(ROOT).join("action.yml")).expect("the action");
    let action = document("action.yml");
    let inputs = action["inputs"].as_hash().expect("inputs");
    let declared: BTreeSet<String> = inputs.keys().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    assert_eq!(inputs_in(&text), declared);
    for (name, input) in inputs {
        assert!(input["description"].as_str().is_some_and(|text| !text.is_empty()), "{name:?}");
        assert!(input["default"].as_str().is_some() || input["required"].as_bool() == Some(true), "{name:?}");
    }
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
}

#[test]
fn nothing_from_outside_is_part_of_a_script() {
    for step in steps(&document("action.yml")) {
        let Some(script) = step["run"].as_str() else {
            assert!(step["uses"].as_str().is_some_and(|uses| uses.contains('@')), "{step:?}");
            continue;
        };
        assert_eq!(step["shell"].as_str(), Some("bash"));
        assert!(!script.contains("${{"), "{script}");
    }
}

/// A folder with a key that two deployments share.
struct Job {
    folder: PathBuf,
}

impl Job {
    fn new(name: &str, exports: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        let key = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
        let registration = |id: &str| {
            format!(
                r#"{{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:{id}::"}}"#
            )
        };
        let registrations = [
            registration("11111111-1111-4111-8111-111111111111"),
            registration("22222222-2222-4222-8222-222222222222"),
        ];
        let exports = folder.join(exports);
        fs::create_dir_all(&exports).expect("a folder");
        let keys = format!(
            r#"[{{"id": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "name": "payments", "state": 1, "extractable": false, "crn": "{key}"}}]"#
        );
        fs::write(exports.join("keys.json"), keys).expect("a file");
        fs::write(exports.join("registrations.json"), format!("[{}]", registrations.join(", "))).expect("a file");
        fs::create_dir_all(folder.join("runner")).expect("a folder");
        // A repository of its own, so that no configuration above is found.
        fs::create_dir_all(folder.join(".git")).expect("a folder");
        Self { folder }
    }

    /// Runs the script of a step with the inputs as GitHub would put them into its variables.
    fn run(&self, name: &str, given: &[(&str, &str)]) -> Output {
        self.run_in(name, given, &[])
    }

    /// The same with further variables.
    fn run_in(&self, name: &str, given: &[(&str, &str)], environment: &[(&str, &str)]) -> Output {
        let action = document("action.yml");
        let step = step(&action, name);
        let runner = self.folder.join("runner");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"].as_str().expect("a script")]);
        command.current_dir(&self.folder).env("RUNNER_TEMP", &runner);
        command.env("GITHUB_OUTPUT", runner.join("output")).env("GITHUB_STEP_SUMMARY", runner.join("summary"));
        for (variable, value) in step["env"].as_hash().expect("variables") {
            let (variable, value) = (variable.as_str().expect("a name"), value.as_str().expect("an expression"));
            let input = inputs_in(value).into_iter().next();
            let default = input.as_deref().and_then(|input| action["inputs"][input]["default"].as_str());
            let value = given.iter().find(|(name, _)| input.as_deref() == Some(*name) || *name == variable);
            command.env(variable, value.map_or(default.unwrap_or_default(), |(_, value)| value));
        }
        command.envs(environment.iter().copied()).output().expect("bash starts")
    }

    fn audit(&self, given: &[(&str, &str)]) -> (String, String, String) {
        let given: Vec<(&str, &str)> = given.iter().copied().chain([("command", KMSGUARD)]).collect();
        let ran = self.run("Audit", &given);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        let read = |name: &str| fs::read_to_string(self.folder.join("runner").join(name)).unwrap_or_default();
        (text(&ran.stdout), read("output"), read("summary"))
    }
}

#[test]
fn an_audit_annotates_writes_the_summary_and_keeps_its_exit_code_for_the_last_step() {
    let job = Job::new("action", "exports");
    let (stdout, output, summary) = job.audit(&[("paths", "exports\n"), ("select", "SHARE001"), ("sarif-file", "")]);
    assert!(stdout.contains("::error") && stdout.contains("SHARE001"), "{stdout}");
    assert_eq!(output, "exit-code=1\n");
    assert!(summary.contains("SHARE001"), "{summary}");
    assert_eq!(job.run("Verdict", &[("CODE", "1")]).status.code(), Some(1));
    assert_eq!(job.run("Verdict", &[("CODE", "0")]).status.code(), Some(0));
}

#[test]
fn what_is_for_code_scanning_is_written_and_named_and_never_that_of_an_earlier_step() {
    let job = Job::new("action-sarif", "exports");
    let (_, output, _) = job.audit(&[("paths", "exports"), ("select", "SHARE001")]);
    assert_eq!(output, "exit-code=1\nsarif-file=kmsguard.sarif\n");
    let sarif = fs::read_to_string(job.folder.join("kmsguard.sarif")).expect("the file for code scanning");
    assert!(sarif.contains("\"ruleId\":\"SHARE001\""), "{sarif}");
    let _ = fs::remove_file(job.folder.join("runner/output"));
    let (_, output, _) = job.audit(&[("paths", "exports"), ("select", "NONE001")]);
    assert_eq!(output, "exit-code=2\n");
    assert!(!job.folder.join("kmsguard.sarif").exists());
}

#[test]
fn the_inputs_of_the_action_reach_the_command() {
    let job = Job::new("action-inputs", "exports");
    let code = |given: &[(&str, &str)]| {
        let _ = fs::remove_file(job.folder.join("runner/output"));
        let given: Vec<(&str, &str)> = given.iter().copied().chain([("sarif-file", "")]).collect();
        job.audit(&given).1
    };
    let exports = ("paths", "exports");
    assert_eq!(code(&[exports, ("select", "SHARE001"), ("fail-on", "critical")]), "exit-code=0\n");
    assert_eq!(code(&[exports, ("ignore", "SHARE"), ("select", "SHARE001")]), "exit-code=0\n");
    assert_eq!(code(&[("paths", "exports/keys.json"), ("select", "SHARE"), ("strict", "true")]), "exit-code=4\n");
    assert_eq!(code(&[("paths", "exports\nnone.json"), ("select", "SHARE001")]), "exit-code=2\n");
    assert_eq!(
        code(&[("paths", "exports\nnone.json"), ("select", "SHARE001"), ("keep-going", "true")]),
        "exit-code=1\n"
    );
    fs::write(job.folder.join("c.toml"), "[rules]\nselect = [\"SHARE001\"]\nfail_on = \"never\"\n").expect("a file");
    assert_eq!(code(&[exports, ("config", "c.toml")]), "exit-code=0\n");
    let baseline = Command::new(KMSGUARD)
        .args(["baseline", "exports", "--select", "SHARE001", "--out", "b.json"])
        .current_dir(&job.folder)
        .output();
    assert!(baseline.expect("the command starts").status.success());
    assert_eq!(code(&[exports, ("select", "SHARE001"), ("baseline", "b.json")]), "exit-code=0\n");
}

/// Stands in for Python: notes what it is asked, makes a folder that looks as that of `venv`, and has the command for a module.
const PYTHON: &str = r#"#!/usr/bin/env bash
printf '%s\n' "$*" >>"$RUNNER_TEMP/asked"
case "$*" in
  '-m venv '*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  '-m kmsguard '*) shift 2; exec "$KMSGUARD" "$@" ;;
esac
"#;

#[test]
fn the_action_installs_the_version_that_was_asked_for_and_audits_with_what_it_installed() {
    let job = Job::new("action-install", "exports");
    let bin = job.folder.join("bin");
    fs::create_dir_all(&bin).expect("a folder");
    fs::write(bin.join("python3"), PYTHON).expect("a program");
    fs::set_permissions(bin.join("python3"), fs::Permissions::from_mode(0o755)).expect("an executable");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a path"));
    let environment = [("PATH", path.as_str()), ("KMSGUARD", KMSGUARD)];
    for version in ["0.1.0", ""] {
        let _ = fs::remove_dir_all(job.folder.join("runner"));
        fs::create_dir_all(job.folder.join("runner")).expect("a folder");
        assert!(job.run_in("Install kmsguard", &[("version", version)], &environment).status.success());
        let given = [("paths", "exports"), ("select", "SHARE001"), ("command", "")];
        assert!(job.run_in("Audit", &given, &environment).status.success());
        let read = |name: &str| fs::read_to_string(job.folder.join("runner").join(name)).expect("a file");
        let folder = job.folder.join("runner/kmsguard");
        let package = if version.is_empty() { "kmsguard".to_owned() } else { format!("kmsguard=={version}") };
        let asked = read("asked");
        let asked: Vec<&str> = asked.lines().collect();
        assert_eq!(asked.first().copied(), Some(format!("-m venv {}", folder.display()).as_str()));
        assert_eq!(
            asked.get(1).copied(),
            Some(format!("-m pip install --quiet --disable-pip-version-check {package}").as_str())
        );
        assert!(asked.get(2).is_some_and(|line| line.starts_with("-m kmsguard audit ")), "{asked:?}");
        assert_eq!(read("output"), "exit-code=1\nsarif-file=kmsguard.sarif\n");
    }
}

#[test]
fn what_is_uploaded_is_the_file_that_the_audit_wrote() {
    let job = Job::new("action-upload", "exports");
    let (_, output, _) = job.audit(&[("paths", "exports"), ("select", "SHARE001")]);
    let output = |name: &str| output.lines().find_map(|line| line.strip_prefix(&format!("{name}="))).map(str::to_owned);
    let action = document("action.yml");
    let upload = step(&action, "Upload to code scanning");
    // The two expressions of GitHub's that the step is made of, as GitHub puts values into them.
    let filled = |text: &str| {
        let folder = action["inputs"]["working-directory"]["default"].as_str().expect("a default");
        let file = output("sarif-file").unwrap_or_default();
        text.replace("${{ inputs.working-directory }}", folder).replace("${{ steps.audit.outputs.sarif-file }}", &file)
    };
    let file = filled(upload["with"]["sarif_file"].as_str().expect("a file"));
    assert!(job.folder.join(&file).is_file() && !file.contains("${{"), "{file}");
    assert_eq!(
        upload["if"].as_str(),
        Some("inputs.upload-sarif == 'true' && steps.audit.outputs.sarif-file != ''"),
        "it is left out where nothing was written"
    );
    assert!(upload["uses"].as_str().is_some_and(|uses| uses.starts_with("github/codeql-action/upload-sarif@v")));
    let declared = action["outputs"].as_hash().expect("outputs");
    for (name, told) in declared {
        let name = name.as_str().expect("a name");
        assert_eq!(told["value"].as_str(), Some(format!("${{{{ steps.audit.outputs.{name} }}}}").as_str()));
        assert!(output(name).is_some(), "the audit gives `{name}`");
    }
}

#[test]
fn nobody_who_looks_at_scripts_finds_fault_with_those_of_the_action() {
    if Command::new("shellcheck").arg("--version").output().is_err() {
        return;
    }
    for step in steps(&document("action.yml")) {
        let Some(script) = step["run"].as_str() else { continue };
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-step.sh");
        fs::write(&path, script).expect("the script is written");
        let looked = Command::new("shellcheck").args(["--shell=bash"]).arg(&path).output();
        let looked = looked.expect("shellcheck starts");
        assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stdout));
    }
}

#[test]
fn a_hostile_path_is_a_path_and_nothing_else() {
    let name = "a $(touch broken) `touch broken`; touch broken";
    let job = Job::new("action-hostile", name);
    let (stdout, output, _) = job.audit(&[("paths", name), ("select", "SHARE001"), ("sarif-file", "")]);
    assert!(stdout.contains("SHARE001") && !job.folder.join("broken").exists(), "{stdout}");
    assert_eq!(output, "exit-code=1\n");
}

#[test]
fn the_hook_audits_the_folders_that_its_arguments_name() {
    let hooks = document(".pre-commit-hooks.yaml");
    let job = Job::new("hook", "exports");
    for hook in hooks.as_vec().expect("hooks") {
        assert!(hook["id"].as_str().is_some() && hook["name"].as_str().is_some());
        assert_eq!((hook["language"].as_str(), hook["pass_filenames"].as_bool()), (Some("system"), Some(false)));
        let mut words = hook["entry"].as_str().expect("an entry").split(' ');
        assert_eq!(words.next(), Some("kmsguard"));
        let ran = Command::new(KMSGUARD)
            .args(words)
            .args(["exports", "--select", "SHARE001"])
            .current_dir(&job.folder)
            .output()
            .expect("the command starts");
        assert_eq!(ran.status.code(), Some(1));
    }
}
