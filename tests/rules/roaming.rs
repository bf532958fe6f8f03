//! Phones and laptops: they dial out and are never dialled.

use serde_json::json;

use super::brief::{at, phone, solve_of, vps};

#[test]
fn a_phone_dials_what_can_be_dialled_and_sleeps_otherwise() {
    let mesh = solve_of(
        json!([{ "name": "Home", "public": { "name": "home.example.net" } }, { "name": "Far" }]),
        json!([
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            phone("phone", "10.10.0.4", json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            vps(),
        ]),
    );
    // One address without the rest of the prefix, no port that nobody dials, no keepalive.
    assert_eq!(
        mesh.conf("phone"),
        "Address = 10.10.0.4/32\n\
         [nas]\nEndpoint = home.example.net:51820\nAllowedIPs = 10.10.0.2/32\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.3/32"
    );
    assert_eq!(mesh.verdict("phone", "pi"), "relayed via vps");
    assert_eq!(
        mesh.why("phone", "pi"),
        "Neither can dial the other: phone roams, and pi is behind NAT. vps relays, and can read this traffic."
    );
    assert!(
        mesh.conf("vps")
            .contains("[phone]\nAllowedIPs = 10.10.0.4/32")
    );
    assert!(mesh.findings().is_empty());
}

#[test]
fn a_phone_that_must_be_reachable_keeps_the_way_open() {
    let mesh = solve_of(
        json!([]),
        json!([
            phone("phone", "10.10.0.4", json!({ "reachable_idle": true })),
            vps()
        ]),
    );
    assert_eq!(
        mesh.conf("phone"),
        "Address = 10.10.0.4/32\n[vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32\nPersistentKeepalive = 25"
    );
    assert!(!mesh.conf("vps").contains("PersistentKeepalive"));
}

#[test]
fn a_machine_that_need_not_be_reachable_saves_its_keepalive() {
    let mesh = solve_of(
        json!([{ "name": "Home" }]),
        json!([
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({}),
                json!({ "reachable_idle": false })
            ),
            vps()
        ]),
    );
    assert!(!mesh.conf("nas").contains("PersistentKeepalive"));
}

#[test]
fn a_laptop_that_shares_a_lan_or_relays_is_reachable_while_idle() {
    for more in [
        json!({ "relay": true }),
        json!({ "shares": [{ "prefix": "10.5.1.0/24" }] }),
    ] {
        let mut laptop = phone("laptop", "10.10.0.4", more);
        laptop["platform"] = json!("linux");
        let mesh = solve_of(json!([]), json!([laptop, vps()]));
        assert!(mesh.conf("laptop").contains("PersistentKeepalive = 25"));
    }
}

#[test]
fn two_phones_meet_at_a_relay() {
    let mesh = solve_of(
        json!([]),
        json!([
            phone("one", "10.10.0.2", json!({})),
            phone("two", "10.10.0.3", json!({ "platform": "ios" })),
            vps()
        ]),
    );
    assert_eq!(mesh.verdict("one", "two"), "relayed via vps");
    assert_eq!(
        mesh.why("one", "two"),
        "Neither can dial the other: both roam. vps relays, and can read this traffic."
    );
}

#[test]
fn an_app_cannot_keep_its_key_to_itself() {
    let key = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
    let mesh = solve_of(
        json!([]),
        json!([
            phone("phone", "10.10.0.4", json!({ "public_key": key })),
            vps()
        ]),
    );
    assert_eq!(
        mesh.finding("E10").text,
        "phone cannot keep its private key to itself"
    );
    assert_eq!(mesh.conf("phone"), "no file");
    // The others know it all the same, because its owner may enter them by hand.
    assert!(mesh.conf("vps").contains("[phone]"));
}
