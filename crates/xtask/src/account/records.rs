//! The records of a made account, in the shapes in which the services' APIs answer.
//!
//! Sources: IBM/keyprotect-go-client, `keys.go` and `registrations.go`, as of 2026-06-30; IBM/platform-services-go-sdk,
//! `resourcecontrollerv2` and `iampolicymanagementv1`, as of 2026-06-29.

use std::fmt;
use std::io::{self, Write};

use super::numbers::{Digits, Use, Uuid, number};

/// One record of this many is at fault.
const FAULTY: u64 = 100;

/// The regions that instances are spread over.
const REGIONS: [&str; 6] = ["us-south", "eu-de", "us-east", "eu-gb", "jp-tok", "ca-tor"];

/// When things were made; the last digits follow the place.
const MADE: &str = "2026-03-02T09:14:";

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// Not the record of its kind: a number where there should be a text, or a member missing that all have.
    Broken,
    /// A CRN with a segment too few.
    WrongCrn,
    /// Members missing that most records have.
    Sparse,
}

/// Which fault a record has: half of the faulty ones are broken, a quarter have a wrong CRN, a quarter are sparse.
fn fault(of: Use, place: u64) -> Fault {
    let number = number(Use::Fault, number(of, place));
    match (number % FAULTY, (number >> 32) % 4) {
        (0, 0 | 1) => Fault::Broken,
        (0, 2) => Fault::WrongCrn,
        (0, _) => Fault::Sparse,
        _ => Fault::None,
    }
}

/// How much of everything there is.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    pub registrations: u64,
    pub instances: u64,
    pub policies: u64,
    pub keys: u64,
    /// How many of the instances are of Key Protect.
    pub kms_instances: u64,
}

/// A service instance, and what it registers with a key.
#[derive(Debug, Clone, Copy)]
struct Deployment {
    place: u64,
    service: &'static str,
    plan: &'static str,
}

/// The services that use keys: how many of a hundred instances, and the plan's id.
const SERVICES: [(u64, &str, &str); 6] = [
    (45, "cloud-object-storage", "744bfc56-d12c-4866-88d5-dac9139e0e5d"),
    (60, "messagehub", "ibm.message.hub.enterprise.3nodes.2tb"),
    (75, "messagehub", "eventstreams-gen2-enterprise"),
    (90, "databases-for-postgresql", "databases-for-postgresql-standard"),
    (96, "containers-kubernetes", "containers.kubernetes.vpc.gen2.roks"),
    (100, "secrets-manager", "7713c3a8-3be8-4a9a-81bb-ee822fcaac3d"),
];

fn account() -> Digits {
    Digits(Use::Account, 0)
}

fn region(place: u64) -> &'static str {
    REGIONS[(place % REGIONS.len() as u64) as usize]
}

impl Deployment {
    fn at(place: u64) -> Self {
        let of_hundred = number(Use::Choice, number(Use::Instance, place)) % 100;
        let (_, service, plan) = SERVICES.iter().find(|(below, ..)| of_hundred < *below).unwrap_or(&SERVICES[0]);
        Self { place, service, plan }
    }

    fn crn(self) -> String {
        let location = if self.service == "cloud-object-storage" { "global" } else { region(self.place) };
        let guid = Uuid(Use::Instance, self.place);
        format!("crn:v1:bluemix:public:{}:{location}:a/{}:{guid}::", self.service, account())
    }

    /// The CRN of what registers itself: a bucket, a volume of a worker in an account of IBM's, or the instance.
    fn registered(self, row: u64) -> String {
        match self.service {
            "cloud-object-storage" => format!("{}bucket:bucket-{row}", &self.crn()[..self.crn().len() - 1]),
            "containers-kubernetes" if !row.is_multiple_of(4) => format!(
                "crn:v1:bluemix:public:is:{}-{}:a/{}::volume:r006-{}",
                region(self.place),
                1 + row % 3,
                Digits(Use::Account, 1),
                Uuid(Use::Volume, row)
            ),
            _ => self.crn(),
        }
    }
}

