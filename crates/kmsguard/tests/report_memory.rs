//! A hundred thousand findings become SARIF without being held in memory. A binary of its own, so that nothing else allocates meanwhile.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use core::fmt::{self, Write};

use kmsguard::api::{AuditFormat, AuditRequest, Evidence, Finding, Inventory, RULES, Remediation, Scalar};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const FINDINGS: usize = 100_000;

/// Of so many accounts, so that no run is cut.
const ACCOUNTS: usize = 10;

/// A sink that only counts.
struct Counted(usize);

impl Write for Counted {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn main() {
    let inventory = Inventory::read(Vec::new());
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    let mut answer = inventory.audit(&AuditRequest::at(now)).expect("an audit");
    let finding = |number: usize| {
        let rule = RULES.get(number % RULES.len()).copied().into_iter();
        rule.map(move |rule| Finding {
            rule: rule.id,
            name: rule.name,
            severity: rule.severity,
            severity_because: "data is lost for good".to_owned(),
            title: rule.title,
            message: format!("key `{number}` protects 2 deployments"),
            account: Some(format!("account-{}", number % ACCOUNTS)),
            account_name: None,
            owner: None,
            key: Some(format!("crn:v1:bluemix:public:kms:us-south:a/x:y:key:{number}")),
            resources: vec![format!("crn:v1:bluemix:public:messagehub:us-south:a/x:{number}::").into()],
            policies: Vec::new(),
            evidence: vec![Evidence {
                input: "keys.json".into(),
                pointer: format!("/{number}"),
                line: 1,
                value: Scalar::Null,
            }],
            evidence_left_out: 0,
            remediation: Remediation { text: "give each its own".to_owned(), commands: Vec::new() },
            fingerprint: format!("{number:032x}"),
            suppressed: None,
        })
    };
    answer.findings = (0..FINDINGS).flat_map(finding).collect();
    assert_eq!(answer.findings.len(), FINDINGS);
    let mut sink = Counted(0);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let written = answer.write(AuditFormat::Sarif, &inventory, &mut sink);
    let extra = ALLOCATOR.peak_usage() - before;
    assert!(written.is_ok());
    assert!(sink.0 > 500 * FINDINGS, "{} bytes are no report of all of them", sink.0);
    // Four bytes a finding to go through the accounts in order, and the pages of the rules.
    assert!(extra < 4 * FINDINGS + 500_000, "{extra} bytes more were held for {} bytes of SARIF", sink.0);
}
