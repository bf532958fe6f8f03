//! What a file says, and where each value stands.

use meshwright::conf::{At, DnsEntry, Host, Reader, Table, When, read, read_leniently};

const PRIVATE: &str = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
const PUBLIC: &str = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
const OTHER: &str = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

fn at(line: u32, column: u32) -> At {
    At { line, column }
}

#[test]
fn every_value_is_read_with_its_place() {
    let text = format!(
        "# nas\n[Interface]\nPrivateKey = {PRIVATE}\nAddress = 10.0.0.1/24, fd00::1/64\n\
         ListenPort=51820\n\tFwMark = 0xca6c\nMTU = 1380 # small\nDNS = 10.0.0.1, mesh.internal\n\
         Table = off\nPostUp = echo %i\nSaveConfig = false\n\n[Peer]\n# Name = m\u{fc}nchen\n\
         PublicKey = {OTHER}\nPresharedKey = {PUBLIC}\nEndpoint = VPN.example.net:51821\n\
         AllowedIPs = 10.0.0.2/32,10.9.8.7/16\nPersistentKeepalive = 25\n"
    );
    let conf = read(&text, Reader::Linux).unwrap();
    let interface = &conf.interface;
    assert_eq!(interface.at, at(2, 1));
    assert_eq!(interface.public_key.unwrap().to_string(), PUBLIC);
    assert_eq!(interface.private_key.as_ref().unwrap().at, at(3, 14));
    let addresses: Vec<_> = interface
        .addresses
        .iter()
        .map(|address| (address.value.to_string(), address.at))
        .collect();
    assert_eq!(
        addresses,
        [
            ("10.0.0.1/24".to_owned(), at(4, 11)),
            ("fd00::1/64".to_owned(), at(4, 24))
        ]
    );
    let port = interface.listen_port.unwrap();
    assert_eq!((port.value, port.at), (51820, at(5, 12)));
    let mark = interface.fw_mark.unwrap();
    assert_eq!((mark.value, mark.at), (0xca6c, at(6, 11)));
    assert_eq!(interface.mtu.unwrap().value, 1380);
    assert_eq!(
        interface.dns[0].value,
        DnsEntry::Server("10.0.0.1".parse().unwrap())
    );
    assert_eq!(
        (interface.dns[1].value.clone(), interface.dns[1].at),
        (DnsEntry::Domain("mesh.internal".to_owned()), at(8, 17))
    );
    assert_eq!(interface.table.as_ref().unwrap().value, Table::Off);
    assert_eq!(interface.hooks[0].value.when, When::PostUp);
    assert_eq!(interface.hooks[0].value.command, "echo %i");
    assert_eq!(interface.save_config.map(|found| found.value), Some(false));
    let [peer] = conf.peers.as_slice() else {
        panic!("one peer");
    };
    assert_eq!(peer.at, at(13, 1));
    assert_eq!(peer.name.as_deref(), Some("m\u{fc}nchen"));
    assert_eq!(peer.public_key.unwrap().value.to_string(), OTHER);
    assert_eq!(
        *peer.preshared_key.as_ref().unwrap().value.to_secret_text(),
        PUBLIC
    );
    let endpoint = peer.endpoint.as_ref().unwrap();
    assert_eq!(
        endpoint.value.host,
        Host::Name("vpn.example.net".to_owned())
    );
    assert_eq!((endpoint.value.port, endpoint.at), (51821, at(17, 12)));
    let allowed: Vec<_> = peer
        .allowed
        .iter()
        .map(|prefix| (prefix.value.to_string(), prefix.at))
        .collect();
    assert_eq!(
        allowed,
        [
            ("10.0.0.2/32".to_owned(), at(18, 14)),
            ("10.9.0.0/16".to_owned(), at(18, 26))
        ]
    );
    assert_eq!(peer.keepalive.unwrap().value, 25);
}

#[test]
fn columns_count_characters() {
    let text = "[Interface]\nPostUp = echo \u{fc}\u{fc}; PostUp\n\u{a0}x\n";
    let fault = read(text, Reader::Linux).err().unwrap();
    assert_eq!(fault.at, at(3, 1));
    let text = "[Interface]\n\u{a0}\u{a0}MTU = x\n";
    let fault = read(text, Reader::Windows).err().unwrap();
    assert_eq!(fault.at, at(2, 9));
}

#[test]
fn a_name_is_a_comment_below_the_header() {
    let name = |comment: &str| {
        let text = format!("[Peer]\n{comment}\nPublicKey = {OTHER}\n# later\n");
        read_leniently(&text).conf.peers[0].name.clone()
    };
    assert_eq!(name("# nas").as_deref(), Some("nas"));
    assert_eq!(name("#nas").as_deref(), Some("nas"));
    assert_eq!(name("## Name = the nas").as_deref(), Some("the nas"));
    assert_eq!(name("# friendly_name=nas").as_deref(), Some("nas"));
    assert_eq!(name("\n# nas\n# and through it pi").as_deref(), Some("nas"));
    assert_eq!(name("#PersistentKeepalive = 25").as_deref(), None);
    assert_eq!(name(&format!("# {PRIVATE}")).as_deref(), None);
    assert_eq!(name("").as_deref(), None);
    let text = format!("[Peer] # nas\nPublicKey = {OTHER}\n");
    assert_eq!(
        read_leniently(&text).conf.peers[0].name.as_deref(),
        Some("nas")
    );
}
