//! Which reader takes which file: the tables of `wg(8)`, `wg-quick(8)` and of the apps' own
//! parsers, case by case.

use meshwright::conf::{Fault, FaultKind, Keyword, Reader, check, read, read_leniently};

const A: Reader = Reader::Android;
const I: Reader = Reader::Apple;
const L: Reader = Reader::Linux;
const W: Reader = Reader::Windows;

const PRIVATE: &str = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
const PUBLIC: &str = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

/// A file that every reader takes, with a line added to a section.
fn with(interface: &str, peer: &str) -> String {
    format!(
        "[Interface]\nPrivateKey = {PRIVATE}\n{interface}\n[Peer]\nPublicKey = {PUBLIC}\n{peer}\n"
    )
}

/// The readers that take a file.
fn takers(text: &str) -> Vec<Reader> {
    Reader::ALL
        .into_iter()
        .filter(|reader| read(text, *reader).is_ok())
        .collect()
}

fn fault(text: &str, reader: Reader) -> Fault {
    read(text, reader)
        .err()
        .unwrap_or_else(|| panic!("{reader:?} takes {text}"))
}

#[test]
fn sections_and_lines() {
    let whole = with("", "");
    assert_eq!(takers(&whole), [L, A, I, W]);
    for (text, expected) in [
        (
            whole
                .to_ascii_uppercase()
                .replace(&PRIVATE.to_ascii_uppercase(), PRIVATE)
                .replace(&PUBLIC.to_ascii_uppercase(), PUBLIC),
            vec![L, A, I, W],
        ),
        (whole.replace('\n', "\r\n"), vec![L, A, I, W]),
        (with("# a comment", "# PublicKey = x"), vec![L, A, I, W]),
        (with("ListenPort = 5 # a comment", ""), vec![L, A, I, W]),
        (with("; a comment", ""), vec![]),
        (with("// a comment", ""), vec![]),
        (format!("\u{feff}{whole}"), vec![W]),
        (with("Foo = bar", ""), vec![]),
        (with("", "[Relay]"), vec![]),
        (format!("ListenPort = 5\n{whole}"), vec![I]),
        (
            format!("{whole}[Interface]\nListenPort = 5\n"),
            vec![L, A, W],
        ),
        (
            format!("[Peer]\nPublicKey = {PUBLIC}\n[Interface]\nPrivateKey = {PRIVATE}\n"),
            vec![L, A, I, W],
        ),
        (whole.replace("[Peer]", "[ Peer ]"), vec![L]),
        (whole.replace("PrivateKey", "Private Key"), vec![L]),
        (with("ListenPort", ""), vec![]),
        (
            format!("[Interface]\n[Peer]\nPublicKey = {PUBLIC}\n"),
            vec![L],
        ),
        (
            format!("[Interface]\nPrivateKey = {PRIVATE}\n[Peer]\n# none\n"),
            vec![],
        ),
        // A header in the very last line opens nothing in Apple's app.
        (
            format!("[Interface]\nPrivateKey = {PRIVATE}\n[Peer]\n"),
            vec![I],
        ),
        (format!("[Peer]\nPublicKey = {PUBLIC}\n"), vec![L]),
        (String::new(), vec![L]),
    ] {
        assert_eq!(takers(&text), expected, "{text}");
    }
}

#[test]
fn keys_that_make_an_app_refuse_the_file() {
    for (line, expected) in [
        ("FwMark = 51820", vec![L]),
        ("Table = off", vec![L, W]),
        ("PreUp = true", vec![L, W]),
        ("PostUp = true", vec![L, W]),
        ("PreDown = true", vec![L, W]),
        ("PostDown = true", vec![L, W]),
        ("SaveConfig = false", vec![L]),
        ("IncludedApplications = org.example", vec![A]),
        ("ExcludedApplications = org.example", vec![A]),
        ("IncludedApplications = a\nExcludedApplications = b", vec![]),
        ("Address = 10.0.0.1/24", vec![L, A, I, W]),
        ("DNS = 10.0.0.1, mesh.internal", vec![L, A, I, W]),
        ("MTU = 1420", vec![L, A, I, W]),
    ] {
        assert_eq!(takers(&with(line, "")), expected, "{line}");
    }
    for line in [
        "PublicKey = x",
        "AllowedIPs = 10.0.0.1/32",
        "Endpoint = a:5",
    ] {
        assert_eq!(takers(&with(line, "")), [], "{line}");
    }
    assert_eq!(takers(&with("", "ListenPort = 5")), []);
    assert_eq!(
        takers(&with(
            "",
            "PreSharedKey = hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
        )),
        [L, A, I, W]
    );
}

