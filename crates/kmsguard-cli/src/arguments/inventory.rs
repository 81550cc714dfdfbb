//! The arguments of `kmsguard inventory`.

use clap::Args;

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
