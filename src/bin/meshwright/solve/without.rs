//! What is lost while a machine is away.

use serde_json::json;

use meshwright::mesh::without;
use meshwright::plan::{NodeId, Plan};

use super::name_of;

/// What is lost, and whether that is nothing.
pub(super) fn report(plan: &Plan, away: &NodeId, as_json: bool) -> (String, bool) {
    let absence = without(plan, away);
    let pair = |(a, b): &(NodeId, NodeId), between: &str| {
        format!("{}{between}{}", name_of(plan, a), name_of(plan, b))
    };
    let nothing = absence.is_empty();
    if as_json {
        let pairs = |list: &[(NodeId, NodeId)]| -> Vec<String> {
            list.iter().map(|ends| pair(ends, ">")).collect()
        };
        let lans: Vec<String> = absence.lans.iter().map(ToString::to_string).collect();
        let alone: Vec<String> = absence
            .without_internet
            .iter()
            .map(|id| name_of(plan, id))
            .collect();
        let value = json!({
            "without": name_of(plan, away),
            "cut_off": pairs(&absence.cut_off),
            "until_new_files": pairs(&absence.until_new_files),
            "lans": lans,
            "without_internet": alone,
        });
        return (format!("{value:#}\n"), nothing);
    }
    let name = name_of(plan, away);
    let mut lines = Vec::new();
    for ends in &absence.cut_off {
        lines.push(format!(
            "{}: cut off. There is no other way.",
            pair(ends, " - ")
        ));
    }
    for ends in &absence.until_new_files {
        lines.push(format!(
            "{}: cut off until new files say another way.",
            pair(ends, " - ")
        ));
    }
    for lan in &absence.lans {
        lines.push(format!("{lan}: cut off. {name} shares it."));
    }
    for id in &absence.without_internet {
        lines.push(format!("{}: without internet.", name_of(plan, id)));
    }
    if lines.is_empty() {
        lines.push(format!("Without {name} all others reach each other."));
    }
    (lines.into_iter().map(|line| line + "\n").collect(), nothing)
}
