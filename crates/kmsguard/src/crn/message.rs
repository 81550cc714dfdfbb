//! What is wrong with a CRN, and what to do about it, in words.
//!
//! The texts are templates, and one function fills them: code for each would be a third of the WebAssembly file of CRNs.

use super::fault::FaultKind;
use super::model::Segment;

/// What a bare GUID is taken for.
pub(super) const BARE_ID: &str = "the bare id of a key";

/// A text with `{}` for each word that is filled in.
type Template<'a> = (&'static str, [&'a str; 2]);

impl FaultKind {
    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        let number = match self {
            Self::TooFewSegments { found: number, .. }
            | Self::TooManySegments { found: number, .. }
            | Self::TooLong { bytes: number } => decimal(*number),
            Self::ForeignCharacter { character } => hexadecimal(u32::from(*character)),
            _ => String::new(),
        };
        let names = match self {
            Self::TooFewSegments { missing, .. } => listed(missing),
            _ => String::new(),
        };
        filled(self.message_template(&number, &names))
    }

    fn message_template<'a>(&'a self, number: &'a str, names: &'a str) -> Template<'a> {
        let (template, words): (&'static str, [&str; 2]) = match self {
            Self::NotACrn { looks_like: Some(what) } => ("this is {}, not a CRN", [what, ""]),
            Self::NotACrn { looks_like: None } => ("a CRN begins with `crn:`", ["", ""]),
            Self::TooFewSegments { missing, .. } => match missing.as_slice() {
                [] => ("expected 10 segments separated by `:`, found {}", [number, ""]),
                [_] => ("expected 10 segments separated by `:`, found {}: {} is probably missing", [number, names]),
                _ => ("expected 10 segments separated by `:`, found {}: {} are probably missing", [number, names]),
            },
            Self::TooManySegments { .. } => ("expected 10 segments separated by `:`, found {}", [number, ""]),
            Self::Version { text } => ("version `{}` is not `v1`", [text, ""]),
            Self::Cname { text } => ("cname `{}` is not `bluemix`", [text, ""]),
            Self::Ctype { text } => ("ctype `{}` is none of `public`, `dedicated`, `local`", [text, ""]),
            Self::ServiceName { text } if text.is_empty() => ("the service name is empty", ["", ""]),
            Self::ServiceName { text } => ("`{}` is no service name", [text, ""]),
            Self::Scope { text, account_without_prefix: true } => ("account `{}` lacks its prefix `a/`", [text, ""]),
            Self::Scope { text, .. } => ("`{}` is no scope", [text, ""]),
            Self::NotAKms { text, .. } => ("service `{}` holds no keys", [text, ""]),
            Self::NotAKey { instance: true, .. } => ("this is a KMS instance, not a key", ["", ""]),
            Self::NotAKey { resource_type, .. } if resource_type == "key" => ("the key id is missing", ["", ""]),
            Self::NotAKey { resource_type, .. } => ("resource type `{}` is not `key`", [resource_type, ""]),
            Self::NotAnInstance => ("this names something inside an instance, not the instance", ["", ""]),
            Self::NotAGuid { text } if text.is_empty() => ("the instance is empty", ["", ""]),
            Self::NotAGuid { text } => ("`{}` is not a GUID", [text, ""]),
            Self::AccountId { text } => ("account `{}` is not 32 hexadecimal digits", [text, ""]),
            Self::ForeignCharacter { .. } => ("character U+{} does not belong in a CRN", [number, ""]),
            Self::UnknownRegion { text, .. } => ("`{}` is not a known region of this service", [text, ""]),
            Self::WrongCase { text, right } => ("`{}` is written `{}`", [text, right]),
            Self::UnknownService { text, .. } => ("service `{}` is not known", [text, ""]),
            Self::UnknownLocation { text, .. } => ("location `{}` is not known", [text, ""]),
            Self::Location { text } => ("`{}` is no location", [text, ""]),
            Self::NoRegion => ("a KMS is in a region, and none is named", ["", ""]),
            Self::Encoded { right: None } => ("the CRN is percent-encoded", ["", ""]),
            Self::Encoded { right: Some(right) } => ("`{}` is percent-encoded", [right, ""]),
            Self::DoubledColon => {
                ("one colon too many: it makes an empty segment and shifts all that follow", ["", ""])
            }
            Self::Glued { text, .. } => ("`{}` should be two segments", [text, ""]),
            Self::TornScope { .. } => ("the scope is torn in two by a colon", ["", ""]),
            Self::TerraformId { of } => ("this is Terraform's id of {}, which holds a CRN and more", [of, ""]),
            Self::Placeholder { text } => ("`{}` stands for a value, it is none", [text, ""]),
            Self::NoAccount => ("a KMS belongs to an account, and the scope names none", ["", ""]),
            Self::Prefixed { text } => ("`{}` stands before the CRN", [text, ""]),
            Self::TooLong { .. } => ("a text of {} bytes is longer than any CRN", [number, ""]),
        };
        (template, words)
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        filled(self.help_template())
    }

    fn help_template(&self) -> Template<'_> {
        let (template, word): (&'static str, &str) = match self {
            Self::NotACrn { looks_like: Some(BARE_ID) } => {
                ("give the key's full CRN; `ibmcloud kp keys -i INSTANCE -o json` prints it as `crn`", "")
            }
            Self::NotACrn { .. } => {
                ("write the whole name, `crn:v1:bluemix:public:SERVICE:LOCATION:a/ACCOUNT:INSTANCE:TYPE:RESOURCE`", "")
            }
            Self::TooFewSegments { .. } => {
                ("a segment may be empty, its colon may not: an instance ends in `::`, a key in `:key:ID`", "")
            }
            Self::TooManySegments { doubled, .. } if !doubled.is_empty() => {
                ("`{}` is written twice: remove one of them", doubled)
            }
            Self::TooManySegments { .. } => ("a colon inside the resource is written `%3A`", ""),
            Self::Version { .. } => ("write `v1`, the only version there is", ""),
            Self::Cname { .. } => ("customers' resources are in `bluemix`", ""),
            Self::Ctype { .. } => ("write `public`, unless the resource is in a dedicated or local cloud", ""),
            Self::ServiceName { .. } => {
                ("use the name IAM knows: lower-case letters, digits, `-`, a child after `.`", "")
            }
            Self::Scope { account_without_prefix: true, .. } => ("write the account as `a/ACCOUNT`", ""),
            Self::Scope { .. } => {
                ("write `a/ACCOUNT`, `o/ORGANIZATION`, `s/SPACE`, `p/PROJECT`, `global`, or nothing", "")
            }
            Self::NotAKms { near: Some(near), .. }
            | Self::UnknownRegion { near: Some(near), .. }
            | Self::UnknownService { near: Some(near), .. }
            | Self::UnknownLocation { near: Some(near), .. } => ("did you mean `{}`?", near),
            Self::NotAKms { .. } => {
                ("keys are of `kms` (Key Protect) or `hs-crypto` (Hyper Protect Crypto Services)", "")
            }
            Self::NotAKey { .. } => {
                ("a key ends in `:key:ID`; `ibmcloud kp keys -i INSTANCE -o json` prints it as `crn`", "")
            }
            Self::NotAnInstance => ("an instance ends in `::`", ""),
            Self::NotAGuid { .. } => (
                "a KMS names instances and keys by GUID, never by name or alias: `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`",
                "",
            ),
            Self::AccountId { .. } => ("`ibmcloud account show` prints the account id", ""),
            Self::ForeignCharacter { .. } => ("remove it; it was probably copied along", ""),
            Self::UnknownRegion { .. } => ("check the spelling; a region opened lately may not be known yet", ""),
            Self::WrongCase { .. } => ("CRNs are compared letter by letter", ""),
            Self::UnknownService { .. } => ("check the spelling; a new service may not be known yet", ""),
            Self::UnknownLocation { .. } => ("check the spelling; a new location may not be known yet", ""),
            Self::Location { .. } => ("write a region such as `us-south`, a zone, `global`, or nothing", ""),
            Self::NoRegion => ("write the region of the instance, such as `us-south`", ""),
            Self::Encoded { .. } => ("decode it once: only the resource may hold `%` and two digits", ""),
            Self::DoubledColon => ("remove it", ""),
            Self::Glued { right, .. } | Self::TornScope { right } => ("write `{}`", right),
            Self::TerraformId { .. } => ("use the CRN alone, as the attribute `crn` gives it", ""),
            Self::Placeholder { .. } => ("put the value in its place", ""),
            Self::NoAccount => ("write `a/ACCOUNT` before the instance", ""),
            Self::Prefixed { .. } => ("begin with `crn:`", ""),
            Self::TooLong { .. } => ("no CRN has more than some hundred bytes; was a whole file given?", ""),
        };
        (template, [word, ""])
    }
}

/// A template with its words in their places.
fn filled((template, words): Template<'_>) -> String {
    let mut words = words.into_iter();
    let mut text = String::new();
    for (index, piece) in template.split('{').enumerate() {
        if index == 0 {
            text.push_str(piece);
        } else {
            text.push_str(words.next().unwrap_or_default());
            text.push_str(piece.strip_prefix('}').unwrap_or_default());
        }
    }
    text
}

fn listed(segments: &[Segment]) -> String {
    let mut names = String::new();
    for (index, segment) in segments.iter().enumerate() {
        names.push_str(match segments.len() - index {
            _ if index == 0 => "`",
            1 => "` and `",
            _ => "`, `",
        });
        names.push_str(segment.name());
    }
    names.push('`');
    names
}

fn decimal(number: usize) -> String {
    digits(number, 10, 1)
}

/// At least four digits, as code points are written.
fn hexadecimal(number: u32) -> String {
    digits(number as usize, 16, 4)
}

fn digits(mut number: usize, base: u32, least: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < least {
        let digit = u32::try_from(number % base as usize).unwrap_or_default();
        digits.push(char::from_digit(digit, base).unwrap_or('0').to_ascii_uppercase());
        number /= base as usize;
    }
    digits.into_iter().rev().collect()
}
