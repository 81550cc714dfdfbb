//! What the codes of requests, and of the doors that take them mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
    code("JS001", "not ready", "In browsers and workers the npm package is ready after `await init()`."),
    code(
        "JS002",
        "freed",
        "An inventory was asked after it had been freed, or after the module that held it had failed. Read it again.",
    ),
    code(
        "JS003",
        "not data",
        "The npm package is given texts, bytes or parsed JSON, with the names that answers show. A `Blob` is read first.",
    ),
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
        "More than one key, deployment or authorization is called so. A CRN names exactly one.",
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
    code(
        "REQ015",
        "not an audit",
        "Two audits are compared by their answers in JSON, as `kmsguard audit --json` writes them. The command also takes exports, which it audits first.",
    ),
    code(
        "REQ016",
        "not a migration",
        "What has moved is seen by an earlier answer in JSON, as `kmsguard migrate --json` writes it.",
    ),
    code(
        "REQ017",
        "not a table of pairs",
        "Pairs of keys are rows of two CRNs, as IBM's migration tool takes them: the key to move from, the key to move to.",
    ),
    code(
        "REQ018",
        "one file for two answers",
        "Each `--output-file` names a file of its own: the later would take the place of the earlier.",
    ),
];
