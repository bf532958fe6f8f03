//! The path of a pair as a small picture: ends, relays with their tray, and a
//! line with the stroke of the verdict.

use std::fmt::Write as _;

use yew::prelude::*;

use super::platform_words;
use crate::mesh::{Mesh, Pair, Verdict};
use crate::plan::{Place, Plan, Router};

/// Width of the picture.
const WIDTH: usize = 308;
/// Where the line runs.
const MIDDLE: usize = 16;
/// Half the width of a relay.
const HALF: usize = 19;

/// The path of a pair as a picture, with the places of its machines below. It
/// shows nothing that the sentences do not say.
pub fn picture(plan: &Plan, mesh: &Mesh, pair: &Pair) -> Html {
    let via = pair.verdict.via();
    let relays: Vec<usize> = (1..=via.len())
        .map(|number| 12 + (WIDTH - 24) * number / (via.len() + 1))
        .collect();
    let class = match &pair.verdict {
        Verdict::Lan => "path path--lan",
        Verdict::Direct | Verdict::Open => "path path--direct",
        Verdict::Relayed(_) => "path path--relayed",
        Verdict::Never => "path path--never",
        Verdict::Impossible => "path path--impossible",
    };
    html! {
        <div class="path-box">
            <svg {class} viewBox={format!("0 0 {WIDTH} 38")} aria-hidden="true" focusable="false">
                for x in relays.iter() {
                    <rect class="path__tray" x={(x - HALF + 5).to_string()} y="20" width={(2 * (HALF - 5)).to_string()} height="11" rx="4" />
                }
                <path class="path__line" d={line(&relays)} />
                for x in relays.iter() {
                    <g>
                        <rect class="path__relay" x={(x - HALF).to_string()} y="4" width={(2 * HALF).to_string()} height="18" rx="5" />
                        <path class="path__mark" d={format!("M{} 10h.01M{} 16h.01M{} 10h12M{} 16h12", x - 9, x - 9, x - 3, x - 3)} />
                    </g>
                }
                if pair.verdict == Verdict::Impossible {
                    <g>
                        <circle class="path__cross-ring" cx={(WIDTH / 2).to_string()} cy={MIDDLE.to_string()} r="8" />
                        <path class="path__cross" d={format!("M{0} {1}l6 6m0 -6l-6 6", WIDTH / 2 - 3, MIDDLE - 3)} />
                    </g>
                }
                <circle class="path__end" cx="12" cy={MIDDLE.to_string()} r="5.5" />
                <circle class="path__end" cx={(WIDTH - 12).to_string()} cy={MIDDLE.to_string()} r="5.5" />
            </svg>
            <ul class="path-names">
                { station(plan, mesh, pair.a, None) }
                { for via.iter().map(|relay| station(plan, mesh, *relay, Some("relay"))) }
                { station(plan, mesh, pair.b, None) }
            </ul>
        </div>
    }
}

/// The line from end to end; it dips into the tray of each relay.
fn line(relays: &[usize]) -> String {
    let mut line = format!("M18 {MIDDLE}");
    for x in relays {
        // Writing to a string cannot fail.
        let _ = write!(
            line,
            "H{}c5 0 4 10 9 10H{}c5 0 4 -10 9 -10",
            x - HALF - 5,
            x + HALF - 4
        );
    }
    let _ = write!(line, "H{}", WIDTH - 18);
    line
}

/// A machine of the path and where it stands.
fn station(plan: &Plan, mesh: &Mesh, place: usize, role: Option<&str>) -> Html {
    let node = mesh
        .nodes
        .get(place)
        .and_then(|node| plan.nodes.get(&node.id));
    let stands = match (role, node) {
        (Some(role), _) => role.to_owned(),
        (None, Some(node)) => match (&node.place, plan.site_of(node)) {
            (
                Place::Site {
                    forward: Some(forward),
                    ..
                },
                Some(site),
            ) => format!("{}, UDP {} forwarded", site.name, forward.external),
            (_, Some(site)) if site.router == Router::Cgnat => format!("{}, CGNAT", site.name),
            (_, Some(site)) => format!("{}, NAT", site.name),
            (Place::Internet(_), None) => "on the internet".to_owned(),
            (_, None) => format!("roams, {}", platform_words(node.platform)),
        },
        (None, None) => String::new(),
    };
    html! {
        <li class="path-names__item">
            <span class="path-names__name">{ mesh.name(place).to_owned() }</span>
            <span class="path-names__note">{ stands }</span>
        </li>
    }
}
