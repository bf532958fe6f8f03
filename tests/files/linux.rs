//! Linux configs, judged by `wg-quick`, `wg`, the shell and `nft`.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use meshwright::mesh::solve;
use meshwright::plan::Plan;
use meshwright::render::Kind;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use super::program::{as_root, folder, must, run};
use crate::plans::{self, Drawn};
use crate::support::{files_of, fixture, fixture_names, have};

/// Some hundred plans made by chance, always the same.
fn drawn(count: usize) -> Vec<Plan> {
    let mut runner = TestRunner::deterministic();
    let plan = |_| {
        let Drawn(plan) = plans::plan().new_tree(&mut runner).unwrap().current();
        plan
    };
    (0..count).map(plan).collect()
}

/// Writes all Linux configs of the fixtures and the drawn plans, each into a folder of its own,
/// and returns their texts.
fn write_configs(folder: &Path, count: usize) -> Vec<String> {
    let fixtures = fixture_names().into_iter().map(|name| fixture(&name));
    let mut texts = Vec::new();
    for plan in fixtures.chain(drawn(count)) {
        let mesh = solve(&plan);
        for file in files_of(&plan, &mesh) {
            if file.kind != Kind::Config || !file.path.ends_with("/wg0.conf") {
                continue;
            }
            let own = folder.join(texts.len().to_string());
            fs::create_dir(&own).unwrap();
            let path = own.join("wg0.conf");
            fs::write(&path, file.secret_text()).unwrap();
            // wg-quick warns of a config that others can read.
            fs::set_permissions(&path, fs::Permissions::from_mode(file.mode)).unwrap();
            texts.push(file.secret_text().to_owned());
        }
    }
    texts
}

#[test]
fn wg_quick_and_wg_accept_every_config() {
    if !have("wg-quick") || !have("wg") {
        return;
    }
    let Some(mut bash) = as_root("bash") else {
        return;
    };
    let folder = folder("wg-quick");
    let count = write_configs(&folder, 110).len();
    assert!(count > 300, "only {count} configs");
    // wg reads the whole text before it looks for the interface, so a text that it understands
    // fails for want of the interface and for nothing else. Names are replaced, because it would
    // ask the network for them.
    let script = r#"
        export WG_ENDPOINT_RESOLUTION_RETRIES=0 LC_ALL=C WG_HIDE_KEYS=never
        cd "$1" || exit 2
        good=0
        for file in */wg0.conf; do
            if ! stripped=$(wg-quick strip "$PWD/$file" 2>&1); then
                echo "$file: wg-quick: $stripped"; exit 1
            fi
            case $stripped in *Address*|*PostUp*|*PostDown*) echo "$file: not stripped"; exit 1;; esac
            sed -E 's/^Endpoint = [a-z][^:]*:/Endpoint = 198.51.100.99:/' <<< "$stripped" > stripped
            said=$(wg setconf no-such-wg stripped 2>&1)
            case $said in
                "Unable to modify interface: "*) good=$((good + 1)) ;;
                *) echo "$file: wg: $said"; exit 1 ;;
            esac
        done
        echo "$good accepted"
    "#;
    let output = run(bash.args(["-c", script, "bash"]).arg(&folder), "");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert_eq!(said.trim(), format!("{count} accepted"));
}

/// The hooks of a config as shell lines, with the interface's name as `wg-quick` puts it in.
fn hooks(text: &str) -> Vec<String> {
    let hook = |line: &str| {
        let line = line
            .strip_prefix("PostUp = ")
            .or_else(|| line.strip_prefix("PostDown = "))?;
        Some(line.replace("%i", "wg0"))
    };
    text.lines().filter_map(hook).collect()
}

#[test]
fn hooks_are_shell_and_their_nft_is_nft() {
    if !have("bash") {
        return;
    }
    let folder = folder("hooks");
    let texts = write_configs(&folder, 110);
    let translating: Vec<Vec<String>> = texts
        .iter()
        .map(|text| hooks(text))
        .filter(|hooks| hooks.iter().any(|hook| hook.starts_with("nft ")))
        .collect();
    assert!(
        translating.len() > 30,
        "only {} configs translate",
        translating.len()
    );
    let all: Vec<String> = texts.iter().flat_map(|text| hooks(text)).collect();
    // Old versions of wg-quick cut a hook at its first hash.
    assert!(all.iter().all(|hook| !hook.contains('#')));
    must(Command::new("bash").arg("-n"), &all.join("\n"));

    // The shell takes the quotes away and hands the words to nft, which is played by printf here.
    let mut script =
        "nft() { printf '%s\\n' \"$*\"; }; wg() { :; }; resolvectl() { :; }\n".to_owned();
    for hooks in &translating {
        for hook in hooks {
            let _ = writeln!(script, "{hook}");
        }
    }
    let statements = must(Command::new("bash").arg("-eu"), &script);
    assert!(statements.contains("add rule inet meshwright-wg0 translate ip saddr { 10.10.0.0/24"));
    let Some(mut nft) = as_root("nft") else {
        return;
    };
    // Checked and not carried out.
    must(nft.args(["-c", "-f", "-"]), &statements);
}
