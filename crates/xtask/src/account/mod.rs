//! `cargo xtask gen-account`: the exports of an account of any size, the same bytes each time, with one record of a hundred at
//! fault.
//!
//! The proportions are those of a large customer: of a thousand registrations there are a hundred service instances, fifty
//! keys and ten authorizations. Records are written one by one, so that memory does not grow with the size.

mod numbers;
mod records;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use records::Account;

/// Where the exports go where nothing is said.
const DEFAULT_FOLDER: &str = "account";

/// How the task is called.
const USAGE: &str = "cargo xtask gen-account --size REGISTRATIONS [--out FOLDER | --one-file FILE]";

/// Reads the arguments and writes the account.
///
/// # Errors
///
/// Wrong arguments, or a file that cannot be written.
pub fn run(words: &[&str]) -> Result<(), String> {
    let (mut size, mut folder, mut file) = (None, None, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value: {USAGE}"))?;
        match *word {
            "--size" => size = Some(number(value)?),
            "--out" => folder = Some(PathBuf::from(value)),
            "--one-file" => file = Some(PathBuf::from(value)),
            _ => return Err(format!("no such option: `{word}`: {USAGE}")),
        }
    }
    let size = size.ok_or_else(|| format!("how many registrations? {USAGE}"))?;
    match (folder, file) {
        (Some(_), Some(_)) => Err(format!("a folder or one file, not both: {USAGE}")),
        (None, Some(file)) => write_file(size, &file),
        (folder, None) => {
            let folder = match folder {
                Some(folder) => folder,
                None => crate::workspace::target_folder(DEFAULT_FOLDER)?,
            };
            write_folder(size, &folder)?;
            println!("{}", folder.display());
            Ok(())
        }
    }
}

/// A number of registrations; `1_000_000` and `1,000,000` are read too.
fn number(text: &str) -> Result<u64, String> {
    let digits: String = text.chars().filter(|character| !matches!(character, '_' | ',')).collect();
    digits.parse().ok().filter(|size| *size > 0).ok_or_else(|| format!("`{text}` is not a number of registrations"))
}

/// Writes all exports into one file, one JSON value after the other.
///
/// # Errors
///
/// Says which file could not be written.
pub fn write_file(size: u64, path: &Path) -> Result<(), String> {
    let account = Account::of(size);
    written(path, |file| {
        account.instances(file)?;
        account.policies(file)?;
        for instance in 0..account.kms_instances {
            account.keys(instance, file)?;
            account.registrations(instance, file)?;
        }
        Ok(())
    })
}

/// Writes a folder as `kmsguard collect` makes it, with its manifest.
///
/// # Errors
///
/// Says which file could not be written.
pub fn write_folder(size: u64, folder: &Path) -> Result<(), String> {
    let account = Account::of(size);
    let mut calls = Vec::new();
    let mut export = |name: String, kind: &str, instance: Option<u64>, write: &Writer<'_>| {
        let path = folder.join(&name);
        let mut rows = 0;
        written(&path, |file| {
            rows = write(file)?;
            Ok(())
        })?;
        calls.push(account.call(&name, kind, instance, rows));
        Ok::<(), String>(())
    };
    export("resource-instances.json".to_owned(), "resource-instances", None, &|file| account.instances(file))?;
    export("iam-authorizations.json".to_owned(), "iam-policies", None, &|file| account.policies(file))?;
    for instance in 0..account.kms_instances {
        let folder = format!("kms-{instance:05}");
        let of = Some(instance);
        export(format!("{folder}/keys.json"), "kms-keys", of, &|file| account.keys(instance, file))?;
        export(format!("{folder}/registrations.json"), "kms-registrations", of, &|file| {
            account.registrations(instance, file)
        })?;
    }
    written(&folder.join("kmsguard-export.json"), |file| account.manifest(&calls, file))
}

/// Writes one export and says how many rows it has.
type Writer<'a> = dyn Fn(&mut dyn Write) -> io::Result<u64> + 'a;

fn written(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).map_err(failed)?);
    write(&mut file).and_then(|()| file.flush()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kmsguard::api::{ExportKind, Input, Inventory, InventoryRequest, Severity};

    fn files(size: u64, name: &str) -> Vec<(String, Vec<u8>)> {
        let folder = crate::workspace::target_folder("account-tests").expect("a folder").join(name);
        crate::workspace::emptied(&folder).expect("an empty folder");
        write_folder(size, &folder).expect("an account");
        let mut files = Vec::new();
        let mut open = vec![folder.clone()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let name = path.strip_prefix(&folder).expect("below").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
        files.sort();
        files
    }

    #[test]
    fn an_account_is_the_same_each_time_and_has_its_faults() {
        let first = files(2_000, "first");
        assert_eq!(first, files(2_000, "second"));
        let inventory =
            Inventory::read(first.iter().map(|(name, bytes)| Input::found(name.as_str(), bytes.as_slice())).collect());
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let answer = inventory.inventory(&InventoryRequest { now, keep_going: false });
        let records = |kind| answer.inputs.iter().filter(|input| input.kind == kind).map(|input| input.records).sum();
        let (keys, registrations): (u32, u32) = (records(ExportKind::KmsKeys), records(ExportKind::KmsRegistrations));
        assert!((96..=100).contains(&keys), "{keys}");
        assert!((1_960..2_000).contains(&registrations), "{registrations}");
        let problems = |code| answer.problems.iter().filter(|problem| problem.code == code).count();
        // One of a hundred is at fault: half of those are no records at all, a quarter have a wrong CRN.
        assert!((5..=40).contains(&problems("IN010")), "{}", problems("IN010"));
        assert!((1..=20).contains(&problems("IN011")), "{}", problems("IN011"));
        assert!(answer.problems.iter().all(|problem| ["IN010", "IN011"].contains(&problem.code)));
        assert!(answer.problems.iter().any(|problem| problem.severity == Severity::Error));
    }

    #[test]
    fn the_numbers_are_in_proportion() {
        let account = Account::of(1_000_000);
        let numbers = (account.registrations, account.instances, account.policies, account.keys);
        assert_eq!(numbers, (1_000_000, 100_000, 10_000, 50_000));
        assert_eq!(number("1_000_000"), number("1,000,000"));
        assert!(number("0").is_err() && number("many").is_err());
    }
}
