//! An account as its services answer: two KMS instances, one of them dedicated, lists of several pages, parameters that stand
//! in no list.
//!
//! Sources of the shapes: the API pages and SDKs that `kmsguard::catalog::exports` names.

/// The account.
pub const ACCOUNT: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
/// Another one.
pub const OTHER_ACCOUNT: &str = "00000000000000000000000000000001";
/// An instance of Key Protect that shares its endpoint.
pub const STANDARD: &str = "6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21";
/// An instance of Key Protect Dedicated.
pub const DEDICATED: &str = "b27d9c40-7c1b-4d0f-9a52-4e6a1f0c8d33";
const STREAMS: &str = "c6b7f5cd-5ec4-4e5b-9e78-7f6e9e6eef66";
const DELETED: &str = "71c2a0de-0f7f-4f0c-8f23-2a1f4f1f9a11";

const CONTROLLER: &str = "https://resource-controller.cloud.ibm.com/v2/resource_instances";
const VPC: &str = "version=2025-01-21&generation=2";

fn endpoint(instance: &str) -> String {
    if instance == DEDICATED {
        format!("https://{DEDICATED}.api.eu-de.kms.appdomain.cloud")
    } else {
        "https://us-south.kms.cloud.ibm.com".to_owned()
    }
}

/// The first page of the keys of an instance.
pub fn keys_url(instance: &str) -> String {
    format!("{}/api/v2/keys?limit=5000&totalCount=true&state=0,1,2,3,5", endpoint(instance))
}

/// The registrations of an instance.
pub fn registrations_url(instance: &str) -> String {
    format!("{}/api/v2/keys/registrations?limit=5000&totalCount=true", endpoint(instance))
}

fn crn(service: &str, region: &str, instance: &str, account: &str) -> String {
    format!("crn:v1:bluemix:public:{service}:{region}:a/{account}:{instance}::")
}

fn kms_crn(instance: &str, account: &str) -> String {
    crn("kms", if instance == DEDICATED { "eu-de" } else { "us-south" }, instance, account)
}

fn key(instance: &str, account: &str, number: u32) -> String {
    let (crn, id) = (kms_crn(instance, account), format!("0000000{number}-0000-4000-8000-{}", &instance[24..]));
    format!(
        r#"{{"type":"application/vnd.ibm.kms.key+json","id":"{id}","name":"key-{number}","state":1,"extractable":false,"keyRingID":"default","crn":"{}key:{id}","lastUpdateDate":"2026-03-02T09:14:31Z","dualAuthDelete":{{"enabled":false}},"rotation":{{"enabled":true,"interval_month":3}},"deleted":false}}"#,
        &crn[..crn.len() - 1]
    )
}

fn collection(kind: &str, total: usize, rows: &[String]) -> String {
    format!(
        r#"{{"metadata":{{"collectionType":"application/vnd.ibm.kms.{kind}+json","collectionTotal":{},"totalCount":{total}}},"resources":[{}]}}"#,
        rows.len(),
        rows.join(",")
    )
}

fn registration(instance: &str, account: &str) -> String {
    format!(
        r#"{{"keyId":"00000001-0000-4000-8000-{}","resourceCrn":"{}","preventKeyDeletion":false,"creationDate":"2026-04-11T08:02:17Z"}}"#,
        &instance[24..],
        crn("messagehub", "us-south", STREAMS, account)
    )
}

fn instance(crn: &str, plan: &str, state: &str, more: &str) -> String {
    let account = crn.split("a/").nth(1).and_then(|rest| rest.split(':').next()).unwrap_or_default();
    format!(
        r#"{{"id":"{crn}","guid":"{}","crn":"{crn}","name":"instance of {plan}","account_id":"{account}","resource_plan_id":"{plan}","resource_group_id":"5d41402abc4b2a76b9719d911017c592","state":"{state}","type":"service_instance"{more}}}"#,
        crn.split(':').nth(7).unwrap_or_default()
    )
}

/// As a browser would write it in a path, and as the script asks for it.
fn encoded(crn: &str) -> String {
    crn.replace(':', "%3A").replace('/', "%2F")
}

