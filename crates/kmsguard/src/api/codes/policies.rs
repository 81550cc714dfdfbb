//! What the codes of authorizations mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
    code(
        "POL001",
        "not a policy",
        "The record has neither the members of a policy of version 1 nor those of version 2.",
    ),
    code("POL002", "not read", "The record is no JSON, or nested too deep."),
    code(
        "POL003",
        "member given twice",
        "A member stands twice in one object; which of the two IAM heeds cannot be said.",
    ),
    code("POL004", "wrong type", "A member is of another JSON type than the API gives it."),
    code("POL005", "side missing", "The policy has no subject or no resource. Nothing is taken for \"all\"."),
    code(
        "POL006",
        "wrapper missing",
        "The attributes stand where the object with `attributes` should: IAM refuses this.",
    ),
    code("POL007", "no attributes", "An empty list of attributes. Nothing is taken for \"all\"."),
    code("POL008", "attribute without a name", "An attribute has no name, so nothing can be compared."),
    code("POL009", "attribute without a text", "The value of an attribute is no text."),
    code(
        "POL010",
        "operator and value do not fit",
        "Operators that end in `AnyOf` take lists, `stringExists` takes `true` or `false`, the others take a text.",
    ),
    code(
        "POL011",
        "unknown operator",
        "The operator is not one of this version of the API. The policy is never taken as satisfied.",
    ),
    code(
        "POL012",
        "unknown attribute",
        "IAM knows no such attribute of an authorization on keys. Ignoring it would widen the policy, so it is never taken as satisfied.",
    ),
    code("POL013", "unknown member", "The object has a member that the API does not have."),
    code("POL014", "mixed versions", "A member belongs to the other version of the API."),
    code("POL015", "no roles", "No role of the policy can be read, so it grants nothing."),
    code(
        "POL016",
        "malformed role",
        "The role id is a mistake and grants nothing: `role:Reader` and `serviceRole:AuthorizationDelegator` are the usual ones.",
    ),
    code("POL017", "type missing", "The policy does not say whether it is an authorization."),
    code("POL018", "account missing", "Subject and resource must both name their account."),
    code(
        "POL019",
        "subject too wide",
        "The subject names neither a service nor a resource group; such a policy never matches.",
    ),
    code("POL020", "target service missing", "The resource names no service."),
    code(
        "POL021",
        "a CRN as instance",
        "The value is a whole CRN, and never equals the GUID it is compared with. Use the GUID.",
    ),
    code(
        "POL022",
        "several sides",
        "The policy has more than one subject or resource. Each is tried; nothing real has more than one.",
    ),
    code(
        "POL023",
        "resource without a type",
        "`resource` stands without `resourceType`; it is read as the id of a key.",
    ),
    code(
        "POL024",
        "account with a prefix",
        "`accountId` is the bare id. `a/` belongs to the scope of a CRN; with it, the value matches no account.",
    ),
    code(
        "POL025",
        "not in this form",
        "The form cannot carry all of the policy. It is left out, because what it can carry would let more or less in.",
    ),
    code(
        "POL026",
        "access policy for a service",
        "Policies of type `access` are for users, service ids and access groups. Between services IAM takes `authorization`.",
    ),
    code(
        "POL027",
        "user as subject",
        "The subject of an authorization is a service. Users, service ids and access groups get policies of type `access`.",
    ),
    code(
        "POL028",
        "resource group and instance",
        "A side names a resource group and an instance. The command refuses the pair, and IBM's own Terraform modules say that the wider one counts.",
    ),
    code(
        "POL029",
        "resource type of no key",
        "The only resource type of Key Protect is `key`, in lower case. Any other value matches no key.",
    ),
    code(
        "POL030",
        "unknown flag",
        "`ibmcloud iam authorization-policy-create` has no such flag, and refuses the command.",
    ),
    code("POL031", "exclusive", "Two flags or arguments are given that exclude each other."),
    code(
        "POL032",
        "value not known",
        "A variable, a reference or a name stands where a value belongs. It is never taken for the value: what it says is settled elsewhere.",
    ),
    code(
        "POL033",
        "account of the caller",
        "Commands and Terraform leave an account out where it is that of whoever runs them. Without it the policy is not known whole.",
    ),
    code("POL034", "missing", "Something is missing without which there is no policy."),
    code("POL035", "syntax", "The text cannot be read from here on."),
    code("POL036", "how many", "`count` or `for_each` settles whether there is such a policy, and how many."),
    code(
        "POL037",
        "no policy in the text",
        "Policies are read from JSON of the policy API, from `ibmcloud iam authorization-policy-create` and from Terraform's `ibm_iam_authorization_policy`.",
    ),
    code(
        "POL038",
        "unknown role name",
        "The name is none of IAM's roles. It may be a role of the service's own, whose id the name does not tell.",
    ),
    code(
        "POL039",
        "not compared",
        "Whether another policy of the document grants all that this one does was not found out: the patterns of both are too many or too long. Compare the ones in doubt with `--compare`.",
    ),
];
