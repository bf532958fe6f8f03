//! Plans in few words, and what came of them in few words.

use serde_json::{Value, json};

use meshwright::mesh::{Finding, Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::read_plan;
use meshwright::render::Kind;

use crate::support::files_of;

/// A plan with its mesh.
pub(super) struct Solved {
    pub(super) plan: Plan,
    pub(super) mesh: Mesh,
}

/// Adds the fields of the second object to the first.
fn with(mut one: Value, other: Value) -> Value {
    for (key, value) in other.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

/// A machine on the internet.
pub(super) fn host(name: &str, address: &str, public: Value, more: Value) -> Value {
    with(
        json!({ "name": name, "place": { "internet": public }, "addresses": [address] }),
        more,
    )
}

/// A machine at a site; `stands` says where in it.
pub(super) fn at(name: &str, address: &str, site: &str, stands: Value, more: Value) -> Value {
    let stands = with(json!({ "at": site }), stands);
    with(
        json!({ "name": name, "place": { "site": stands }, "addresses": [address] }),
        more,
    )
}

/// A phone on the move.
pub(super) fn phone(name: &str, address: &str, more: Value) -> Value {
    with(
        json!({ "name": name, "platform": "android", "place": "roams", "addresses": [address] }),
        more,
    )
}

/// The server that most examples have: `vps`, 10.10.0.1, at 203.0.113.1.
pub(super) fn vps() -> Value {
    host(
        "vps",
        "10.10.0.1",
        json!({ "ipv4": "203.0.113.1" }),
        json!({}),
    )
}

/// A plan file with the tunnel 10.10.0.0/24.
pub(super) fn file(sites: Value, nodes: Value) -> Value {
    json!({
        "format": "meshwright-plan",
        "version": 1,
        "name": "Example",
        "tunnel": ["10.10.0.0/24"],
        "preshared_keys": false,
        "sites": sites,
        "nodes": nodes,
    })
}

/// Solves a plan file.
pub(super) fn solved(file: &Value) -> Solved {
    let plan = read_plan(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let mesh = solve(&plan);
    Solved { plan, mesh }
}

/// Solves sites and machines.
pub(super) fn solve_of(sites: Value, nodes: Value) -> Solved {
    solved(&file(sites, nodes))
}

impl Solved {
    /// The place of a machine.
    pub(super) fn place(&self, name: &str) -> usize {
        let found = self
            .mesh
            .nodes
            .iter()
            .position(|node| node.name.as_str() == name);
        found.unwrap_or_else(|| panic!("no machine {name}"))
    }

    /// The verdict of a pair with its relays, such as `relayed via vps`.
    pub(super) fn verdict(&self, a: &str, b: &str) -> String {
        let pair = self.mesh.pair(self.place(a), self.place(b)).unwrap();
        let via: Vec<&str> = pair
            .verdict
            .via()
            .iter()
            .map(|relay| self.mesh.name(*relay))
            .collect();
        match via.as_slice() {
            [] => pair.verdict.word().to_owned(),
            via => format!("{} via {}", pair.verdict.word(), via.join(", ")),
        }
    }

    /// Why a pair has its verdict.
    pub(super) fn why(&self, a: &str, b: &str) -> String {
        self.mesh
            .why(self.mesh.pair(self.place(a), self.place(b)).unwrap())
    }

    /// A machine's config without keys, hooks and comments, each peer by its name.
    pub(super) fn conf(&self, name: &str) -> String {
        let id = &self.mesh.nodes[self.place(name)].id;
        let files = files_of(&self.plan, &self.mesh);
        let mut files = files.iter().filter(|file| file.kind == Kind::Config);
        let Some(file) = files.find(|file| file.node.as_ref() == Some(id)) else {
            return "no file".to_owned();
        };
        let mut brief = Vec::new();
        let mut comes_name = false;
        for line in file.secret_text().lines() {
            match line.split_once(" = ") {
                Some((key, _)) if key.ends_with("Key") => {}
                Some(_) => brief.push(line.to_owned()),
                None if line == "[Peer]" => comes_name = true,
                None if comes_name => {
                    brief.push(format!("[{}]", line.trim_start_matches("# ")));
                    comes_name = false;
                }
                None => {}
            }
        }
        brief.join("\n")
    }

    /// The text of a machine's kernel settings without comments.
    pub(super) fn sysctl(&self, name: &str) -> Vec<String> {
        let id = &self.mesh.nodes[self.place(name)].id;
        let files = files_of(&self.plan, &self.mesh);
        let mut files = files.iter().filter(|file| file.kind == Kind::Sysctl);
        let text = files.find(|file| file.node.as_ref() == Some(id));
        let lines = text.map_or("", |file| file.secret_text()).lines();
        lines
            .filter(|line| !line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    }

    /// Code and text of all findings.
    pub(super) fn findings(&self) -> Vec<String> {
        self.mesh
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.code.as_str(), finding.text))
            .collect()
    }

    /// The only finding with a code.
    pub(super) fn finding(&self, code: &str) -> &Finding {
        let mut found = self
            .mesh
            .findings
            .iter()
            .filter(|finding| finding.code.as_str() == code);
        let first = found
            .next()
            .unwrap_or_else(|| panic!("no {code} in {:?}", self.findings()));
        assert!(
            found.next().is_none(),
            "several {code}: {:?}",
            self.findings()
        );
        first
    }

    /// What is left after the fix of the only finding with a code.
    pub(super) fn fixed(&self, code: &str) -> Self {
        let fix = self
            .finding(code)
            .fix
            .as_ref()
            .unwrap_or_else(|| panic!("{code} has no fix"));
        let mut plan = self.plan.clone();
        plan.apply(&fix.edit);
        assert_ne!(plan, self.plan, "{} changes nothing", fix.text);
        let mesh = solve(&plan);
        Self { plan, mesh }
    }
}