#[test]
fn values_that_only_some_readers_take() {
    for (line, expected) in [
        ("ListenPort = 0", vec![L, A, I, W]),
        ("ListenPort = 70000", vec![L]),
        ("ListenPort = domain", vec![L]),
        ("ListenPort = -1", vec![]),
        ("ListenPort = ", vec![]),
        ("ListenPort = 5\nListenPort = 6", vec![L, A, W]),
        ("FwMark = 0xca6c", vec![L]),
        ("FwMark = 0XCA6C", vec![]),
        ("MTU = 500", vec![L, A, I]),
        ("MTU = 70000", vec![L, A]),
        ("MTU = x", vec![]),
        ("MTU =", vec![L]),
        ("DNS =", vec![L, I]),
        ("DNS = my_server", vec![L, I, W]),
        ("Address = 10.0.0.1", vec![L, A, I, W]),
        ("Address = 10.0.0.1/33", vec![I]),
        ("Address = 10.0.0.1/24,", vec![L, A, I]),
        ("Address = 10.0.0.1/24,,fd00::1/64", vec![L, I]),
        (
            "Address = 10.0.0.1/24\nAddress = fd00::1/64",
            vec![L, A, I, W],
        ),
        ("Table = auto", vec![L, W]),
        ("Table = Off", vec![W; 0]),
        ("Table = 123", vec![L, W]),
        ("SaveConfig = yes", vec![]),
    ] {
        // A table matters only where there are routes.
        let text = with(line, "AllowedIPs = 10.0.0.2/32");
        assert_eq!(takers(&text), expected, "{line}");
    }
    for (line, expected) in [
        ("AllowedIPs = 10.0.0.0/33", vec![I]),
        ("AllowedIPs = 10.0.0.0/255.255.255.0", vec![]),
        ("AllowedIPs = 010.0.0.1/32", vec![]),
        ("AllowedIPs = 10.0.0.5/24", vec![L, A, I, W]),
        ("AllowedIPs = 10.0.0.0/024", vec![L, A, I]),
        ("AllowedIPs = 10.0.0.0/-1", vec![A]),
        ("AllowedIPs = +10.0.0.0/8", vec![]),
        ("AllowedIPs = 10.0. 0.0/8", vec![L]),
        ("AllowedIPs = ", vec![I]),
        ("AllowedIPs = 10.0.0.0/8,", vec![A, I]),
        ("AllowedIPs = 10.0.0.0/8,,fd00::/8", vec![I]),
        ("AllowedIPs = fe80::1%eth0/128", vec![]),
        ("PersistentKeepalive = off", vec![L, W]),
        ("PersistentKeepalive = Off", vec![L]),
        ("PersistentKeepalive = 025", vec![L, A, I, W]),
        ("PersistentKeepalive = +25", vec![A, I, W]),
        ("PersistentKeepalive = 65536", vec![]),
        ("Endpoint = vpn.example.net:51820", vec![L, A, I, W]),
        ("Endpoint = [2001:db8::1]:51820", vec![L, A, I, W]),
        ("Endpoint = 2001:db8::1:51820", vec![L]),
        ("Endpoint = [vpn.example.net]:51820", vec![L, I]),
        ("Endpoint = my_nas.example.net:51820", vec![L, I, W]),
        ("Endpoint = vpn.example.net", vec![]),
        ("Endpoint = 203.0.113.1:65536", vec![L]),
        ("Endpoint = 203.0.113.1:domain", vec![L]),
        (
            "PresharedKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
            vec![W],
        ),
    ] {
        assert_eq!(takers(&with("", line)), expected, "{line}");
    }
}

/// The list of broken keys that every reader but one refuses.
#[test]
fn broken_keys_are_refused() {
    for key in [
        "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw",
        "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw==",
        "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8-kw=",
        "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8_kw=",
        "l0lth1s1sd3f1n1t3lybr0k3n=",
        "",
    ] {
        assert_eq!(takers(&with("", "").replace(PUBLIC, key)), [], "{key}");
        assert_eq!(takers(&with("", "").replace(PRIVATE, key)), [], "{key}");
    }
    // Go skips bits that stand for nothing, and reads the same key.
    let loose = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=";
    let text = with("", "").replace(PRIVATE, loose);
    assert_eq!(takers(&text), [W]);
    let key = read(&text, W).ok().unwrap().interface.private_key.unwrap();
    assert_eq!(*key.value.to_secret_text(), PRIVATE);
}

#[test]
fn the_same_peer_twice() {
    let twice = format!(
        "{}[Peer]\nPublicKey = {PUBLIC}\nAllowedIPs = 10.0.0.3/32\n",
        with("", "AllowedIPs = 10.0.0.2/32\nPersistentKeepalive = 25")
    );
    assert_eq!(takers(&twice), [L, A, W]);
    let conf = read(&twice, L).ok().unwrap();
    let [peer] = conf.peers.as_slice() else {
        panic!("both blocks are one peer");
    };
    assert_eq!(peer.allowed.len(), 1);
    assert_eq!(peer.allowed[0].value.to_string(), "10.0.0.3/32");
    assert_eq!(peer.keepalive.unwrap().value, 25);
    assert_eq!(read(&twice, A).ok().unwrap().peers.len(), 2);
}

