//! The arguments of `kmsguard diff`.

use clap::Args;

use super::audit::FailOn;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kmsguard diff monday.snapshot.json exports\n  \
                        kmsguard audit exports --json --exit-zero > today.json; kmsguard diff yesterday.json today.json\n\n\
                        A finding that is gone is fixed only where the later exports still show what it was about; otherwise it is \
                        undecided. Exit codes: 0 nothing new · 1 new findings, or worse ones · 4 undecided")]
pub(crate) struct DiffArguments {
    /// The earlier side: an answer of `audit` in JSON, or a file or a folder of exports; `-` for standard input
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The later side
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// From which severity on a new finding makes the exit code 1: `low`, unless the configuration says otherwise
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Exits 0 whatever was found; an input that cannot be read is still 2
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}
