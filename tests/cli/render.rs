//! `meshwright render` writes all files, and the same ones again.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::call::Desk;
use crate::support::fixture_text;

fn article() -> Value {
    serde_json::from_str(&fixture_text("article")).unwrap()
}

/// What is said of a machine on the move that gets the article's LAN.
fn common_lan_on_the_move(name: &str) -> String {
    format!(
        "W13 warning: {name} will meet 192.168.1.0/24 of nas in other places. Many home routers use 192.168.1.0/24. \
         In such a LAN {name} reaches either its neighbours or the machines behind nas.\n     \
         fix: Leave 192.168.1.0/24 out for {name}\n"
    )
}

#[test]
fn all_files_are_written_with_their_modes() {
    let desk = Desk::new("modes", &fixture_text("article-phone"));
    let plan = desk.read("plan.json");
    let ended = desk.render();
    assert_eq!(
        (ended.code, ended.err),
        (0, common_lan_on_the_move("phone")),
        "every pair gets through"
    );
    assert_eq!(
        ended.out,
        "made 7 keys, stored in keys.json\n\
         out/README.md\n\
         out/meshwright.json\n\
         out/nas/etc/sysctl.d/99-wg-mesh.conf\n\
         out/nas/wg0.conf\n\
         out/phone/phone.conf\n\
         out/pi/etc/systemd/system/wg-quick@wg0.service.d/time.conf\n\
         out/pi/wg0.conf\n\
         out/vps/etc/sysctl.d/99-wg-mesh.conf\n\
         out/vps/wg0.conf\n"
    );
    for secret in [
        "keys.json",
        "out/nas/wg0.conf",
        "out/phone/phone.conf",
        "out/pi/wg0.conf",
        "out/vps/wg0.conf",
    ] {
        assert_eq!(desk.mode(secret), 0o600, "{secret}");
    }
    for folder in ["out/nas", "out/phone"] {
        assert_eq!(desk.mode(folder), 0o700, "{folder}");
    }
    assert_eq!(
        desk.mode("out/README.md") & 0o077,
        desk.mode("plan.json") & 0o077 & 0o044
    );
    assert_eq!(
        desk.read("plan.json"),
        plan,
        "a plan that lacks nothing stays as it is"
    );
    assert!(desk.all().keys().all(|name| !name.contains(".new")));
}

#[test]
fn a_second_run_writes_the_same_bytes_and_makes_no_keys() {
    let desk = Desk::new("twice", &fixture_text("article-phone"));
    desk.render();
    let first = desk.all();
    let ended = desk.render();
    assert_eq!(ended.code, 0);
    assert!(!ended.out.contains("made "), "{}", ended.out);
    assert_eq!(desk.all(), first);
    // The written project is the same plan once more.
    let ended = desk.call(&[
        "render",
        "out/meshwright.json",
        "--out",
        "out",
        "--keyring",
        "keys.json",
    ]);
    assert_eq!(ended.code, 0);
    assert_eq!(desk.all(), first);
}

#[test]
fn a_machine_that_comes_keeps_every_key_of_the_others() {
    let desk = Desk::new("comes", &fixture_text("article"));
    desk.render();
    let old: Value = serde_json::from_str(&desk.read("keys.json")).unwrap();
    let mut plan = article();
    plan["nodes"].as_array_mut().unwrap().insert(
        0,
        json!({ "name": "laptop", "form": "computer", "place": "roams" }),
    );
    desk.write("plan.json", &plan.to_string());
    let ended = desk.render();
    assert_eq!(ended.code, 0);
    assert_eq!(
        ended.err,
        format!(
            "laptop has no tunnel address yet and gets 10.10.0.4\nplan.json now holds these addresses\n{}",
            common_lan_on_the_move("laptop")
        )
    );
    assert!(
        ended.out.starts_with("made 2 keys, stored in keys.json\n"),
        "{}",
        ended.out
    );
    let new: Value = serde_json::from_str(&desk.read("keys.json")).unwrap();
    for kind in ["private_keys", "preshared_keys"] {
        for (name, key) in old[kind].as_object().unwrap() {
            assert_eq!(&new[kind][name], key, "{kind} {name}");
        }
    }
    assert_eq!(new["private_keys"].as_object().unwrap().len(), 4);
    assert_eq!(new["preshared_keys"].as_object().unwrap().len(), 3);
    let stored: Value = serde_json::from_str(&desk.read("plan.json")).unwrap();
    assert_eq!(stored["nodes"][0]["addresses"], json!(["10.10.0.4"]));

    // A machine that goes takes nothing along, and comes back as it was.
    desk.write("plan.json", &fixture_text("article"));
    assert_eq!(desk.render().code, 0);
    assert_eq!(
        serde_json::from_str::<Value>(&desk.read("keys.json")).unwrap(),
        new
    );
}

