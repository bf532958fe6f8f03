//! A plan that is solved from the one before has the same mesh as one that is solved by itself,
//! whatever was changed, taken back and made again.

use meshwright::editor::scene::{CROWD, Detail, Scene};
use meshwright::editor::{Command, Editor, NewNode, NodeField, SiteField};
use meshwright::mesh::{Solved, Subject, solve};
use meshwright::plan::{Node, NodeId, PairKey, Plan, Point, Site};

use crate::plans::wide::{self, Dice, Facts};

/// How many plans are changed.
const PLANS: u64 = 1000;
/// How often each of them is.
const STEPS: usize = 12;

/// One of the plan's machines.
fn machine(plan: &Plan, dice: &mut Dice) -> Option<NodeId> {
    let ids: Vec<&NodeId> = plan.nodes.keys().collect();
    (!ids.is_empty()).then(|| dice.pick(&ids).clone())
}

/// Some machine of another plan, from which facts are taken.
fn sample(dice: &mut Dice) -> (Plan, Option<(NodeId, Node)>) {
    let other = wide::plan(dice.roll(), Facts::All);
    let sample = machine(&other, dice).map(|id| (id.clone(), other.nodes[&id].clone()));
    (other, sample)
}

/// Gives a machine one fact of another.
fn take_fact(node: &mut Node, other: Node, dice: &mut Dice) {
    match dice.below(19) {
        0 => node.name = other.name,
        1 => node.platform = other.platform,
        2 => node.place = other.place,
        3 => node.addresses = other.addresses,
        4 => node.stack = other.stack,
        5 => node.firewall = other.firewall,
        6 => node.always_on = other.always_on,
        7 => node.uplink = other.uplink,
        8 => node.mtu = other.mtu,
        9 => node.hub = other.hub,
        10 => node.groups = other.groups,
        11 => node.exit = !node.exit,
        12 => node.uses_exit = other.uses_exit,
        13 => node.leaves_out = other.leaves_out,
        14 => node.listen_port = other.listen_port,
        15 => node.relay = other.relay,
        16 => node.shares = other.shares,
        17 => node.reachable_idle = other.reachable_idle,
        _ => node.public_key = other.public_key,
    }
}

/// Changes one thing of a plan, which may be any.
fn change(plan: &mut Plan, dice: &mut Dice) {
    let (other, sample) = sample(dice);
    let own = machine(plan, dice);
    match (dice.below(30), own, sample) {
        (0..=15, Some(own), Some((_, sample))) => {
            take_fact(&mut plan.nodes[&own], sample, dice);
        }
        (16..=17, Some(own), _) => {
            plan.nodes.remove(&own);
        }
        (18..=19, _, Some((id, sample))) => {
            plan.nodes.insert(id, sample);
        }
        (20, ..) => plan.covering = !plan.covering,
        (21, ..) => plan.talk = other.talk,
        (22, ..) => plan.tunnel = other.tunnel,
        (23, ..) => plan.dns = other.dns,
        (24, ..) => plan.mtu = other.mtu,
        (25, ..) => plan.preshared_keys = !plan.preshared_keys,
        (26..=27, Some(a), _) => {
            let key = machine(plan, dice).and_then(|b| PairKey::new(&a, &b));
            let choices: Vec<_> = other.pairs.values().cloned().collect();
            match (key, choices.is_empty()) {
                (Some(key), false) => drop(plan.pairs.insert(key, dice.pick(&choices))),
                (Some(key), true) => drop(plan.pairs.remove(&key)),
                (None, _) => plan.pairs = other.pairs,
            }
        }
        _ => {
            let sites: Vec<Site> = other.sites.values().cloned().collect();
            let ids: Vec<_> = plan.sites.keys().cloned().collect();
            if !sites.is_empty() && !ids.is_empty() {
                plan.sites.insert(dice.pick(&ids), dice.pick(&sites));
            }
        }
    }
}

#[test]
fn a_changed_plan_has_the_mesh_that_it_has_by_itself() {
    for seed in 0..PLANS {
        let mut dice = Dice::new(seed);
        let mut plans = vec![wide::plan(seed, Facts::All)];
        let mut solved = Solved::new(&plans[0]);
        for step in 0..STEPS {
            let mut plan = plans.last().unwrap().clone();
            if dice.percent(20) {
                plan = dice.pick(&plans);
            } else {
                change(&mut plan, &mut dice);
            }
            solved = solved.after(&plan);
            assert!(
                *solved.mesh().as_ref() == solve(&plan),
                "seed {seed}, step {step}: {plan:?}"
            );
            plans.push(plan);
        }
    }
}

