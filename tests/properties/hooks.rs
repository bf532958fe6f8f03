//! What hooks do to packets that others sent. The lines are those of the files that
//! `tests/snapshots/files-article-phone.snap` shows.

use super::faults::{Files, expect};

#[test]
fn a_hook_that_drops_is_found() {
    let hook = "PostUp = iptables -I FORWARD -i %i -o %i -j DROP\nListenPort";
    let files = Files::new().change("vps", "ListenPort", hook);
    let cases = [
        ("nas>pi", "broken", "vps/wg0.conf:5", "A hook of vps drops"),
        ("nas>vps", "direct", "", ""),
        ("vps>192.168.1.0/24", "direct", "", ""),
    ];
    expect(&files, &cases);
}

#[test]
fn a_hook_that_drops_what_a_lan_answers_is_found() {
    let hook = "PostUp = iptables -I FORWARD -o %i -j DROP\nListenPort";
    let files = Files::new().change("nas", "ListenPort", hook);
    let cases = [
        (
            "pi>192.168.1.0/24",
            "one-way",
            "nas/wg0.conf:5",
            "A hook of nas drops",
        ),
        ("pi>nas", "via", "", ""),
    ];
    expect(&files, &cases);
}

/// Reference, section 5.9: a LAN whose router knows nothing needs translation on the gateway.
#[test]
fn a_lan_that_does_not_answer_is_one_way() {
    let mut files = Files::new();
    for (_, node) in files.plan.nodes.iter_mut() {
        for share in &mut node.shares {
            share.answers = meshwright::plan::Answers::Nothing;
        }
    }
    let cases = [(
        "pi>192.168.1.0/24",
        "one-way",
        "nas/wg0.conf:2",
        "do not know the way back",
    )];
    expect(&files, &cases);
    let hook = "PostUp = iptables -t nat -A POSTROUTING -s 10.10.0.0/24 -d 192.168.1.0/24 -j MASQUERADE\nListenPort";
    let files = files.change("nas", "ListenPort", hook);
    expect(&files, &[("pi>192.168.1.0/24", "via", "", "")]);
}

/// Hooks of vps in front of its port, which stands in line 5 without them.
fn on_vps(hooks: &str) -> Files {
    Files::new().change("vps", "ListenPort", &format!("{hooks}ListenPort"))
}

/// iptables(8): the first rule of a chain that means a packet decides.
#[test]
fn what_is_accepted_first_is_not_dropped() {
    let (tunnel, all) = ("-i %i -o %i", "");
    let rule = |verb: &str, which: &str, target: &str| {
        format!("PostUp = iptables {verb} FORWARD {which} -j {target}\n")
    };
    let passes = [("nas>pi", "via", "", "")];
    expect(
        &on_vps(&(rule("-A", tunnel, "ACCEPT") + &rule("-A", all, "DROP"))),
        &passes,
    );
    expect(
        &on_vps(&(rule("-A", all, "DROP") + &rule("-I", tunnel, "ACCEPT"))),
        &passes,
    );
    // `wg-quick` runs the first kind before the second, wherever they stand.
    let early = rule("-A", tunnel, "ACCEPT").replace("PostUp", "PreUp");
    expect(&on_vps(&(rule("-A", all, "DROP") + &early)), &passes);
    for (hooks, at) in [
        (
            rule("-A", all, "DROP") + &rule("-A", tunnel, "ACCEPT"),
            "vps/wg0.conf:5",
        ),
        (
            rule("-A", tunnel, "ACCEPT") + &rule("-I", all, "DROP"),
            "vps/wg0.conf:6",
        ),
        // Accepted is only what one machine sends.
        (
            rule("-A", "-s 10.10.0.3", "ACCEPT") + &rule("-A", all, "DROP"),
            "vps/wg0.conf:6",
        ),
        // A chain of its own decides for itself.
        (
            "PostUp = nft add rule ip filter forward accept\n".to_owned()
                + &rule("-A", all, "DROP"),
            "vps/wg0.conf:6",
        ),
    ] {
        expect(
            &on_vps(&hooks),
            &[("nas>pi", "broken", at, "A hook of vps drops")],
        );
    }
}

/// nft(8): what a chain is for is said where it is made, and its name says nothing.
#[test]
fn a_chain_drops_where_its_hook_says() {
    let chain = |name: &str, hook: &str| {
        format!(
            "PostUp = nft add chain inet t {name} '{{ type filter hook {hook} priority 0; }}'\n\
             PostUp = nft add rule inet t {name} iifname %i drop\n"
        )
    };
    let drops = [("nas>pi", "broken", "vps/wg0.conf:6", "A hook of vps drops")];
    expect(&on_vps(&chain("passing", "forward")), &drops);
    expect(
        &on_vps(&chain("forwarded", "input")),
        &[("nas>pi", "via", "", "")],
    );
    // Without that line the name has to tell.
    let rule = |name: &str| format!("PostUp = nft add rule inet t {name} iifname %i drop\n");
    expect(
        &on_vps(&rule("FORWARD")),
        &[("nas>pi", "broken", "vps/wg0.conf:5", "A hook of vps drops")],
    );
    expect(&on_vps(&rule("input")), &[("nas>pi", "via", "", "")]);
}
