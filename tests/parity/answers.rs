//! What the core makes of a plan: verdicts and findings in words, files as
//! fingerprints.

use std::fmt::Write as _;

use meshwright::keyring::Keyring;
use meshwright::mesh::solve;
use meshwright::project::{read_plan, write_plan};
use meshwright::render::{Keys, archive_of_secrets, artifacts};

/// The plan of the article, with keys that everybody knows.
pub(crate) fn article() -> String {
    let plan = read_plan(include_str!("../fixtures/article.json")).unwrap();
    let mesh = solve(&plan);
    let mut keyring = Keyring::default();
    let mut counter = 0_u8;
    let mut count = |bytes: &mut [u8; 32]| {
        counter += 1;
        bytes.fill(counter);
        Ok(())
    };
    keyring
        .make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut count,
        )
        .unwrap();
    let keys = Keys::complete(&mesh, &keyring).unwrap();
    let files = artifacts(&plan, &mesh, &keys, write_plan(&plan));

    let mut text = String::new();
    for pair in mesh.pairs.iter() {
        let (a, b) = (mesh.name(pair.a), mesh.name(pair.b));
        let (word, why) = (pair.verdict.word(), mesh.why(pair));
        writeln!(text, "{a} {b} {word}: {why}").unwrap();
    }
    for finding in &mesh.findings {
        writeln!(text, "{finding:?}").unwrap();
    }
    for file in &files {
        writeln!(
            text,
            "{} {:o} {}",
            file.path,
            file.mode,
            fingerprint(file.secret_text().as_bytes())
        )
        .unwrap();
    }
    let archive = archive_of_secrets(&files).unwrap();
    writeln!(text, "archive {}", fingerprint(&archive)).unwrap();
    text
}

/// Fowler, Noll and Vo's hash: enough to see that bytes differ.
fn fingerprint(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!(
        "{} bytes, {:016x}",
        bytes.len(),
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
    )
}
