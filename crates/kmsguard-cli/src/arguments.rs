//! The arguments of the command.

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

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
    /// Says what deleting a key breaks, when, and for how long it can be undone
    Impact(ImpactArguments),
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
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Require {
    /// A key of Key Protect or Hyper Protect Crypto Services
    Key,
    /// An instance of one of them
    Instance,
    /// Anything
    Any,
}

impl From<Require> for kmsguard::api::Require {
    fn from(require: Require) -> Self {
        match require {
            Require::Key => Self::Key,
            Require::Instance => Self::Instance,
            Require::Any => Self::Any,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard crn --require key crn:v1:bluemix:public:kms:us-south:a/…:…:key:…\n  \
                        kmsguard crn --extract - < main.tf\n  kmsguard crn --output-format jsonl - < crns.txt")]
pub(crate) struct CrnArguments {
    /// What the CRN should be
    #[arg(long, value_enum, default_value_t = Require::Any)]
    pub(crate) require: Require,
    /// Prints only the right CRNs, one a line
    #[arg(long)]
    pub(crate) fix: bool,
    /// Looks for CRNs in the texts, such as logs, HTML and HCL, and says where each stands
    #[arg(long)]
    pub(crate) extract: bool,
    /// The CRNs; `-` reads them from standard input, one a line, and writes text and `jsonl` as a stream
    #[arg(required = true, value_name = "CRN")]
    pub(crate) texts: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ibmcloud kp keys -i INSTANCE -o json > exports/keys.json\n  \
                        ibmcloud kp registrations -i INSTANCE -o json > exports/registrations.json\n  kmsguard audit exports")]
pub(crate) struct AuditArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Checks only these rules: ids, or the letters of a family
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leaves these rules out: ids, or the letters of a family
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// From which severity on a finding makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Low)]
    pub(crate) fail_on: FailOn,
    /// Exits 4 if a rule could not be decided
    #[arg(long)]
    pub(crate) strict: bool,
    /// Exits 0 whatever was found; an input that cannot be read is still 2
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Critical,
    High,
    Medium,
    Low,
    Never,
}

impl From<FailOn> for kmsguard::api::FailOn {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Critical => Self::Critical,
            FailOn::High => Self::High,
            FailOn::Medium => Self::Medium,
            FailOn::Low => Self::Low,
            FailOn::Never => Self::Never,
        }
    }
}

/// A form of a plan's steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Commands of `ibmcloud`
    Cli,
    /// Commands of `curl`; the variable `TOKEN` holds an IAM token
    Curl,
    /// Resources of Terraform
    Terraform,
    /// Calls of REST APIs as JSON, one a line
    Rest,
    /// What to do in the console
    Console,
}

/// A step of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Looks whether the plan can be carried out
    Look,
    /// Makes the authorization
    Authorize,
    /// Waits until it works
    Wait,
    /// Makes the deployment or the settings
    Provision,
    /// Reads back which key is in effect
    Verify,
}

