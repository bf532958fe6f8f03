//! What hooks do to packets.

use meshwright::conf::{Effect, Filter, Hook, OutOf, When};
use meshwright::plan::Family;

fn effects(command: &str) -> Vec<Effect> {
    let hook = Hook {
        when: When::PostUp,
        command: command.to_owned(),
    };
    hook.effects("wg0")
}

fn nets(list: &[&str]) -> Vec<ipnet::IpNet> {
    list.iter().map(|net| net.parse().unwrap()).collect()
}

/// A translation of IPv4 with nothing but what is given.
fn translates(from: &[&str], to: &[&str], out: Option<OutOf>) -> Effect {
    Effect::Translates {
        family: Family::V4,
        from: nets(from),
        to: nets(to),
        not_to: Vec::new(),
        out,
    }
}

/// A rule at the end of a chain that drops everything.
fn all(chain: &str) -> Filter {
    Filter {
        chain: chain.to_owned(),
        place: None,
        accepts: false,
        family: None,
        from: Vec::new(),
        to: Vec::new(),
        from_tunnel: false,
        into_tunnel: false,
    }
}

fn named(name: &str) -> OutOf {
    OutOf::Named(name.to_owned())
}

/// Commands as the snapshots of this product's own files show them.
#[test]
fn hooks_of_this_product_are_understood() {
    assert_eq!(
        effects(
            "nft add rule inet meshwright-%i translate 'ip saddr { 10.10.0.0/24, 10.20.0.0/24 } ip daddr 192.168.77.0/24 masquerade'"
        ),
        [translates(
            &["10.10.0.0/24", "10.20.0.0/24"],
            &["192.168.77.0/24"],
            None
        )]
    );
    assert_eq!(
        effects(
            "nft add rule inet meshwright-%i translate 'oifname != \"%i\" ip6 saddr { fd9e:21a7:a92c::/64 } ip6 daddr != { fd12::/64, fd13::/64 } masquerade'"
        ),
        [Effect::Translates {
            family: Family::V6,
            from: nets(&["fd9e:21a7:a92c::/64"]),
            to: Vec::new(),
            not_to: nets(&["fd12::/64", "fd13::/64"]),
            out: Some(OutOf::NotTunnel),
        }]
    );
    assert_eq!(
        effects(
            "nft add rule inet meshwright-%i translate 'oifname \"ens3\" ip saddr { 10.10.0.0/24 } masquerade'"
        ),
        [translates(&["10.10.0.0/24"], &[], Some(named("ens3")))]
    );
    assert_eq!(
        effects("wg set %i private-key /etc/wireguard/%i.key"),
        [Effect::OwnKey]
    );
    for without in [
        "nft add table inet meshwright-%i",
        "nft add chain inet meshwright-%i translate '{ type nat hook postrouting priority srcnat; }'",
        "nft add rule inet meshwright-%i clamp 'oifname \"%i\" tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu'",
        "resolvectl dns %i 10.10.0.1 && resolvectl domain %i '~mesh.internal' && resolvectl default-route %i false || true",
    ] {
        assert_eq!(effects(without), [], "{without}");
    }
}

#[test]
fn forwarding_is_switched_on_in_several_ways() {
    for command in [
        "sysctl -w net.ipv4.ip_forward=1",
        "sysctl -q -w net.ipv4.ip_forward=1",
        "sudo /usr/sbin/sysctl -qw net.ipv4.conf.all.forwarding=1",
        "echo 1 > /proc/sys/net/ipv4/ip_forward",
        "echo 1 >/proc/sys/net/ipv4/ip_forward",
        "echo 1 | tee /proc/sys/net/ipv4/conf/all/forwarding",
    ] {
        assert_eq!(
            effects(command),
            [Effect::Forwards(Family::V4)],
            "{command}"
        );
    }
    assert_eq!(
        effects("sysctl -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1"),
        [Effect::Forwards(Family::V4), Effect::Forwards(Family::V6)]
    );
    for command in [
        "sysctl -w net.ipv4.ip_forward=0",
        "echo 0 > /proc/sys/net/ipv4/ip_forward",
        "# sysctl -w net.ipv4.ip_forward=1",
        "echo sysctl -w net.ipv4.ip_forward=1",
        "sysctl -w net.ipv4.conf.eth0.forwarding=1",
    ] {
        assert_eq!(effects(command), [], "{command}");
    }
}

