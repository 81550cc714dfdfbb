//! The arguments of the command.

mod audit;
mod authz;
mod baseline;
mod collect;
mod crn;
mod diff;
mod impact;
mod inventory;
mod migrate;
mod plan;
mod policy;
mod snapshot;

use clap::{Args, CommandFactory, Parser, Subcommand};

pub(crate) use audit::AuditArguments;
pub(crate) use authz::AuthzArguments;
pub(crate) use baseline::BaselineArguments;
pub(crate) use collect::CollectArguments;
pub(crate) use crn::CrnArguments;
pub(crate) use diff::DiffArguments;
pub(crate) use impact::ImpactArguments;
pub(crate) use inventory::InventoryArguments;
pub(crate) use migrate::MigrateArguments;
pub(crate) use plan::{Form, PlanArguments, PlanFields};
pub(crate) use policy::PolicyArguments;
pub(crate) use snapshot::SnapshotArguments;

/// Know what an IBM Cloud encryption key holds up before you touch it.
///
/// Reads what IBM Cloud exports and answers offline. It needs no credential and opens no connection.
#[derive(Debug, Parser)]
#[command(
    name = "kmsguard",
    version,
    max_term_width = 120,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit codes: 0 fine · 1 bad · 2 usage, or an input that cannot be read · 3 nothing to read · 4 undecided"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Writes the answer in this format
    #[arg(long, global = true, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<String>,
    /// Writes the answer as JSON: short for `--output-format json`
    #[arg(long, global = true, conflicts_with = "output_format", help_heading = "Output")]
    pub(crate) json: bool,
    /// Writes the answer to a file in place of standard output; with `FORMAT=` before the path in a format of its own, and beside it.
    /// May be given several times
    #[arg(long, global = true, value_name = "[FORMAT=]PATH", help_heading = "Output")]
    pub(crate) output_file: Vec<String>,
    /// Answers as of this moment, in RFC 3339 with a zone; otherwise as of the clock
    #[arg(long, global = true, value_name = "RFC3339", help_heading = "Output")]
    pub(crate) now: Option<String>,
    /// Reads the configuration from this file; otherwise from the nearest `kmsguard.toml` between the working directory and the root of its
    /// repository
    #[arg(long, global = true, value_name = "FILE", help_heading = "Configuration")]
    pub(crate) config: Option<String>,
    /// Reads no configuration
    #[arg(long, global = true, conflicts_with = "config", help_heading = "Configuration")]
    pub(crate) no_config: bool,
    /// Writes nothing to standard error but errors
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Says what a CRN is, what is wrong with it, and the right one
    Crn(CrnArguments),
    /// Prints a script that makes a complete export of accounts; it only reads
    Collect(CollectArguments),
    /// Says what was read, which key protects what, and what is missing
    Inventory(InventoryArguments),
    /// Makes the authorization and the provisioning that give a service a key: checked, ready to send
    Plan(Box<PlanArguments>),
    /// Reads authorizations in any form, says what they grant and what is wrong with them, and writes them in every other form
    Policy(PolicyArguments),
    /// Says who may use which key, and why or why not
    Authz(AuthzArguments),
    /// Finds what is risky about the keys of exports
    Audit(AuditArguments),
    /// Writes down the findings that stand today, so that only what comes from now on counts
    Baseline(BaselineArguments),
    /// Says what changed between two audits, or two exports: what is new, what is fixed, and what is only out of sight
    Diff(DiffArguments),
    /// Says what a set of actions on keys, authorizations and deployments breaks, when, and for how long it can be undone
    Impact(ImpactArguments),
    /// Says which keys of Hyper Protect Crypto Services are ready to move to Key Protect Dedicated, what is missing, and what comes next
    Migrate(MigrateArguments),
    /// Packs exports into one file that is read in their place
    Snapshot(SnapshotArguments),
    /// Shows an example account: what its keys protect, and what is wrong with them
    Demo(DemoArguments),
    /// Explains a rule or the code of a problem; without one, lists them
    Rule(RuleArguments),
    /// Prints the JSON Schema of a request or an answer; without a name, lists them
    Schema {
        /// The name, such as `audit-answer`
        name: Option<String>,
    },
    /// Prints the page of the manual, for `man`
    Man(ManArguments),
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Writes the exports of the example into this folder in place of showing them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// Writes the page of the command and one for each verb into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RuleArguments {
    /// The id of a rule or the code of a problem
    pub(crate) id: Option<String>,
}

/// The whole command, as clap knows it: what its help, its manual and its pages are made of.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}
