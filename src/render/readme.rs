//! The README of the archive: the bring-up of this very plan as Markdown.

use std::fmt::Write as _;

use crate::mesh::Mesh;
use crate::plan::Plan;

use super::guide::{Block, Part, guide};

/// Markdown text. Writing to a string cannot fail, so results are dropped.
pub(super) fn text(plan: &Plan, mesh: &Mesh) -> String {
    let mut text = String::new();
    let guide = guide(plan, mesh);
    let _ = writeln!(text, "# {}\n", plan.name);
    text.push_str(
        "One folder per machine. Each holds the secrets of that machine and no other:\n\
         copy it to its machine and to nowhere else.\n\n\
         The order below saves waiting. Any order works: machines that dial keep trying.\n",
    );
    for (place, stage) in guide.stages.iter().enumerate() {
        let _ = writeln!(text, "\n## {}. {}", place + 1, stage.title);
        for part in &stage.parts {
            section(&mut text, mesh, part);
        }
    }
    for place in guide.without {
        let name = mesh.name(place);
        let _ = writeln!(
            text,
            "\n## No files for {name}\n\nSee the findings of the plan."
        );
    }
    text.push_str("\n## Does it work?\n\n");
    text.push_str("`sudo wg show` names a latest handshake for each peer that has been heard. From any machine:\n\n");
    for (command, place) in guide.checks {
        let _ = writeln!(text, "    {command}    # {}", mesh.name(place));
    }
    text
}

fn section(text: &mut String, mesh: &Mesh, part: &Part) {
    let _ = writeln!(text, "\n### {}", mesh.name(part.place));
    for block in &part.blocks {
        text.push('\n');
        match block {
            Block::Words(words) => {
                let _ = writeln!(text, "{words}");
            }
            Block::Commands(commands) => {
                for command in commands {
                    let _ = writeln!(text, "    {command}");
                }
            }
        }
    }
}
