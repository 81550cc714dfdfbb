//! What the codes of plans mean.

use super::{Code, code};

pub(super) static CODES: &[Code] = &[
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
    code(
        "PLAN018",
        "plan without customer keys",
        "The plan of the service does not encrypt with a customer's key; some plans take the parameter without an error and ignore it.",
    ),
    code(
        "PLAN019",
        "key region",
        "For this use the service takes keys of some regions only. A suspicion where the list may have grown since it was read.",
    ),
];
