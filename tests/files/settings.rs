//! What a machine's files say beside its peers, judged by the programs that read it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use meshwright::mesh::{Allowed, Mesh, Why, solve};
use meshwright::plan::{Family, Plan};
use meshwright::render::{Artifact, Kind};

use super::program::{as_root, folder, must, run};
use crate::support::{files_of, fixture, have};

fn all() -> (Plan, Mesh, Vec<Artifact>) {
    let plan = fixture("files/settings");
    let mesh = solve(&plan);
    let files = files_of(&plan, &mesh);
    (plan, mesh, files)
}

fn text<'a>(files: &'a [Artifact], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("no {path}")).secret_text()
}

/// The commands of `nft` in a config's hooks, as `nft` is given them by the shell.
fn nft_statements(conf: &str) -> String {
    let hooks: String = conf
        .lines()
        .filter_map(|line| {
            line.strip_prefix("PostUp = ")
                .or_else(|| line.strip_prefix("PostDown = "))
        })
        .map(|hook| hook.replace("%i", "wg0") + "\n")
        .collect();
    let played = format!("nft() {{ printf '%s\\n' \"$*\"; }}; resolvectl() {{ :; }}\n{hooks}");
    must(Command::new("bash").arg("-eu"), &played)
}

#[test]
fn systemd_accepts_the_units() {
    if !have("systemd-analyze") {
        return;
    }
    let (_, _, files) = all();
    let folder = folder("units");
    for name in ["service", "timer"] {
        let path = format!("pi/etc/systemd/system/meshwright-reresolve.{name}");
        let runs_here =
            text(&files, &path).replace("/usr/local/sbin/meshwright-reresolve", "/bin/true");
        fs::write(
            folder.join(format!("meshwright-reresolve.{name}")),
            runs_here,
        )
        .unwrap();
    }
    let mut verify = Command::new("systemd-analyze");
    let output = run(
        verify
            .args(["--recursive-errors=no", "verify"])
            .arg(folder.join("meshwright-reresolve.timer")),
        "",
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("meshwright-reresolve"), "{said}");
}

