//! What is deployed stays: addresses and keys do not move when machines come and go.

use std::collections::BTreeMap;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::{NodeId, Plan};
use proptest::prelude::*;

use crate::plans;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_machine_that_comes_or_goes_moves_nothing_else(plans::Drawn(plan) in plans::plan(), which in 0_usize..12) {
        let Some(id) = plan.nodes.keys().nth(which).cloned() else {
            return Ok(());
        };
        let mut without = plan.clone();
        without.nodes.remove(&id);
        prop_assert_eq!(&solve(&without), &solve(&without), "solving twice gives the same");

        let mut keyring = Keyring::default();
        fill(&mut keyring, &solve(&without), 1);
        let before = secrets(&keyring);
        let addresses = addresses(&without);

        let mut with = without.clone();
        with.nodes.insert(id.clone(), plan.nodes[&id].clone());
        // A full prefix is no reason to move anyone either.
        let _ = with.assign_missing_addresses();
        fill(&mut keyring, &solve(&with), 101);
        for (machine, held) in &addresses {
            if !held.is_empty() {
                let now = &self::addresses(&with)[machine];
                prop_assert!(held.iter().all(|address| now.contains(address)), "{} moved", machine);
            }
        }
        let after = secrets(&keyring);
        for (name, secret) in &before {
            prop_assert!(after.get(name) == Some(secret), "the key of {} changed", name);
        }

        with.nodes.remove(&id);
        fill(&mut keyring, &solve(&with), 201);
        for (name, secret) in &before {
            prop_assert!(secrets(&keyring).get(name) == Some(secret), "the key of {} changed", name);
        }
    }

    #[test]
    fn solving_assigns_nothing(plans::Drawn(plan) in plans::plan()) {
        let copy = plan.clone();
        let mesh = solve(&plan);
        prop_assert_eq!(&plan, &copy);
        for node in &mesh.nodes {
            let stated: Vec<_> = plan.nodes[&node.id].addresses.iter().collect();
            prop_assert!(node.addresses.iter().all(|address| stated.contains(address)));
        }
    }
}

fn addresses(plan: &Plan) -> BTreeMap<NodeId, Vec<std::net::IpAddr>> {
    plan.nodes
        .iter()
        .map(|(id, node)| (id.clone(), node.addresses.iter().collect()))
        .collect()
}

fn fill(keyring: &mut Keyring, mesh: &Mesh, first: u8) {
    let mut count = first;
    keyring
        .make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut |bytes: &mut [u8; 32]| {
                bytes.fill(count);
                count = count.wrapping_add(1).max(1);
                Ok(())
            },
        )
        .unwrap();
}

fn secrets(keyring: &Keyring) -> BTreeMap<String, String> {
    let private = keyring
        .private_keys()
        .map(|(id, key)| (id.to_string(), key.to_secret_text().to_string()));
    let preshared = keyring.preshared_keys().map(|(pair, key)| {
        let (a, b) = pair.ends();
        (format!("{a} {b}"), key.to_secret_text().to_string())
    });
    private.chain(preshared).collect()
}