/// The line of the article that this product grew from, and its relatives.
#[test]
fn rules_of_iptables_are_understood() {
    assert_eq!(
        effects(
            "iptables -A FORWARD -i %i -j ACCEPT; iptables -A FORWARD -o %i -j ACCEPT; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE"
        ),
        [
            Effect::Filters(Filter {
                accepts: true,
                family: Some(Family::V4),
                from_tunnel: true,
                ..all("FORWARD")
            }),
            Effect::Filters(Filter {
                accepts: true,
                family: Some(Family::V4),
                into_tunnel: true,
                ..all("FORWARD")
            }),
            translates(&[], &[], Some(named("eth0")))
        ]
    );
    assert_eq!(
        effects(
            "iptables -w 5 -t nat -I POSTROUTING 1 -s 10.0.0.5/24,10.1.0.0/24 ! -d 192.168.1.0/24 ! -o wg0 -m comment --comment 'to the world' -j MASQUERADE"
        ),
        [Effect::Translates {
            family: Family::V4,
            from: nets(&["10.0.0.0/24", "10.1.0.0/24"]),
            to: Vec::new(),
            not_to: nets(&["192.168.1.0/24"]),
            out: Some(OutOf::NotTunnel),
        }]
    );
    assert_eq!(
        effects("ip6tables -t nat -A POSTROUTING -s fd00::/64 -o %i -j MASQUERADE"),
        [Effect::Translates {
            family: Family::V6,
            from: nets(&["fd00::/64"]),
            to: Vec::new(),
            not_to: Vec::new(),
            out: Some(OutOf::Tunnel),
        }]
    );
    assert_eq!(
        effects(
            "iptables -I FORWARD -i %i -o wg0 -s 10.0.0.3 -j REJECT --reject-with icmp-admin-prohibited"
        ),
        [Effect::Filters(Filter {
            place: Some(0),
            family: Some(Family::V4),
            from: nets(&["10.0.0.3/32"]),
            from_tunnel: true,
            into_tunnel: true,
            ..all("FORWARD")
        })]
    );
}

/// A rule with a part that is not understood is narrower than it looks.
#[test]
fn a_rule_that_is_not_understood_has_no_effect() {
    for command in [
        "iptables -A FORWARD -i %i -p tcp --dport 22 -j DROP",
        "iptables -A FORWARD -i %i -m conntrack --ctstate INVALID -j DROP",
        "iptables -A INPUT -i %i -j DROP",
        "iptables -A FORWARD -i eth0 -o %i -j DROP",
        "iptables -D FORWARD -i %i -j DROP",
        "iptables -P FORWARD DROP",
        "iptables -t nat -A POSTROUTING ! -s 10.0.0.0/24 -o eth0 -j MASQUERADE",
        "iptables -t nat -A POSTROUTING -s 10.0.0.0/24 ! -o eth0 -j MASQUERADE",
        "nft add rule inet filter forward 'iifname \"%i\" tcp dport 22 drop'",
        "nft add rule inet filter forward 'iifname \"%i\" ct state established accept'",
        "iptables -A FORWARD -o %i -m conntrack --ctstate ESTABLISHED -j ACCEPT",
        "iptables -I FORWARD 0 -i %i -j DROP",
        "nft add chain inet filter helpers",
        "nft delete rule inet filter forward handle 4",
        "ip route add 10.9.0.0/16 dev eth0",
        "ip route add 10.9.0.0/16 dev %i table 100",
        "wg set %i peer abc allowed-ips 10.0.0.0/8",
        "wg set wg1 private-key /etc/wireguard/wg1.key",
        "",
    ] {
        assert_eq!(effects(command), [], "{command}");
    }
}

#[test]
fn a_chain_of_nft_may_say_what_it_is_for() {
    let chain = |forwards| Effect::Chain {
        chain: "inet t passing".to_owned(),
        forwards,
    };
    let stated = "nft add chain inet t passing '{ type filter hook forward priority 0; }'";
    assert_eq!(effects(stated), [chain(true)]);
    let escaped = "nft create chain inet t passing { type filter hook input priority 0 \\; }";
    assert_eq!(effects(escaped), [chain(false)]);
    let third = "iptables --insert FORWARD 3 -d 10.0.0.3 -j ACCEPT";
    assert_eq!(
        effects(third),
        [Effect::Filters(Filter {
            place: Some(2),
            accepts: true,
            family: Some(Family::V4),
            to: nets(&["10.0.0.3/32"]),
            ..all("FORWARD")
        })]
    );
}

#[test]
fn one_line_of_nft_may_drop() {
    assert_eq!(
        effects("nft insert rule inet filter FORWARD iifname %i oifname wg0 counter drop"),
        [Effect::Filters(Filter {
            place: Some(0),
            from_tunnel: true,
            into_tunnel: true,
            ..all("inet filter FORWARD")
        })]
    );
    assert_eq!(
        effects(
            "nft add rule ip filter forward 'iifname \"wg0\" ip daddr 10.1.2.3 reject with icmp host-prohibited'"
        ),
        [Effect::Filters(Filter {
            family: Some(Family::V4),
            to: nets(&["10.1.2.3/32"]),
            from_tunnel: true,
            ..all("ip filter forward")
        })]
    );
    let both = effects("nft add rule inet nat postrouting oifname eth0 masquerade");
    assert_eq!(both.len(), 2, "{both:?}");
}

#[test]
fn routes_and_keys_by_hand_are_understood() {
    assert_eq!(
        effects("ip route add 10.9.8.7/16 dev %i && ip -6 route replace default dev wg0 metric 5"),
        [
            Effect::Route("10.9.0.0/16".parse().unwrap()),
            Effect::Route("::/0".parse().unwrap())
        ]
    );
    assert_eq!(
        effects("wg set wg0 private-key <(pass show wg)"),
        [Effect::OwnKey]
    );
}

#[test]
fn what_runs_on_the_way_down_has_no_effect() {
    for when in [When::PreDown, When::PostDown] {
        let command = "sysctl -w net.ipv4.ip_forward=1".to_owned();
        assert_eq!(Hook { when, command }.effects("wg0"), []);
    }
}
