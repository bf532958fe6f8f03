//! Names, clocks, router advertisements and names that are looked up again.

use serde_json::{Value, json};

use meshwright::mesh::Lookup;
use meshwright::render::Kind;

use super::brief::{Solved, at, file, host, phone, solve_of, solved, vps};
use crate::support::files_of;

/// The paths of a machine's files inside its folder.
fn paths(mesh: &Solved, name: &str) -> Vec<String> {
    let files = files_of(&mesh.plan, &mesh.mesh);
    let prefix = format!("{name}/");
    files
        .iter()
        .filter_map(|file| Some(file.path.strip_prefix(&prefix)?.to_owned()))
        .collect()
}

/// The text of a machine's file.
fn text(mesh: &Solved, path: &str) -> String {
    let files = files_of(&mesh.plan, &mesh.mesh);
    let found = files.iter().find(|file| file.path == path);
    found.map_or_else(String::new, |file| file.secret_text().to_owned())
}

fn dual(mut file: Value) -> Value {
    file["tunnel"] = json!(["10.10.0.0/24", "fd9e:21a7:a92c::/64"]);
    for node in file["nodes"].as_array_mut().unwrap() {
        let last = node["addresses"][0]
            .as_str()
            .unwrap()
            .rsplit('.')
            .next()
            .unwrap()
            .to_owned();
        let v6 = json!(format!("fd9e:21a7:a92c::{last}"));
        node["addresses"].as_array_mut().unwrap().push(v6);
    }
    file
}

fn relay(more: Value) -> Solved {
    let home = |name: &str| json!({ "name": name, "router": "cgnat" });
    solved(&dual(file(
        json!([home("North"), home("South")]),
        json!([
            host("vps", "10.10.0.1", json!({ "ipv4": "203.0.113.1" }), more),
            at("n", "10.10.0.2", "North", json!({}), json!({})),
            at("s", "10.10.0.3", "South", json!({}), json!({})),
        ]),
    )))
}

#[test]
fn a_relay_that_lives_by_router_advertisements_keeps_listening_to_them() {
    let both = [
        "net.ipv4.ip_forward = 1",
        "net.ipv6.conf.all.forwarding = 1",
    ];
    let told = relay(json!({ "slaac": true, "uplink_name": "ens3" }));
    assert_eq!(
        told.sysctl("vps")[2..],
        ["net.ipv6.conf.ens3.accept_ra = 2"]
    );
    assert!(!told.mesh.nodes[told.place("vps")].may_lose_ipv6());
    // A dot may be part of a name only between slashes, sysctl.d(5).
    let dotted = relay(json!({ "slaac": true, "uplink_name": "eth0.10" }));
    assert_eq!(
        dotted.sysctl("vps")[2..],
        ["net/ipv6/conf/eth0.10/accept_ra = 2"]
    );
    let nameless = relay(json!({ "slaac": true }));
    assert_eq!(nameless.sysctl("vps"), both);
    assert!(
        text(&nameless, "vps/etc/sysctl.d/99-wg-mesh.conf")
            .contains("# net.ipv6.conf.eth0.accept_ra = 2")
    );
    assert!(nameless.mesh.nodes[nameless.place("vps")].may_lose_ipv6());
    assert!(
        text(&nameless, "README.md")
            .contains("vps gets its IPv6 address from router advertisements")
    );
    let fixed = relay(json!({ "slaac": false, "uplink_name": "ens3" }));
    assert_eq!(fixed.sysctl("vps"), both);
    assert!(!text(&fixed, "vps/etc/sysctl.d/99-wg-mesh.conf").contains("accept_ra"));
}

#[test]
fn who_does_not_forward_has_no_kernel_settings() {
    let mesh = relay(json!({}));
    assert_eq!(paths(&mesh, "n"), ["wg0.conf"]);
    assert_eq!(
        paths(&mesh, "vps"),
        ["etc/sysctl.d/99-wg-mesh.conf", "wg0.conf"]
    );
}

