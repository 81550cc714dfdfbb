//! The steps of a plan, each in all its forms.

use crate::catalog::Source;
use crate::catalog::services::Fact;

use super::json::Json;

/// A plan's steps, in the order of their doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum StepId {
    /// Looks whether the plan can be carried out; changes nothing.
    Look,
    /// Makes the authorization.
    Authorize,
    /// Waits until it works.
    Wait,
    /// Makes the deployment, or the settings, with the key.
    Provision,
    /// Reads back which key is in effect.
    Verify,
}

impl StepId {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Look, Self::Authorize, Self::Wait, Self::Provision, Self::Verify];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Authorize => "authorize",
            Self::Wait => "wait",
            Self::Provision => "provision",
            Self::Verify => "verify",
        }
    }
}

/// Whether a step can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reversible {
    /// By the caller, or there is nothing to undo.
    Yes,
    /// Not at all.
    No,
    /// Only by asking the provider.
    SupportTicket,
}

/// A call of a REST API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The method.
    pub method: &'static str,
    /// The address.
    pub url: String,
    /// The headers; `$TOKEN` stands for an IAM token.
    pub headers: Vec<(&'static str, String)>,
    /// The body; none for a call that reads.
    pub body: Option<Json>,
}

impl Rest {
    pub(super) fn new(method: &'static str, url: impl Into<String>, body: Option<Json>) -> Self {
        let mut headers = vec![("Authorization", "Bearer $TOKEN".to_owned())];
        headers.extend(body.as_ref().map(|_| ("Content-Type", "application/json".to_owned())));
        Self { method, url: url.into(), headers, body }
    }

    /// The call as a `curl` command. The token is the shell's variable `TOKEN`; everything else stands between single quotes.
    #[must_use]
    pub fn curl(&self) -> String {
        // With `-X HEAD` curl waits for a body that never comes.
        let method = if self.method == "HEAD" { "-I".to_owned() } else { format!("-X {}", self.method) };
        let mut command = format!("curl {method} {}", single(&self.url));
        for (name, value) in &self.headers {
            // The one header with a variable is put between double quotes for the shell to fill in.
            let quoted = if value.contains("$TOKEN") {
                format!("\"{name}: {value}\"")
            } else {
                single(&format!("{name}: {value}"))
            };
            command = command + " \\\n  -H " + &quoted;
        }
        if let Some(body) = &self.body {
            command = command + " \\\n  -d '" + &body.pretty() + "'";
        }
        command
    }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Of what kind a note's ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Something that the request says.
    Parameter,
    /// Something about a key.
    Key,
    /// A fact of the catalogue.
    Catalogue,
}

/// Something worth knowing about a step, and its ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Of what kind the ground is.
    pub kind: NoteKind,
    /// The fact's name, the field's pointer, or the key's CRN.
    pub reference: String,
    /// What it says.
    pub text: String,
    /// Where that was read.
    pub source: Option<Source>,
}

impl From<&Fact> for Note {
    fn from(fact: &Fact) -> Self {
        Self {
            kind: NoteKind::Catalogue,
            reference: fact.id.to_owned(),
            text: fact.text.to_owned(),
            source: Some(fact.source),
        }
    }
}

/// The notes of facts: one each, and a second where another page says otherwise.
pub(super) fn notes(facts: impl IntoIterator<Item = &'static Fact>) -> Vec<Note> {
    let mut notes = Vec::new();
    for fact in facts {
        notes.push(Note::from(fact));
        notes.extend(fact.against.map(|against| Note {
            text: format!("but another page says: {}", against.text),
            source: Some(against.source),
            ..Note::from(fact)
        }));
    }
    notes
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// What it does.
    pub title: String,
    /// In which account.
    pub account: String,
    /// What whoever does it needs, in words.
    pub role: String,
    /// Whether it can be undone.
    pub reversible: Reversible,
    /// By the REST API.
    pub rest: Option<Rest>,
    /// On the command line, one command an entry.
    pub cli: Vec<String>,
    /// In Terraform.
    pub terraform: Option<String>,
    /// In the console, one action an entry.
    pub console: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<Note>,
}
