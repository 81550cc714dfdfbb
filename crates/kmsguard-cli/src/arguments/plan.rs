//! The arguments of `kmsguard plan`.

use clap::{Args, ValueEnum};

/// A form of a plan's steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Commands of `ibmcloud`
    Cli,
    /// Commands of `curl`; the variable `TOKEN` holds an IAM token
    Curl,
    /// Resources of Terraform
    Terraform,
    /// Calls of REST APIs as JSON, one a line
    Rest,
    /// What to do in the console
    Console,
}

/// A step of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Looks whether the plan can be carried out
    Look,
    /// Makes the authorization
    Authorize,
    /// Waits until it works
    Wait,
    /// Makes the deployment or the settings
    Provision,
    /// Reads back which key is in effect
    Verify,
}

impl From<Step> for kmsguard::api::StepId {
    fn from(step: Step) -> Self {
        match step {
            Step::Look => Self::Look,
            Step::Authorize => Self::Authorize,
            Step::Wait => Self::Wait,
            Step::Provision => Self::Provision,
            Step::Verify => Self::Verify,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kmsguard plan --service event-streams-gen2 --key crn:v1:bluemix:public:kms:… --region ca-mon \\\n    \
                        --name my-streams --resource-group Default --to cli\n  \
                        kmsguard plan --service databases-for-postgresql-classic --key crn:… --backup-key crn:…\n  \
                        kmsguard plan --service schematics --location US --scheme byok --key crn:v1:bluemix:public:kms:…\n  \
                        kmsguard plan request.json --to terraform\n  \
                        kmsguard plan --service event-streams-gen2 --check body.json\n  \
                        kmsguard plan request.json --into main.tf > main.tf.new\n  \
                        ibmcloud resource service-instance my-streams --output json | kmsguard plan request.json --verify -"
)]
pub(crate) struct PlanArguments {
    /// A file with the request as a JSON object; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["service", "check"], conflicts_with = "request")]
    pub(crate) file: Option<String>,
    #[command(flatten)]
    pub(crate) request: PlanFields,
    /// Says what is wrong with a body that was written by hand, and mends it: a file with the body, with the command that sends it,
    /// or with the Terraform that holds `parameters_json`; `-` for standard input
    #[arg(long, value_name = "BODY", help_heading = "Instead of the steps", conflicts_with_all = ["to", "step"])]
    pub(crate) check: Option<String>,
    /// Prints a body of yours with the key in it, and everything else as it was; in the same forms as `--check`
    #[arg(long, value_name = "BODY", help_heading = "Instead of the steps", conflicts_with_all = ["to", "step", "check"])]
    pub(crate) into: Option<String>,
    /// Reads what the service answers of the deployment, and says whether the key of the plan is in effect: a file with the answer as
    /// JSON, or with the headers of a bucket
    #[arg(long, value_name = "ANSWER", help_heading = "Instead of the steps", conflicts_with_all = ["to", "step", "check", "into"])]
    pub(crate) verify: Option<String>,
    /// Holds the plan against exports: the key, who uses it already, which authorizations stand. Files, folders, or `-`
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = "Exports")]
    pub(crate) inventory: Vec<String>,
    /// Passes over inputs that cannot be read, and reports them
    #[arg(long, requires = "inventory", help_heading = "Exports")]
    pub(crate) keep_going: bool,
    /// Prints only this form of the steps, ready to run
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Output")]
    pub(crate) to: Option<Form>,
    /// Prints only this step
    #[arg(long, value_enum, value_name = "ID", help_heading = "Output")]
    pub(crate) step: Option<Step>,
}

#[derive(Debug, Args)]
#[group(id = "request", multiple = true)]
pub(crate) struct PlanFields {
    /// The service, by an id that `kmsguard schema services` lists
    #[arg(long, help_heading = "Request")]
    pub(crate) service: Option<String>,
    /// The key by its CRN; of Schematics, the first one
    #[arg(long, value_name = "CRN", help_heading = "Request")]
    pub(crate) key: Option<String>,
    /// A key for the backups, by its CRN, where the service takes one
    #[arg(long, value_name = "CRN", help_heading = "Request")]
    pub(crate) backup_key: Option<String>,
    /// The name of the deployment
    #[arg(long, help_heading = "Request")]
    pub(crate) name: Option<String>,
    /// The plan of the service
    #[arg(long, help_heading = "Request")]
    pub(crate) plan: Option<String>,
    /// The region of the deployment; otherwise the key's
    #[arg(long, help_heading = "Request")]
    pub(crate) region: Option<String>,
    /// The account of the deployment; otherwise the key's
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) account: Option<String>,
    /// The account of the deployment, where `--account` says the key's
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) source_account: Option<String>,
    /// The resource group, by its name or its id
    #[arg(long, value_name = "GROUP", help_heading = "Request")]
    pub(crate) resource_group: Option<String>,
    /// The id of the resource group, where `--resource-group` says its name
    #[arg(long, value_name = "ID", help_heading = "Request")]
    pub(crate) resource_group_id: Option<String>,
    /// The instance that the authorization is for; otherwise all of the account
    #[arg(long, value_name = "GUID", help_heading = "Request")]
    pub(crate) source_instance: Option<String>,
    /// How far the authorization reaches: `key`, `instance` or `account`
    #[arg(long, help_heading = "Request")]
    pub(crate) scope: Option<String>,
    /// More parameters of the deployment, as a JSON object
    #[arg(long, value_name = "JSON", help_heading = "Request")]
    pub(crate) parameters: Option<String>,
    /// Makes a plan for a KMS that ends soon
    #[arg(long, help_heading = "Request")]
    pub(crate) allow_end_of_life: bool,
    /// The zone, of a volume, share or virtual server
    #[arg(long, help_heading = "Request of one service")]
    pub(crate) zone: Option<String>,
    /// The name of the bucket
    #[arg(long, value_name = "NAME", help_heading = "Request of one service")]
    pub(crate) bucket: Option<String>,
    /// The cluster, by its name or id
    #[arg(long, help_heading = "Request of one service")]
    pub(crate) cluster: Option<String>,
    /// The name of the worker pool
    #[arg(long, value_name = "NAME", help_heading = "Request of one service")]
    pub(crate) worker_pool: Option<String>,
    /// The id of the integration, of Event Notifications or App Configuration
    #[arg(long, value_name = "ID", help_heading = "Request of one service")]
    pub(crate) integration: Option<String>,
    /// The location of Schematics' settings: `US` or `EU`
    #[arg(long, help_heading = "Request of Schematics")]
    pub(crate) location: Option<String>,
    /// `byok` or `kyok`
    #[arg(long, help_heading = "Request of Schematics")]
    pub(crate) scheme: Option<String>,
    /// The name of the key's KMS instance
    #[arg(long, value_name = "NAME", help_heading = "Request of Schematics")]
    pub(crate) key_name: Option<String>,
    /// The private endpoint of the key's KMS instance, which also tells Key Protect Dedicated; otherwise derived
    #[arg(long, value_name = "URL", help_heading = "Request")]
    pub(crate) key_endpoint: Option<String>,
    /// A second key by its CRN
    #[arg(long, value_name = "CRN", help_heading = "Request of Schematics")]
    pub(crate) secondary: Option<String>,
    /// The name of the second key's KMS instance
    #[arg(long, value_name = "NAME", help_heading = "Request of Schematics")]
    pub(crate) secondary_name: Option<String>,
    /// The private endpoint of the second key's KMS instance; otherwise derived
    #[arg(long, value_name = "URL", help_heading = "Request of Schematics")]
    pub(crate) secondary_endpoint: Option<String>,
}
