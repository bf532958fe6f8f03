//! `meshwright lint` says whether a reader takes a file.

use serde_json::{Value, json};

use super::call::Desk;
use crate::support::fixture_text;

const PRIVATE: &str = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
const PUBLIC: &str = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

fn config(interface: &str, peer: &str) -> String {
    format!(
        "[Interface]\nPrivateKey = {PRIVATE}\n{interface}\n\n[Peer]\nPublicKey = {PUBLIC}\n{peer}\n"
    )
}

#[test]
fn a_file_that_is_taken_is_said_to_be() {
    let desk = Desk::new("lint-good", "");
    desk.write(
        "wg0.conf",
        &config("Address = 10.0.0.1/24", "AllowedIPs = 10.0.0.2/32"),
    );
    let ended = desk.call(&["lint", "wg0.conf"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(ended.out, "wg0.conf: wg-quick takes this file\n");
}

#[test]
fn a_refusal_names_line_and_column() {
    let desk = Desk::new("lint-bad", "");
    desk.write(
        "wg0.conf",
        &config("PostUp = true", "AllowedIPs = 10.0.0.2/32, 10.0.0.0/33"),
    );
    let ended = desk.call(&["lint", "wg0.conf"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!(
        ended.out,
        "wg0.conf:7:27: AllowedIPs has a length that no prefix has; it is at most 32 for IPv4 and 128 for IPv6\n"
    );
    let ended = desk.call(&["lint", "wg0.conf", "--as", "apple"]);
    assert_eq!(ended.code, 1);
    assert_eq!(
        ended.out,
        "wg0.conf:3:1: the app for iPhone, iPad and Mac refuses a file with PostUp; take the line out\n"
    );
}

#[test]
fn warnings_change_no_exit_status() {
    let desk = Desk::new("lint-warnings", "");
    desk.write(
        "wg0.conf",
        &config(
            "ListenPort = 70000\nSaveConfig = true",
            "AllowedIPs = 10.0.0.2/24",
        ),
    );
    let ended = desk.call(&["lint", "wg0.conf"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(
        ended.out,
        "wg0.conf: wg-quick takes this file\n\
         wg0.conf:3:14: warning: a port is at most 65535; wg cuts this one to 4464 without a word\n\
         wg0.conf:4:14: warning: wg-quick writes this file anew when the tunnel goes down, without its comments and with addresses in place of names\n\
         wg0.conf:8:14: warning: this prefix in AllowedIPs has bits set behind its length; WireGuard cuts them off\n"
    );
}

#[test]
fn the_json_tells_the_same_for_several_files() {
    let desk = Desk::new("lint-json", "");
    desk.write("phone.conf", &config("", "PersistentKeepalive = off"));
    desk.write(
        "a name with blanks.conf",
        &config("", "AllowedIPs = 10.0.0.2/24"),
    );
    let ended = desk.call(&[
        "lint",
        "--json",
        "--as",
        "android",
        "phone.conf",
        "a name with blanks.conf",
    ]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        report,
        json!({ "files": [
            {
                "file": "phone.conf",
                "reader": "android",
                "accepted": false,
                "at": "phone.conf:7:23",
                "why": "the apps for phones take only a number here; take the line out instead of off",
                "warnings": [],
            },
            {
                "file": "a name with blanks.conf",
                "reader": "android",
                "accepted": true,
                "at": null,
                "why": null,
                "warnings": [
                    {
                        "at": "a name with blanks.conf",
                        "text": "the app for Android takes a file only under the name NAME.conf, with NAME of up to 15 letters, digits and _=+.-",
                    },
                    {
                        "at": "a name with blanks.conf:7:14",
                        "text": "this prefix in AllowedIPs has bits set behind its length; WireGuard cuts them off",
                    },
                ],
            },
        ]})
    );
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2_and_the_others_are_read() {
    let desk = Desk::new("lint-unreadable", "");
    desk.write("wg0.conf", &config("", ""));
    std::fs::write(desk.path("latin.conf"), b"[Interface]\n# M\xfcnchen\n").unwrap();
    let ended = desk.call(&["lint", "wg0.conf", "missing.conf", "latin.conf", "."]);
    assert_eq!(ended.code, 2);
    assert_eq!(ended.out, "wg0.conf: wg-quick takes this file\n");
    assert_eq!(
        ended.err,
        "meshwright: missing.conf: there is no such file\n\
         meshwright: latin.conf: this is not UTF-8 text\n\
         meshwright: .: this is a folder\n"
    );
    let ended = desk.call(&["lint", "--json", "missing.conf"]);
    assert_eq!(ended.code, 2);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["files"][0]["accepted"], Value::Null);
    assert_eq!(desk.call(&["lint"]).code, 2);
    assert_eq!(desk.call(&["lint", "wg0.conf", "--as", "router"]).code, 2);
}

#[test]
fn no_key_is_ever_printed() {
    let desk = Desk::new("lint-secret", "");
    let key = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    for (name, text) in [
        ("a", format!("{key}\n")),
        ("b", format!("[Interface]\n{key}\n")),
        ("c", format!("[Interface]\nPrivatKey = {key}\n")),
        ("d", format!("[Interface]\nPrivateKey = {key}x\n")),
        ("e", format!("[Interface]\nListenPort = {key}\n")),
        (
            "f",
            format!("[Interface]\nAddress = {key}\nDNS = {key}\nTable = {key}\nMTU = {key}\n"),
        ),
        ("g", format!("[Peer]\nEndpoint = {key}\n")),
        ("h", format!("[{key}]\n")),
        ("i", format!("[Interface]\nSaveConfig = {key}\n")),
        ("j", format!("[Interface]\nPostUp = echo {key} # {key}\n")),
    ] {
        desk.write(&format!("{name}.conf"), &text);
        for reader in ["linux", "android", "apple", "windows"] {
            for json in [&[][..], &["--json"]] {
                let file = format!("{name}.conf");
                let mut arguments = vec!["lint", "--as", reader, &file];
                arguments.extend(json);
                let ended = desk.call(&arguments);
                assert!(!ended.out.contains("QUJDREVG"), "{}", ended.out);
                assert!(!ended.err.contains("QUJDREVG"), "{}", ended.err);
            }
        }
    }
}

/// What this product writes is taken without a word by whom it is meant for.
#[test]
fn files_of_this_product_are_taken_without_a_word() {
    let desk = Desk::new("lint-own", &fixture_text("article"));
    assert_eq!(desk.render().code, 0);
    for (path, _) in desk.all() {
        let is_config = path.starts_with("out/") && path.ends_with("/wg0.conf");
        if is_config {
            let ended = desk.call(&["lint", &path]);
            assert_eq!(ended.out, format!("{path}: wg-quick takes this file\n"));
        }
    }
}