/// Plays `wg` and the clock, and returns what the script asks `wg` to set.
fn set_by_script(script: &str, handshakes: &str) -> String {
    let folder = folder("reresolve");
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    let play = |name: &str, body: &str| {
        let path = bin.join(name);
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    play("date", "echo 1000000");
    play(
        "wg",
        &format!(
            "if [ \"$1\" = show ]; then printf '{handshakes}'; else echo \"$*\" >> '{}'; fi",
            folder.join("said").display()
        ),
    );
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    must(Command::new("bash").arg("-s").env("PATH", path), script);
    fs::read_to_string(folder.join("said")).unwrap_or_default()
}

#[test]
fn the_script_looks_up_who_is_silent_and_nobody_else() {
    if !have("bash") {
        return;
    }
    let (_, _, files) = all();
    let script = text(&files, "pi/usr/local/sbin/meshwright-reresolve");
    let key = text(&files, "pi/wg0.conf")
        .lines()
        .find_map(|line| line.strip_prefix("PublicKey = "))
        .unwrap()
        .to_owned();
    let at = |age: u32| {
        set_by_script(
            script,
            &format!("{key}\\t{}\\nsomebody\\t0\\n", 1_000_000 - age),
        )
    };
    let again = format!("set wg0 peer {key} endpoint vps.example.net:51820\n");
    assert_eq!(at(10), "");
    assert_eq!(at(135), "");
    assert_eq!(at(136), again);
    assert_eq!(at(1_000_000), again, "never heard");
    if have("shellcheck") {
        must(Command::new("shellcheck").arg("-"), script);
    }
}

#[test]
fn dnsmasq_accepts_its_settings() {
    let (_, _, files) = all();
    let settings = text(&files, "vps/etc/dnsmasq.d/meshwright.conf");
    assert!(settings.contains("host-record=nas.mesh.internal,10.20.0.1,fd9e:21a7:a92c::3\n"));
    if !have("dnsmasq") {
        return;
    }
    let path = folder("dnsmasq").join("meshwright.conf");
    fs::write(&path, settings).unwrap();
    must(
        Command::new("dnsmasq").arg("--test").arg("-C").arg(&path),
        "",
    );
}

#[test]
fn an_address_has_the_length_of_its_own_pool() {
    let (_, _, files) = all();
    assert!(
        text(&files, "nas/wg0.conf").contains("Address = 10.20.0.1/24, fd9e:21a7:a92c::3/64\n")
    );
    assert!(
        text(&files, "phone/phone.conf")
            .contains("Address = 10.10.0.3/32, fd9e:21a7:a92c::5/128\n")
    );
}

#[test]
fn a_prefix_of_everything_is_no_route_into_the_tunnel() {
    let mut plan = fixture("article");
    plan.tunnel = vec!["0.0.0.0/0".parse().unwrap()];
    for (_, node) in &mut plan.nodes {
        node.place = meshwright::plan::Place::Roams;
    }
    let mesh = solve(&plan);
    let files = files_of(&plan, &mesh);
    let conf = files.iter().find(|file| file.kind == Kind::Config).unwrap();
    assert!(conf.secret_text().contains("/32\n") && !conf.secret_text().contains("/0"));
}

/// The fixture with `desk` using `vps` as its exit, whatever the rules say.
fn with_exit() -> Vec<Artifact> {
    let (plan, mut mesh, _) = all();
    let place = |name: &str| {
        mesh.nodes
            .iter()
            .position(|node| node.name.as_str() == name)
            .unwrap()
    };
    let (desk, vps) = (place("desk"), place("vps"));
    let everything = ["0.0.0.0/0", "::/0"].map(|text| Allowed {
        prefix: text.parse().unwrap(),
        owner: vps,
        why: Why::Exit,
    });
    let peer = mesh.nodes[desk]
        .peers
        .iter_mut()
        .find(|peer| peer.node == vps)
        .unwrap();
    if !peer.allowed.iter().any(|entry| entry.why == Why::Exit) {
        let mut allowed = peer.allowed.to_vec();
        allowed.extend(everything);
        peer.allowed = allowed.into();
    }
    mesh.nodes[vps].settings.exit = Family::BOTH.to_vec();
    files_of(&plan, &mesh)
}

#[test]
fn an_exit_translates_what_leaves_and_nothing_else() {
    let files = with_exit();
    let statements = nft_statements(text(&files, "vps/wg0.conf"));
    let rules: Vec<&str> = statements
        .lines()
        .filter(|line| line.contains("masquerade"))
        .collect();
    assert_eq!(
        rules,
        [
            "add rule inet meshwright-wg0 translate oifname \"ens3\" ip saddr { 10.10.0.0/24, 10.20.0.0/24, 192.168.77.0/24 } masquerade",
            "add rule inet meshwright-wg0 translate oifname \"ens3\" ip6 saddr { fd9e:21a7:a92c::/64 } masquerade",
        ]
    );
    if let Some(mut nft) = as_root("nft") {
        must(nft.args(["-c", "-f", "-"]), &statements);
    }
    let desk = text(&files, "desk/wg0.conf");
    assert!(desk.contains("\nFwMark = 51820\n") && desk.contains("\nListenPort = 51820\n"));
    assert!(!text(&files, "pi/wg0.conf").contains("FwMark"));
    assert!(text(&files, "README.md").contains("sudo ufw route allow in on wg0 out on ens3"));
}

#[test]
fn an_exit_without_a_name_for_its_way_out_spares_the_tunnel_and_routed_lans() {
    let (mut plan, _, _) = all();
    let nas = meshwright::plan::NodeId::new("nas");
    if let Some(node) = plan.nodes.get_mut(&nas) {
        for share in &mut node.shares {
            share.answers = meshwright::plan::Answers::Route;
        }
    }
    let mut mesh = solve(&plan);
    let nas = mesh
        .nodes
        .iter_mut()
        .find(|node| node.name.as_str() == "nas")
        .unwrap();
    nas.settings.exit = vec![Family::V4];
    let statements = nft_statements(text(&files_of(&plan, &mesh), "nas/wg0.conf"));
    let rule = "translate oifname != \"wg0\" ip saddr { 10.10.0.0/24, 10.20.0.0/24 } ip daddr != { 192.168.77.0/24 } masquerade\n";
    assert!(statements.contains(rule), "{statements}");
    if let Some(mut nft) = as_root("nft") {
        must(nft.args(["-c", "-f", "-"]), &statements);
    }
}

#[test]
fn wg_takes_the_config_of_who_uses_an_exit() {
    if !have("wg-quick") {
        return;
    }
    let Some(mut bash) = as_root("bash") else {
        return;
    };
    let path = folder("exit").join("wg0.conf");
    fs::write(&path, text(&with_exit(), "desk/wg0.conf")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let script = "wg-quick strip \"$1\" | sed 's/vps.example.net/198.51.100.9/' > \"$1.stripped\"; wg setconf no-such-wg \"$1.stripped\" 2>&1 || true";
    let said = must(bash.args(["-c", script, "bash"]).arg(&path), "");
    assert!(said.starts_with("Unable to modify interface: "), "{said}");
}

#[test]
fn every_line_of_every_config_is_explained() {
    let (plan, mesh, _) = all();
    let keyring = crate::support::counted_keyring(&mesh);
    let keys = meshwright::render::Keys::complete(&mesh, &keyring).unwrap();
    let mut seen = Vec::new();
    for place in 0..plan.nodes.len() {
        for line in meshwright::render::preview(&mesh, place, &keys) {
            if let meshwright::render::Shown::Setting(key, value) = &line.shown {
                let explanation = meshwright::render::Explanation::of(&mesh, place, line.why);
                let explanation = explanation.unwrap_or_else(|| panic!("{key} = {value}"));
                assert!(!explanation.title.is_empty());
                seen.push(*key);
            }
        }
    }
    for key in ["MTU", "DNS", "PostUp", "PostDown"] {
        assert!(seen.contains(&key), "{key}");
    }
}
