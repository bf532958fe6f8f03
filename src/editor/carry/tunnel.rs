//! How commands change where tunnel addresses come from.

use crate::plan::{AddressError, Family, NodeId, Plan, Prefix};

use super::super::command::Problem;
use super::{Done, done};

/// Puts these prefixes in the place of all of one family.
pub(super) fn set_tunnel(
    plan: &mut Plan,
    family: Family,
    pools: &[Prefix],
) -> Result<Done, Problem> {
    if let Some(other) = pools.iter().find(|pool| pool.family() != family) {
        return Err(Problem(format!("{other} is no {family} prefix.")));
    }
    let pools = crate::sorting::distinct(pools.to_vec());
    if plan.pools(family).eq(pools.iter().copied()) {
        return Ok(done(String::new()));
    }
    plan.tunnel.retain(|old| old.family() != family);
    plan.tunnel.extend(pools);
    settle(plan, family)?;
    Ok(done("Change the tunnel prefix".to_owned()))
}

/// Adds the unique local prefix that random bytes make.
pub(super) fn add_random(plan: &mut Plan, bytes: [u8; 5]) -> Result<Done, Problem> {
    let pool = Prefix::random_ula(bytes);
    plan.tunnel.push(pool);
    settle(plan, Family::V6)?;
    Ok(done(format!("Add the tunnel prefix {pool}")))
}

/// Orders the prefixes after those of one family changed, and gives every
/// machine addresses of them. Those that still fit stay.
fn settle(plan: &mut Plan, family: Family) -> Result<(), Problem> {
    crate::sorting::sort(&mut plan.tunnel);
    if plan.tunnel.is_empty() {
        return Err(Problem(
            "A mesh needs at least one tunnel prefix.".to_owned(),
        ));
    }
    // In their order, a prefix that overlaps any overlaps the next.
    for (pool, next) in plan.tunnel.iter().zip(plan.tunnel.iter().skip(1)) {
        if pool.overlaps(*next) {
            return Err(Problem(format!(
                "{next} overlaps {pool}; an address belongs to one tunnel prefix only."
            )));
        }
    }
    let ids: Vec<NodeId> = plan.nodes.keys().cloned().collect();
    for id in &ids {
        let address = plan
            .nodes
            .get(id)
            .and_then(|node| node.addresses.of(family));
        // Two machines with one address are a finding, which is not settled in passing.
        let fits = address.is_none_or(|address| {
            matches!(
                plan.check_address(id, address),
                Ok(()) | Err(AddressError::Taken(_))
            )
        });
        if !fits && let Some(node) = plan.nodes.get_mut(id) {
            node.addresses.set(family, None);
        }
    }
    plan.assign_missing_addresses()
        .map_err(|error| Problem(format!("{}.", error.sentence(plan))))?;
    Ok(())
}