/// A CRN with the segment of its service missing.
fn wrong(crn: &str) -> String {
    let segments: Vec<&str> = crn.split(':').collect();
    [&segments[..4], &segments[5..]].concat().join(":")
}

/// A list of records inside an answer, one a line.
struct Rows<'a> {
    out: &'a mut dyn Write,
    rows: u64,
}

impl Rows<'_> {
    fn row(&mut self, record: fmt::Arguments<'_>) -> io::Result<()> {
        self.out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        self.rows += 1;
        self.out.write_fmt(record)
    }
}

impl Account {
    pub fn of(registrations: u64) -> Self {
        let keys = (registrations / 20).max(1);
        let kms_instances = (registrations / 10_000).max(1);
        let instances = (registrations / 10).max(kms_instances + 1);
        Self { registrations, instances, policies: (registrations / 100).max(1), keys, kms_instances }
    }

    /// The part of a whole that is of one of the KMS instances.
    fn share(self, whole: u64, instance: u64) -> std::ops::Range<u64> {
        whole * instance / self.kms_instances..whole * (instance + 1) / self.kms_instances
    }

    fn kms_crn(instance: u64) -> String {
        let guid = Uuid(Use::KmsInstance, instance);
        format!("crn:v1:bluemix:public:kms:{}:a/{}:{guid}::", region(instance), account())
    }

    fn key_crn(self, key: u64) -> String {
        let instance = (0..self.kms_instances).find(|instance| self.share(self.keys, *instance).contains(&key));
        let crn = Self::kms_crn(instance.unwrap_or(0));
        format!("{}key:{}", &crn[..crn.len() - 1], Uuid(Use::Key, key))
    }

    /// The deployments; the first instances are of Key Protect.
    fn deployment(self, place: u64) -> Deployment {
        Deployment::at(self.kms_instances + place % (self.instances - self.kms_instances))
    }

