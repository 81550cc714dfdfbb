//! The arguments of `kmsguard policy`.

use clap::{Args, ValueEnum};

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
