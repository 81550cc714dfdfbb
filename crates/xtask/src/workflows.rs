//! The action and the workflows for GitHub and the hook for pre-commit, held by the programs that read them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::python;
use crate::shell::{cargo, program, run};
use crate::steps::{Done, Failure, Step};
use crate::workspace::{emptied, root, target, target_folder};

const REQUIREMENTS: &str = "tests/packaging/workflows/requirements.txt";

/// The steps of `cargo xtask test` that look at them.
pub fn steps() -> Vec<Step> {
    vec![Step::check("action and hook", check)]
}

fn check() -> Result<Done, Failure> {
    let tool = || python::with_requirements("workflows", REQUIREMENTS);
    // The schema of GitHub's actions, as the tool brings it.
    let action = root().join("action.yml");
    run(tool()?.args(["-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]).arg(action))?;
    let mut workflows = tool()?;
    workflows.args(["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]);
    run(workflows.args(["test.yml", "release.yml"].map(|name| root().join(".github/workflows").join(name))))?;
    run(cargo().args(["build", "--quiet", "--package", "kmsguard-cli"]))?;
    let folder = target_folder("xtask/workflows")?;
    emptied(&folder)?;
    let hooks = folder.join("hooks");
    repository(&hooks, &[(".pre-commit-hooks.yaml", &read(&root().join(".pre-commit-hooks.yaml"))?)])?;
    let revision = run(program("git").args(["rev-parse", "HEAD"]).current_dir(&hooks))?;
    let user = folder.join("user");
    let chosen = format!(
        "repos:\n- repo: {}\n  rev: {}\n  hooks:\n  - id: kmsguard-audit\n    args: [exports]\n",
        hooks.display(),
        revision.trim()
    );
    let key = r#"[{"id": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "state": 1, "extractable": true, "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]"#;
    let registration = r#"[{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]"#;
    let config = "[rules]\nselect = [\"KEY001\"]\n";
    let files = [
        (".pre-commit-config.yaml", chosen.as_str()),
        ("exports/keys.json", key),
        ("exports/registrations.json", registration),
        ("kmsguard.toml", config),
    ];
    repository(&user, &files)?;
    let told = hook(tool()?, &user).err().map(|failure| failure.output).unwrap_or_default();
    if !told.contains("KEY001") {
        return Err(Failure::of(format!("the hook does not tell of a standard key in use:\n{told}")));
    }
    // A root key is nothing to tell of.
    repository(&user, &[("exports/keys.json", &key.replace("true", "false"))])?;
    hook(tool()?, &user)?;
    Ok(Done::default())
}

/// Runs the hook on all files of a repository.
fn hook(mut python: Command, user: &Path) -> Result<String, Failure> {
    let mut paths = vec![target().join("debug")];
    paths.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let paths = std::env::join_paths(paths).map_err(|error| Failure::of(error.to_string()))?;
    python.args(["-m", "pre_commit", "run", "--all-files", "--verbose"]);
    python.env("PATH", paths).env("PRE_COMMIT_HOME", target_folder("xtask/pre-commit")?).current_dir(user);
    run(&mut python)
}

/// Puts files into a repository, which is made if it is not there.
fn repository(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    for (name, text) in files {
        let path = folder.join(name);
        let failed = |error: std::io::Error| Failure::of(format!("{}: {error}", path.display()));
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(failed)?;
        }
        fs::write(&path, text).map_err(failed)?;
    }
    let git = |words: &[&str]| {
        let mut command = program("git");
        command.args(["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "core.hooksPath=/dev/null"]);
        run(command.args(words).current_dir(folder)).map(|_| ())
    };
    git(&["init", "--quiet"])?;
    git(&["add", "--all"])?;
    git(&["commit", "--quiet", "--allow-empty", "--message", "files"])
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::of(format!("{}: {error}", path.display())))
}
