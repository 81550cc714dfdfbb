//! A machine with stand-ins for `ibmcloud` and `curl`, on which the script runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kmsguard::api::{Input, Inventory, InventoryAnswer, InventoryRequest};
use kmsguard_vectors::{MemoryHost, repository};

/// Answers with what stands in files, notes what it is asked, and never opens a connection. The first line of an answer is its
/// status, the code that `curl` ends with, and a header.
const CURL: &str = r#"#!/usr/bin/env bash
config=$(cat)
url=$(printf '%s\n' "$config" | sed -n 's/^url = "\(.*\)"$/\1/p')
printf '%s\n' "$*" >>"$STAND_IN/arguments"
printf '%s\n' "$url" >>"$STAND_IN/requests"
while [ $# -gt 0 ]; do
  case $1 in
    --output) output=$2 ;;
    --dump-header) headers=$2 ;;
  esac
  shift
done
printf '%s\n' "$config" | grep -q '^header = "Authorization: Bearer token-[0-9]*"$' || exit 99
if [ "$url" = "$(cat "$STAND_IN/hang" 2>/dev/null)" ]; then
  touch "$STAND_IN/hanging"
  sleep 3
  exit 28
fi
case $url in
  *.kms.*/api/v2/*) printf '%s\n' "$config" | grep -q '^header = "Bluemix-Instance: [0-9a-f-]*"$' || exit 98 ;;
esac
name=$(printf '%s' "$url" | tr -c 'A-Za-z0-9' '_')
# Instances that share an endpoint are told apart by the header alone.
number=$(grep -Fxc -- "$url" "$STAND_IN/requests")
answer="$STAND_IN/answers/$name.$number"
[ -f "$answer" ] || answer="$STAND_IN/answers/$name"
if [ ! -f "$answer" ]; then
  case $url in
    *settings/kms*) ;;
    *) printf '%s\n' "$url" >>"$STAND_IN/unrouted" ;;
  esac
  printf '{"errors":[{"code":"not_found","message":"there is nothing here"}]}' >"$output"
  printf 404
  exit 0
fi
IFS='|' read -r status code header <"$answer"
printf 'HTTP/2 %s\r\n%s\r\n\r\n' "$status" "$header" >"$headers"
sed 1d "$answer" >"$output"
printf '%s' "$status"
exit "$code"
"#;

/// A login that can enter the accounts in a file.
const IBMCLOUD: &str = r#"#!/usr/bin/env bash
case "$*" in
  'target --output json')
    printf '{"account":{"guid":"%s"},"user":{"user_email":"someone@example.com"}}\n' "$(cat "$STAND_IN/target")" ;;
  'target -c '*)
    grep -Fqx -- "$3" "$STAND_IN/accounts" || exit 1
    printf '%s' "$3" >"$STAND_IN/target" ;;
  'iam oauth-tokens --output json')
    printf x >>"$STAND_IN/tokens"
    printf '{"iam_token":"Bearer token-%s"}\n' "$(wc -c <"$STAND_IN/tokens" | tr -d ' ')" ;;
  *)
    printf '%s\n' "ibmcloud $*" >>"$STAND_IN/unrouted"
    exit 1 ;;
esac
"#;

/// What a call is answered with.
pub struct Answer {
    status: u16,
    exit: u8,
    header: &'static str,
    body: String,
}

impl Answer {
    pub fn of(status: u16, body: &str) -> Self {
        Self { status, exit: 0, header: "", body: body.to_owned() }
    }

    /// `curl` ends with this code: the connection was cut.
    pub fn with_exit(self, exit: u8) -> Self {
        Self { exit, ..self }
    }

    pub fn with_header(self, header: &'static str) -> Self {
        Self { header, ..self }
    }
}

/// How a run of the script ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The machine: a folder of its own for each test.
pub struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// A machine whose login can enter these accounts and targets the first.
    pub fn new(name: &str, accounts: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("collect").join(name);
        let _ = fs::remove_dir_all(&folder);
        let machine = Self { folder };
        for inner in ["bin", "stand-in/answers"] {
            fs::create_dir_all(machine.folder.join(inner)).expect("a folder");
        }
        for (program, text) in [("curl", CURL), ("ibmcloud", IBMCLOUD)] {
            let path = machine.folder.join("bin").join(program);
            fs::write(&path, text).expect("a program");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an executable");
        }
        fs::write(machine.stand_in("accounts"), accounts.join("\n") + "\n").expect("accounts");
        fs::write(machine.stand_in("target"), accounts.first().copied().unwrap_or_default()).expect("a target");
        machine
    }

    fn stand_in(&self, name: &str) -> PathBuf {
        self.folder.join("stand-in").join(name)
    }

    fn noted(&self, name: &str) -> String {
        fs::read_to_string(self.stand_in(name)).unwrap_or_default()
    }

    fn answer_file(&self, url: &str, number: Option<u32>, answer: &Answer) {
        let name: String = url.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let name = number.map_or(name.clone(), |number| format!("{name}.{number}"));
        let Answer { status, exit, header, body } = answer;
        let path = self.stand_in("answers").join(name);
        fs::write(path, format!("{status}|{exit}|{header}\n{body}")).expect("an answer");
    }

    /// A call is answered so from now on.
    pub fn answer(&self, url: &str, answer: &Answer) {
        self.answer_file(url, None, answer);
    }

    /// The call of this number is answered so.
    pub fn answer_once(&self, url: &str, number: u32, answer: &Answer) {
        self.answer_file(url, Some(number), answer);
    }

    /// Calls are answered with status 200 and these bodies.
    pub fn answer_all(&self, answers: &[(String, String)]) {
        for (url, body) in answers {
            self.answer(url, &Answer::of(200, body));
        }
    }

    /// The script as `kmsguard collect` prints it.
    pub fn script(&self, accounts: &str) -> PathBuf {
        let host = MemoryHost::with_files([("accounts".to_owned(), accounts.to_owned())]);
        let out = self.exports().to_string_lossy().into_owned();
        let (code, script, stderr) = host.run(&["collect", "--accounts", "accounts", "--out", &out]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        let path = self.folder.join("collect.sh");
        fs::write(&path, script).expect("the script");
        path
    }

    /// A name with a space and a quote in it, as folders of people have.
    fn exports(&self) -> PathBuf {
        self.folder.join("Bob's exports")
    }

    fn command(&self, accounts: &str, options: &[&str]) -> Command {
        let mut command = Command::new("bash");
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .args(options)
            .arg(self.script(accounts))
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", self.folder.join("bin").display()))
            .env("STAND_IN", self.folder.join("stand-in"))
            .env("KMSGUARD_RETRY_SECONDS", "0")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, accounts: &str, options: &[&str]) -> Run {
        assert!(
            Command::new("jq").arg("--version").output().is_ok_and(|output| output.status.success()),
            "jq is not installed; `cargo xtask test` installs it"
        );
        let output = self.command(accounts, options).output().expect("bash");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(!self.folder.join("hacked").exists(), "the name of an account was run");
        self.write_down_manifest();
        Run { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// The manifest of the last run, for the tests that hold it against its JSON Schema.
    fn write_down_manifest(&self) {
        let Ok(manifest) = fs::read(self.exports().join("kmsguard-export.json")) else { return };
        let folder = repository().join("target/vectors/manifests");
        fs::create_dir_all(&folder).expect("target/ can be written");
        let name = self.folder.file_name().expect("a name").to_string_lossy().into_owned();
        fs::write(folder.join(format!("{name}.json")), manifest).expect("target/vectors/ can be written");
    }

    /// Runs the script for the accounts of a file.
    pub fn collect(&self, accounts: &str) -> Run {
        self.run(accounts, &[])
    }

    /// Runs the script with a trace of its commands asked for.
    pub fn collect_traced(&self, accounts: &str) -> Run {
        self.run(accounts, &["-x"])
    }

    /// A call hangs from now on.
    pub fn hang_at(&self, url: &str) {
        fs::write(self.stand_in("hang"), url).expect("a mark");
    }

    /// No call hangs any more.
    pub fn go_on(&self) {
        let _ = fs::remove_file(self.stand_in("hang"));
    }

    /// Runs the script until the call hangs, and kills it there.
    pub fn collect_until_hanging(&self, accounts: &str) {
        let mut command = self.command(accounts, &[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("bash");
        let started = Instant::now();
        while !self.stand_in("hanging").exists() {
            assert!(started.elapsed() < Duration::from_secs(60), "the call was never made");
            std::thread::sleep(Duration::from_millis(20));
        }
        child.kill().expect("a script that runs");
        child.wait().expect("a script that ended");
    }

    /// The addresses that were asked, in order.
    pub fn requests(&self) -> Vec<String> {
        self.noted("requests").lines().map(str::to_owned).collect()
    }

    /// How often an address was asked.
    pub fn asked(&self, url: &str) -> usize {
        self.requests().iter().filter(|asked| *asked == url).count()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        let _ = fs::remove_file(self.stand_in("requests"));
    }

    /// Removes what was collected.
    pub fn empty(&self) {
        fs::remove_dir_all(self.exports()).expect("exports");
        self.forget();
    }

    /// The arguments of every `curl`.
    pub fn arguments(&self) -> String {
        self.noted("arguments")
    }

    /// What was asked that nobody answers.
    pub fn unrouted(&self) -> String {
        self.noted("unrouted")
    }

    /// How many tokens were fetched.
    pub fn tokens(&self) -> usize {
        self.noted("tokens").len()
    }

    /// The account that the login targets.
    pub fn targeted(&self) -> String {
        self.noted("target")
    }

    /// What was collected: names and contents.
    pub fn collected(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut open = vec![self.exports()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.folder).expect("below").to_string_lossy().into_owned();
                    files.push((name, fs::read(&path).expect("a file")));
                }
            }
        }
        files
    }

    /// What kmsguard reads of it.
    pub fn inventory(&self) -> InventoryAnswer {
        let inputs = self.collected().into_iter().map(|(name, bytes)| Input::found(name, bytes)).collect();
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        Inventory::read(inputs).inventory(&InventoryRequest { now, keep_going: false })
    }
}
