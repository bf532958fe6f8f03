//! The command line: solves plans, writes files and reads them, with the same core as the page.

mod files;
mod lint;
mod prove;
mod render;
mod solve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use meshwright::mesh::Mesh;
use meshwright::plan::Plan;

/// Plans WireGuard meshes: who reaches whom, by which relay, and every config.
#[derive(Parser)]
#[command(name = "meshwright", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the verdict of every pair with its reason, and the findings.
    ///
    /// Exit status: 0 every pair gets through, 1 some pair does not, 2 the plan
    /// cannot be read.
    Solve {
        /// The plan file.
        plan: PathBuf,
        /// Print JSON for programs.
        #[arg(long)]
        json: bool,
        /// Print what is lost while this machine is away, and nothing else.
        /// Exit status: 0 nothing, 1 something.
        #[arg(long, value_name = "NAME")]
        without: Option<String>,
    },
    /// Write one folder per machine with all that it needs.
    ///
    /// Keys that the keyring lacks are made and added to it. Machines without a
    /// tunnel address get one, which is stored in the plan file. Exit status: 0
    /// every pair gets through, 1 some pair does not (all files are written),
    /// 2 nothing could be written.
    Render {
        /// The plan file.
        plan: PathBuf,
        /// The folder to write to; it is made if it does not exist.
        #[arg(long)]
        out: PathBuf,
        /// The file with the secret keys; it is made if it does not exist, with
        /// mode 0600.
        #[arg(long)]
        keyring: PathBuf,
    },
    /// Prove on the files that every pair gets through, or name the line at fault.
    ///
    /// Of a plan, the files that `render` writes are proved. Of a folder, its
    /// `.conf` files are, or those in its folders, each named for its machine.
    /// Exit status: 0 everything gets through that should, 1 something does not,
    /// 2 something cannot be read.
    Prove {
        /// A plan file, or a folder of configs.
        input: PathBuf,
        /// The file with the secret keys of a plan. It is not changed: keys that
        /// it lacks are made for this run only.
        #[arg(long)]
        keyring: Option<PathBuf>,
        /// The plan that says where the machines of a folder stand. Without it
        /// that is supposed from the files, and said so.
        #[arg(long)]
        plan: Option<PathBuf>,
        /// Write what was supposed as a plan file, to be corrected and given back
        /// with --plan.
        #[arg(long, value_name = "FILE", conflicts_with = "plan")]
        write_plan: Option<PathBuf>,
        /// Print JSON for programs.
        #[arg(long)]
        json: bool,
    },
    /// Say whether a reader takes a tunnel config, and where it stops if not.
    ///
    /// Exit status: 0 it takes every file, 1 it refuses one, 2 a file cannot be
    /// read.
    Lint {
        /// The configs.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Who is to read them.
        #[arg(long = "as", value_name = "READER", default_value = "linux")]
        reader: lint::As,
        /// Print JSON for programs.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Solve {
            plan,
            json,
            without,
        } => solve::run(&plan, json, without.as_deref()),
        Command::Render { plan, out, keyring } => render::run(&plan, &out, &keyring),
        Command::Prove {
            input,
            keyring,
            plan,
            write_plan,
            json,
        } => prove::run(
            &input,
            keyring.as_deref(),
            plan.as_deref(),
            write_plan.as_deref(),
            json,
        ),
        Command::Lint {
            files,
            reader,
            json,
        } => lint::run(&files, reader, json),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("meshwright: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Gives addresses to machines that lack one and says so; true if any got one.
/// Where the prefix is full, the rest goes on without and is left out of the mesh.
fn assign_addresses(plan: &mut Plan) -> bool {
    let before = plan.clone();
    if let Err(error) = plan.assign_missing_addresses() {
        eprintln!("{}", error.sentence(plan));
    }
    for (id, node) in &plan.nodes {
        if before
            .nodes
            .get(id)
            .is_some_and(|old| old.addresses != node.addresses)
        {
            let addresses: Vec<String> = node
                .addresses
                .iter()
                .map(|address| address.to_string())
                .collect();
            eprintln!(
                "{} has no tunnel address yet and gets {}",
                node.name,
                addresses.join(" and ")
            );
        }
    }
    before != *plan
}

/// Prints the findings for people.
fn print_findings(mesh: &Mesh) {
    for finding in &mesh.findings {
        eprintln!(
            "{} {}: {}. {}",
            finding.code.as_str(),
            finding.severity.word(),
            finding.text,
            finding.evidence
        );
        if let Some(fix) = &finding.fix {
            eprintln!("     fix: {}", fix.text);
        }
    }
}