impl From<Step> for kmsguard::api::StepId {
    fn from(step: Step) -> Self {
        match step {
            Step::Look => Self::Look,
            Step::Authorize => Self::Authorize,
            Step::Wait => Self::Wait,
            Step::Provision => Self::Provision,
            Step::Verify => Self::Verify,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kmsguard plan --service event-streams-gen2 --key crn:v1:bluemix:public:kms:… --region ca-mon \\\n    \
                        --name my-streams --resource-group Default --to cli\n  \
                        kmsguard plan --service schematics --location US --scheme byok --key crn:v1:bluemix:public:kms:…\n  \
                        kmsguard plan request.json --to terraform"
)]
pub(crate) struct PlanArguments {
    /// A file with the request as a JSON object; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "service", conflicts_with = "request")]
    pub(crate) file: Option<String>,
    #[command(flatten)]
    pub(crate) request: PlanFields,
    /// Prints only this form of the steps, ready to run
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Output")]
    pub(crate) to: Option<Form>,
    /// Prints only this step
    #[arg(long, value_enum, value_name = "ID", help_heading = "Output")]
    pub(crate) step: Option<Step>,
}

#[derive(Debug, Args)]
#[group(id = "request", multiple = true)]
pub(crate) struct PlanFields {
    /// The service: `event-streams-gen2` or `schematics`
    #[arg(long, help_heading = "Request")]
    pub(crate) service: Option<String>,
    /// The key by its CRN; of Schematics, the first one
    #[arg(long, value_name = "CRN", help_heading = "Request")]
    pub(crate) key: Option<String>,
    /// The name of the deployment
    #[arg(long, help_heading = "Request")]
    pub(crate) name: Option<String>,
    /// The plan of the service
    #[arg(long, help_heading = "Request")]
    pub(crate) plan: Option<String>,
    /// The region of the deployment; otherwise the key's
    #[arg(long, help_heading = "Request")]
    pub(crate) region: Option<String>,
    /// The account of the deployment; otherwise the key's
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) account: Option<String>,
    /// The account of the deployment, where `--account` says the key's
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) source_account: Option<String>,
    /// The resource group, by its name or its id
    #[arg(long, value_name = "GROUP", help_heading = "Request")]
    pub(crate) resource_group: Option<String>,
    /// The id of the resource group, where `--resource-group` says its name
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) resource_group_id: Option<String>,
    /// The instance that the authorization is for; otherwise all of the account
    #[arg(long, value_name = "GUID", help_heading = "Request")]
    pub(crate) source_instance: Option<String>,
    /// How far the authorization reaches: `key`, `instance` or `account`
    #[arg(long, help_heading = "Request")]
    pub(crate) scope: Option<String>,
    /// More parameters of the deployment, as a JSON object
    #[arg(long, value_name = "JSON", help_heading = "Request")]
    pub(crate) parameters: Option<String>,
    /// Makes a plan for a KMS that ends soon
    #[arg(long, help_heading = "Request")]
    pub(crate) allow_end_of_life: bool,
    /// The location of Schematics' settings: `US` or `EU`
    #[arg(long, help_heading = "Request of Schematics")]
    pub(crate) location: Option<String>,
    /// `byok` or `kyok`
    #[arg(long, help_heading = "Request of Schematics")]
    pub(crate) scheme: Option<String>,
    /// The name of the key's KMS instance
    #[arg(long, value_name = "NAME", help_heading = "Request of Schematics")]
    pub(crate) key_name: Option<String>,
    /// The private endpoint of the key's KMS instance; otherwise derived
    #[arg(long, value_name = "URL", help_heading = "Request of Schematics")]
    pub(crate) key_endpoint: Option<String>,
    /// A second key by its CRN
    #[arg(long, value_name = "CRN", help_heading = "Request of Schematics")]
    pub(crate) secondary: Option<String>,
    /// The name of the second key's KMS instance
    #[arg(long, value_name = "NAME", help_heading = "Request of Schematics")]
    pub(crate) secondary_name: Option<String>,
    /// The private endpoint of the second key's KMS instance; otherwise derived
    #[arg(long, value_name = "URL", help_heading = "Request of Schematics")]
    pub(crate) secondary_endpoint: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard collect --accounts accounts.txt --out exports > collect.sh\n  \
                        ibmcloud login --sso\n  bash collect.sh\n  kmsguard inventory exports\n\n\
                        The file of accounts has a line for each: its id, then, if you like, its name. Lines that begin with # are comments.")]
