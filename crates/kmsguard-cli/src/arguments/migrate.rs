//! The arguments of `kmsguard migrate`.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kmsguard migrate exports --write-pairs pairs.csv\n  \
                        kmsguard migrate exports --pairs pairs.csv\n  \
                        kmsguard migrate exports --pairs pairs.csv --since monday.json\n\n\
                        Nothing is moved, only said. Exit codes: 0 ready, or moved · 1 not ready · 4 not known")]
pub(crate) struct MigrateArguments {
    /// Files and folders of exports; `-` for standard input. Usage reports, activity events, and what IBM's migration tool wrote are
    /// read too
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Pairs of keys as IBM's migration tool takes them: rows of the key to move from and the key to move to
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<String>,
    /// Writes the pairs: those that are known, and for every other key a row in which the key to move to is to be filled in. The keys
    /// that could be it stand behind it; remove them before the tool reads the file
    #[arg(long, value_name = "FILE")]
    pub(crate) write_pairs: Option<String>,
    /// An earlier answer in JSON: says what has moved since
    #[arg(long, value_name = "FILE")]
    pub(crate) since: Option<String>,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}