#[test]
fn a_machine_that_is_renamed_keeps_its_key() {
    let desk = Desk::new("renamed", &fixture_text("article"));
    desk.render();
    let keys = desk.read("keys.json");
    let mut plan = article();
    plan["nodes"][0]["name"] = json!("storage");
    plan["nodes"][0]["id"] = json!("nas");
    desk.write("plan.json", &plan.to_string());
    assert_eq!(desk.render().code, 0);
    assert_eq!(desk.read("keys.json"), keys);
    let private = serde_json::from_str::<Value>(&keys).unwrap()["private_keys"]["nas"].clone();
    assert!(
        desk.read("out/storage/wg0.conf")
            .contains(private.as_str().unwrap())
    );
}

#[test]
fn a_keyring_that_others_can_read_is_closed() {
    let desk = Desk::new("open-keyring", &fixture_text("article"));
    desk.render();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(desk.path("keys.json"), open).unwrap();
    let ended = desk.render();
    assert_eq!(
        ended.err,
        "keys.json was readable by others; its mode is 0600 now\n"
    );
    assert_eq!(desk.mode("keys.json"), 0o600);
}

#[test]
fn a_keyring_behind_a_link_stays_behind_it() {
    let desk = Desk::new("link", &fixture_text("article"));
    std::fs::create_dir(desk.path("vault")).unwrap();
    desk.write(
        "vault/keys.json",
        "{\"format\": \"meshwright-keyring\", \"version\": 1}",
    );
    std::os::unix::fs::symlink("vault/keys.json", desk.path("keys.json")).unwrap();
    assert_eq!(desk.render().code, 0);
    assert!(
        std::fs::symlink_metadata(desk.path("keys.json"))
            .unwrap()
            .is_symlink()
    );
    assert!(desk.read("vault/keys.json").contains("\"nas vps\""));
}

#[test]
fn an_impossible_plan_is_written_whole_and_ends_with_one() {
    let mut plan = article();
    plan["nodes"].as_array_mut().unwrap().remove(2);
    let desk = Desk::new("impossible", &plan.to_string());
    let ended = desk.render();
    assert_eq!(ended.code, 1);
    assert_eq!(
        ended.err,
        "E02 error: nas and pi cannot reach each other. Both ends are behind NAT, so neither can dial the other. \
         No machine that both can reach is there to relay.\n"
    );
    for file in [
        "nas/wg0.conf",
        "pi/wg0.conf",
        "README.md",
        "meshwright.json",
    ] {
        assert!(desk.path("out").join(file).is_file(), "{file}");
    }
}

#[test]
fn a_full_prefix_leaves_machines_out_and_says_so() {
    let mut plan = article();
    plan["tunnel"] = json!(["10.10.0.0/30"]);
    for node in plan["nodes"].as_array_mut().unwrap() {
        node.as_object_mut().unwrap().remove("addresses");
    }
    let desk = Desk::new("full", &plan.to_string());
    let ended = desk.render();
    assert_eq!(ended.code, 1);
    assert!(
        ended
            .err
            .starts_with("every address of 10.10.0.0/30 is taken; widen it to 10.10.0.0/29, or add a second tunnel prefix\n")
    );
    assert!(
        ended
            .err
            .contains("E04 error: vps has no tunnel address, so it takes no part.")
    );
    assert!(desk.path("out/nas/wg0.conf").is_file());
    assert!(!desk.path("out/vps").exists());
}

#[test]
fn a_reader_that_stops_early_stops_no_writing() {
    let desk = Desk::new("pipe", &fixture_text("article-phone"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_meshwright"))
        .current_dir(&desk.folder)
        .args([
            "render",
            "plan.json",
            "--out",
            "out",
            "--keyring",
            "keys.json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(
        ended.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    assert!(desk.path("out/vps/wg0.conf").is_file());
}
