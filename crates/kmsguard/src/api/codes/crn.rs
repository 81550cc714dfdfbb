//! What the codes of CRNs mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
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
    code(
        "CRN003",
        "too many segments",
        "There is a colon inside the resource, where data with a colon is written `%3A`; or a word, such as `key`, is written twice.",
    ),
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
        "The service is not known to be offered in this region. A suspicion only: regions are opened all the time.",
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
];
