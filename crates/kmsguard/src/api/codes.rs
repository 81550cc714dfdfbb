//! What the codes of problems mean.

/// A code and its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it means, in Markdown.
    pub text: &'static str,
}

const fn code(code: &'static str, title: &'static str, text: &'static str) -> Code {
    Code { code, title, text }
}

/// All codes of problems, in their order.
pub static CODES: &[Code] = &[
    code(
        "CRN001",
        "not a CRN",
        "The text does not begin with `crn:`. Ids, names and resource names of other clouds are no CRNs.",
    ),
    code(
        "CRN002",
        "too few segments",
        "A CRN has ten segments and nine colons. A segment may be empty, its colon may not be left out: an instance ends in `::`.",
    ),
    code("CRN003", "too many segments", "There is a colon inside the resource. Data with a colon is written `%3A`."),
    code("CRN004", "wrong version", "The second segment is the version; there is only `v1`."),
    code(
        "CRN005",
        "unusual cname",
        "The third segment is the cloud: `bluemix` for every customer. `staging` and others stand in examples and test systems.",
    ),
    code("CRN006", "wrong ctype", "The fourth segment is `public`, `dedicated` or `local`."),
    code(
        "CRN007",
        "wrong service name",
        "The fifth segment is the service by the name that IAM knows: lower-case letters, digits and `-`; a child service follows a `.`.",
    ),
    code(
        "CRN008",
        "wrong scope",
        "The seventh segment is `a/ACCOUNT`, `o/…`, `s/…`, `p/…`, `sub/…`, `global`, or empty.",
    ),
    code("CRN009", "not a KMS", "A key or a KMS instance was wanted; only `kms` and `hs-crypto` hold keys."),
    code("CRN010", "not a key", "A key was wanted; a key ends in `:key:ID`."),
    code("CRN011", "not an instance", "A KMS instance was wanted; an instance ends in `::`."),
    code("CRN012", "not a GUID", "A KMS names its instances and keys by GUID."),
    code("CRN013", "unusual account id", "Account ids have 32 lower-case hexadecimal digits."),
    code(
        "CRN014",
        "foreign character",
        "White space, quotes and invisible characters do not belong in a CRN; they were copied along.",
    ),
    code(
        "CRN015",
        "unknown region",
        "The KMS is not known to be offered in this region. A suspicion only: regions are opened all the time.",
    ),
    code(
        "CRN016",
        "capital letters",
        "CRNs are compared letter by letter. Everything but the resource is written in small letters, and so are the GUIDs of a KMS.",
    ),
    code(
        "CRN017",
        "unknown service",
        "The catalogue does not know the service. A suspicion only: services are added all the time.",
    ),
    code(
        "CRN018",
        "unknown location",
        "The catalogue does not know the location. A suspicion only: regions and data centres are opened all the time.",
    ),
    code(
        "CRN019",
        "wrong location",
        "The sixth segment is a region, a zone, a data centre, a Satellite location, `global`, or empty: lower-case letters, digits, `-` and `_`.",
    ),
    code("CRN020", "no region", "Instances and keys of a KMS are in a region; theirs is neither empty nor `global`."),
    code(
        "CRN021",
        "percent-encoded",
        "A CRN in the path of a URL is encoded there, and decoded before it is used anywhere else. Only in the resource may `%` and two digits stand.",
    ),
    code(
        "CRN022",
        "doubled colon",
        "A colon that is written twice makes an empty segment and shifts all that follow. The number of segments may even come out right.",
    ),
    code(
        "CRN023",
        "two segments in one",
        "Two segments are parted by a colon, not by `/` or `-`: a key ends in `:key:ID`, not in `key/ID`.",
    ),
    code("CRN024", "torn scope", "The scope is one segment: `a/ACCOUNT`, with a slash."),
    code(
        "CRN025",
        "a Terraform id",
        "Terraform's ids of buckets, key rings and aliases hold a CRN and more. Their attribute `crn` is the CRN alone.",
    ),
    code(
        "CRN026",
        "a placeholder",
        "`<account>`, `${var.region}`, `*` and `[...]` stand for a value. There are no wildcards in CRNs; policies match attributes instead.",
    ),
    code("CRN027", "no account", "Instances and keys of a KMS belong to an account: their scope is `a/ACCOUNT`."),
    code("CRN028", "something before the CRN", "A CRN begins with `crn:`, and with nothing before it."),
    code(
        "CRN029",
        "too long",
        "Texts of more than 4,096 bytes are not looked into. IBM's own code takes CRNs of up to 512 characters.",
    ),
    code("IN001", "not JSON", "The input was given by name and is not JSON. In a folder, such files are passed over."),
    code("IN002", "not UTF-8", "The input is not text in UTF-8."),
    code("IN003", "cut", "The JSON ends in the middle of a value: the export was interrupted."),
    code("IN004", "malformed", "The input stops being JSON at the place that is named."),
    code("IN005", "nested too deep", "No export is nested more than 128 levels deep."),
    code("IN006", "too large", "An input may have up to 4 GiB."),
    code(
        "IN007",
        "unknown kind",
        "The JSON is no export that is known, by its members: the name of a file decides nothing. It settles nothing. Read are, as the APIs \
         answer them and as commands with `--output json` print them: `kms-keys`, `kms-registrations`, `kms-key-versions`, `kms-key-policies`, `kms-instance-policies`, `kms-key-rings`, `iam-policies`, `iam-policy-templates`, `resource-instances`, `resource-reclamations`, `schematics-kms-settings`, `schematics-kms-instances`, `vpc-volumes`, `vpc-shares`, `vpc-images`, `vpc-snapshots`, `terraform-plan`, `terraform-state`, `key-usage-report`, `migration-pairs`, `activity-events`, and the manifest `kmsguard-export.json`.",
    ),
    code(
        "IN008",
        "error answer",
        "A service refused, and its answer was saved in place of an export. What it should have held is missing.",
    ),
    code(
        "IN009",
        "empty list",
        "A list without rows does not say what it lists, and IAM answers an empty list to those who may see nothing. It decides nothing.",
    ),
    code("IN010", "not a record of its kind", "One record of a list cannot be read. The others are."),
    code(
        "IN011",
        "a CRN that is none",
        "A record names something by a CRN that cannot be read. The record is kept, and nothing is concluded from it.",
    ),
    code("IN012", "name given twice", "Two inputs have one name; the first is read."),
    code("IN013", "no such file", "There is no file or folder at this path."),
    code("IN014", "not permitted", "The file or folder may not be read."),
    code("IN015", "not a file", "The path is a device, a socket or the like."),
    code("IN016", "empty folder", "There is no file in the folder."),
    code("IN017", "reading failed", "The file or folder could not be read."),
    code("IN018", "damaged gzip", "The compressed file ends too early, or was changed after it was made."),
    code(
        "IN019",
        "inflates too far",
        "A compressed file may hold up to 250 times its size, and up to 1 GiB. More is a bomb, not an export.",
    ),
    code("IN020", "not UTF-16", "The input begins as UTF-16 does, and goes on otherwise."),
    code(
        "IN021",
        "member given twice",
        "A member stands twice in an answer; which of the two is meant cannot be said. Within a record, it makes the record unreadable (IN010).",
    ),
    code("IN022", "too many members", "No object of an export has more than 10,000 members."),
    code("IN023", "more faults", "An input has more faults than are listed; these are the first 1,000."),
    code(
        "IN024",
        "a link",
        "Links are not followed, so that a folder of exports is read as it stands, and nothing outside of it.",
    ),
    code("IN025", "changed while read", "The file changed while it was read, so what was read may be of two exports."),
    code(
        "IN026",
        "unreadable snapshot",
        "A snapshot is one JSON object whose first member says `kmsguard-snapshot/1`; `kmsguard schema snapshot` describes it. One of a later version is read by a later version of kmsguard.",
    ),
    code(
        "IN027",
        "passed over",
        "A folder holds a link, a pipe or the like. Only regular files are read, so that nothing outside of the folder is.",
    ),
    code(
        "IN028",
        "missing file",
        "A manifest names a call whose file is not among the inputs. What it listed is unknown: the export is not whole.",
    ),
    code(
        "IN030",
        "two states of a key",
        "Two records of one key give different states, and their own dates do not say which is the later. The state is taken to be unknown.",
    ),
    code(
        "IN031",
        "two states of an instance",
        "Two records of one service instance give different states, and their own dates do not say which is the later.",
    ),
    code(
        "IN032",
        "of no KMS instance",
        "Key rings and policies of a KMS instance do not name the instance. A manifest beside them does; without one, nothing is concluded.",
    ),
    code(
        "IN033",
        "of no key",
        "Policies and versions of a key do not always name the key. A manifest beside them does; without one, nothing is concluded.",
    ),
    code(
        "IN034",
        "a sensitive key",
        "A state of Terraform names a key in a value that is marked as sensitive. It counts as a use of a key that some list holds; of another, it is not shown which.",
    ),
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
        "PLAN001",
        "not a request for a plan",
        "A plan is asked for with a JSON object, `{\"service\": …, \"key\": {\"crn\": …}}`.",
    ),
    code("PLAN002", "unknown service", "Plans are made for the services of `kmsguard schema services`."),
    code(
        "PLAN003",
        "unknown field",
        "A field that requests do not have would be passed over, and the plan would not be what was asked for.",
    ),
    code("PLAN004", "missing field", "The field cannot be derived from the others."),
    code("PLAN005", "wrong value", "The field cannot have this value."),
    code(
        "PLAN006",
        "scope not honoured",
        "The service does not use keys through an authorization of this scope: it would look right and not work.",
    ),
    code("PLAN007", "KMS not supported", "The service takes no keys of this KMS. In an export this is rule KEY009."),
    code(
        "PLAN008",
        "end of life",
        "Hyper Protect Crypto Services ends on 2027-03-20 (some pages say 28 March), and new integrations with it are no longer \
         supported. `allow_end_of_life` makes the plan all the same.",
    ),
    code("PLAN009", "conflict", "Two fields answer one question differently."),
    code(
        "PLAN010",
        "unknown parameter",
        "The service has no parameter of this name, at this place. Some services pass over such parameters without a word.",
    ),
    code(
        "PLAN011",
        "unknown location",
        "The catalogue does not list this location. A suspicion only: regions are opened all the time.",
    ),
    code("PLAN012", "wrong plan", "The service takes a key in this way on one of its plans only."),
    code("PLAN013", "wrong endpoint", "The endpoint is not the private one of the key's region and instance."),
    code(
        "PLAN014",
        "wrong scheme",
        "BYOK takes keys of Key Protect, KYOK keys of Key Protect Dedicated. The CRN alone does not tell the two apart, an endpoint does.",
    ),
    code(
        "PLAN015",
        "second key not independent",
        "A second key in the same instance or region is lost together with the first.",
    ),
    code(
        "PLAN016",
        "to be filled in",
        "The plan is right, but one form of a step needs something that the request does not say.",
    ),
    code(
        "PLAN017",
        "unusual value",
        "The value was not offered, or not allowed, when the catalogue was written. A suspicion only.",
    ),
    code("JS001", "not ready", "In browsers and workers the npm package is ready after `await init()`."),
    code("JS002", "freed", "An inventory was asked after it had been freed."),
    code("REQ001", "not a moment", "A moment is written in RFC 3339 with a zone, such as `2026-11-21T12:00:00Z`."),
    code("REQ002", "unknown format", "This answer cannot be had in that format."),
    code("REQ003", "cannot be written", "The file for an answer cannot be written."),
    code("REQ004", "unreadable standard input", "Standard input cannot be read as lines of text."),
    code("REQ005", "unknown rule", "There is no rule and no code of that name."),
    code("REQ006", "unknown schema", "There is no JSON Schema of that name."),
    code("REQ007", "unknown option", "An option is none, or does not take the value it was given."),
    code("REQ008", "a form that there is not", "No step of the plan can be done in the form that was asked for."),
    code("REQ009", "not in the exports", "What was asked for by name, id or CRN is in none of the exports."),
    code("REQ010", "no action", "An impact is asked of at least one action."),
    code(
        "REQ011",
        "several of that name",
        "More than one key, or more than one deployment, is called so. A CRN names exactly one.",
    ),
    code(
        "REQ012",
        "unknown service",
        "A deployment that is not made yet is asked for as `SERVICE-ID@ACCOUNT`. The service is named by the id that `kmsguard schema services` lists, or by the name that IAM has for it.",
    ),
    code("REQ013", "not an account id", "The account is the id alone: 32 hexadecimal digits, without `a/`."),
    code(
        "REQ014",
        "unreadable accounts",
        "A file of accounts has a line for each: its id of 32 lower-case hexadecimal digits, then, if you like, its name. Every other line that is neither blank nor begins with `#` is an error.",
    ),
];

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_stand_in_order_within_their_family_and_none_is_used_twice() {
        for pair in CODES.windows(2) {
            let family = |code: &str| code.trim_end_matches(|digit: char| digit.is_ascii_digit()).to_owned();
            assert!(family(pair[0].code) != family(pair[1].code) || pair[0].code < pair[1].code, "{}", pair[1].code);
        }
    }

    /// The numbers are taken from the sources, so a new fault without an explanation is found.
    #[test]
    fn every_code_of_a_fault_is_explained() {
        let sources = [
            include_str!("../crn/fault.rs"),
            include_str!("../ingest/fault.rs"),
            include_str!("../policy/fault.rs"),
            include_str!("../plan/fault.rs"),
            include_str!("answer.rs"),
        ];
        let mut found = 0;
        for quoted in sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2)) {
            let is_code = quoted.len() >= 5
                && quoted.starts_with(|letter: char| letter.is_ascii_uppercase())
                && quoted.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && quoted.bytes().rev().take(3).all(|byte| byte.is_ascii_digit());
            if is_code {
                found += 1;
                assert!(CODES.iter().any(|code| code.code == quoted), "{quoted} is not explained");
            }
        }
        assert!(found > 40, "only {found} codes were found in the sources");
    }

    #[test]
    fn the_kinds_that_are_read_are_all_named() {
        let text = CODES.iter().find(|code| code.code == "IN007").map_or("", |code| code.text);
        for kind in crate::ingest::ExportKind::EXPORTS {
            assert!(text.contains(&format!("`{}`", kind.name())), "{kind}");
        }
    }
}
