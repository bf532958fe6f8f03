//! How long a proof takes, and before it writing and reading the files: of a
//! full mesh, and of a mixed network with relays.
//!
//! `cargo bench --no-default-features --bench prove`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that meets a surprise stops there"
)]

mod plans;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use meshwright::editor::proving::{ProjectFiles, ReadBefore};
use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;

/// Keys that are the same every time.
fn keys(mesh: &Mesh) -> Keyring {
    let mut keyring = Keyring::default();
    let mut count = 0_u64;
    let mut random = |bytes: &mut [u8; 32]| {
        count += 1;
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&count.to_be_bytes());
        }
        Ok(())
    };
    let (nodes, pairs) = (mesh.nodes_with_keys(), mesh.pairs_with_preshared_keys());
    keyring.make_missing(nodes, pairs, &mut random).unwrap();
    keyring
}

/// Writes the files of a mesh and reads them.
fn files(mesh: &Mesh, keyring: &Keyring) -> ProjectFiles {
    ProjectFiles::read(mesh, keyring, &mut ReadBefore::default()).unwrap()
}

fn best(run: impl Fn()) -> Duration {
    let runs = (0..5).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    runs.min().unwrap()
}

fn main() {
    println!("machines   full mesh (files)       mixed (files)");
    for machines in [50, 100, 300, 600] {
        let time = |plan: &Plan| {
            let mesh = solve(plan);
            let keyring = keys(&mesh);
            let written = best(|| {
                black_box(files(&mesh, black_box(&keyring)));
            });
            let files = files(&mesh, &keyring);
            let proved = best(|| {
                black_box(files.world(black_box(plan)).prove());
            });
            format!("{proved:.1?} ({written:.1?})")
        };
        let (full, mixed) = (time(&plans::full(machines)), time(&plans::mixed(machines)));
        println!("{machines:8} {full:>19} {mixed:>19}");
    }
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for (name, plan) in [
        ("full mesh", plans::full(300)),
        ("mixed", plans::mixed(300)),
    ] {
        let mesh = solve(&plan);
        let keyring = keys(&mesh);
        criterion.bench_function(&format!("write and read 300, {name}"), |bencher| {
            bencher.iter(|| files(&mesh, black_box(&keyring)));
        });
        let files = files(&mesh, &keyring);
        criterion.bench_function(&format!("prove 300, {name}"), |bencher| {
            bencher.iter(|| files.world(black_box(&plan)).prove());
        });
    }
    criterion.final_summary();
}
