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
    code(
        "PLAN030",
        "no body",
        "A body is looked for as JSON, behind `-d` of curl or `-p` of `ibmcloud`, and in `parameters_json` of Terraform.",
    ),
    code("PLAN031", "brackets", "A brace, a bracket or a quote is not closed, closed twice, or closed by another."),
    code("PLAN032", "commas and colons", "Members are parted by one comma, and a name from its value by a colon."),
    code("PLAN033", "comment", "JSON has no comments, and neither has a body."),
    code("PLAN034", "quotes", "JSON has straight double quotes only, on both sides, and few escapes."),
    code("PLAN035", "member twice", "A member stands twice in one object; which of the two is heeded cannot be said."),
    code("PLAN036", "quoting of the shell", "The shell would hand over something else than the body."),
    code("PLAN037", "no value", "Something stands where a value belongs, or behind the end, and is none."),
    code("PLAN038", "no object", "A body is one JSON object."),
    code("PLAN039", "no place for the key", "Something stands on the way to the key that can hold no member."),
    code(
        "PLAN040",
        "misplaced",
        "The member belongs to another object. Resource Controller takes what is a service's own under `parameters`.",
    ),
    code(
        "PLAN041",
        "other generation",
        "Generations of one service take their key by other parameters. What the other one takes does not reach the disks.",
    ),
    code("PLAN042", "wrong type", "A number stands in quotes, a text without, or the like."),
    code(
        "PLAN043",
        "another part of the key",
        "Services take the full CRN of a key, or the instance and the id apart. An id in place of a CRN names no instance.",
    ),
    code(
        "PLAN044",
        "no key",
        "The body names no key where the service takes it. Nothing fails then: the provider's own key encrypts.",
    ),
    code("PLAN045", "other key", "The body names another key than the plan."),
    code("PLAN046", "unknown member", "The call has no member of this name."),
    code(
        "PLAN047",
        "name of the plan",
        "A plan has a name, for the command line and Terraform, and an id, for the REST API.",
    ),
    code("PLAN048", "missing member", "Without the member the call is refused."),
    code(
        "PLAN049",
        "to be filled in",
        "A placeholder stands for the value; or an expression, whose value Terraform alone knows.",
    ),
];