/// Every call that the script makes for the account, and its answer.
pub fn answers(account: &str) -> Vec<(String, String)> {
    let standard = kms_crn(STANDARD, account);
    let dedicated = kms_crn(DEDICATED, account);
    let streams = crn("messagehub", "us-south", STREAMS, account);
    let deleted = crn("messagehub", "us-south", DELETED, account);
    let first_key = format!("{}key:00000001-0000-4000-8000-{}", &standard[..standard.len() - 1], &STANDARD[24..]);
    let endpoints = format!(r#","extensions":{{"endpoints":{{"public":"{}"}}}}"#, endpoint(DEDICATED));
    let parameters = format!(r#","parameters":{{"dataservices":{{"encryption":{{"disk":"{first_key}"}}}}}}"#);
    let details = [
        (&standard, "eedd3585-90c6-4c8f-be3d-062069e99fc3", "active", ""),
        (&dedicated, "dedicated", "active", endpoints.as_str()),
        (&streams, "eventstreams-gen2-enterprise", "active", parameters.as_str()),
        (&deleted, "eventstreams-gen2-enterprise", "pending_reclamation", parameters.as_str()),
    ];
    let listed: Vec<String> = details.iter().map(|(crn, plan, state, _)| instance(crn, plan, state, "")).collect();
    let attributes = |service: &str| {
        format!(
            r#"[{{"attributes":[{{"name":"accountId","value":"{account}"}},{{"name":"serviceName","value":"{service}"}}]}}]"#
        )
    };
    let policy = format!(
        r#"{{"id":"1","type":"authorization","subjects":{},"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"}},{{"role_id":"crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}}],"resources":{},"state":"active","last_permit_at":"2026-11-20T10:00:00Z","last_permit_frequency":7}}"#,
        attributes("messagehub"),
        attributes("kms")
    );
    let mut answers = vec![
        (
            format!("{CONTROLLER}?limit=100"),
            format!(
                r#"{{"rows_count":2,"next_url":"/v2/resource_instances?limit=100&start=abc%3D","resources":[{},{}]}}"#,
                listed[0], listed[1]
            ),
        ),
        (
            format!("{CONTROLLER}?limit=100&start=abc%3D"),
            format!(r#"{{"rows_count":1,"next_url":null,"resources":[{}]}}"#, listed[2]),
        ),
        (
            format!("{CONTROLLER}?limit=100&state=pending_reclamation"),
            format!(r#"{{"rows_count":1,"next_url":null,"resources":[{}]}}"#, listed[3]),
        ),
        (
            format!("https://resource-controller.cloud.ibm.com/v1/reclamations?account_id={account}"),
            format!(
                r#"{{"resources":[{{"id":"9","entity_crn":"{deleted}","resource_instance_id":"{deleted}","account_id":"{account}","state":"SCHEDULED","target_time":"2026-11-24T08:00:00.000Z"}}]}}"#
            ),
        ),
        (
            format!(
                "https://iam.cloud.ibm.com/v1/policies?account_id={account}&type=authorization&format=include_last_permit"
            ),
            format!(r#"{{"policies":[{policy}]}}"#),
        ),
        // The settings of the one location are set, those of the other are not.
        (
            "https://schematics.cloud.ibm.com/v2/settings/kms?location=EU".to_owned(),
            format!(
                r#"{{"location":"EU","encryption_scheme":"byok","resource_group":"Default","primary_crk":{{"kms_name":"keys","kms_private_endpoint":"https://private.us-south.kms.cloud.ibm.com","key_crn":"{first_key}"}}}}"#
            ),
        ),
        (keys_url(STANDARD), collection("key", 3, &[key(STANDARD, account, 1), key(STANDARD, account, 2)])),
        (format!("{}&offset=2", keys_url(STANDARD)), collection("key", 3, &[key(STANDARD, account, 3)])),
        (registrations_url(STANDARD), collection("registration", 1, &[registration(STANDARD, account)])),
        (keys_url(DEDICATED), collection("key", 1, &[key(DEDICATED, account, 1)])),
        (registrations_url(DEDICATED), collection("registration", 0, &[])),
        (
            format!("https://us-south.iaas.cloud.ibm.com/v1/regions?{VPC}"),
            r#"{"regions":[{"name":"eu-de","endpoint":"https://eu-de.iaas.cloud.ibm.com","status":"available"}]}"#
                .to_owned(),
        ),
        (
            format!("https://eu-de.iaas.cloud.ibm.com/v1/volumes?{VPC}&limit=100"),
            format!(
                r#"{{"volumes":[{}],"limit":1,"next":{{"href":"https://eu-de.iaas.cloud.ibm.com/v1/volumes?start=def&limit=1"}}}}"#,
                volume(1, account, &first_key)
            ),
        ),
        (
            format!("https://eu-de.iaas.cloud.ibm.com/v1/volumes?{VPC}&limit=100&start=def"),
            format!(r#"{{"volumes":[{}],"limit":1}}"#, volume(2, account, &first_key)),
        ),
        (format!("https://eu-de.iaas.cloud.ibm.com/v1/shares?{VPC}&limit=100"), r#"{"shares":[]}"#.to_owned()),
        (format!("https://eu-de.iaas.cloud.ibm.com/v1/snapshots?{VPC}&limit=100"), r#"{"snapshots":[]}"#.to_owned()),
        (
            format!("https://eu-de.iaas.cloud.ibm.com/v1/images?{VPC}&limit=100&visibility=private"),
            r#"{"images":[]}"#.to_owned(),
        ),
    ];
    for (crn, plan, state, more) in details {
        answers.push((format!("{CONTROLLER}/{}", encoded(crn)), instance(crn, plan, state, more)));
    }
    for kms in [STANDARD, DEDICATED] {
        let ring = r#"{"id":"default","creationDate":"2026-03-02T09:14:31Z","createdBy":"IBMid-000000EXAMPLE"}"#;
        answers.push((
            format!("{}/api/v2/key_rings?limit=5000&totalCount=true", endpoint(kms)),
            collection("crn", 1, &[ring.to_owned()]),
        ));
    }
    answers
}

fn volume(number: u32, account: &str, key: &str) -> String {
    format!(
        r#"{{"id":"r010-{number}","name":"volume-{number}","crn":"crn:v1:bluemix:public:is:eu-de-1:a/{account}::volume:r010-{number}","encryption":"user_managed","encryption_key":{{"crn":"{key}"}},"status":"available"}}"#
    )
}
