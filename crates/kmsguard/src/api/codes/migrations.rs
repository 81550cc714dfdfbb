//! What the codes of pairs of keys mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
    code("MIG001", "source not of hs-crypto", "A pair begins with the CRN of a key of Hyper Protect Crypto Services."),
    code(
        "MIG002",
        "target not of kms",
        "A pair ends with the CRN of a key of Key Protect, in an instance of Key Protect Dedicated.",
    ),
    code(
        "MIG003",
        "pair the wrong way round",
        "The key to move from stands in the first column, the key to move to in the second.",
    ),
    code("MIG004", "several targets", "A key has one intent, which names one key to move to."),
    code(
        "MIG005",
        "pair repeated",
        "One table has the same pair more than once. The migration tool handles each row by itself.",
    ),
    code(
        "MIG006",
        "target shared",
        "Several keys are to move to one. That is allowed, and from then on one key holds up what several did.",
    ),
    code(
        "MIG007",
        "intent names another key",
        "A report of the Key Usage Reporter shows an intent that names another key than the pair.",
    ),
    code(
        "MIG008",
        "source in a state in which it does not move",
        "Services unwrap with the key to move from while they move, which they can while it is active or deactivated.",
    ),
    code(
        "MIG009",
        "target not active",
        "Services wrap with the key to move to, which they can only while it is active.",
    ),
    code(
        "MIG010",
        "standard key",
        "Intents move root keys. The payload of a standard key is fetched and stored anew, and whoever reads it is told.",
    ),
    code("MIG011", "target is a standard key", "Only root keys wrap the keys of services."),
    code(
        "MIG012",
        "source not found",
        "A list of keys of the instance was read and does not hold the key. Lists hold deleted keys only if they are asked for.",
    ),
    code("MIG013", "target not found", "A list of keys of the instance was read and does not hold the key."),
    code(
        "MIG014",
        "target not Dedicated",
        "Keys move to Key Protect Dedicated. The plan of the instance, its endpoint, or a usage report tells it from Key Protect that many customers share.",
    ),
    code("MIG015", "other region", "The two keys are in different regions. Services may use a key of another region."),
    code(
        "MIG016",
        "other account",
        "The two keys are in different accounts. Authorizations are made in that of the key to move to.",
    ),
    code(
        "MIG017",
        "does not follow",
        "The service does not know intents. Its resources are made anew with the other key, or wait until it does.",
    ),
    code(
        "MIG018",
        "not authorized",
        "No authorization lets the resource use the key to move to, by the criteria that IBM publishes for its migration tool, or IAM would refuse it. Provided whoever exported could see all authorizations of the account.",
    ),
    code(
        "MIG019",
        "the tool failed",
        "An `execution` file of the migration tool says that an operation on the pair failed.",
    ),
    code(
        "MIG020",
        "counts differ",
        "The migration tool counted more resources on the key to move from than the exports show.",
    ),
    code("MIG021", "names crossed", "Two pairs have keys of such names that their targets look exchanged."),
    code(
        "MIG022",
        "may be used in silence",
        "A service is authorized on the key to move from and is not known to register what it encrypts, so that no list shows whether it uses the key.",
    ),
    code(
        "MIG023",
        "deleted and still registered",
        "A deleted deployment stays registered with its key until it is reclaimed. It does not follow an intent, and need not.",
    ),
    code(
        "MIG024",
        "the end",
        "Hyper Protect Crypto Services ends on 2027-03-20; one page says 28 March, and the earlier day decides. After the end services can no longer unwrap with its keys.",
    ),
    code(
        "MIG025",
        "instance deleted",
        "The KMS instance of one of the keys was deleted and waits for reclamation. Its keys serve nobody until it is restored.",
    ),
    code("MIG026", "target expired", "The key to move to has expired: it unwraps, and wraps no more."),
    code("MIG027", "target expires", "The key to move to has an end, from which on it wraps no more."),
];
