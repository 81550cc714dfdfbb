//! What the codes of configurations, suppressions and baselines mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
    code(
        "CONF001",
        "unknown key",
        "The configuration has a key that there is not. It is refused, for what was meant by it would not be done.",
    ),
    code(
        "CONF002",
        "wrong value",
        "A key of the configuration does not take this value. `kmsguard schema configuration` describes every key.",
    ),
    code("CONF003", "unknown rule", "The configuration names a rule that there is not; `kmsguard rule` lists them."),
    code(
        "CONF004",
        "malformed suppression",
        "An entry of the suppressions suppresses nothing, because something is wrong with it; its findings stand. It has `rule`, `resource` and `reason`, and may have `expires` and `owner`.",
    ),
    code(
        "CONF005",
        "expired suppression",
        "The last day of a suppression is over, so its findings stand again. Days are of UTC, and the day named by `expires` still counts.",
    ),
    code(
        "CONF006",
        "suppression expires soon",
        "Within `windows.suppression_expiry_days` its findings will stand again.",
    ),
    code(
        "CONF007",
        "suppression of nothing",
        "A suppression names no finding of this audit, though its rule was checked and decided. An entry names the CRN of the finding's key or of its only resource, or the id of its only authorization; a pattern has to fit all its resources. Nothing is taken for a prefix.",
    ),
    code(
        "CONF008",
        "not a baseline",
        "What was given as a baseline is not the document that `kmsguard baseline` writes.",
    ),
    code("CONF009", "malformed baseline", "Entries of the baseline cannot be read: their findings stand."),
    code(
        "CONF010",
        "worse than in the baseline",
        "A finding of the baseline is more severe than it was, or is about resources that it was not about. It is not what was accepted, so it stands.",
    ),
    code(
        "CONF011",
        "baseline not given",
        "The configuration names a baseline, and the audit was asked without it: all findings stand. The command reads the file itself; other doors are given the baseline beside the configuration.",
    ),
    code(
        "CONF012",
        "baseline out of date",
        "Findings of the baseline were not found again: they are mended, or these exports do not show what they were about. `kmsguard diff` tells the one from the other.",
    ),
    code("CONF013", "not TOML", "The file of the configuration cannot be read as TOML."),
];