#[test]
fn a_machine_without_a_battery_waits_for_the_time() {
    let mesh = solve_of(
        json!([{ "name": "Home", "router": "cgnat" }]),
        json!([
            vps(),
            at(
                "pi",
                "10.10.0.2",
                "Home",
                json!({}),
                json!({ "form": "board" })
            ),
            at(
                "clock",
                "10.10.0.3",
                "Home",
                json!({}),
                json!({ "form": "board", "clock": true })
            ),
            at(
                "nas",
                "10.10.0.4",
                "Home",
                json!({}),
                json!({ "form": "nas", "clock": false })
            ),
            phone("phone", "10.10.0.5", json!({ "clock": false })),
        ]),
    );
    let dropin = "etc/systemd/system/wg-quick@wg0.service.d/time.conf";
    assert_eq!(paths(&mesh, "pi"), [dropin, "wg0.conf"]);
    assert_eq!(paths(&mesh, "nas"), [dropin, "wg0.conf"]);
    assert_eq!(paths(&mesh, "clock"), ["wg0.conf"]);
    assert_eq!(paths(&mesh, "phone"), ["phone.conf"]);
    let unit = text(&mesh, &format!("pi/{dropin}"));
    assert!(unit.ends_with("[Unit]\nWants=time-sync.target\nAfter=time-sync.target\n"));
    let readme = text(&mesh, "README.md");
    assert!(readme.contains(&format!("sudo install -D -m 644 {dropin} /{dropin}")));
    assert!(readme.contains("sudo systemctl enable systemd-time-wait-sync"));
}

