//! What stands beside the peers in every drawn plan: packets fit, and hooks stand where they may.

use meshwright::mesh::{LinkKind, Mesh, solve};
use meshwright::plan::{Edit, Host, Plan, Platform};
use meshwright::render::Kind;
use proptest::prelude::*;

use crate::plans;
use crate::support::files_of;

/// What the connection of a machine carries, as the plan states it.
fn uplink(plan: &Plan, mesh: &Mesh, place: usize) -> u16 {
    let node = &plan.nodes[&mesh.nodes[place].id];
    plan.uplink_of(node)
        .map_or(1500, meshwright::plan::Uplink::mtu)
}

/// What a session surely carries whole, by the table: 60 bytes less where both ends dial IPv4
/// addresses, 80 less elsewhere.
fn carried_at_least(plan: &Plan, mesh: &Mesh, one: usize, other: usize) -> u16 {
    let peers = [(one, other), (other, one)]
        .map(|(from, to)| mesh.nodes[from].peers.iter().find(|peer| peer.node == to));
    let endpoints = || {
        peers
            .into_iter()
            .flatten()
            .filter_map(|peer| peer.endpoint.as_ref())
    };
    let ipv4 = endpoints().all(|at| matches!(at.host, Host::Address(address) if address.is_ipv4()));
    let path = if peers
        .into_iter()
        .flatten()
        .any(|peer| peer.link == LinkKind::Lan)
    {
        1500
    } else {
        uplink(plan, mesh, one).min(uplink(plan, mesh, other))
    };
    path - if ipv4 { 60 } else { 80 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_full_packet_passes_every_link_whole(plans::Drawn(plan) in plans::plan()) {
        let mesh = solve(&plan);
        let floor = if plan.tunnel.iter().any(|pool| pool.net().network().is_ipv6()) { 1280 } else { 576 };
        for file in files_of(&plan, &mesh).iter().filter(|file| file.kind == Kind::Config) {
            let place = mesh.position(file.node.as_ref().unwrap()).unwrap();
            let node = &plan.nodes[&mesh.nodes[place].id];
            let said = file.secret_text().lines().find_map(|line| line.strip_prefix("MTU = "));
            let said: Option<u16> = said.map(|bytes| bytes.parse().unwrap());
            if let Some(stated) = node.mtu {
                prop_assert_eq!(said, Some(stated.get().max(floor)));
                continue;
            }
            // The most that the platform takes by itself: its own interface less 80, or an app's 1280.
            let by_itself = if node.platform == Platform::Linux {
                uplink(&plan, &mesh, place).max(1500) - 80
            } else {
                1280
            };
            let bytes = said.unwrap_or(by_itself);
            prop_assert!(bytes >= floor);
            for peer in &mesh.nodes[place].peers {
                let carried = carried_at_least(&plan, &mesh, place, peer.node);
                // A translator between IPv4 and IPv6 takes 20 more, and is planned for.
                let fits = bytes <= carried || bytes == floor;
                prop_assert!(fits, "{} sends {} to {}", node.name, bytes, mesh.name(peer.node));
            }
        }
    }

    #[test]
    fn only_linux_gets_hooks_and_system_files(plans::Drawn(plan) in plans::plan()) {
        let mesh = solve(&plan);
        for file in &files_of(&plan, &mesh) {
            let Some(id) = &file.node else { continue };
            let text = file.secret_text();
            if plan.nodes[id].platform != Platform::Linux {
                prop_assert_eq!(file.kind, Kind::Config);
                for word in ["PostUp", "PostDown", "FwMark", "Table", "SaveConfig"] {
                    prop_assert!(!text.contains(word), "{}: {}", file.path, word);
                }
            }
            if file.kind != Kind::Config {
                prop_assert!(!text.contains("PrivateKey") && file.mode != 0o600);
            }
        }
    }

    #[test]
    fn a_pool_that_grows_moves_nobody(plans::Drawn(plan) in plans::plan(), which in 0_usize..4) {
        let Some(pool) = plan.tunnel.get(which).copied() else {
            return Ok(());
        };
        let mut wider = plan.clone();
        wider.apply(&Edit::WidenPool(pool));
        prop_assert_eq!(wider.tunnel.len(), plan.tunnel.len());
        for (id, node) in &plan.nodes {
            let now = &wider.nodes[id];
            prop_assert_eq!(now.addresses, node.addresses);
            for address in node.addresses.iter() {
                if plan.check_address(id, address).is_ok() {
                    prop_assert_eq!(wider.check_address(id, address), Ok(()));
                }
            }
        }
        if wider.tunnel != plan.tunnel {
            let overlaps = |lan: &meshwright::plan::Prefix| wider.tunnel.iter().any(|pool| pool.overlaps(*lan));
            let before = |lan: &meshwright::plan::Prefix| plan.tunnel.iter().any(|pool| pool.overlaps(*lan));
            let lans = plan.sites.values().flat_map(|site| &site.lans);
            prop_assert!(lans.clone().all(|lan| !overlaps(lan) || before(lan)));
        }
    }
}
