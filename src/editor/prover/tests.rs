//! What a prover answers, what makes it stop, and what passes between threads.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Waker};

use super::*;
use crate::editor::example;
use crate::keyring::PrivateKey;
use crate::plan::{Family, NodeId};
use crate::proof::Target;
use crate::proof::Verdict;

/// A prover that has done all that it was asked for, and what it said.
/// `breathe` is called with the number of the call.
fn answers(requests: Vec<Request>, breathe: impl Fn(&Inbox, usize) -> bool) -> Vec<Answer> {
    let inbox = Inbox::default();
    for request in requests {
        inbox.put(request);
    }
    let (said, calls) = (RefCell::new(Vec::new()), Cell::new(0));
    {
        let breathing = inbox.clone();
        let breathe = async || {
            calls.set(calls.get() + 1);
            breathe(&breathing, calls.get())
        };
        let serving = serve(inbox, breathe, |answer| said.borrow_mut().push(answer));
        // It never ends; after one turn it waits for more.
        let turn = pin!(serving).poll(&mut Context::from_waker(Waker::noop()));
        assert!(turn.is_pending());
    }
    said.into_inner()
}

fn prove(number: u32, plan: &Rc<Plan>) -> Request {
    Request::Prove {
        number,
        plan: Rc::clone(plan),
        mesh: None,
    }
}

fn reports(answers: &[Answer]) -> Vec<(u32, &Report)> {
    let reports = answers.iter().filter_map(|answer| match answer {
        Answer::Proved(number, report) => Some((*number, report)),
        _ => None,
    });
    reports.collect()
}

/// Two links of the example are direct and one is relayed by vps, as its
/// picture in the README shows.
#[test]
fn the_example_gets_through() {
    let plan = Rc::new(example());
    let walk = Request::Walk {
        number: 7,
        from: 0,
        target: 1,
    };
    let said = answers(vec![prove(7, &plan), walk], |_, _| false);
    let [Answer::Proved(7, report), Answer::Walked(7, walk)] = &said[..] else {
        panic!("{said:?}");
    };
    assert_eq!(report.names, ["nas", "pi", "vps"]);
    assert_eq!((report.tally.pairs, report.tally.through), (6, 6));
    assert!(report.troubles.is_empty());
    // Nothing is asked for from a machine to itself.
    assert_eq!(report.mark(1, 1).worst(), None);
    let nas_to_pi = report.mark(0, 1);
    assert!(nas_to_pi.is_wanted());
    assert_eq!(nas_to_pi.family(Family::V4), Some(Verdict::Via));
    assert_eq!(report.mark(0, 2).family(Family::V4), Some(Verdict::Direct));
    assert_eq!(report.mark(0, 99), report.mark(99, 0));

    assert_eq!((walk.from, walk.target), (0, 1));
    let way = &walk.ways[0];
    assert_eq!(way.verdict, Verdict::Via);
    assert!(way.why.contains("over vps"), "{}", way.why);
    let first = way.steps[0].place.as_ref().unwrap();
    assert_eq!(first.path, "nas/wg0.conf");
    assert!(way.steps.iter().any(|step| step.machine == 2));
}

#[test]
fn a_newer_proof_makes_the_one_before_obsolete() {
    let plan = Rc::new(example());
    // Two that wait are one too many.
    let said = answers(vec![prove(1, &plan), prove(2, &plan)], |_, _| false);
    assert_eq!(
        reports(&said).iter().map(|one| one.0).collect::<Vec<_>>(),
        [2]
    );

    // One comes while the other is under way: in the three steps of keys, of
    // files, and of rows.
    for turn in 1..=9 {
        let later = Rc::clone(&plan);
        let said = answers(vec![prove(1, &plan)], move |inbox, call| {
            if call == turn {
                inbox.put(prove(2, &later));
            }
            call >= turn
        });
        assert_eq!(
            reports(&said).iter().map(|one| one.0).collect::<Vec<_>>(),
            [2]
        );
        let mut progress = said
            .iter()
            .filter(|answer| matches!(answer, Answer::Progress { .. }));
        assert!(progress.clone().count() > 0);
        assert!(progress.all(|answer| answer.number() == 2));
    }
}

#[test]
fn packets_of_an_earlier_proof_are_not_walked() {
    let plan = Rc::new(example());
    let walk = Request::Walk {
        number: 1,
        from: 0,
        target: 1,
    };
    let said = answers(vec![prove(1, &plan), prove(2, &plan), walk], |_, _| false);
    assert!(
        !said
            .iter()
            .any(|answer| matches!(answer, Answer::Walked(..)))
    );
}

