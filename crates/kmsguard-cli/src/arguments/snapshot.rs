//! The arguments of `kmsguard snapshot`.

use clap::Args;

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
