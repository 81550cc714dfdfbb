//! The pages of the manual and the completions, held by the programs that read them.

#![cfg(all(unix, feature = "native"))]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const KMSGUARD: &str = env!("CARGO_BIN_EXE_kmsguard");

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn kmsguard(arguments: &[&str]) -> Output {
    Command::new(KMSGUARD).args(arguments).output().expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Whether a program is there; what only it can tell is not asked where it is not.
fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// The verbs, as the help lists them.
fn verbs() -> Vec<String> {
    let help = text(&kmsguard(&["--help"]).stdout);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let verbs =
        lines.take_while(|line| !line.is_empty()).filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    verbs.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

#[test]
fn every_verb_has_a_page_that_groff_reads_without_a_warning() {
    let folder = folder("manual");
    let path = folder.to_str().expect("a path in UTF-8");
    assert!(kmsguard(&["man", "--dir", path]).status.success());
    let verbs = verbs();
    assert!(verbs.len() > 10 && verbs.iter().any(|verb| verb == "audit"), "{verbs:?}");
    let mut names: Vec<String> =
        verbs.iter().map(|verb| format!("kmsguard-{verb}.1")).chain(["kmsguard.1".to_owned()]).collect();
    names.sort();
    let entries = fs::read_dir(&folder).expect("the folder");
    let mut found: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    found.sort();
    assert_eq!(found, names);
    for name in &names {
        let page = fs::read_to_string(folder.join(name)).expect("a page");
        let title = name.strip_suffix(".1").expect("a page of section 1");
        assert!(page.contains(&format!(".TH {title} 1")), "{name}: {page}");
        if is_there("groff") {
            let read = Command::new("groff")
                .args(["-man", "-Tutf8", "-ww", "-z"])
                .arg(folder.join(name))
                .output()
                .expect("groff starts");
            assert!(read.status.success() && read.stderr.is_empty(), "{name}: {}", text(&read.stderr));
        }
    }
}

#[test]
fn without_a_folder_the_page_of_the_command_is_printed() {
    let page = text(&kmsguard(&["man"]).stdout);
    assert!(page.contains(".TH kmsguard 1") && page.contains("Exit codes"), "{page}");
}

#[test]
fn bash_completes_verbs_and_options() {
    if !is_there("bash") {
        return;
    }
    let script = folder("completions").join("kmsguard.bash");
    fs::write(&script, kmsguard(&["completions", "bash"]).stdout).expect("the script is written");
    let complete = |words: &str, count: u32| {
        let ask = format!(
            "set -eu; source '{}'; COMP_WORDS=({words}); COMP_CWORD={count}; _kmsguard kmsguard \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$COMP_CWORD-1]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &ask]).output().expect("bash starts");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete("kmsguard aud", 1), ["audit"]);
    assert_eq!(complete("kmsguard audit --stat", 2), ["--statistics"]);
    assert_eq!(complete("kmsguard audit --fail-on cr", 3), ["critical"]);
}

/// What a shell prints of its own accord when it has loaded its completions; none where the shell is not there.
fn asked(shell: &str, options: &[&str], ask: impl Fn(&Path) -> String) -> Option<Vec<String>> {
    let script = kmsguard(&["completions", shell]).stdout;
    assert!(text(&script).contains("kmsguard"), "{shell}");
    if !is_there(shell) {
        return None;
    }
    let path = folder(&format!("completions-{shell}")).join("kmsguard");
    fs::write(&path, &script).expect("the script is written");
    let output = Command::new(shell).args(options).args(["-c", &ask(&path)]).output().expect("the shell starts");
    assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {}", text(&output.stderr));
    Some(text(&output.stdout).lines().map(str::to_owned).collect())
}

#[test]
fn zsh_loads_its_completions_and_gives_them_to_the_command() {
    let ask = |path: &Path| {
        format!(
            "autoload -Uz compinit && compinit -u -D; source '{}'; print -r -- $_comps[kmsguard]; whence -w _kmsguard; \
             whence -wm '_kmsguard*audit*'",
            path.display()
        )
    };
    let Some(lines) = asked("zsh", &["-f"], ask) else { return };
    assert_eq!(lines.first().map(String::as_str), Some("_kmsguard"), "{lines:?}");
    assert_eq!(lines.get(1).map(String::as_str), Some("_kmsguard: function"), "{lines:?}");
    assert!(lines.iter().skip(2).any(|line| line.ends_with(": function")), "{lines:?}");
}

#[test]
fn fish_completes_verbs_and_options() {
    let complete = |words: &str| {
        let ask = |path: &Path| format!("source '{}'; complete -C '{words}'", path.display());
        asked("fish", &["--no-config"], ask).map(|lines| {
            let word = |line: &String| line.split('\t').next().unwrap_or_default().to_owned();
            lines.iter().map(word).collect::<Vec<_>>()
        })
    };
    let Some(verbs) = complete("kmsguard aud") else { return };
    assert_eq!(verbs, ["audit"]);
    assert_eq!(complete("kmsguard audit --stat"), Some(vec!["--statistics".to_owned()]));
    assert_eq!(complete("kmsguard audit --fail-on cr"), Some(vec!["critical".to_owned()]));
}