#[test]
fn keys_that_are_not_made_yet_are_stood_in_for() {
    let plan = Rc::new(example());
    let said = answers(vec![prove(1, &plan)], |_, _| false);
    // Three machines, and a preshared key for each of the two direct links.
    assert_eq!(reports(&said)[0].1.stand_ins, 5);

    let mut keyring = Keyring::default();
    let mesh = solve(&plan);
    let mut count = 0;
    let (nodes, pairs) = (mesh.nodes_with_keys(), mesh.pairs_with_preshared_keys());
    let made = keyring.make_missing(nodes, pairs, &mut |bytes| {
        count += 1;
        *bytes = [count; 32];
        Ok(())
    });
    assert_eq!(made, Ok(5));
    let keys = Request::Keys(Rc::new(keyring));
    let said = answers(vec![prove(1, &plan), keys, prove(2, &plan)], |_, _| false);
    assert_eq!(reports(&said).last().unwrap().1.stand_ins, 0);
}

#[test]
fn two_machines_with_one_key_are_no_files_to_prove() {
    let plan = Rc::new(example());
    let mut keyring = Keyring::default();
    for node in ["nas", "pi", "vps"] {
        keyring.insert_private_key(NodeId::new(node), PrivateKey::from_random([7; 32]));
    }
    let keys = Request::Keys(Rc::new(keyring));
    let said = answers(vec![keys, prove(3, &plan)], |_, _| false);
    let [Answer::Failed(3, why)] = &said[..] else {
        panic!("{said:?}");
    };
    assert!(why.contains("the same key"), "{why}");
}

#[test]
fn what_keeps_packets_from_getting_through_is_told_once() {
    let mut plan = example();
    // Without the server nothing can be dialled.
    plan.nodes.retain(|_, node| node.name.as_str() != "vps");
    let said = answers(vec![prove(1, &Rc::new(plan))], |_, _| false);
    let report = reports(&said)[0].1;
    assert_eq!((report.tally.pairs, report.tally.through), (2, 0));
    assert_eq!(report.mark(0, 1).worst(), Some(Verdict::Broken));
    let mut pairs: Vec<_> = report.troubles.iter().flat_map(|one| &one.pairs).collect();
    pairs.sort_unstable();
    // pi does not reach the LAN that nas shares, either.
    assert_eq!(report.targets[2].owner(), 0);
    assert_eq!(pairs, [&(0, 1), &(1, 0), &(1, 2)]);
    assert_eq!(report.untold, 0);
}

#[test]
fn messages_survive_the_way_between_threads() {
    let plan = Rc::new(example());
    let walk = Request::Walk {
        number: 9,
        from: 0,
        target: 1,
    };
    let mut said = answers(vec![prove(9, &plan), walk], |_, _| true);
    said.push(Answer::Failed(4, "because".to_owned()));
    let Some(Answer::Proved(_, report)) = said
        .iter_mut()
        .find(|one| matches!(one, Answer::Proved(..)))
    else {
        panic!("no report");
    };
    report
        .targets
        .push(Target::Lan(0, "192.168.1.0/24".parse().unwrap()));
    report.targets.push(Target::Internet(2, Family::V6));
    report.tally.sleepers = vec![1];
    for answer in &said {
        let bytes = answer.to_bytes();
        assert_eq!(Answer::from_bytes(&bytes).as_ref(), Some(answer));
        for cut in 0..bytes.len() {
            assert_eq!(Answer::from_bytes(&bytes[..cut]), None);
        }
    }
    let mut keyring = Keyring::default();
    keyring.insert_private_key(NodeId::new("nas"), PrivateKey::from_random([7; 32]));
    for request in [prove(5, &plan), Request::Keys(Rc::new(keyring))] {
        let bytes = request.to_secret_bytes();
        for cut in 0..bytes.len() {
            assert!(Request::from_bytes(&bytes[..cut]).is_none());
        }
        match (Request::from_bytes(&bytes), request) {
            (
                Some(Request::Prove {
                    number: 5, plan, ..
                }),
                Request::Prove { plan: sent, .. },
            ) => {
                assert_eq!(plan, sent);
            }
            (Some(Request::Keys(keyring)), _) => {
                assert!(keyring.private_key(&NodeId::new("nas")).is_some());
            }
            _ => panic!("a request was not read back"),
        }
    }
}
