//! All files of some plans, as they were last approved. The keys are counted, not drawn.

use std::fmt::Write as _;

use meshwright::mesh::solve;
use meshwright::render::archive_of_secrets;

use crate::support::{files_of, fixture};

fn check(name: &str) {
    let plan = fixture(name);
    let mesh = solve(&plan);
    let files = files_of(&plan, &mesh);
    let mut all = String::new();
    for finding in &mesh.findings {
        let _ = writeln!(
            all,
            "{} {}. {}",
            finding.code.as_str(),
            finding.text,
            finding.evidence
        );
    }
    for file in &files {
        let target = file.target().unwrap_or_default();
        let _ = writeln!(
            all,
            "======== {} {:o} {target}\n{}",
            file.path,
            file.mode,
            file.secret_text()
        );
    }
    // One byte that changes shows here, also where the text is the same.
    let archive = archive_of_secrets(&files).unwrap();
    let _ = writeln!(
        all,
        "======== archive: {} bytes, FNV-1a {:016x}",
        archive.len(),
        fnv(&archive)
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = name.rsplit('/').next().unwrap();
    settings.bind(|| insta::assert_snapshot!(format!("files-{name}"), all));
}

/// Fowler, Noll and Vo's hash, which is enough to notice a change.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_article() {
    check("article");
}

#[test]
fn the_article_with_a_phone() {
    check("article-phone");
}

#[test]
fn a_forwarded_port() {
    check("forward");
}

#[test]
fn two_machines_in_one_lan() {
    check("same-site");
}

#[test]
fn gateways_that_translate() {
    check("files/translate");
}

#[test]
fn a_machine_that_keeps_its_key() {
    check("files/own-key");
}

#[test]
fn everything_beside_the_peers() {
    check("files/settings");
}
