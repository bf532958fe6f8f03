//! Whether the lab's routers behave like real ones. If they were kinder, every other test would
//! prove less than it says.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::lab::keys;
use crate::lab::matrix::Outcome::{Direct, Nothing};
use crate::lab::network::Lab;
use crate::lab::node::Node;
use crate::lab::router::Home;

/// The public address in front of the left machine.
const LEFT: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

/// The public address in front of the right machine.
const RIGHT: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

/// Configures both machines to dial the port that the other one listens on, at the public address
/// in front of it, as if each knew that its router keeps the port.
fn dial_each_other(left: &Arc<Node>, right: &Arc<Node>) {
    let (left_key, right_key) = (keys::private(), keys::private());
    let config = |own: &str, other: &str, number: u8, other_number: u8, endpoint: Ipv4Addr| {
        let other = keys::public(other);
        format!(
            "[Interface]
PrivateKey = {own}
ListenPort = 51820
Address = 10.10.0.{number}/24
[Peer]
PublicKey = {other}
AllowedIPs = 10.10.0.{other_number}/32
Endpoint = {endpoint}:51820
PersistentKeepalive = 25
"
        )
    };
    left.up_with("wg0", &config(&left_key, &right_key, 1, 2, RIGHT));
    right.up_with("wg0", &config(&right_key, &left_key, 2, 1, LEFT));
}

/// Two home routers that keep ports and stay silent towards strangers let both ends open the path
/// at once. An answering router would spoil this, so it shows that ours do not answer.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn routers_that_keep_ports_open_from_both_sides() {
    let lab = Lab::new();
    let left_home = lab.home("Left", LEFT, &["192.168.1.0/24".parse().unwrap()]);
    let right_home = lab.home("Right", RIGHT, &["192.168.2.0/24".parse().unwrap()]);
    let (left, right) = (left_home.host("left", None), right_home.host("right", None));
    dial_each_other(&left, &right);
    lab.measure(&[left.at("10.10.0.1"), right.at("10.10.0.2")])
        .expect([("left>right", Direct), ("right>left", Direct)]);
}

/// Behind one router that scrambles ports the other end knocks at a port that nobody uses.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_router_that_scrambles_ports_keeps_the_other_end_out() {
    let lab = Lab::new();
    let left_home = lab.home("Left", LEFT, &["192.168.1.0/24".parse().unwrap()]);
    let carrier = lab.carrier("Right", RIGHT);
    let (left, right) = (left_home.host("left", None), carrier.host("right", None));
    dial_each_other(&left, &right);
    lab.measure(&[left.at("10.10.0.1"), right.at("10.10.0.2")])
        .expect([("left>right", Nothing), ("right>left", Nothing)]);
}

/// Two homes whose routers let nothing new in over IPv6, with a machine in each under a global
/// address.
fn firewalled_homes(lab: &Lab) -> ([Home; 2], [Arc<Node>; 2]) {
    let place = |name: &str, public, prefix: &str, address: &str| {
        let home = lab.home(&format!("{name} home"), public, &[prefix.parse().unwrap()]);
        home.connect_ipv6(lab.internet(), false);
        let machine = home.host(name, None);
        home.give_ipv6(&machine, None, address.parse().unwrap(), None);
        (home, machine)
    };
    let (left_home, left) = place("left", LEFT, "192.168.1.0/24", "2001:db8:1::10");
    let (right_home, right) = place("right", RIGHT, "192.168.2.0/24", "2001:db8:2::10");
    ([left_home, right_home], [left, right])
}

/// Brings both ends of one session up; an end without an endpoint keeps nothing open.
fn meet(left: (&Arc<Node>, Option<&str>), right: (&Arc<Node>, Option<&str>)) {
    let (left_key, right_key) = (keys::private(), keys::private());
    let config = |own: &str, other: &str, number: u8, other_number: u8, at: Option<&str>| {
        let dials = at.map_or(String::new(), |at| {
            format!("Endpoint = {at}\nPersistentKeepalive = 25\n")
        });
        let other = keys::public(other);
        format!(
            "[Interface]
PrivateKey = {own}
ListenPort = 51820
Address = 10.10.0.{number}/24
[Peer]
PublicKey = {other}
AllowedIPs = 10.10.0.{other_number}/32
{dials}"
        )
    };
    left.0
        .up_with("wg0", &config(&left_key, &right_key, 1, 2, left.1));
    right
        .0
        .up_with("wg0", &config(&right_key, &left_key, 2, 1, right.1));
}

/// Where both firewalls let answers in and nothing else, the path opens if both ends knock.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn two_ipv6_firewalls_open_from_both_sides() {
    let lab = Lab::new();
    let (_homes, [left, right]) = firewalled_homes(&lab);
    meet(
        (&left, Some("[2001:db8:2::10]:51820")),
        (&right, Some("[2001:db8:1::10]:51820")),
    );
    lab.measure(&[left.at("10.10.0.1"), right.at("10.10.0.2")])
        .expect([("left>right", Direct), ("right>left", Direct)]);
}

/// If only one end knocks, the other end's firewall never lets it in.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn one_end_alone_does_not_open_an_ipv6_firewall() {
    let lab = Lab::new();
    let (_homes, [left, right]) = firewalled_homes(&lab);
    meet((&left, Some("[2001:db8:2::10]:51820")), (&right, None));
    lab.measure(&[left.at("10.10.0.1"), right.at("10.10.0.2")])
        .expect([("left>right", Nothing), ("right>left", Nothing)]);
}

/// Both ends begin in the same millisecond, so that each drops the answer to its own beginning. They
/// settle it at their next try, and the measurement must not bring them together again.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn two_ends_that_begin_at_once_agree_later() {
    let lab = Lab::new();
    let (_homes, [left, right]) = firewalled_homes(&lab);
    meet((&left, None), (&right, None));
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + Duration::from_secs(2);
    let dial = |node: &Node, endpoint: &str| {
        // A first packet opens the way to the router, whose firewall does not let it through.
        node.namespace().script(&format!(
            "ping -c 1 -W 1 {} > /dev/null || true
            key=$(wg show wg0 peers)
            until [[ $EPOCHREALTIME > {}.5 ]]; do :; done
            wg set wg0 peer $key endpoint [{endpoint}]:51820 persistent-keepalive 25",
            endpoint,
            moment.as_secs()
        ));
    };
    thread::scope(|scope| {
        scope.spawn(|| dial(&left, "2001:db8:2::10"));
        scope.spawn(|| dial(&right, "2001:db8:1::10"));
    });
    lab.measure(&[left.at("10.10.0.1"), right.at("10.10.0.2")])
        .expect([("left>right", Direct), ("right>left", Direct)]);
}
