//! What is said of the faults of a policy.

use super::fault::PolicyFaultKind;
use super::review::known_attributes;
use super::role::RoleMistake;

impl PolicyFaultKind {
    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotAPolicy => "this is no policy".to_owned(),
            Self::NotRead => "this cannot be read as JSON, or is nested too deep".to_owned(),
            Self::Repeated { member } => format!("`{member}` is given twice"),
            Self::WrongType { member, expected } => format!("`{member}` is not {expected}"),
            Self::SideMissing(side) => format!("the policy has no {}", side.name()),
            Self::WrapperMissing(side) => format!("the {} has no `attributes`", side.name()),
            Self::NoAttributes(side) => format!("the {} has an empty list of attributes", side.name()),
            Self::AttributeNameMissing(side) => format!("an attribute of the {} has no name", side.name()),
            Self::AttributeValue { attribute } => format!("the value of `{attribute}` is no text"),
            Self::OperatorValue { attribute, operator } => {
                format!("operator `{operator}` does not fit the value of `{attribute}`")
            }
            Self::UnknownOperator { attribute, operator } if operator.is_empty() => {
                format!("`{attribute}` has no operator")
            }
            Self::UnknownOperator { attribute, operator } => {
                format!("operator `{operator}` of `{attribute}` is not known in this version of the API")
            }
            Self::UnknownAttribute { side, attribute } => {
                format!("`{attribute}` is no attribute of the {} of an authorization on keys", side.name())
            }
            Self::UnknownMember { side, member } => format!("the {} has an unknown member `{member}`", side.name()),
            Self::MixedVersions { member } => format!("`{member}` belongs to the other version of the API"),
            Self::NoRoles => "the policy has no roles that can be read".to_owned(),
            Self::RoleMistake { role, mistake } => match mistake {
                RoleMistake::ServiceRoleAsPlatformRole => format!("`{role}` is no platform role, and grants nothing"),
                RoleMistake::DelegatorAsServiceRole => format!("`{role}` is no service role, and grants nothing"),
                RoleMistake::SeveralRoles => format!("`{role}` names more than one role"),
                RoleMistake::DelegatorOfService => {
                    format!("`{role}` is a role of IAM, not of a service, and grants nothing")
                }
            },
            Self::TypeMissing => "the policy does not say its type".to_owned(),
            Self::AccountMissing(side) => format!("the {} names no account", side.name()),
            Self::SubjectTooWide => "the subject names no service or resource group".to_owned(),
            Self::TargetServiceMissing => "the resource names no service".to_owned(),
            Self::InstanceIsCrn { attribute, value, .. } => format!("`{attribute}` is a whole CRN: `{value}`"),
            Self::Several(side) => format!("the policy has more than one {}", side.name()),
            Self::ResourceTypeMissing => "`resource` stands without `resourceType`".to_owned(),
            Self::AccountPrefix { value, .. } => format!("account `{value}` carries the prefix of a CRN"),
            Self::AccessForService => "a policy of type `access` has a service as its subject".to_owned(),
            Self::UserAsSubject { attribute } => format!("the subject is named by `{attribute}`, which is of users"),
            Self::GroupAndInstance(side) => format!("the {} names a resource group and an instance", side.name()),
            Self::ResourceTypeOfNoKey { value } => format!("no key has the resource type `{value}`"),
            Self::UnknownFlag { flag } => format!("the command has no flag `{flag}`"),
            Self::Exclusive { one, other } => format!("`{one}` and `{other}` cannot both be given"),
            Self::ValueNotKnown { what, written } => format!("`{what}` is not known from the text: `{written}`"),
            Self::AccountOfCaller(side) => {
                format!("the account of the {} is that of whoever runs this", side.name())
            }
            Self::Missing { what } => format!("{what} is missing"),
            Self::Syntax { expected } => format!("this cannot be read: expected {expected}"),
            Self::HowMany { argument } => format!("`{argument}` settles whether there is such a policy"),
            Self::NoForm => "there is no policy in this text".to_owned(),
            Self::UnknownRoleName { role } => format!("`{role}` is no role name that is known"),
            Self::NotCompared => "whether another policy grants all that this one does was not found out: there are too many patterns, or \
                                  too long ones"
                .to_owned(),
            Self::NotInForm { forms, obstacle } => {
                let names: Vec<String> = forms.iter().map(|form| format!("`{}`", form.name())).collect();
                format!("not written as {}, which cannot carry {}", words(&names, "or"), obstacle.message())
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotAPolicy => {
                "a policy has `type`, `subjects`, `roles` and `resources`, or `type`, `subject`, `control` and `resource`"
                    .to_owned()
            }
            Self::NotRead => "export the policy again".to_owned(),
            Self::Repeated { .. } => "give it once; readers of JSON differ in which of two they take".to_owned(),
            Self::WrongType { expected, .. } => format!("write {expected}"),
            Self::SideMissing(side) => format!("say who or what with a {} of its own", side.name()),
            Self::WrapperMissing(_) => "write `{\"attributes\": [ … ]}` around the attributes".to_owned(),
            Self::NoAttributes(_) => "name at least the account and the service; an empty list means nothing".to_owned(),
            Self::AttributeNameMissing(_) => "write `name` in version 1 and `key` in version 2, in lower case".to_owned(),
            Self::AttributeValue { .. } => "write a text, a list of texts, or `true` or `false`".to_owned(),
            Self::OperatorValue { .. } => {
                "`stringEquals` and `stringMatch` take a text, `…AnyOf` a list, `stringExists` `true` or `false`".to_owned()
            }
            Self::UnknownOperator { .. } => "use `stringEquals` or `stringMatch`".to_owned(),
            Self::UnknownAttribute { side, attribute } => match nearest(attribute, known_attributes(*side)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "it narrows the policy in a way that cannot be judged; check its spelling".to_owned(),
            },
            Self::UnknownMember { .. } => "it may narrow the policy; check its spelling".to_owned(),
            Self::MixedVersions { .. } => "keep to the members of one version".to_owned(),
            Self::NoRoles => "name at least the role `Reader`".to_owned(),
            Self::RoleMistake { role, mistake } => match mistake {
                RoleMistake::ServiceRoleAsPlatformRole => {
                    format!("write `crn:v1:bluemix:public:iam::::serviceRole:{}`", last_segment(role))
                }
                RoleMistake::DelegatorAsServiceRole | RoleMistake::DelegatorOfService => {
                    "write `crn:v1:bluemix:public:iam::::role:AuthorizationDelegator`".to_owned()
                }
                RoleMistake::SeveralRoles => "write one role id for each role".to_owned(),
            },
            Self::TypeMissing => "write `\"type\": \"authorization\"`".to_owned(),
            Self::AccountMissing(_) => "add `accountId`".to_owned(),
            Self::SubjectTooWide => "add `serviceName` or `resourceGroupId`".to_owned(),
            Self::TargetServiceMissing => "add `serviceName`".to_owned(),
            Self::InstanceIsCrn { attribute, value, .. } => {
                let crn = crate::crn::parse(value).ok();
                let guid = crn.map(|crn| if attribute == "resource" { crn.resource } else { crn.service_instance });
                match guid.filter(|guid| !guid.is_empty()) {
                    Some(guid) => format!("write the GUID, `{guid}`; in Terraform `.guid` instead of `.id`"),
                    None => "write the GUID; in Terraform `.guid` instead of `.id`".to_owned(),
                }
            }
            Self::Several(_) => "it is read as one or the other; write two policies instead".to_owned(),
            Self::AccountPrefix { value, .. } => {
                format!("write `{}`; with the prefix it matches no account", value.trim_start_matches("a/"))
            }
            Self::ResourceTypeMissing => "add `resourceType` with the value `key`; it is read as a key id".to_owned(),
            Self::AccessForService => {
                "write `\"type\": \"authorization\"`: policies of type `access` are for users, service ids and access groups"
                    .to_owned()
            }
            Self::UserAsSubject { .. } => {
                "name a service by `serviceName`; users get policies of type `access` instead".to_owned()
            }
            Self::GroupAndInstance(_) => {
                "leave the resource group out: the instance says more, and the command takes one of the two".to_owned()
            }
            Self::ResourceTypeOfNoKey { .. } => "write `key`, in lower case".to_owned(),
            Self::UnknownFlag { flag } => match nearest(flag, super::cli_flags::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`ibmcloud iam authorization-policy-create --help` lists the flags".to_owned(),
            },
            Self::Exclusive { .. } => "leave one of them out".to_owned(),
            Self::ValueNotKnown { .. } => {
                "write the value itself, or give what Terraform or the shell makes of it, such as `terraform show -json`"
                    .to_owned()
            }
            Self::AccountOfCaller(_) => "say which account that is: `account`, or `--account` of the command".to_owned(),
            Self::Missing { .. } => "without it there is no policy".to_owned(),
            Self::Syntax { .. } => "mend the text, or give the policy in another form".to_owned(),
            Self::HowMany { .. } => "give `terraform show -json` of the plan or the state".to_owned(),
            Self::NoForm => {
                "give JSON of the policy API, a command `ibmcloud iam authorization-policy-create …`, or a Terraform resource \
                 `ibm_iam_authorization_policy`"
                    .to_owned()
            }
            Self::NotCompared => {
                "compare the ones in doubt by themselves: `kmsguard policy ONE --compare OTHER`".to_owned()
            }
            Self::UnknownRoleName { .. } => {
                "the names are `Reader`, `ReaderPlus`, `Writer`, `Manager`, `Authorization Delegator` and those of the service"
                    .to_owned()
            }
            Self::NotInForm { obstacle, .. } => obstacle.help().to_owned(),
        }
    }
}

/// The known name that a written one is nearest to, if one is near; capitals do not count.
pub(super) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let distances = known.map(|known| (strsim::damerau_levenshtein(&lower, &known.to_lowercase()), known));
    distances.filter(|(distance, known)| *distance <= known.len() / 3).min().map(|(_, known)| known)
}

/// Words as a sentence lists them.
pub(super) fn words(words: &[String], joined_by: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} {joined_by} {last}", first.join(", ")),
    }
}

fn last_segment(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(_, last)| last)
}
