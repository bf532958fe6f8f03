//! Golden examples: the article's plan, and the rules of WireGuard's own grammar.

use meshwright::mesh::solve;
use meshwright::plan::{NodeName, Port, Prefix, PublicKey};

use super::brief::Solved;
use crate::support::fixture;

fn article() -> Solved {
    let plan = fixture("article");
    let mesh = solve(&plan);
    Solved { plan, mesh }
}

#[test]
fn the_articles_plan_reaches_everyone() {
    let mesh = article();
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
    assert_eq!(mesh.verdict("nas", "vps"), "direct");
    assert_eq!(mesh.verdict("pi", "vps"), "direct");
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
    assert_eq!(
        mesh.conf("nas"),
        "Address = 10.10.0.2/24\nListenPort = 51820\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.3/32\nPersistentKeepalive = 25"
    );
    assert_eq!(
        mesh.conf("pi"),
        "Address = 10.10.0.3/24\nListenPort = 51820\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 192.168.1.0/24\nPersistentKeepalive = 25"
    );
    assert_eq!(
        mesh.conf("vps"),
        "Address = 10.10.0.1/24\nListenPort = 51820\n\
         [nas]\nAllowedIPs = 10.10.0.2/32, 192.168.1.0/24\n[pi]\nAllowedIPs = 10.10.0.3/32"
    );
    assert_eq!(mesh.sysctl("vps"), ["net.ipv4.ip_forward = 1"]);
    assert_eq!(
        mesh.sysctl("nas"),
        ["net.ipv4.ip_forward = 1"],
        "it forwards into its LAN"
    );
    assert!(mesh.sysctl("pi").is_empty());
}

#[test]
fn without_its_relay_the_article_splits() {
    let mut mesh = article();
    let vps = meshwright::plan::NodeId::new("vps");
    mesh.plan.nodes.get_mut(&vps).unwrap().relay = meshwright::plan::Relaying::No;
    let mesh = Solved {
        mesh: solve(&mesh.plan),
        plan: mesh.plan,
    };
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert_eq!(
        mesh.finding("E02").fix.as_ref().unwrap().text,
        "Let vps relay"
    );
}

/// What `wg` refuses or silently changes never gets into a plan.
#[test]
fn what_wg_would_misread_is_refused() {
    for text in [
        "10.0.0.0/33",
        "10.0.0.0/255.0.0.0",
        "010.0.0.0/8",
        "+10.0.0.0/8",
        "-10.0.0.0/8",
        "10.0.0.0/+8",
        "10.0.0.0",
        "::/129",
    ] {
        assert!(text.parse::<Prefix>().is_err(), "{text}");
    }
    for text in ["70000", "0", "+25", "domain", "51820 "] {
        assert!(text.parse::<Port>().is_err(), "{text}");
    }
    for text in [
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
        "l0lth1s1sd3f1n1t3lybr0k3n=",
    ] {
        assert!(text.parse::<PublicKey>().is_err(), "{text}");
    }
    for text in [
        "aux",
        "con",
        "con.home",
        "a234567890123456",
        "-x",
        "nas.conf",
        "",
    ] {
        assert!(text.parse::<NodeName>().is_err(), "{text}");
    }
}
