//! `meshwright prove`: what becomes of packets, by the files.

mod folder;
mod json;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use meshwright::editor::proving::{self, ProjectFiles, ReadBefore};
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::{read_plan, write_plan};
use meshwright::proof::{MOST_MACHINES, Proof, Tally, Target, World};
use meshwright::render::PLAIN_MODE;

use crate::{files, render};

/// What is proved, and what was taken to be so.
struct Proved {
    proof: Proof,
    /// What the plan wants; without a plan everything is wanted.
    mesh: Option<Mesh>,
    /// Sentences about what no file says.
    assumed: Vec<String>,
}

impl Proved {
    fn is_wanted(&self, from: usize, target: Target) -> bool {
        let mesh = self.mesh.as_ref();
        mesh.is_none_or(|mesh| proving::is_wanted(mesh, from, target))
    }

    /// Whether a cell is as it should be: through, or not at all where that is
    /// the choice.
    fn is_right(&self, from: usize, target: Target, through: bool) -> bool {
        self.is_wanted(from, target) == through
    }

    /// Names of machines whose owners write their files, so that nothing is
    /// proved of them.
    fn unseen(&self) -> Vec<&str> {
        let mesh = self.mesh.iter().flat_map(proving::unseen);
        mesh.map(|node| node.name.as_str()).collect()
    }

    fn tally(&self) -> Tally {
        self.proof
            .tally(|from, target| self.is_wanted(from, target))
    }
}

/// Proves a plan with its keyring, or a folder of files; true if everything
/// gets through that should, and nothing that should not.
pub(crate) fn run(
    input: &Path,
    keyring: Option<&Path>,
    plan: Option<&Path>,
    supposed: Option<&Path>,
    as_json: bool,
) -> Result<bool, String> {
    let proved = if input.is_dir() {
        if keyring.is_some() {
            return Err(format!(
                "{}: this is a folder of configs, which hold their keys; --keyring belongs to a plan",
                input.display()
            ));
        }
        in_folder(input, plan, supposed)?
    } else {
        if plan.is_some() || supposed.is_some() {
            return Err(format!(
                "{}: --plan and --write-plan say where the machines of a folder stand, and this is no folder",
                input.display()
            ));
        }
        let keyring = keyring.ok_or_else(|| {
            format!(
                "{}: a plan is proved on the files that follow from it, which need its keys: add --keyring FILE",
                input.display()
            )
        })?;
        of_plan(input, keyring)?
    };
    let right = proved.proof.asked().all(|(from, target, _, outcome)| {
        proved.is_right(from, target, outcome.verdict.is_through())
    });
    let written = if as_json {
        json::write(&proved, std::io::stdout().lock())
    } else {
        let text = verdicts(&proved);
        std::io::stdout().lock().write_all(text.as_bytes())
    };
    match written {
        // Whoever reads the output may stop early, as `head` does.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            return Err(error.to_string());
        }
        _ => {}
    }
    Ok(right)
}

/// The files that `render` would write. Nothing is stored: keys that the
/// keyring lacks are made for this run only.
fn of_plan(path: &Path, keyring: &Path) -> Result<Proved, String> {
    let mut plan = read(path)?;
    crate::assign_addresses(&mut plan);
    check_size(plan.nodes.len(), path)?;
    let mesh = solve(&plan);
    let keyring = render::keyring_for_once(&mesh, keyring)?;
    let files = ProjectFiles::read(&mesh, &keyring, &mut ReadBefore::default())
        .map_err(|problem| problem.to_string())?;
    Ok(Proved {
        proof: files.world(&plan).prove(),
        mesh: Some(mesh),
        assumed: Vec::new(),
    })
}

/// The files in a folder. Where the machines stand comes from a plan, or from
/// what the files themselves let suppose; that can be written down, corrected
/// and given back as a plan.
fn in_folder(
    folder: &Path,
    plan: Option<&Path>,
    supposed: Option<&Path>,
) -> Result<Proved, String> {
    let found = folder::find(folder)?;
    check_size(found.len(), folder)?;
    let Some(path) = plan else {
        let (proved, plan) = folder::suppose(&found);
        if let Some(path) = supposed {
            files::write(path, &write_plan(&plan), PLAIN_MODE)?;
        }
        return Ok(proved);
    };
    let mut plan = read(path)?;
    check_size(plan.nodes.len(), path)?;
    crate::assign_addresses(&mut plan);
    let machines = folder::machines(&found, &plan);
    let unknown = machines
        .iter()
        .filter(|files| plan.node_named(&files.name).is_none());
    let assumed = unknown
        .map(|files| {
            format!(
                "{}: the plan has no machine called {}, so this file is left out.",
                files.config_path, files.name
            )
        })
        .collect();
    Ok(Proved {
        proof: World::new(&plan, &machines).prove(),
        mesh: Some(solve(&plan)),
        assumed,
    })
}

fn read(path: &Path) -> Result<Plan, String> {
    read_plan(&files::read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// Every pair is looked at, so the work grows with the square of the machines.
fn check_size(machines: usize, input: &Path) -> Result<(), String> {
    if machines > MOST_MACHINES {
        return Err(format!(
            "{}: {machines} machines are too many to prove at once; {MOST_MACHINES} are the most. Prove a part of them",
            input.display()
        ));
    }
    Ok(())
}

/// What is wrong, line by line, and the count.
fn verdicts(proved: &Proved) -> String {
    let proof = &proved.proof;
    let mut lines: Vec<String> = proved
        .assumed
        .iter()
        .map(|sentence| format!("supposed: {sentence}"))
        .collect();
    for (from, target, _, outcome) in proof.asked() {
        let through = outcome.verdict.is_through();
        if proved.is_right(from, target, through) {
            continue;
        }
        let pair = format!("{} > {}", proof.name(from), proof.target_name(target));
        if through {
            lines.push(format!(
                "{pair}: gets through, although the plan says that it must not."
            ));
            continue;
        }
        let fault = outcome.fault.as_deref();
        let place = fault.and_then(|fault| proof.place(fault.machine, fault.line?));
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        lines.push(format!(
            "{place}{pair}: {}. {}",
            outcome.verdict.word(),
            proof.why(from, target, outcome)
        ));
    }
    lines.push(count(proved));
    lines.into_iter().map(|line| line + "\n").collect()
}

/// `12 of 12 pairs proved, 3 once phone has spoken`.
fn count(proved: &Proved) -> String {
    let tally = proved.tally();
    let mut text = format!("{} of {} pairs proved", tally.through, tally.pairs);
    if tally.dormant > 0 {
        let names: Vec<&str> = tally
            .sleepers
            .iter()
            .map(|place| proved.proof.name(*place))
            .collect();
        let have = if names.len() == 1 { "has" } else { "have" };
        let names = names.join(" and ");
        let _ = write!(text, ", {} once {names} {have} spoken", tally.dormant);
    }
    let unseen = proved.unseen();
    if !unseen.is_empty() {
        let names = unseen.join(" and ");
        let _ = write!(
            text,
            ", without {names}: an app with its own key has a file of its own"
        );
    }
    if tally.further > 0 {
        let (through, all) = (tally.further_through, tally.further);
        let _ = write!(text, "; {through} of {all} ways to shared LANs and exits");
    }
    text
}
