//! What the codes of what is read mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
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
];
