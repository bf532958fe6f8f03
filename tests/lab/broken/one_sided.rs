//! Two IPv6 firewalls that let nobody in, where not both ends keep theirs open.
//!
//! The planner has both ends knock all the time. These are files in which somebody took that back.

use std::thread;
use std::time::Duration;

use crate::lab::broken::edit::without;
use crate::lab::json::fixture;
use crate::lab::matrix::Outcome::{self, Direct, Nothing};
use crate::lab::plan::Staged;
use crate::lab::proof::{self, Moment};
use crate::lab::render::Rendered;

/// The two homes, up with files in which these machines do not keep the way to the other open.
fn homes(silent: &[(&'static str, &'static str)]) -> (Staged, Rendered) {
    let staged = Staged::new(fixture("ipv6-homes.json"));
    staged.forget_flows_after(30);
    let rendered = Rendered::new(staged.plan());
    for (machine, peer) in silent {
        without(machine, peer, "PersistentKeepalive").apply(&rendered);
    }
    let refused = staged.up_with(&rendered);
    assert!(refused.is_empty(), "{refused:?}");
    (staged, rendered)
}

/// Measures one pair alone, while the other end says nothing by itself, and holds it against what
/// happens by the rules of firewalls and against the proof.
fn expect(
    (staged, rendered): &(Staged, Rendered),
    moment: Moment,
    pair: &'static str,
    outcome: Outcome,
) {
    let measured = staged.measure_pairs(&[(pair.to_owned(), outcome.clone())].into());
    measured.expect([(pair, outcome)]);
    let proof = rendered.proof();
    if let Err(report) = proof::compare(staged.plan(), &proof, "4", moment, &measured) {
        panic!("{report}");
    }
}

/// nas keeps its firewall open for pi, so pi dials nas whenever it likes. pi keeps nothing open, so nas
/// gets through to it only once pi has spoken.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn the_end_that_knocks_is_dialled_and_the_silent_one_is_not() {
    let homes = homes(&[("pi", "nas")]);
    expect(&homes, Moment::Before, "nas>pi", Nothing);
    expect(&homes, Moment::Before, "pi>nas", Direct);
    expect(&homes, Moment::After, "nas>pi", Direct);
    // Linux counts what comes in, too, so that the keepalives of nas hold both firewalls open. Routers
    // need not (RFC 4787, requirement 6), and the proof does not rely on it.
    thread::sleep(Duration::from_secs(45));
    expect(&homes, Moment::After, "nas>pi", Direct);
}

/// Where neither keeps anything open, the first who speaks is not heard. But its packets have opened
/// its own firewall, through which the other then gets, and both are awake.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn the_first_to_speak_is_heard_once_the_other_speaks() {
    let homes = homes(&[("pi", "nas"), ("nas", "pi")]);
    expect(&homes, Moment::Before, "nas>pi", Nothing);
    expect(&homes, Moment::After, "pi>nas", Direct);
    expect(&homes, Moment::After, "nas>pi", Direct);
}
