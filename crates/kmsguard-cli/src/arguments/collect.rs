//! The arguments of `kmsguard collect`.

use clap::Args;

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