/// A reader stops where it comes to a fault, which is not always the first in the file.
#[test]
fn each_reader_stops_at_its_own_line() {
    let text = "[Interface]\nListenPort = x\nMTU = y\n[Peer]\nPublicKey = z\n[Peers]\n";
    assert_eq!(fault(text, L).at.line, 2);
    assert_eq!(fault(text, W).at.line, 2);
    // Android reads each peer when the next section begins, and the interface at the end.
    assert_eq!(fault(text, A).at.line, 5);
    // Apple finds out at the end of a section what is missing there, and that comes first.
    assert_eq!(fault(text, I).kind, FaultKind::NoPrivateKey);
    // `wg-quick` looks at addresses only once `wg` has taken the rest.
    let text = format!("[Interface]\nAddress = x\n[Peer]\nPublicKey = {PUBLIC}\nEndpoint = y\n");
    assert_eq!(fault(&text, L).at.line, 5);
    let text = format!("[Interface]\nAddress = x\n[Peer]\nPublicKey = {PUBLIC}\n");
    assert_eq!(fault(&text, L).at.line, 2);
    // The last of two values counts.
    let text = "[Interface]\nMTU = x\nMTU = 1420\n";
    assert!(read(text, L).is_ok());
}

#[test]
fn what_is_taken_may_still_be_worth_a_word() {
    let text = format!(
        "[Interface]\nListenPort = 70000\nDNS = mesh.internal\nPostUp = echo '#'\nSaveConfig = true\n\
         [Peer]\nPublicKey = {PUBLIC}\nAllowedIPs = 10.0.0.1/24\n\
         [Peer]\nPublicKey = {PRIVATE}\nAllowedIPs = 10.0.0.0/24\n"
    );
    let found = check(&text, L);
    assert_eq!(
        found
            .read
            .ok()
            .unwrap()
            .interface
            .listen_port
            .unwrap()
            .value,
        4464
    );
    let kinds: Vec<FaultKind> = found.warnings.into_iter().map(|fault| fault.kind).collect();
    assert_eq!(
        kinds,
        [
            FaultKind::PortWraps(4464),
            FaultKind::OnlyDomains,
            FaultKind::HookComment,
            FaultKind::SavesConfig,
            FaultKind::HostBits(Keyword::AllowedIps),
            FaultKind::PrefixMoves,
        ]
    );
}

#[test]
fn a_lenient_reading_goes_on_behind_every_fault() {
    let text = format!(
        "\u{feff}[Interface]\nPrivateKey = {PRIVATE}\nFoo = {PRIVATE}\nAddress = 10.0.0.1/24, nas\n\
         MTU = x\n[Relay]\nPublicKey = z\n[Peer]\nPublicKey = {PUBLIC}\nPreSharedKey = {PUBLIC}\n\
         AllowedIPs = 10.0.0.2/32, 10.0.0.0/33\n"
    );
    let reading = read_leniently(&text);
    let found: Vec<(u32, FaultKind)> = reading
        .faults
        .iter()
        .map(|fault| (fault.at.line, fault.kind.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (1, FaultKind::Mark),
            (3, FaultKind::UnknownKey),
            (4, FaultKind::BadPrefix(Keyword::Address)),
            (5, FaultKind::BadMtu(L)),
            (6, FaultKind::UnknownSection),
            (11, FaultKind::TooLong(Keyword::AllowedIps)),
        ]
    );
    assert_eq!(reading.conf.interface.addresses.len(), 1);
    assert_eq!(reading.conf.peers[0].allowed.len(), 1);
    assert!(reading.conf.peers[0].preshared_key.is_some());
    // A key stands in two of these lines, and in no sentence.
    for fault in &reading.faults {
        assert!(!fault.to_string().contains("yAnz5"), "{fault}");
    }
}

#[test]
fn names_that_each_reader_takes() {
    for (name, expected) in [
        ("wg0", vec![L, A, I, W]),
        ("wg-home_2.4=+", vec![L, A, I, W]),
        ("fifteen-letters", vec![L, A, I, W]),
        ("sixteen-letters!", vec![I]),
        ("sixteen-letters0", vec![I, W]),
        ("aux", vec![L, A, I]),
        ("con.home", vec![L, A, I]),
        ("COM1", vec![L, A, I]),
        ("COM10", vec![L, A, I, W]),
        ("home.", vec![L, A, I]),
        (".", vec![A, I]),
        ("two words", vec![I]),
        ("", vec![]),
    ] {
        let takers: Vec<Reader> = Reader::ALL
            .into_iter()
            .filter(|reader| reader.takes_name(name))
            .collect();
        assert_eq!(takers, expected, "{name}");
    }
}