#[test]
fn names_are_looked_up_again_where_a_machine_dials_one() {
    let mesh = solve_of(
        json!([{ "name": "Home", "router": "cgnat" }]),
        json!([
            host(
                "vps",
                "10.10.0.1",
                json!({ "name": "vps.example.net" }),
                json!({})
            ),
            host(
                "fix",
                "10.10.0.4",
                json!({ "ipv4": "203.0.113.4" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.3", json!({})),
        ]),
    );
    assert_eq!(
        paths(&mesh, "nas"),
        [
            "etc/systemd/system/meshwright-reresolve.service",
            "etc/systemd/system/meshwright-reresolve.timer",
            "usr/local/sbin/meshwright-reresolve",
            "wg0.conf",
        ]
    );
    assert_eq!(
        paths(&mesh, "phone"),
        ["phone.conf"],
        "an app does that by itself"
    );
    assert_eq!(paths(&mesh, "vps"), ["wg0.conf"], "it dials no name");
    let script = text(&mesh, "nas/usr/local/sbin/meshwright-reresolve");
    assert_eq!(script.matches("endpoint=").count(), 1, "{script}");
    assert!(script.contains(") endpoint=vps.example.net:51820 ;;"));
    assert!(script.contains("now - seen > 135"));
    let timer = text(&mesh, "nas/etc/systemd/system/meshwright-reresolve.timer");
    assert!(timer.contains("OnUnitActiveSec=30s\n"));
    let files = files_of(&mesh.plan, &mesh.mesh);
    let script = files.iter().find(|file| file.kind == Kind::Script).unwrap();
    assert_eq!(script.mode, 0o755);
    assert_eq!(
        script.target().as_deref(),
        Some("/usr/local/sbin/meshwright-reresolve")
    );
}

fn named(dns: Value) -> Solved {
    let mut file = dual(file(
        json!([{ "name": "Home", "router": "cgnat" }]),
        json!([
            vps(),
            at("my_nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("localhost", "10.10.0.5", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.3", json!({})),
            host(
                "alone",
                "10.10.0.4",
                json!({ "ipv4": "203.0.113.4" }),
                json!({})
            ),
        ]),
    ));
    file["dns"] = dns;
    file["pairs"] = json!([{ "between": ["alone", "vps"], "choice": "never" }]);
    solved(&file)
}

#[test]
fn without_a_server_every_linux_machine_gets_lines_for_its_hosts() {
    let mesh = named(json!({ "domain": "mesh.internal" }));
    assert_eq!(
        text(&mesh, "my_nas/hosts"),
        "# Begin of the names of the mesh\n\
         10.10.0.4 alone.mesh.internal alone\n\
         fd9e:21a7:a92c::4 alone.mesh.internal alone\n\
         10.10.0.5 localhost.mesh.internal\n\
         fd9e:21a7:a92c::5 localhost.mesh.internal\n\
         10.10.0.2 my-nas.mesh.internal my-nas\n\
         fd9e:21a7:a92c::2 my-nas.mesh.internal my-nas\n\
         10.10.0.3 phone.mesh.internal phone\n\
         fd9e:21a7:a92c::3 phone.mesh.internal phone\n\
         10.10.0.1 vps.mesh.internal vps\n\
         fd9e:21a7:a92c::1 vps.mesh.internal vps\n\
         # End of the names of the mesh\n"
    );
    assert_eq!(paths(&mesh, "phone"), ["phone.conf"]);
    assert!(!mesh.conf("phone").contains("DNS"));
    assert!(!mesh.conf("my_nas").contains("resolvectl"));
    let files = files_of(&mesh.plan, &mesh.mesh);
    let hosts = files.iter().find(|file| file.kind == Kind::Hosts).unwrap();
    assert_eq!(
        hosts.target(),
        None,
        "the file there holds other lines, too"
    );
}

#[test]
fn a_server_is_asked_for_names_of_the_mesh_alone() {
    let mesh = named(json!({ "domain": "mesh.internal", "server": "vps" }));
    let conf = mesh.conf("my_nas");
    let hook = "PostUp = resolvectl dns %i 10.10.0.1 fd9e:21a7:a92c::1 && resolvectl domain %i '~mesh.internal' && resolvectl default-route %i false || true";
    assert!(conf.lines().any(|line| line == hook), "{conf}");
    assert!(!paths(&mesh, "my_nas").contains(&"hosts".to_owned()));
    assert!(
        !mesh.conf("phone").contains("DNS"),
        "the server answers for nothing else"
    );
    // Who does not reach the server, and the server itself, have lines of their own.
    assert!(paths(&mesh, "alone").contains(&"hosts".to_owned()));
    assert!(paths(&mesh, "vps").contains(&"hosts".to_owned()));
    assert!(!mesh.conf("alone").contains("resolvectl"));
    let dnsmasq = text(&mesh, "vps/etc/dnsmasq.d/meshwright.conf");
    let settings: Vec<&str> = dnsmasq
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(
        settings[..4],
        [
            "interface=wg0",
            "bind-dynamic",
            "local=/mesh.internal/",
            "host-record=alone.mesh.internal,10.10.0.4,fd9e:21a7:a92c::4",
        ]
    );
    assert!(text(&mesh, "README.md").contains("sudo ufw allow in on wg0 to any port 53"));
}

#[test]
fn an_app_is_given_a_server_only_if_it_answers_for_everything_and_is_reached() {
    let dns = json!({ "domain": "mesh.internal", "server": "vps", "answers_public": true });
    let mesh = named(dns.clone());
    assert!(
        mesh.conf("phone")
            .contains("DNS = 10.10.0.1, fd9e:21a7:a92c::1, mesh.internal")
    );
    assert!(
        mesh.conf("my_nas").contains("resolvectl"),
        "Linux asks others for the rest"
    );

    let mut unreached = mesh.plan.clone();
    let pair = meshwright::plan::PairKey::new(
        &meshwright::plan::NodeId::new("phone"),
        &meshwright::plan::NodeId::new("vps"),
    )
    .unwrap();
    unreached
        .pairs
        .insert(pair, meshwright::plan::PairChoice::Never);
    let unreached = Solved {
        mesh: meshwright::mesh::solve(&unreached),
        plan: unreached,
    };
    assert!(!unreached.conf("phone").contains("DNS"));
    let phone = &unreached.mesh.nodes[unreached.place("phone")];
    assert_eq!(phone.settings.lookup, Lookup::Nothing);
}

#[test]
fn two_machines_do_not_share_a_name() {
    let mut file = file(
        json!([]),
        json!([
            host(
                "a_b",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({})
            ),
            host(
                "a-b",
                "10.10.0.2",
                json!({ "ipv4": "203.0.113.2" }),
                json!({})
            ),
        ]),
    );
    file["dns"] = json!({ "domain": "mesh.internal" });
    let mesh = solved(&file);
    let names: Vec<Option<String>> = (0..2)
        .map(|place| mesh.mesh.names.as_ref().unwrap().of(place))
        .collect();
    assert_eq!(names, [Some("a-b.mesh.internal".to_owned()), None]);
}