    /// The keys of a KMS instance. Of fifty one is a standard key, one suspended, one deleted.
    pub fn keys(self, instance: u64, out: &mut dyn Write) -> io::Result<u64> {
        let share = self.share(self.keys, instance);
        let total = share.end - share.start;
        write!(
            out,
            r#"{{"metadata":{{"collectionType":"application/vnd.ibm.kms.key+json","collectionTotal":{total}}},"resources":["#
        )?;
        let prefix = Self::kms_crn(instance);
        let prefix = &prefix[..prefix.len() - 1];
        let mut rows = Rows { out, rows: 0 };
        for key in share {
            let id = Uuid(Use::Key, key);
            let fault = fault(Use::Key, key);
            let crn = if fault == Fault::WrongCrn {
                wrong(&format!("{prefix}key:{id}"))
            } else {
                format!("{prefix}key:{id}")
            };
            let crn = if fault == Fault::Broken { "17".to_owned() } else { format!("\"{crn}\"") };
            let state = match key % 50 {
                7 => 2,
                8 => 5,
                _ => 1,
            };
            let names = if fault == Fault::Sparse {
                String::new()
            } else {
                format!(r#""name":"key-{key}","keyRingID":"default","#)
            };
            let second = key % 60;
            rows.row(format_args!(
                r#"{{"type":"application/vnd.ibm.kms.key+json","id":"{id}",{names}"state":{state},"crn":{crn},"createdBy":"IBMid-000000EXAMPLE","creationDate":"{MADE}{second:02}Z","lastUpdateDate":"{MADE}{second:02}Z","lastRotateDate":"{MADE}{second:02}Z","keyVersion":{{"id":"{id}","creationDate":"{MADE}{second:02}Z"}},"algorithmType":"AES","algorithmMetadata":{{"bitLength":"256","mode":"CBC_PAD"}},"extractable":{},"imported":false,"dualAuthDelete":{{"enabled":false}},"deleted":{}}}"#,
                key % 50 == 9,
                state == 5,
            ))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(total)
    }

    /// The registrations of the keys of a KMS instance. A key is used by twenty resources; some by many more.
    pub fn registrations(self, instance: u64, out: &mut dyn Write) -> io::Result<u64> {
        let (share, keys) = (self.share(self.registrations, instance), self.share(self.keys, instance));
        let total = share.end - share.start;
        write!(
            out,
            r#"{{"metadata":{{"collectionType":"application/vnd.ibm.kms.registration+json","collectionTotal":{total}}},"resources":["#
        )?;
        let mut rows = Rows { out, rows: 0 };
        let number_of_keys = (keys.end - keys.start).max(1);
        for row in share {
            let chosen = number(Use::Choice, row);
            let key =
                Uuid(Use::Key, keys.start + if chosen.is_multiple_of(10) { 0 } else { (chosen >> 8) % number_of_keys });
            let deployment = self.deployment(row / 8);
            let fault = fault(Use::Volume, row);
            let crn = deployment.registered(row);
            let crn = if fault == Fault::WrongCrn { wrong(&crn) } else { crn };
            let of = if fault == Fault::Broken { r#""keyId":null"#.to_owned() } else { format!(r#""keyId":"{key}""#) };
            let second = row % 60;
            let prevents = match fault {
                Fault::Sparse => String::new(),
                _ => format!(r#","preventKeyDeletion":{},"description":"""#, deployment.service == "messagehub"),
            };
            rows.row(format_args!(
                r#"{{{of},"resourceCrn":"{crn}","createdBy":"crn-{}","creationDate":"{MADE}{second:02}Z","updatedBy":"","lastUpdated":"{MADE}{second:02}Z"{prevents},"keyVersion":{{"id":"{key}","creationDate":"{MADE}{second:02}Z"}}}}"#,
                deployment.crn(),
            ))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(total)
    }

    /// The service instances: those of Key Protect, then the others; of fifty one is deleted and kept for a while.
    pub fn instances(self, out: &mut dyn Write) -> io::Result<u64> {
        write!(out, r#"{{"rows_count":{},"next_url":null,"resources":["#, self.instances)?;
        let mut rows = Rows { out, rows: 0 };
        for place in 0..self.instances {
            let kms = place < self.kms_instances;
            let deployment = Deployment::at(place);
            let (crn, plan, guid) = if kms {
                (Self::kms_crn(place), "eedd3585-90c6-4c8f-be3d-062069e99fc3", Uuid(Use::KmsInstance, place))
            } else {
                (deployment.crn(), deployment.plan, Uuid(Use::Instance, place))
            };
            let fault = if kms { Fault::None } else { fault(Use::Instance, place) };
            let deleted = !kms && place % 50 == 3;
            let state = if deleted { "pending_reclamation" } else { "active" };
            let reclaimed = if deleted { r#""scheduled_reclaim_at":"2026-11-24T08:00:00.000Z","# } else { "" };
            let key = self.key_crn(number(Use::Choice, place) % self.keys);
            let parameters = match (deployment.service, plan) {
                _ if kms || fault == Fault::Sparse => String::new(),
                ("messagehub", "eventstreams-gen2-enterprise") => format!(
                    r#""parameters":{{"dataservices":{{"encryption":{{"disk":"{key}"}},"kafka":{{"throughput_mb_s":100,"storage_gb":2000}}}}}},"extensions":{{"dataservices":{{"encryption":{{"disk":"{key}"}}}}}},"#
                ),
                ("messagehub", _) => format!(r#""parameters":{{"kms_key_crn":"{key}","throughput":"150"}},"#),
                ("databases-for-postgresql", _) => format!(r#""parameters":{{"disk_encryption_key_crn":"{key}"}},"#),
                _ => String::new(),
            };
            let crn = if fault == Fault::WrongCrn { wrong(&crn) } else { crn };
            let named = if fault == Fault::Broken { r#""crn":{}"#.to_owned() } else { format!(r#""crn":"{crn}""#) };
            let group = Digits(Use::Group, place % 20);
            let millisecond = place % 1_000;
            rows.row(format_args!(
                r#"{{"id":"{crn}","guid":"{guid}",{named},"name":"instance-{place}","region_id":"{}","account_id":"{}","resource_plan_id":"{plan}","resource_group_id":"{group}","resource_group_crn":"crn:v1:bluemix:public:resource-controller::a/{}::resource-group:{group}","state":"{state}","type":"service_instance","sub_type":"",{parameters}{reclaimed}"created_at":"2026-04-11T07:55:02.{millisecond:03}Z","updated_at":"2026-04-11T08:02:40.{millisecond:03}Z","last_operation":{{"type":"create","state":"succeeded","async":false,"description":""}}}}"#,
                region(place),
                account(),
                account(),
            ))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(self.instances)
    }

    /// The authorizations: most for one key, some for an instance, few for a whole service.
    pub fn policies(self, out: &mut dyn Write) -> io::Result<u64> {
        write!(out, r#"{{"policies":["#)?;
        let mut rows = Rows { out, rows: 0 };
        for place in 0..self.policies {
            let id = Uuid(Use::Policy, place);
            let instance = number(Use::Choice, number(Use::Policy, place)) % self.kms_instances;
            let keys = self.share(self.keys, instance);
            let fault = fault(Use::Policy, place);
            let mut resource = attribute("serviceName", "kms");
            if place % 20 != 1 {
                resource += &attribute("serviceInstance", Uuid(Use::KmsInstance, instance));
            }
            if place % 20 > 4 {
                let key = keys.start + number(Use::Key, place) % (keys.end - keys.start).max(1);
                resource += &attribute("resourceType", "key");
                resource += &attribute("resource", Uuid(Use::Key, key));
            }
            let service = Deployment::at(place).service;
            let service = if service == "containers-kubernetes" { "server-protect" } else { service };
            let source = match fault {
                Fault::Sparse => String::new(),
                Fault::WrongCrn => attribute("serviceInstance", wrong(&Self::kms_crn(instance))),
                _ => attribute("serviceName", service),
            };
            let subjects = if fault == Fault::Broken { "17".to_owned() } else { side(&source) };
            let delegates = matches!(service, "messagehub" | "databases-for-postgresql");
            let delegator = r#",{"role_id":"crn:v1:bluemix:public:iam::::role:AuthorizationDelegator","display_name":"Authorization Delegator"}"#;
            let second = place % 60;
            rows.row(format_args!(
                r#"{{"id":"{id}","type":"authorization","description":"","subjects":{subjects},"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader","display_name":"Reader"}}{}],"resources":{},"href":"https://iam.cloud.ibm.com/v1/policies/{id}","created_at":"{MADE}{second:02}.114Z","created_by_id":"IBMid-000000EXAMPLE","last_modified_at":"{MADE}{second:02}.114Z","last_modified_by_id":"IBMid-000000EXAMPLE","state":"active","last_permit_at":"2026-11-20T{:02}:00:00.000Z","last_permit_frequency":{}}}"#,
                if delegates { delegator } else { "" },
                side(&resource),
                place % 24,
                place % 500,
            ))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(self.policies)
    }

    /// What the manifest says of one file.
    pub fn call(self, file: &str, kind: &str, instance: Option<u64>, rows: u64) -> String {
        let instance =
            instance.map_or_else(String::new, |instance| format!(r#""instance":"{}","#, Self::kms_crn(instance)));
        format!(
            r#"{{"file":"{file}","kind":"{kind}","account":"{}",{instance}"url":"https://example.com/{file}","status":200,"pages":1,"rows":{rows},"total":{rows}}}"#,
            account()
        )
    }

    /// The manifest of the folder.
    pub fn manifest(self, calls: &[String], out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            r#"{{"manifest_version":1,"started_at":"2026-11-21T10:00:00Z","finished_at":"2026-11-21T11:00:00Z","calls":["#
        )?;
        writeln!(out, "{}\n]}}", calls.join(",\n"))
    }
}

/// An attribute of a policy, with the comma before it.
fn attribute(name: &str, value: impl fmt::Display) -> String {
    format!(r#",{{"name":"{name}","value":"{value}","operator":"stringEquals"}}"#)
}

/// The subjects or the resources of a policy.
fn side(attributes: &str) -> String {
    format!(r#"[{{"attributes":[{{"name":"accountId","value":"{}"}}{attributes}]}}]"#, account())
}
