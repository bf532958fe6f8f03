//! The product's proof and the walk of these tests, which share no code, say the same of the same
//! files: of those that follow from a plan, and of those with a line missing.

use meshwright::editor::proving::{ProjectFiles, ReadBefore};
use meshwright::mesh::solve;
use meshwright::plan::{Answers, Family, Plan};
use meshwright::proof::{self, MachineFiles, Outcome, Proof, Target, Verdict};
use meshwright::render::{Artifact, Kind};

use crate::plans::wide::{self, Dice, Facts};
use crate::support::{counted_keyring, files_with, fixture, fixture_names};
use crate::walk::World;
use crate::walk::conf::Conf;

/// What the walk finds of a packet from one machine to another.
fn walked(
    world: &World,
    from: usize,
    to: usize,
    family: Family,
) -> Option<Result<Vec<usize>, String>> {
    let address = |machine| {
        let own = world.addresses(machine);
        own.into_iter()
            .find(|address| Family::of(*address) == family)
    };
    Some(world.walk(from, address(from)?, address(to)?))
}

/// Holds one proof against the walk; the error names the first pair that differs.
fn compare(world: &World, proof: &Proof) -> Result<(), String> {
    let count = world.machines.len();
    for (from, to) in (0..count).flat_map(|from| (0..count).map(move |to| (from, to))) {
        if from == to {
            continue;
        }
        let cell = proof.cell(from, to).unwrap();
        for family in Family::BOTH {
            let (Some(walk), Some(outcome)) =
                (walked(world, from, to, family), cell.family(family))
            else {
                continue;
            };
            compare_pair(world, proof, (from, to), outcome, &walk).map_err(|why| {
                let (from, to) = (world.name(from), world.name(to));
                format!("{from} > {to} over {family}: {why}")
            })?;
        }
    }
    Ok(())
}

fn compare_pair(
    world: &World,
    proof: &Proof,
    (from, to): (usize, usize),
    outcome: &Outcome,
    walk: &Result<Vec<usize>, String>,
) -> Result<(), String> {
    let why = proof.why(from, Target::Machine(to), outcome);
    let arrives = !matches!(outcome.verdict, Verdict::Broken | Verdict::Asleep);
    match walk {
        Ok(path) if arrives => {
            let via: Vec<usize> = outcome.via.to_vec();
            let between = &path[1..path.len() - 1];
            if via != between {
                let names = |places: &[usize]| {
                    let names: Vec<&str> = places.iter().map(|place| world.name(*place)).collect();
                    names.join(", ")
                };
                return Err(format!("via {} and via {}", names(&via), names(between)));
            }
            Ok(())
        }
        Err(_) if !arrives => Ok(()),
        // The walk wants both ends to knock, since a pair has to work from both. One that knocks
        // lets the other's packets in, as the network lab measures.
        Err(why) if why.ends_with("one does not keep the path open") => Ok(()),
        Ok(_) => Err(format!("the walk arrives, but the proof says: {why}")),
        Err(walk) => Err(format!("the walk says: {walk}; the proof says: {why}")),
    }
}

/// Holds the proof of a plan's files against the walk.
fn agree(plan: &Plan) -> Result<(), String> {
    let mesh = solve(plan);
    let keyring = counted_keyring(&mesh);
    let written = files_with(plan, &mesh, &keyring);
    let files = ProjectFiles::read(&mesh, &keyring, &mut ReadBefore::default()).unwrap();
    compare(&World::read(plan, &written), &files.world(plan).prove())
}

