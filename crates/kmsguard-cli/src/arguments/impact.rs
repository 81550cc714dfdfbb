//! The arguments of `kmsguard impact`.

use clap::Args;

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
