//! How long reading the configs of a whole mesh takes.
//!
//! `cargo bench --no-default-features --bench parse`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that meets a surprise stops there"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use meshwright::conf::{Reader, read};
use meshwright::keyring::PrivateKey;

/// Machines of the mesh; each has all others as peers.
const MACHINES: u32 = 300;

/// All files as this product writes them: preshared keys, two families, an
/// endpoint in every second block.
fn files() -> Vec<String> {
    let key = |number: u32, salt: u8| {
        let mut bytes = [salt; 32];
        bytes
            .iter_mut()
            .zip(number.to_le_bytes().iter().cycle())
            .for_each(|(byte, part)| *byte ^= part.rotate_left(3));
        PrivateKey::from_random(bytes)
    };
    let public: Vec<String> = (0..MACHINES)
        .map(|number| key(number, 1).derive_public().to_string())
        .collect();
    let mut files = Vec::new();
    for own in 0..MACHINES {
        let mut text = format!(
            "# node-{own}\n[Interface]\nPrivateKey = {}\nAddress = 10.64.{}.{}/16, fd00:64::{own:x}/64\nListenPort = 51820\n",
            *key(own, 1).to_secret_text(),
            own / 256,
            own % 256,
        );
        for (other, public) in (0..MACHINES).zip(&public) {
            write!(
                text,
                "\n[Peer]\n# node-{other}\nPublicKey = {public}\nPresharedKey = {}\n",
                *key(own.max(other) * MACHINES + own.min(other), 2).to_secret_text()
            )
            .unwrap();
            if other % 2 == 0 {
                writeln!(
                    text,
                    "Endpoint = 203.0.{}.{}:51820",
                    other / 256,
                    other % 256
                )
                .unwrap();
            }
            writeln!(
                text,
                "AllowedIPs = 10.64.{}.{}/32, fd00:64::{other:x}/128",
                other / 256,
                other % 256
            )
            .unwrap();
        }
        files.push(text);
    }
    files
}

fn read_all(files: &[String]) -> usize {
    let peers = files
        .iter()
        .map(|text| read(text, Reader::Linux).unwrap().peers.len());
    peers.sum()
}

fn main() {
    let files = files();
    let bytes: usize = files.iter().map(String::len).sum();
    let expected = usize::try_from(MACHINES * MACHINES).unwrap();
    assert_eq!(read_all(&files), expected);

    // A figure in the words of the promise, before the statistics.
    let best = (0..10)
        .map(|_| {
            let start = Instant::now();
            black_box(read_all(&files));
            start.elapsed()
        })
        .min()
        .unwrap();
    let megabytes = f64::from(u32::try_from(bytes).unwrap()) / 1e6;
    let speed = megabytes / best.as_secs_f64();
    println!(
        "{} files with {expected} peers, {megabytes:.1} MB: {best:.1?}, {speed:.0} MB/s, keys derived included",
        files.len(),
    );

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("parse");
    group
        .measurement_time(Duration::from_secs(5))
        .sample_size(20);
    group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap()));
    group.bench_function("300 files", |bencher| {
        bencher.iter(|| read_all(black_box(&files)));
    });
    group.finish();
    criterion.final_summary();
}
