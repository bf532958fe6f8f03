//! Proves any files, as a folder of configs, and as the files of a plan.
//!
//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz proof tests/fuzz/corpus/proof tests/fuzz/seeds-proof -- -dict=tests/fuzz/conf.dict -max_len=8192`
//!
//! The input is cut at form feeds: each piece is the config of a machine, and
//! what follows a vertical tab in it are its kernel settings. Nothing panics or
//! hangs, every pair has a verdict, whatever is wrong can be said, and the same
//! files have the same proof.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meshwright::plan::{Family, Platform};
use meshwright::proof::{MachineFiles, World, supposition};

/// So many machines make every shape that a proof can meet.
const MOST: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut files: Vec<MachineFiles> = text
        .split('\u{c}')
        .take(MOST)
        .zip(["a", "b", "c", "d", "e"])
        .map(|(piece, name)| {
            let (config, sysctl) = match piece.split_once('\u{b}') {
                Some((config, sysctl)) => (config, Some(sysctl)),
                None => (piece, None),
            };
            let platform = if piece.len() % 5 == 0 {
                Platform::Android
            } else {
                Platform::Linux
            };
            let files = MachineFiles::read(name, platform, &format!("{name}/wg0.conf"), config);
            match sysctl {
                Some(sysctl) => files.with_sysctl(&format!("{name}/99-wg-mesh.conf"), sysctl),
                None => files,
            }
        })
        .collect();
    let supposed = supposition::of(&mut files, bytes.len() % 2 == 0);
    let world = World::new(&supposed.plan, &files);
    let proof = world.prove();
    assert!(proof == World::new(&supposed.plan, &files).prove());
    for (from, target, _, outcome) in proof.asked() {
        assert!(!proof.why(from, target, outcome).is_empty());
        if let Some(fault) = &outcome.fault {
            assert!(!proof.sentence(fault).is_empty());
        }
        for family in Family::BOTH {
            for step in world.steps(from, target, family) {
                assert!(!proof.say(&step).is_empty());
            }
        }
    }
});
