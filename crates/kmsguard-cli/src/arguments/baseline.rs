//! The arguments of `kmsguard baseline`.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard baseline exports > kmsguard.toml\n  kmsguard audit exports\n\n\
                        The findings go into a file of their own; on standard output are the first lines of a configuration that names \
                        it. A finding that gets worse, or comes to be about more, is not accepted by it.")]
pub(crate) struct BaselineArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Takes only findings of these rules: ids, or the letters of a family
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leaves these rules out: ids, or the letters of a family
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// The file to write; otherwise the one that the configuration names, or `kmsguard-baseline.json`
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<String>,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}
