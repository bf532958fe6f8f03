//! The archives, judged by `unzip`, Python and Java.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::render::{Artifact, archive_of_secrets, phone_archive_of_secrets};

use super::program::{folder, must};
use crate::support::{counted_keyring, files_with, fixture, have};

fn files(name: &str) -> (Mesh, Keyring, Vec<Artifact>) {
    let plan = fixture(name);
    let mesh = solve(&plan);
    let keyring = counted_keyring(&mesh);
    let files = files_with(&plan, &mesh, &keyring);
    (mesh, keyring, files)
}

/// Names with modes and texts, as Python's reader sees them.
fn read_with_python(path: &Path) -> Option<Vec<(String, String, String)>> {
    if !have("python3") {
        return None;
    }
    let script = "import json, sys, zipfile\n\
        z = zipfile.ZipFile(sys.argv[1])\n\
        assert z.testzip() is None\n\
        print(json.dumps([[i.filename, oct(i.external_attr >> 16), z.read(i).decode(), i.date_time] for i in z.infolist()]))";
    let said = must(Command::new("python3").args(["-c", script]).arg(path), "");
    let entries: Vec<(String, String, String, [u16; 6])> = serde_json::from_str(&said).unwrap();
    let fixed = |(name, mode, text, time)| {
        assert_eq!(time, [1980, 1, 1, 0, 0, 0]);
        (name, mode, text)
    };
    Some(entries.into_iter().map(fixed).collect())
}

#[test]
fn the_archive_holds_every_file_with_its_mode_in_order() {
    let (_, _, files) = files("article-phone");
    let bytes = archive_of_secrets(&files).unwrap();
    assert!(
        bytes == archive_of_secrets(&files).unwrap(),
        "the same bytes twice"
    );
    let path = folder("archive").join("mesh.zip");
    fs::write(&path, &bytes).unwrap();
    if have("unzip") {
        must(Command::new("unzip").arg("-tqq").arg(&path), "");
    }
    let Some(entries) = read_with_python(&path) else {
        return;
    };
    let names: Vec<(&str, &str)> = entries
        .iter()
        .map(|(name, mode, _)| (name.as_str(), mode.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("README.md", "0o100644"),
            ("meshwright.json", "0o100644"),
            ("nas/etc/sysctl.d/99-wg-mesh.conf", "0o100644"),
            ("nas/wg0.conf", "0o100600"),
            ("phone/phone.conf", "0o100600"),
            (
                "pi/etc/systemd/system/wg-quick@wg0.service.d/time.conf",
                "0o100644"
            ),
            ("pi/wg0.conf", "0o100600"),
            ("vps/etc/sysctl.d/99-wg-mesh.conf", "0o100644"),
            ("vps/wg0.conf", "0o100600"),
        ]
    );
    for (file, (_, _, text)) in files.iter().zip(&entries) {
        assert!(
            file.secret_text() == text,
            "{} came back changed",
            file.path
        );
    }
}

#[test]
fn a_folder_holds_no_secret_of_another_machine() {
    let (mesh, keyring, files) = files("article-phone");
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (node, key) in keyring.private_keys() {
        owners.insert(key.to_secret_text().to_string(), vec![node.to_string()]);
    }
    for (pair, key) in keyring.preshared_keys() {
        let (a, b) = pair.ends();
        owners.insert(
            key.to_secret_text().to_string(),
            vec![a.to_string(), b.to_string()],
        );
    }
    assert!(owners.len() >= mesh.nodes.len());
    for file in &files {
        let folder = file.path.split_once('/').map_or("", |(folder, _)| folder);
        for (secret, owners) in &owners {
            let holds = file.secret_text().contains(secret);
            let may = owners.iter().any(|owner| owner == folder);
            assert!(!holds || may, "{} holds a secret of {owners:?}", file.path);
            if holds {
                assert_eq!(file.mode, 0o600, "{}", file.path);
            }
        }
    }
    let has_key = |name: &str| {
        files.iter().any(|file| {
            file.path.starts_with(&format!("{name}/"))
                && file.secret_text().contains("PrivateKey = ")
        })
    };
    assert!(["nas", "phone", "pi", "vps"].into_iter().all(has_key));
}

#[test]
fn the_phone_archive_holds_tunnels_and_nothing_else() {
    let (mesh, _, files) = files("article-phone");
    let bytes = phone_archive_of_secrets(&mesh, &files).unwrap();
    let path = folder("phone-archive").join("phones.zip");
    fs::write(&path, &bytes).unwrap();
    let Some(entries) = read_with_python(&path) else {
        return;
    };
    let names: Vec<&str> = entries.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["phone.conf"]);
    let (mesh, _, files) = self::files("article");
    let none = phone_archive_of_secrets(&mesh, &files).unwrap();
    fs::write(&path, none).unwrap();
    assert_eq!(
        read_with_python(&path).unwrap().len(),
        0,
        "an empty archive is one all the same"
    );
}

/// Android reads archives as a stream, front to back, which is stricter than the index at the end.
#[test]
fn javas_streaming_reader_reads_the_archive() {
    if std::env::var_os("PATH").is_none() || Command::new("javac").arg("-version").output().is_err()
    {
        eprintln!("not run: javac is missing, which is optional");
        return;
    }
    let folder = folder("java");
    let (mesh, _, files) = files("article-phone");
    let bytes = phone_archive_of_secrets(&mesh, &files).unwrap();
    fs::write(folder.join("phones.zip"), bytes).unwrap();
    fs::write(
        folder.join("Read.java"),
        "import java.io.*; import java.util.zip.*;\n\
         public class Read { public static void main(String[] a) throws Exception {\n\
           ZipInputStream z = new ZipInputStream(new FileInputStream(a[0])); ZipEntry e;\n\
           while ((e = z.getNextEntry()) != null) { System.out.println(\"== \" + e.getName()); z.transferTo(System.out); }\n\
         } }\n",
    )
    .unwrap();
    must(
        Command::new("javac").current_dir(&folder).arg("Read.java"),
        "",
    );
    let said = must(
        Command::new("java")
            .current_dir(&folder)
            .args(["-cp", ".", "Read", "phones.zip"]),
        "",
    );
    let phone = files
        .iter()
        .find(|file| file.path == "phone/phone.conf")
        .unwrap();
    assert!(said == format!("== phone.conf\n{}", phone.secret_text()));
}
