//! The program itself: its one line, its exit codes, its end.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn program(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatree-sandbox"));
    command.args(flags).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Ends the program when a test fails halfway.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ended_within(child: &mut Child, limit: Duration) -> bool {
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

#[test]
fn ready_line_names_what_is_served_and_the_program_ends_with_its_input() {
    let flags = ["--serve", "draas,cucm", "--draas-port", "0", "--cucm-port", "0", "--size", "9"];
    let mut command = program(&flags);
    let child = command.arg("--exit-with-stdin").stdin(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    let mut out = BufReader::new(running.0.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let served = ready["ready"].as_object().unwrap();
    assert_eq!(served.len(), 2);
    assert!(served["draas"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert!(served["cucm"].as_str().unwrap().starts_with("https://127.0.0.1:"));

    assert!(running.0.try_wait().unwrap().is_none(), "still running");
    drop(running.0.stdin.take());
    assert!(ended_within(&mut running.0, Duration::from_secs(20)));
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut out, &mut rest).unwrap();
    assert_eq!(rest, "", "exactly one line");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it() {
    for signal in ["TERM", "INT"] {
        let child =
            program(&["--serve", "draas", "--draas-port", "0", "--size", "9"]).spawn().unwrap();
        let mut running = Running(child);
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let id = running.0.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        assert!(ended_within(&mut running.0, Duration::from_secs(20)), "{signal}");
        assert!(running.0.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_port_in_use_is_told_with_its_flag() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program(&["--serve", "live-platform", "--live-port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&format!("port {port} ")) && error.contains("--live-port"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_site_without_a_directory_is_told() {
    let output = program(&["--serve", "site", "--site-port", "0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--site DIR"));
}

#[test]
fn truth_is_printed_as_json_in_its_fixed_shape() {
    let output = program(&["--print-truth", "--size", "500"]).output().unwrap();
    assert!(output.status.success());
    let truth: Value = serde_json::from_slice(&output.stdout).unwrap();
    for path in [
        "/seed",
        "/size",
        "/sign_in/draas/machine_token",
        "/sign_in/live_platform/token",
        "/sign_in/cucm/username",
        "/draas/instance",
        "/draas/prefix",
        "/draas/group/uuid",
        "/draas/nodes",
        "/draas/counts/subscriptions",
        "/draas/teams/resource_accounts",
        "/draas/sip/assigned",
        "/draas/over_limit",
        "/draas/samples/distributor/uuid",
        "/draas/samples/reseller/name",
        "/draas/samples/tenant/uuid",
        "/draas/samples/subscription/tenant_uuid",
        "/draas/samples/subscription/id",
        "/draas/deep_tenant/path/3",
        "/draas/deep_tenant/teams/in_use",
        "/draas/deep_tenant/subscriptions",
        "/live_platform/services/0/factors/service_numbers",
        "/live_platform/readable",
        "/live_platform/acquired",
        "/live_platform/licensed",
        "/cucm/version",
        "/cucm/full_version",
        "/cucm/users",
        "/cucm/required/CUWL Standard",
        "/cucm/without_license",
    ] {
        assert!(truth.pointer(path).is_some_and(|value| !value.is_null()), "{path}");
    }
}

#[test]
fn certificate_is_written_for_who_should_trust_it() {
    let file = std::env::temp_dir().join(format!("seatree-cert-{}.pem", std::process::id()));
    let flags = ["--serve", "cucm", "--cucm-port", "0", "--users", "1", "--cert-out"];
    let child = program(&flags).arg(&file).spawn().unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let pem = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let base = ready["ready"]["cucm"].as_str().unwrap();
    for host in [base.to_owned(), base.replace("127.0.0.1", "localhost")] {
        let reply =
            crate::harness::agent(Some(&pem)).get(format!("{host}/cucm-uds/version")).call();
        assert_eq!(reply.unwrap().status(), 200, "{host}");
    }
}