/// Something that a person could do now; it may be refused.
fn command(editor: &Editor, dice: &mut Dice) -> Option<Command> {
    let plan = editor.plan();
    let at = Point {
        x: i32::try_from(dice.below(2000)).unwrap(),
        y: i32::try_from(dice.below(2000)).unwrap(),
    };
    let (other, sample) = sample(dice);
    let own = machine(plan, dice);
    Some(match dice.below(20) {
        0..=3 => Command::Undo,
        4..=5 => Command::Redo,
        6..=7 => Command::AddNode {
            kind: dice.pick(&[NewNode::Server, NewNode::Phone, NewNode::Laptop]),
            id: None,
            at,
        },
        8 => Command::Remove(Subject::Node(own?)),
        9 => Command::MoveNode(own?, at),
        10 => Command::SetPair(
            PairKey::new(&own?, &machine(plan, dice)?)?,
            other.pairs.values().next().cloned(),
        ),
        11 => {
            let sites: Vec<_> = plan.sites.keys().cloned().collect();
            let id = (!sites.is_empty()).then(|| dice.pick(&sites))?;
            let site = other.sites.values().next()?.clone();
            Command::EditSite(id, SiteField::Outside(site.router, site.public))
        }
        _ => {
            let node = sample?.1;
            let field = match dice.below(7) {
                0 => NodeField::Name(node.name),
                1 => NodeField::Place(node.place),
                2 => NodeField::Relay(node.relay),
                3 => NodeField::ListenPort(node.listen_port),
                4 => NodeField::Shares(node.shares),
                5 => NodeField::Firewall(node.firewall),
                _ => NodeField::Hub(node.hub),
            };
            Command::EditNode(own?, field)
        }
    })
}

#[test]
fn the_editor_shows_the_mesh_of_its_plan() {
    let mut done = 0;
    for seed in 0..PLANS {
        let mut dice = Dice::new(seed);
        let mut editor = Editor::open(wide::plan(seed, Facts::All));
        for step in 0..STEPS {
            let Some(command) = command(&editor, &mut dice) else {
                continue;
            };
            let Ok(next) = editor.update(&command) else {
                continue;
            };
            done += 1;
            editor = next;
            assert!(
                *editor.mesh().as_ref() == solve(editor.plan()),
                "seed {seed}, step {step}: {command:?}"
            );
        }
    }
    // Most of what is tried is not refused.
    assert!(done > 6000, "only {done} commands were carried out");
}

/// Something to select, or nothing.
fn focus(plan: &Plan, dice: &mut Dice) -> Subject {
    let sites: Vec<_> = plan.sites.keys().cloned().collect();
    let own = machine(plan, dice);
    match (dice.below(5), own) {
        (0 | 1, Some(own)) => Subject::Node(own),
        (2, Some(own)) => {
            let key = machine(plan, dice).and_then(|other| PairKey::new(&own, &other));
            key.map_or(Subject::Plan, Subject::Pair)
        }
        (3, _) if !sites.is_empty() => Subject::Site(dice.pick(&sites)),
        _ => Subject::Plan,
    }
}

/// What an edit does not touch is taken from the drawing before, on small plans and on crowded ones.
#[test]
fn a_changed_plan_is_drawn_as_it_is_by_itself() {
    let mut crowded = 0;
    for seed in 0..PLANS / 2 {
        let mut dice = Dice::new(seed);
        let mut plan = wide::plan(seed, Facts::All);
        while seed % 10 == 0 && plan.nodes.len() < CROWD + 20 {
            let number = plan.nodes.len();
            if let (_, Some((id, node))) = sample(&mut dice) {
                plan.nodes
                    .insert(NodeId::new(&format!("{id}-{number}")), node);
            }
        }
        let mut editor = Editor::open(plan);
        let zoom = dice.pick(&[100, 50, 30, 15]);
        let detail = Detail::fitting(editor.plan(), zoom, false);
        let afar = detail.form.is_afar();
        let draw = |editor: &Editor, focus: &Subject, before: Option<&Scene>| {
            let (plan, mesh) = (editor.plan(), editor.mesh());
            match before {
                before if afar => Scene::from_afar(plan, mesh, focus, detail, before, None),
                Some(before) => before.after(plan, mesh, focus, detail),
                None => Scene::of(plan, mesh, focus, detail),
            }
        };
        let mut scene = draw(&editor, &Subject::Plan, None);
        let mut subject = Subject::Plan;
        for step in 0..STEPS {
            if dice.percent(40) {
                subject = focus(editor.plan(), &mut dice);
            } else if let Some(command) = command(&editor, &mut dice)
                && let Ok(next) = editor.update(&command)
            {
                editor = next;
            }
            scene = draw(&editor, &subject, Some(&scene));
            let anew = draw(&editor, &subject, None);
            assert!(scene == anew, "seed {seed}, step {step}, {subject:?}");
            crowded += usize::from(scene.is_crowded());
        }
    }
    assert!(crowded > 300, "only {crowded} drawings were crowded");
}
