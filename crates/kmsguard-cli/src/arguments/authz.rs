//! The arguments of `kmsguard authz`.

use clap::Args;

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
