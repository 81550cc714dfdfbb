//! Reads the commands that make policies, out of a command line or a whole script.

use super::cli_flags::{ALONE, EXCLUSIVE, SOURCE, TARGET, names};
use super::documents::Found;
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Attribute, Authorization, PolicyType, Side, Version};
use super::obstacle::Form;
use super::read::read_text;
use super::review::review;
use super::role::{Role, RoleKind};
use super::shell_words::{Command, Word, commands};

/// The command.
pub(super) const COMMAND: &str = "authorization-policy-create";

/// Every policy that a script makes, as far as the script says it. `account` is the one in which it is run.
pub(super) fn read(text: &str, account: Option<&str>) -> Result<Vec<Found>, PolicyFault> {
    let commands = commands(text).map_err(|unended| {
        PolicyFault::at(Kind::Syntax { expected: "the end of the quotes that begin here" }, [unended.0, text.len()])
    })?;
    let mut account = account.map(str::to_owned);
    let mut files: Vec<(&str, Option<&Word>)> = Vec::new();
    let mut found = Vec::new();
    for command in &commands {
        if let Some(file) = &command.output {
            files.push((&file.text, content(command)));
        }
        let Some(words) = arguments_of(command) else { continue };
        match words {
            [first, second, rest @ ..] if first.text == "iam" && second.text == COMMAND => {
                let end = command.words.last().map_or(second.span[1], |word| word.span[1]);
                let start = command.words.first().map_or(first.span[0], |word| word.span[0]);
                let given = Given::of(rest);
                let policy = match given.one("--file") {
                    Some(file) => from_file(file, &given, &files),
                    None => Ok(policy(&given, account.as_deref())),
                };
                found.push(Found { pointer: String::new(), span: Some([start, end]), form: Form::Cli, policy });
            }
            [first, rest @ ..] if first.text == "target" || first.text == "login" => {
                let mut words = rest.iter().skip_while(|word| word.text != "-c");
                if let Some(word) = words.nth(1) {
                    account = Some(word.text.clone()).filter(|_| !word.unknown);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The words after `ibmcloud`, under whichever of its names.
fn arguments_of(command: &Command) -> Option<&[Word]> {
    let is_name = |word: &Word| {
        let name = word.text.rsplit('/').next().unwrap_or_default();
        matches!(name, "ibmcloud" | "ic" | "bx" | "bluemix")
    };
    // Before it may stand variables for it, a prompt, `sudo`, `time` or `if`.
    let place = command.words.iter().position(is_name)?;
    command.words.get(place + 1..)
}

/// What a command writes: the text of `printf '%s' TEXT` and `echo TEXT`, or a here-document.
fn content(command: &Command) -> Option<&Word> {
    match command.words.as_slice() {
        [printf, format, text] if printf.text == "printf" && matches!(format.text.as_str(), "%s" | "%s\\n") => {
            Some(text)
        }
        [echo, text] if echo.text == "echo" => Some(text),
        [cat] if cat.text == "cat" => command.here.as_ref(),
        _ => None,
    }
}

/// The words of one command, sorted.
struct Given<'a> {
    flags: Vec<(&'static str, Word)>,
    words: Vec<&'a Word>,
    faults: Vec<PolicyFault>,
}

impl<'a> Given<'a> {
    fn of(words: &'a [Word]) -> Self {
        let mut given = Self { flags: Vec::new(), words: Vec::new(), faults: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if !word.text.starts_with('-') || word.text == "-" {
                given.words.push(word);
                continue;
            }
            // Go's flag sets take one dash as two, and a value after `=`.
            let bare = word.text.split('=').next().unwrap_or_default();
            let dashed =
                if bare.starts_with("--") || ALONE.contains(&bare) { bare.to_owned() } else { format!("-{bare}") };
            let Some(name) = names().find(|name| *name == dashed) else {
                given.faults.push(PolicyFault::at(Kind::UnknownFlag { flag: bare.to_owned() }, word.span));
                continue;
            };
            if ALONE.contains(&name) {
                continue;
            }
            let value = match word.text.get(bare.len() + 1..) {
                Some(text) => Some(Word { text: text.to_owned(), ..word.clone() }),
                None => words.next().cloned(),
            };
            let Some(value) = value else {
                given.faults.push(PolicyFault::at(Kind::Missing { what: "the value of a flag" }, word.span));
                continue;
            };
            if given.one(name).is_some() {
                given.faults.push(PolicyFault::at(Kind::Repeated { member: name.to_owned() }, word.span));
            }
            given.flags.push((name, value));
        }
        for (one, other) in EXCLUSIVE {
            if let (Some(_), Some(word)) = (given.one(one), given.one(other)) {
                let kind = Kind::Exclusive { one: one.to_owned(), other: other.to_owned() };
                given.faults.push(PolicyFault::at(kind, word.span));
            }
        }
        given
    }

    fn one(&self, flag: &str) -> Option<&Word> {
        self.flags.iter().find(|(name, _)| *name == flag).map(|(_, word)| word)
    }
}

/// The policy of a file that the same script writes.
fn from_file(file: &Word, given: &Given<'_>, files: &[(&str, Option<&Word>)]) -> Result<Authorization, PolicyFault> {
    let content = files.iter().rev().find(|(name, _)| *name == file.text).and_then(|(_, content)| *content);
    let Some(content) = content.filter(|content| !content.unknown && !file.unknown) else {
        let kind = Kind::ValueNotKnown { what: "--file".to_owned(), written: file.text.clone() };
        return Err(PolicyFault::at(kind, file.span));
    };
    let mut policy = read_text(&content.text).map_err(|fault| PolicyFault { span: Some(content.span), ..fault })?;
    for fault in &mut policy.problems {
        fault.span = Some(content.span);
    }
    policy.problems.extend(given.faults.iter().cloned());
    if let Some(word) = given.words.first() {
        let kind = Kind::Exclusive { one: "--file".to_owned(), other: word.text.clone() };
        policy.problems.push(PolicyFault::at(kind, word.span));
    }
    Ok(policy)
}

/// The policy that a command makes by its flags.
fn policy(given: &Given<'_>, account: Option<&str>) -> Authorization {
    let mut policy = Authorization::empty(Version::V1);
    policy.kind = PolicyType::Authorization;
    policy.problems.clone_from(&given.faults);
    let [source, target, roles] = [0, 1, 2].map(|place| given.words.get(place).copied());
    for (word, what) in [(source, "SOURCE, the service"), (target, "TARGET, the service"), (roles, "ROLES")] {
        if word.is_none() {
            policy.problems.push(PolicyFault::new(Kind::Missing { what }, ""));
        }
    }
    if let Some(word) = given.words.get(3) {
        policy.problems.push(PolicyFault::at(Kind::Syntax { expected: "a flag" }, word.span));
    }
    let problems = &mut policy.problems;
    let source_account = given.one("--source-service-account");
    let mut subject = Side::default();
    match (source_account, account) {
        (Some(word), _) => put(&mut subject, "accountId", "--source-service-account", word, problems),
        (None, Some(account)) => subject.attributes.push(Attribute::equals("accountId", account)),
        (None, None) => {
            subject.unreadable = true;
            problems.push(PolicyFault::new(Kind::AccountOfCaller(SideName::Subject), ""));
        }
    }
    let mut resource = Side::default();
    match account {
        Some(account) => resource.attributes.push(Attribute::equals("accountId", account)),
        None => {
            resource.unreadable = true;
            problems.push(PolicyFault::new(Kind::AccountOfCaller(SideName::Resource), ""));
        }
    }
    side(&mut subject, ("SOURCE", source), &SOURCE, "--source-service-instance-name", given, problems);
    side(&mut resource, ("TARGET", target), &TARGET, "--target-service-instance-name", given, problems);
    // Of what the shell puts in unquoted, nobody can say how many words it is: a flag that narrows a side may be among them.
    if given.words.iter().copied().chain(given.flags.iter().map(|(_, word)| word)).any(|word| word.unknown) {
        subject.unreadable = true;
        resource.unreadable = true;
    }
    policy.subjects = vec![subject];
    policy.resources = vec![resource];
    policy.roles = roles.map(|word| read_roles(word, problems)).unwrap_or_default();
    review(&mut policy);
    for fault in &mut policy.problems {
        fault.pointer.clear();
    }
    policy
}

fn side(
    side: &mut Side,
    (what, service): (&str, Option<&Word>),
    flags: &[(&'static str, &'static str)],
    instance_name: &str,
    given: &Given<'_>,
    problems: &mut Vec<PolicyFault>,
) {
    match service {
        Some(word) => put(side, "serviceName", what, word, problems),
        None => side.unreadable = true,
    }
    // An instance is named by its id in a policy; which id belongs to a name, only IBM Cloud knows.
    if let Some(word) = given.one(instance_name) {
        side.unreadable = true;
        let kind = Kind::ValueNotKnown { what: instance_name.to_owned(), written: word.text.clone() };
        problems.push(PolicyFault::at(kind, word.span));
    }
    for (attribute, flag) in flags {
        if let Some(word) = given.one(flag) {
            put(side, attribute, flag, word, problems);
        }
    }
}

fn put(side: &mut Side, attribute: &str, what: &str, word: &Word, problems: &mut Vec<PolicyFault>) {
    let fault = |kind| PolicyFault::at(kind, word.span);
    if word.unknown {
        side.unreadable = true;
        problems.push(fault(Kind::ValueNotKnown { what: what.to_owned(), written: word.text.clone() }));
    } else if word.text.is_empty() || word.text.starts_with("--") {
        side.unreadable = true;
        problems.push(fault(Kind::AttributeValue { attribute: what.to_owned() }));
    } else {
        side.attributes.push(Attribute::equals(attribute, &word.text));
    }
}

fn read_roles(word: &Word, problems: &mut Vec<PolicyFault>) -> Vec<Role> {
    if word.unknown {
        let kind = Kind::ValueNotKnown { what: "ROLES".to_owned(), written: word.text.clone() };
        problems.push(PolicyFault::at(kind, word.span));
        return vec![Role::unreadable()];
    }
    let role = |name: &str| {
        let role = Role::named(name);
        if role.text.is_empty() {
            problems.push(PolicyFault::at(Kind::NoRoles, word.span));
        } else if role.kind == RoleKind::Unreadable {
            problems.push(PolicyFault::at(Kind::UnknownRoleName { role: role.text.clone() }, word.span));
        }
        role
    };
    word.text.split(',').map(role).collect()
}
