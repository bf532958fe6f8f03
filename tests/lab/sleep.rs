//! Machines that nobody reaches until they have spoken.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::lab::json::{list, string};
use crate::lab::keys;
use crate::lab::matrix::Outcome;
use crate::lab::node::only_config;
use crate::lab::render::Rendered;

/// What the file of one machine says about who begins.
struct File {
    name: String,
    public_key: String,
    dials: bool,
    keeps_alive: bool,
    /// The keys of the peers that it can dial.
    dialled: BTreeSet<String>,
}

impl File {
    fn read(name: &str, text: &str) -> Self {
        let mut file = Self {
            name: name.to_owned(),
            public_key: String::new(),
            dials: false,
            keeps_alive: false,
            dialled: BTreeSet::new(),
        };
        let mut peer = "";
        for (key, value) in text.lines().filter_map(|line| line.split_once(" = ")) {
            match key {
                "PrivateKey" => file.public_key = keys::public(value),
                "PublicKey" => peer = value,
                "Endpoint" => {
                    file.dials = true;
                    file.dialled.insert(peer.to_owned());
                }
                "PersistentKeepalive" => file.keeps_alive = true,
                _ => {}
            }
        }
        file
    }
}

/// The machines that dial when they have something to say, keep nothing open, and that nobody else
/// can dial. This is read from the files, since it follows from them and from nothing else.
fn sleepers(plan: &Value, rendered: &Rendered) -> BTreeSet<String> {
    let files: Vec<File> = list(&plan["nodes"])
        .iter()
        .map(|node| string(&node["name"]))
        .map(|name| File::read(name, &only_config(&rendered.folder(name)).1))
        .collect();
    files
        .iter()
        .filter(|file| file.dials && !file.keeps_alive)
        .filter(|file| {
            !files
                .iter()
                .any(|other| other.dialled.contains(&file.public_key))
        })
        .map(|file| file.name.clone())
        .collect()
}

/// The pairs among those given that end at a sleeping machine, or in the LAN behind it, and begin at
/// one that is awake: nothing arrives until the sleeper has spoken.
pub(crate) fn asleep<'a>(
    plan: &Value,
    rendered: &Rendered,
    pairs: impl Iterator<Item = &'a String>,
) -> BTreeMap<String, Outcome> {
    let sleepers = sleepers(plan, rendered);
    let ends_asleep = |to: &str| {
        let shared = |name: &str| {
            let node = list(&plan["nodes"])
                .iter()
                .find(|node| node["name"] == name);
            node.is_some_and(|node| list(&node["shares"]).iter().any(|one| one["prefix"] == to))
        };
        sleepers.iter().any(|name| name == to || shared(name))
    };
    pairs
        .filter(|pair| {
            let (from, to) = pair.split_once('>').expect("a pair has two ends");
            !sleepers.contains(from) && ends_asleep(to)
        })
        .map(|pair| (pair.clone(), Outcome::Nothing))
        .collect()
}
