//! The command opens no connection, and cannot.

use std::process::Command;

const KMSGUARD: &str = env!("CARGO_BIN_EXE_kmsguard");

const DEMO: [&str; 3] = ["demo", "--now", "2026-11-21T12:00:00Z"];

/// Whoever opens a connection asks the system by one of these names. `readelf` comes with the linker that built the program.
#[cfg(target_os = "linux")]
#[test]
fn the_program_asks_the_system_for_no_socket() {
    let listed = Command::new("readelf").args(["--wide", "--dyn-syms", KMSGUARD]).output().expect("readelf runs");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let asked: Vec<&str> = listed
        .lines()
        .filter(|line| line.contains(" UND "))
        .filter_map(|line| line.split_whitespace().nth(7)?.split('@').next())
        .collect();
    assert!(asked.contains(&"write"), "{asked:?}");
    for name in ["socket", "connect", "getaddrinfo", "bind", "sendto", "sendmsg", "recvfrom"] {
        assert!(!asked.contains(&name), "{name}");
    }
}

/// In a network namespace of its own there is not even a loopback.
#[cfg(target_os = "linux")]
#[test]
fn without_a_network_it_says_the_same() {
    let usual = Command::new(KMSGUARD).args(DEMO).output().expect("the program runs");
    let mut alone = Command::new("unshare");
    alone.args(["--map-root-user", "--net"]);
    let may = alone.arg("true").status().is_ok_and(|status| status.success());
    // Not every machine lets somebody make a namespace; what the program asks for is tested everywhere.
    if !may {
        return;
    }
    let mut alone = Command::new("unshare");
    let alone = alone.args(["--map-root-user", "--net", KMSGUARD]).args(DEMO).output().expect("the program runs");
    assert_eq!((alone.status.code(), alone.stdout), (usual.status.code(), usual.stdout));
}
