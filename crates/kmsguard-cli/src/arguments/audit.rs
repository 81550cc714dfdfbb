//! The arguments of `kmsguard audit`.

use clap::{Args, ValueEnum};

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
    /// Accepts the findings of this baseline, as `kmsguard baseline` wrote it; otherwise of the one that the configuration names
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<String>,
    /// From which severity on a finding makes the exit code 1: `low`, unless the configuration says otherwise
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Counts the findings by rule and severity in place of showing them as text
    #[arg(long)]
    pub(crate) statistics: bool,
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
