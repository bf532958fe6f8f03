//! How long solving takes, and how the cost grows with the number of machines.
//!
//! `cargo bench --no-default-features --bench solve`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that meets a surprise stops there"
)]

mod plans;

use std::hint::black_box;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use criterion::Criterion;
use meshwright::editor::{Command, Editor, NewNode, NodeField};
use meshwright::mesh::{Subject, connect, solve};
use meshwright::plan::{Forward, NodeId, Place, Point, Port, PublicAddress, Relaying, SiteId};

use plans::mixed as plan;

/// The best of several runs.
fn best(run: impl Fn()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best
}

/// Prints what a doubling of the machines costs.
fn growth() {
    println!("machines      connect        solve   growth of solve");
    let mut before: Option<Duration> = None;
    for machines in [75, 150, 300, 600, 1000, 2000] {
        let plan = plan(machines);
        let links = best(|| {
            black_box(connect(black_box(&plan)));
        });
        let all = best(|| {
            black_box(solve(black_box(&plan)));
        });
        let growth = before.map_or_else(String::new, |before| {
            format!("{:.1} times", all.as_secs_f64() / before.as_secs_f64())
        });
        println!("{machines:8} {links:12.2?} {all:12.2?}   {growth}");
        before = Some(all);
    }
}

/// One edit of a machine of the plan, and its counterpart that comes next, so
/// that each of them changes something however often they follow each other.
fn edits() -> Vec<(&'static str, [Command; 2])> {
    let id = |number: u32| NodeId::new(&format!("n{number}"));
    let edit = |number: u32, fields: [NodeField; 2]| {
        fields.map(|field| Command::EditNode(id(number), field))
    };
    let port = |port: u64| NodeField::ListenPort(Some(Port::try_from(port).unwrap()));
    let name = |name: &str| NodeField::Name(name.parse().unwrap());
    let public = |last: u8| {
        NodeField::Place(Place::Internet(PublicAddress {
            ipv4: Some(Ipv4Addr::new(203, 0, 113, last)),
            ..PublicAddress::default()
        }))
    };
    let at_site = |lan_address: &str, forward: bool| {
        NodeField::Place(Place::Site {
            site: SiteId::new("s12"),
            lan_address: Some(lan_address.parse().unwrap()),
            forward: forward.then(|| Forward::from(Port::try_from(51_820_u64).unwrap())),
            ipv6: Some("2001:db8::c".parse().unwrap()),
            ipv6_name: None,
            ipv6_open: false,
        })
    };
    let add = Command::AddNode {
        kind: NewNode::Server,
        id: None,
        at: Point { x: 9000, y: 9000 },
    };
    vec![
        ("port of a server", edit(10, [port(4500), port(4501)])),
        ("port behind a router", edit(12, [port(4500), port(4501)])),
        ("address of a server", edit(10, [public(1), public(2)])),
        (
            "LAN address",
            edit(
                12,
                [
                    at_site("192.168.12.109", false),
                    at_site("192.168.12.108", false),
                ],
            ),
        ),
        (
            "forward",
            edit(
                12,
                [
                    at_site("192.168.12.109", true),
                    at_site("192.168.12.109", false),
                ],
            ),
        ),
        (
            "relay",
            edit(
                0,
                [
                    NodeField::Relay(Relaying::No),
                    NodeField::Relay(Relaying::Yes),
                ],
            ),
        ),
        (
            "name, same order",
            edit(12, [name("node-0012b"), name("node-0012c")]),
        ),
        ("name, other order", edit(12, [name("zoe"), name("ada")])),
        ("add, undo", [add, Command::Undo]),
        (
            "remove, undo",
            [Command::Remove(Subject::Node(id(12))), Command::Undo],
        ),
    ]
}

/// Prints what an edit of one machine takes, with all that follows from it.
fn edit_one() {
    println!("an edit of one machine of 300        median");
    let open = Editor::open(plan(300));
    for (name, commands) in edits() {
        let mut editor = open.update(&commands[0]).unwrap();
        let mut times = Vec::new();
        for command in commands.iter().cycle().skip(1).take(40) {
            let start = Instant::now();
            let next = editor.update(command).unwrap();
            times.push(start.elapsed());
            assert!(next.mesh() != editor.mesh(), "{name} changes nothing");
            editor = next;
        }
        times.sort();
        println!("{name:30} {:12.2?}", times[times.len() / 2]);
    }
}

fn main() {
    growth();
    edit_one();
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for machines in [300, 1000] {
        let plan = plan(machines);
        criterion.bench_function(&format!("connect {machines}"), |bencher| {
            bencher.iter(|| connect(black_box(&plan)));
        });
        criterion.bench_function(&format!("solve {machines}"), |bencher| {
            bencher.iter(|| solve(black_box(&plan)));
        });
    }
    criterion.final_summary();
}