/// The files of a plan, with one line of one config taken out.
fn agree_without_a_line(plan: &Plan, dice: &mut Dice) -> Result<(), String> {
    let mesh = solve(plan);
    let keyring = counted_keyring(&mesh);
    let written = files_with(plan, &mesh, &keyring);
    let configs: Vec<&Artifact> = written
        .iter()
        .filter(|file| file.kind == Kind::Config)
        .collect();
    if configs.is_empty() {
        return Ok(());
    }
    let spoiled = configs[dice.below(configs.len())];
    let removable = |line: &str| {
        let keys = [
            "Endpoint",
            "PersistentKeepalive",
            "AllowedIPs",
            "ListenPort",
            "PresharedKey",
        ];
        keys.iter().any(|key| line.starts_with(key))
    };
    let lines: Vec<&str> = spoiled.secret_text().lines().collect();
    let places: Vec<usize> = (0..lines.len())
        .filter(|place| removable(lines[*place]))
        .collect();
    if places.is_empty() {
        return Ok(());
    }
    let gone = places[dice.below(places.len())];
    let mut kept = lines.clone();
    kept.remove(gone);
    let text = kept.join("\n") + "\n";

    let mut world = World::read(plan, &written);
    let node = spoiled.node.as_ref().unwrap();
    let place = world
        .machines
        .iter()
        .position(|machine| machine.id == node)
        .unwrap();
    let mut conf = Conf::read(&text);
    if let Some(own) = plan.nodes.get(node).unwrap().public_key {
        conf.public_key = Some(own.to_string());
    }
    world.machines[place].conf = Some(conf);
    world.settle();

    let sysctl = |artifact: &Artifact| {
        let mut all = written.iter();
        all.find(|file| file.kind == Kind::Sysctl && file.node == artifact.node)
    };
    let machines: Vec<MachineFiles> = configs
        .iter()
        .map(|config| {
            let node = plan.nodes.get(config.node.as_ref().unwrap()).unwrap();
            let text = if config.path == spoiled.path {
                &text
            } else {
                config.secret_text()
            };
            let files = MachineFiles::read(node.name.as_str(), node.platform, &config.path, text);
            match sysctl(config) {
                Some(file) => files.with_sysctl(&file.path, file.secret_text()),
                None => files,
            }
        })
        .collect();
    let proof = proof::World::new(plan, &machines).prove();
    compare(&world, &proof).map_err(|why| {
        format!(
            "without \u{201c}{}\u{201d} of {}: {why}",
            lines[gone], spoiled.path
        )
    })
}

#[test]
fn proof_and_walk_agree_on_the_fixtures() {
    for name in fixture_names() {
        agree(&fixture(&name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn proof_and_walk_agree_on_plans_of_every_kind() {
    for seed in 0..600 {
        let plan = wide::plan(seed, Facts::All);
        agree(&plan).unwrap_or_else(|why| panic!("plan {seed}: {why}"));
    }
}

#[test]
fn proof_and_walk_agree_where_a_line_is_missing() {
    for seed in 0..600 {
        let plan = wide::plan(seed, Facts::All);
        let mut dice = Dice::new(seed);
        agree_without_a_line(&plan, &mut dice).unwrap_or_else(|why| panic!("plan {seed}: {why}"));
    }
}

/// The planner's promises, held against the proof: pairs, relays, LANs and exits.
fn promises_are_proved(plan: &Plan) -> Result<(), String> {
    let mesh = solve(plan);
    let keyring = counted_keyring(&mesh);
    let files = ProjectFiles::read(&mesh, &keyring, &mut ReadBefore::default()).unwrap();
    let proof = files.world(plan).prove();
    for (from, target, _, outcome) in proof.asked() {
        let owner = target.owner();
        let pair = mesh.pair(from, owner).unwrap();
        let ends = [from, owner].map(|place| &mesh.nodes[place]);
        // An app that keeps its key gets no file, so nothing can be proved of it.
        if ends
            .iter()
            .any(|node| !meshwright::render::gets_files(node))
        {
            continue;
        }
        let connects = pair.verdict.is_link() || !pair.verdict.via().is_empty();
        let expected = match target {
            Target::Machine(_) => connects,
            Target::Internet(..) => true,
            Target::Lan(_, net) => {
                let mut shares = mesh.nodes[owner].shares.iter();
                let share = shares.find(|share| share.prefix.net() == net);
                let Some(share) = share.filter(|share| share.is_for(from)) else {
                    continue;
                };
                if connects && share.answers == Answers::Nothing {
                    let found = outcome.verdict;
                    if found != Verdict::OneWay
                        && !ends[1].settings.exit.contains(&share.prefix.family())
                    {
                        return Err(format!("{net} does not answer, but is {found:?}"));
                    }
                    continue;
                }
                connects
            }
        };
        if outcome.verdict.is_through() != expected {
            return Err(format!(
                "{} > {}: promised {}, but {:?}: {}",
                proof.name(from),
                proof.target_name(target),
                pair.verdict.word(),
                outcome.verdict,
                proof.why(from, target, outcome)
            ));
        }
    }
    Ok(())
}

#[test]
fn what_is_promised_is_proved() {
    for name in fixture_names() {
        promises_are_proved(&fixture(&name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
    for seed in 0..2000 {
        let plan = wide::plan(seed, Facts::All);
        promises_are_proved(&plan).unwrap_or_else(|why| panic!("plan {seed}: {why}"));
    }
}
