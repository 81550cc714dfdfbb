//! The arguments of `kmsguard impact`.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use kmsguard::api::{ActionKind, ActionRequest};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kmsguard impact exports --delete-key payments\n  \
                        kmsguard impact exports --delete-instance orders --delete-key keys-production/payments\n  \
                        kmsguard impact exports --delete-instance orders --revoke-policy ID --delete-key payments --order\n  \
                        kmsguard impact exports --untangle-key payments\n  \
                        terraform show -json tfplan | kmsguard impact exports --terraform -\n\n\
                        Several actions make one set and are taken together. Nothing is done, only said. \
                        Exit codes: 0 safe · 1 blocked, degrades or destroys · 4 not known")]
pub(crate) struct ImpactArguments {
    /// Files and folders of exports; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) actions: Actions,
    /// Asks what happens with force
    #[arg(long)]
    pub(crate) force: bool,
    /// Gives the order in which all this is removed without harm to what stays, or says why there is none
    #[arg(long)]
    pub(crate) order: bool,
    /// Lets an input that cannot be read pass
    #[arg(long)]
    pub(crate) keep_going: bool,
}

/// The actions, in the order in which they were given.
#[derive(Debug)]
pub(crate) struct Actions(pub(crate) Vec<ActionRequest>);

/// The option of each action: its name, what its value is, and what it says.
const OPTIONS: [(&str, ActionKind, &str, &str); 8] = [
    (
        "delete-key",
        ActionKind::DeleteKey,
        "KEY",
        "Deletes this key: a CRN, an id, a name, or `INSTANCE/KEY` by their names",
    ),
    ("disable-key", ActionKind::DisableKey, "KEY", "Disables this key"),
    ("restore-key", ActionKind::RestoreKey, "KEY", "Restores this deleted key"),
    ("rotate-key", ActionKind::RotateKey, "KEY", "Rotates this key"),
    ("revoke-policy", ActionKind::RevokePolicy, "ID", "Removes the authorization with this id"),
    (
        "delete-instance",
        ActionKind::DeleteInstance,
        "INSTANCE",
        "Deletes this deployment or KMS instance: a CRN, a GUID or a name",
    ),
    (
        "terraform",
        ActionKind::Terraform,
        "PLAN",
        "Does what this plan takes away: a file of `terraform show -json`, or `-` for standard input",
    ),
    (
        "untangle-key",
        ActionKind::UntangleKey,
        "KEY",
        "Gives each deployment that shares this key one of its own: in place or anew, in which order, by which calls",
    ),
];

const HEADING: &str = "Actions";

impl Args for Actions {
    fn augment_args(command: Command) -> Command {
        let options = OPTIONS.map(|(name, _, value, help)| {
            Arg::new(name).long(name).value_name(value).help(help).action(ArgAction::Append).help_heading(HEADING)
        });
        let names = OPTIONS.map(|(name, ..)| name);
        command.args(options).group(clap::ArgGroup::new("actions").args(names).multiple(true).required(true))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Actions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut placed: Vec<(usize, ActionRequest)> = Vec::new();
        for (name, kind, ..) in OPTIONS {
            let targets = matches.get_many::<String>(name).into_iter().flatten();
            let places = matches.indices_of(name).into_iter().flatten();
            placed.extend(
                places.zip(targets).map(|(place, target)| (place, ActionRequest { kind, target: target.clone() })),
            );
        }
        placed.sort_by_key(|(place, _)| *place);
        Ok(Self(placed.into_iter().map(|(_, action)| action).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl ImpactArguments {
    /// What is read: the exports, and the plans that actions name.
    pub(crate) fn inputs(&self) -> Vec<String> {
        let plans = self.actions.0.iter().filter(|action| action.kind == ActionKind::Terraform);
        let named = plans.map(|action| &action.target).filter(|plan| !self.paths.contains(plan));
        self.paths.iter().chain(named).cloned().collect()
    }
}