pub(crate) struct CollectArguments {
    /// A file that names the accounts, one a line; `-` for standard input. Otherwise the script takes the account that the login
    /// targets
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: Option<String>,
    /// The folder that the script writes to
    #[arg(long, value_name = "DIR", default_value = kmsguard::collect::DEFAULT_FOLDER)]
    pub(crate) out: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kmsguard policy authorization.json\n  kmsguard policy main.tf --account 9f9af00a96104f49b6509aa715f9d6a5 --to cli\n  \
                        terraform show -json tfplan | kmsguard policy -\n  \
                        ibmcloud iam authorization-policies --output json | kmsguard policy - --to terraform\n  \
                        kmsguard policy new.json --compare authorizations.json\n  \
                        kmsguard policy --tighten exports"
)]
pub(crate) struct PolicyArguments {
    /// A file with the policies: JSON of the policy API, Terraform's language or what `terraform show -json` prints, or commands of
    /// `ibmcloud`; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "tighten")]
    pub(crate) file: Option<String>,
    /// Reads exports in place of policies, and says which authorizations are wider than what they show to be used needs
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["file", "compare", "to", "account"])]
    pub(crate) tighten: Vec<String>,
    /// Lets an export that cannot be read pass
    #[arg(long, requires = "tighten")]
    pub(crate) keep_going: bool,
    /// Compares them with the policies of this file: which grants more, and what; whether a new one is covered already
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    pub(crate) compare: Option<String>,
    /// The account in which the commands are run, or Terraform is applied: both leave it out
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    /// Prints only this form, ready to run
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Output")]
    pub(crate) to: Option<PolicyForm>,
}

/// A form of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyForm {
    /// Bodies for `POST /v1/policies`
    V1,
    /// Bodies for `POST /v2/policies`
    V2,
    /// Commands of `ibmcloud`
    Cli,
    /// Resources of Terraform
    Terraform,
}

impl From<PolicyForm> for kmsguard::api::Form {
    fn from(form: PolicyForm) -> Self {
        match form {
            PolicyForm::V1 => Self::V1,
            PolicyForm::V2 => Self::V2,
            PolicyForm::Cli => Self::Cli,
            PolicyForm::Terraform => Self::Terraform,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard inventory exports")]
pub(crate) struct InventoryArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kmsguard authz exports\n  kmsguard authz exports --key payments\n  \
                        kmsguard authz exports --source event-streams-gen2@ACCOUNT --key payments")]
pub(crate) struct AuthzArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Only this source, and what it may use: the CRN of a resource or a deployment, the name of a deployment, or
    /// `SERVICE-ID@ACCOUNT` for a deployment that is not made yet
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Only this key, and who may use it: its CRN, its id, its name, or `INSTANCE/KEY` by their names
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard impact exports --delete-key payments\n  \
                        kmsguard impact exports --delete-key keys-production/payments --force\n\n\
                        Nothing is done, only said. Exit codes: 0 safe · 1 blocked, degrades or destroys · 4 not known")]
pub(crate) struct ImpactArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Deletes this key: a CRN, an id, a name, or `INSTANCE/KEY` by their names; several are taken together
    #[arg(long, value_name = "KEY", required = true)]
    pub(crate) delete_key: Vec<String>,
    /// Asks what happens with force
    #[arg(long)]
    pub(crate) force: bool,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kmsguard snapshot exports -o exports.snapshot.json\n  \
                        kmsguard snapshot exports --redact -o shared.snapshot.json\n  kmsguard audit exports.snapshot.json\n\n\
                        Key material, passwords and tokens are never in it. Pseudonyms are no anonymity: whoever guesses a name can \
                        check it, and ids of resources stay.")]
pub(crate) struct SnapshotArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// The file to write; otherwise standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<String>,
    /// Replaces the names of accounts, users and resources by pseudonyms, the same in every place and every snapshot
    #[arg(long)]
    pub(crate) redact: bool,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Writes the exports of the example into this folder in place of showing them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RuleArguments {
    /// The id of a rule or the code of a problem
    pub(crate) id: Option<String>,
}

/// The whole command, as clap knows it.
pub(crate) fn command() -> clap::Command {
    Arguments::command()
}
