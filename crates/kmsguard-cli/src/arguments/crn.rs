//! The arguments of `kmsguard crn`.

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Require {
    /// A key of Key Protect or Hyper Protect Crypto Services
    Key,
    /// An instance of one of them
    Instance,
    /// Anything
    Any,
}

impl From<Require> for kmsguard::api::Require {
    fn from(require: Require) -> Self {
        match require {
            Require::Key => Self::Key,
            Require::Instance => Self::Instance,
            Require::Any => Self::Any,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kmsguard crn --require key crn:v1:bluemix:public:kms:us-south:a/…:…:key:…\n  \
                        kmsguard crn --extract - < main.tf\n  kmsguard crn --output-format jsonl - < crns.txt")]
pub(crate) struct CrnArguments {
    /// What the CRN should be
    #[arg(long, value_enum, default_value_t = Require::Any)]
    pub(crate) require: Require,
    /// Prints only the right CRNs, one a line
    #[arg(long)]
    pub(crate) fix: bool,
    /// Looks for CRNs in the texts, such as logs, HTML and HCL, and says where each stands
    #[arg(long)]
    pub(crate) extract: bool,
    /// The CRNs; `-` reads them from standard input, one a line, and writes text and `jsonl` as a stream, of any length; `json`
    /// names the outcome first, so it waits for the end and holds them all
    #[arg(required = true, value_name = "CRN")]
    pub(crate) texts: Vec<String>,
}
