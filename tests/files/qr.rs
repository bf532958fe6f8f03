//! QR codes, scanned by `zbarimg`.

use std::fs;
use std::process::Command;

use meshwright::mesh::solve;
use meshwright::project::read_plan;
use meshwright::render::{Keys, Qr, QrGrade, compact_secret_text, qr_of_secret};
use serde_json::{Value, json};

use super::program::{folder, must};
use crate::support::{counted_keyring, have};

/// The compact config of a phone that dials this many servers.
fn phone_config(servers: usize) -> String {
    let mut nodes: Vec<Value> = (1..=servers)
        .map(|number| {
            json!({
                "name": format!("server{number}"),
                "place": { "internet": { "ipv4": format!("203.0.113.{number}") } },
                "addresses": [format!("10.10.0.{number}")],
            })
        })
        .collect();
    nodes.push(json!({ "name": "phone", "platform": "ios", "place": "roams", "addresses": ["10.10.0.250"] }));
    let file = json!({ "format": "meshwright-plan", "version": 1, "name": "QR", "tunnel": ["10.10.0.0/24"], "nodes": nodes });
    let mesh = solve(&read_plan(&file.to_string()).unwrap());
    let keyring = counted_keyring(&mesh);
    let keys = Keys::complete(&mesh, &keyring).unwrap_or_else(|missing| panic!("{missing}"));
    let place = mesh
        .nodes
        .iter()
        .position(|node| node.name.as_str() == "phone")
        .unwrap();
    compact_secret_text(&mesh, place, &keys).to_string()
}

/// Draws the path of the SVG: `M{x} {y}h{width}v1h-{width}z`, dark on white.
fn draw(qr: &Qr, scale: usize) -> Vec<u8> {
    let mut dark = vec![vec![false; qr.size]; qr.size];
    for run in qr.path.split_terminator('z') {
        let (at, rest) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (width, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(width, back, "the path closes");
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        for module in &mut dark[y][x..x + width.parse::<usize>().unwrap()] {
            assert!(!*module, "no module twice");
            *module = true;
        }
    }
    let quiet = |index: usize| index < 4 || index >= qr.size - 4;
    for (y, row) in dark.iter().enumerate() {
        for (x, module) in row.iter().enumerate() {
            assert!(
                !(*module && (quiet(x) || quiet(y))),
                "the quiet zone is quiet"
            );
        }
    }
    let side = qr.size * scale;
    let mut image = format!("P5\n{side} {side}\n255\n").into_bytes();
    for y in 0..side {
        image.extend((0..side).map(|x| if dark[y / scale][x / scale] { 0 } else { 255 }));
    }
    image
}

#[test]
fn a_camera_reads_the_compact_config() {
    let mut versions = Vec::new();
    for (servers, grade) in [
        (1, QrGrade::Easy),
        (2, QrGrade::Fair),
        (5, QrGrade::Fair),
        (10, QrGrade::Hard),
        (14, QrGrade::UseFile),
    ] {
        let text = phone_config(servers);
        assert!(
            !text.contains('#') && !text.contains("\n\n"),
            "no comments, no empty lines"
        );
        let qr = qr_of_secret(&text).unwrap();
        assert_eq!(
            qr.grade(),
            grade,
            "{servers} servers, {} bytes, version {}",
            qr.bytes,
            qr.version
        );
        assert_eq!(qr.bytes, text.len());
        assert_eq!(qr.size, 17 + 4 * usize::from(qr.version) + 8);
        versions.push(qr.version);
        let svg = qr.secret_svg();
        assert!(svg.starts_with("<svg ") && svg.contains(&format!("d=\"{}\"", qr.path)));
        if !have("zbarimg") {
            continue;
        }
        let path = folder(&format!("qr-{servers}")).join("code.pgm");
        fs::write(&path, draw(&qr, 6)).unwrap();
        let said = must(
            Command::new("zbarimg")
                .args(["--raw", "-q", "-Sdisable", "-Sqrcode.enable"])
                .arg(&path),
            "",
        );
        // zbarimg ends its output with a line break of its own.
        assert!(
            said == format!("{text}\n"),
            "{servers} servers: the scan differs"
        );
    }
    assert!(
        versions.windows(2).all(|pair| pair[0] < pair[1]),
        "{versions:?}"
    );
}

#[test]
fn a_config_that_fits_no_code_says_so() {
    let text = phone_config(20);
    let error = qr_of_secret(&text).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "This config has {} bytes and a QR code carries at most 2953. Use the file instead.",
            text.len()
        )
    );
}

#[test]
fn the_capacities_are_those_of_the_standard() {
    // Lower-case letters need byte mode. Level M is taken up to version 20 only, so the capacity
    // of 40-M does not show; that of 40-L does.
    assert_eq!(qr_of_secret(&"a".repeat(2953)).unwrap().version, 40);
    assert!(qr_of_secret(&"a".repeat(2954)).is_err());
}
