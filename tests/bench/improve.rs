//! How long it takes to rank all changes that would help a plan of 300 machines.
//!
//! `cargo bench --no-default-features --bench improve`

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that meets a surprise stops there"
)]

use std::time::Instant;

use meshwright::mesh::{Ranking, Subject, connect, pillars, solve};
use meshwright::plan::{Label, Node, NodeId, Place, Plan, Prefix, PublicAddress, Site, SiteId};

/// Forty sites behind NAT whose routers have a name, one server in fifty
/// machines, a phone in twenty.
fn plan(machines: usize) -> Plan {
    let mut plan = Plan::empty();
    plan.tunnel = vec!["10.64.0.0/16".parse::<Prefix>().unwrap()];
    for number in 0..40 {
        let mut site = Site::new(format!("Site {number}").parse::<Label>().unwrap());
        site.lans = vec![format!("192.168.{number}.0/24").parse().unwrap()];
        site.public.name = Some(format!("site{number}.example.net").parse().unwrap());
        plan.sites.insert(SiteId::new(&format!("s{number}")), site);
    }
    for number in 0..machines {
        let place = match number % 50 {
            0 => Place::Internet(PublicAddress {
                name: Some(format!("host{number}.example.net").parse().unwrap()),
                ..PublicAddress::default()
            }),
            7 | 27 => Place::Roams,
            _ => Place::at(SiteId::new(&format!("s{}", number % 40))),
        };
        let node = Node::new(format!("node-{number}").parse().unwrap(), place);
        plan.nodes.insert(NodeId::new(&format!("n{number}")), node);
    }
    plan.assign_missing_addresses().unwrap();
    plan
}

fn main() {
    for machines in [75, 150, 300] {
        let plan = plan(machines);
        let start = Instant::now();
        let mesh = connect(&plan);
        let connected = start.elapsed();
        let start = Instant::now();
        let findings = solve(&plan).findings.len();
        let solved = start.elapsed();
        let start = Instant::now();
        let mut ranking = Ranking::new(&plan, &mesh, &Subject::Plan);
        let listed = start.elapsed();
        while ranking.step() {}
        let best = ranking.best();
        let ranked = start.elapsed();
        let start = Instant::now();
        let pillars = pillars(&plan, &mesh).len();
        println!(
            "{machines} machines: connect {connected:?}, with {findings} findings {solved:?}; {} candidates listed in {listed:?}, ranked in {ranked:?}, {} help; {pillars} pillars in {:?}",
            ranking.total(),
            best.len(),
            start.elapsed()
        );
    }
}
