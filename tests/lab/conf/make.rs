//! Makes files: good ones, odd ones and damaged ones, the same ones every time.

/// Values that some reader takes and values that none takes, side by side.
const KEYS: [&str; 14] = [
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
    "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
    "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
    "cL9S5KV5wAy/AsKyYct3qz9BHxe5FYqxlb/eDthF/VY=",
    "NYZxBGjCBKo2aAVTyMOIH5NMN9nLdUHMPO9kJfLbyko=",
    "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=",
    "QiyOemIn17yhNQs+K7cnn3iXuHu2hUt4PGDoAxGuMHk=",
    "HIgo9xNzJMWLKASS hiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
    "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8-kw=",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw",
    "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw==",
    "l0lth1s1sd3f1n1t3lybr0k3n=",
    "",
];

/// How many of `KEYS` are whole.
const GOOD_KEYS: usize = 7;

const PRIVATE: [&str; 4] = [
    "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
    "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=",
    "oK56DE9Ue9zK76rAc8pBl6opph+1v36lm7cXXsQKrQM=",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
];

const PORTS: [&str; 16] = [
    "51820",
    "0",
    "65535",
    "65536",
    "70000",
    "domain",
    "http",
    "ntp",
    "+5",
    "-1",
    "007",
    "5x",
    "0x10",
    "4294967301",
    "51 820",
    "2147483648",
];

const MARKS: [&str; 11] = [
    "off",
    "OFF",
    "0",
    "51820",
    "0xca6c",
    "0XCA6C",
    "0xFFFFFFFF",
    "4294967296",
    "010",
    "-1",
    "0x",
];

const KEEPALIVES: [&str; 10] = [
    "25", "off", "Off", "0", "025", "+25", "-1", "65535", "65536", "2 5",
];

const ALLOWED: [&str; 30] = [
    "10.0.0.2/32",
    "10.0.0.3",
    "10.1.0.0/16",
    "0.0.0.0/0",
    "::/0",
    "fd00::2/128",
    "fd00::3",
    "2001:db8:1::/48",
    "10.9.8.7/16",
    "fd00::5/64",
    "10.0.0.0/33",
    "fd00::/129",
    "10.0.0.0/",
    "10.0.0.0/24/24",
    "10.0.0.0/255.255.255.0",
    "010.0.0.1/32",
    "10.0.0/24",
    "10.0.0.0/024",
    "10.0.0.0/+24",
    "+10.0.0.0/8",
    "-10.0.0.0/8",
    "nas",
    "1::2::3",
    "1:2:3:4:5:6:7::/112",
    "10.0.0.1 /32",
    "10. 0.0.1",
    "fe80::1%lo/64",
    "",
    "192.168.0.0/24",
    "192.168.1.5/24",
];

const ENDPOINTS: [&str; 34] = [
    "203.0.113.1:51820",
    "203.0.113.1:51821",
    "[2001:db8::1]:51820",
    "2001:db8::1:51820",
    "vpn.example.net:51820",
    "VPN.Example.NET:51820",
    "six.example.net:51820",
    "[vpn.example.net]:5",
    "my_nas.example.net:5",
    "a:5",
    "[203.0.113.1]:5",
    "203.0.113.1",
    "203.0.113.1:",
    "203.0.113.1:70000",
    "203.0.113.1:domain",
    "203.0.113.1:http",
    "203.0.113.1:65536",
    "1.2.3:5",
    "0x7f.1:5",
    "010.0.0.1:5",
    "[2001:db8::1]5",
    "[2001:db8::1]:",
    "[2001:db8::1:5",
    ":5",
    "a..example.net:5",
    "a/b:5",
    "-a.example.net:5",
    "fe80::1%lo:5",
    "[fe80::1%lo]:5",
    "[2001:db8::1%lo]:5",
    "a@example.net:5",
    "203.0.113.1 : 51820",
    "*:5",
    "203.0.113.1:*",
];

const ADDRESSES: [&str; 10] = [
    "10.0.0.1/24",
    "10.0.0.1",
    "fd00::1/64",
    "10.0.0.1/24, fd00::1/64",
    "10.0.0.1/24 fd00::1/64",
    "10.0.0.1/33",
    "nas",
    "",
    "10.0.0.1/24,",
    "Address",
];

/// A file in the making.
pub(crate) struct Maker {
    state: u64,
    text: String,
}

impl Maker {
    /// A maker whose file depends on `seed` alone.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d,
            text: String::new(),
        }
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(count).unwrap()).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Mostly one of the first `good`, which every reader takes.
    fn mostly<'a>(&mut self, list: &[&'a str], good: usize) -> &'a str {
        if self.chance(88) {
            list[self.below(good)]
        } else {
            self.pick(list)
        }
    }

    /// One whole file, damaged in two of three cases.
    pub(crate) fn file(mut self) -> String {
        if self.chance(3) {
            self.text.push('\u{feff}');
        }
        self.interface();
        for _ in 0..self.below(4) {
            self.peer();
        }
        if self.chance(5) {
            self.interface();
        }
        match self.below(3) {
            0 => {}
            1 => self.damage_a_line(),
            _ => self.damage_a_character(),
        }
        self.text
    }

    fn header(&mut self, plain: &str) {
        let odd = match self.below(12) {
            0 => plain.to_ascii_uppercase(),
            1 => format!("  {plain}\t"),
            2 => plain.replace('[', "[ "),
            3 => format!("{plain} # {plain}"),
            _ => plain.to_owned(),
        };
        self.line(&odd);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        let end = if self.chance(5) { "\r\n" } else { "\n" };
        self.text.push_str(end);
    }

    fn pair(&mut self, key: &str, value: &str) {
        let key = match self.below(14) {
            0 => key.to_ascii_lowercase(),
            1 => key.to_ascii_uppercase(),
            2 => format!("\t{key}"),
            3 if key.len() > 4 => {
                let (head, tail) = key.split_at(3);
                format!("{head} {tail}")
            }
            _ => key.to_owned(),
        };
        let equals = self.pick(&["=", " = ", "= ", " =", "\t=\t"]);
        let behind = if self.chance(8) {
            " # a comment = more"
        } else {
            ""
        };
        self.line(&format!("{key}{equals}{value}{behind}"));
    }

    fn interface(&mut self) {
        if self.chance(10) {
            self.line("# a comment above");
        }
        self.header("[Interface]");
        if self.chance(80) {
            let key = self.mostly(&PRIVATE, 3);
            self.pair("PrivateKey", key);
        }
        if self.chance(60) {
            let port = self.mostly(&PORTS, 3);
            self.pair("ListenPort", port);
        }
        if self.chance(30) {
            let mark = self.mostly(&MARKS, 5);
            self.pair("FwMark", mark);
        }
        if self.chance(50) {
            let address = self.mostly(&ADDRESSES, 5);
            self.pair("Address", address);
        }
        if self.chance(10) {
            self.pair("DNS", "10.0.0.1, mesh.internal");
        }
        if self.chance(10) {
            let mtu = self.pick(&["1420", "0x500", "x", "-5", ""]);
            self.pair("MTU", mtu);
        }
        if self.chance(10) {
            let table = self.pick(&["off", "auto", "Off", "123", "0x7b"]);
            self.pair("Table", table);
        }
        if self.chance(10) {
            self.pair("PostUp", "echo '#' %i = up");
        }
        if self.chance(8) {
            let switch = self.pick(&["true", "False", "yes", "", "1"]);
            self.pair("SaveConfig", switch);
        }
    }

    fn peer(&mut self) {
        self.header("[Peer]");
        if self.chance(97) {
            let key = if self.chance(90) {
                KEYS[self.below(GOOD_KEYS)]
            } else {
                self.pick(&KEYS)
            };
            self.pair("PublicKey", key);
        }
        if self.chance(30) {
            let key = self.mostly(&KEYS, GOOD_KEYS);
            self.pair("PresharedKey", key);
        }
        if self.chance(60) {
            let endpoint = self.mostly(&ENDPOINTS, 11);
            self.pair("Endpoint", endpoint);
        }
        for _ in 0..self.below(3) {
            let count = 1 + self.below(3);
            let list: Vec<&str> = (0..count).map(|_| self.mostly(&ALLOWED, 10)).collect();
            let comma = self.pick(&[",", ", ", " , "]);
            self.pair("AllowedIPs", &list.join(comma));
        }
        if self.chance(40) {
            let keepalive = self.mostly(&KEEPALIVES, 5);
            self.pair("PersistentKeepalive", keepalive);
        }
    }

    /// Takes a line out, doubles it, moves it, or puts a strange one in.
    fn damage_a_line(&mut self) {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        let place = self.below(lines.len());
        match self.below(4) {
            0 => {
                lines.remove(place);
            }
            1 => lines.insert(place, lines[place].clone()),
            2 => {
                let other = self.below(lines.len());
                lines.swap(place, other);
            }
            _ => {
                let strange = self.pick(&[
                    "; a comment",
                    "// a comment",
                    "[Peers]",
                    "Foo = bar",
                    "PublicKey",
                    "Address",
                    "DNS",
                    "= 5",
                    "[Interface",
                    "AllowedIPs = ",
                    "Endpoint = ",
                    "\u{b}",
                    "DNS = ",
                    "Address = 10.0.0.1/24",
                    "PublicKey = x",
                    "PrivateKey = x",
                    "[Interface] = x",
                ]);
                lines.insert(place, strange.to_owned());
            }
        }
        self.text = lines.join("\n");
    }

    /// Takes a character out, doubles it, or puts another one in.
    fn damage_a_character(&mut self) {
        let mut characters: Vec<char> = self.text.chars().collect();
        let place = self.below(characters.len());
        match self.below(3) {
            0 => {
                characters.remove(place);
            }
            1 => characters.insert(place, characters[place]),
            _ => {
                let strange: Vec<char> = "#=[],;:/ \t\r\u{b}\u{c}\0%+-0x.\u{fc}\"'\\A\n"
                    .chars()
                    .collect();
                let other = strange[self.below(strange.len())];
                if self.chance(50) {
                    characters.insert(place, other);
                } else {
                    characters[place] = other;
                }
            }
        }
        self.text = characters.into_iter().collect();
    }
}

/// A small file whose addresses, MTU, DNS, tables and routes matter, too.
pub(crate) fn for_wg_quick_up(seed: u64) -> String {
    let mut maker = Maker::new(seed ^ 0xffff_0000);
    let address = maker.pick(&[
        "10.0.0.1/24",
        "10.0.0.1",
        "010.0.0.1/0x18",
        "10.1/16",
        "10.0.0.1/255.255.255.0",
        "10.0.0.1/24, 10.0.0.1/24",
        "10.0.0.1/24, 10.0.0.1/32",
        "10.0.0.1/24 ,, 10.0.0.2/24",
        "fd00::1/64",
        "fd00::1/64 fd00::1/128",
        "fd00::1/129",
        "10.0.0.1/33",
        "10.0.0.1/",
        "nas",
        "10.0.0.256",
        "1.2.3.4.5",
        "10.0.0.1/24,",
        "",
        "10.0.0.1/255.0.255.0",
        "10.0.0.1/+24",
        "fd00::1/0x40",
        "0x0a.0.0.9/24",
    ]);
    let mut text = format!(
        "[Interface]\nPrivateKey = {}\nAddress = {address}\n",
        PRIVATE[0]
    );
    let mut add = |key: &str, value: &str| {
        use std::fmt::Write as _;
        writeln!(text, "{key} = {value}").unwrap();
    };
    if maker.chance(40) {
        let mtu = maker.pick(&[
            "1420", "1280", "0x58c", "02614", "", "x", "14 20", "-1", "1420x",
        ]);
        add("MTU", mtu);
        if maker.chance(30) {
            add("MTU", "1400");
        }
    }
    if maker.chance(40) {
        let table = maker.pick(&[
            "off", "auto", "Off", "AUTO", "123", "0x7b", "main", "", "12x",
        ]);
        add("Table", table);
    }
    if maker.chance(30) {
        let dns = maker.pick(&[
            "10.0.0.1",
            "10.0.0.1, mesh.internal",
            "mesh.internal",
            "1.2.3",
            "",
            ",",
        ]);
        add("DNS", dns);
    }
    if maker.chance(20) {
        let hook = maker.pick(&["true", "true # up", "", "ip link show %i"]);
        add("PostUp", hook);
    }
    if maker.chance(20) {
        let switch = maker.pick(&["false", "FALSE", "no"]);
        add("SaveConfig", switch);
    }
    if maker.chance(80) {
        let allowed = maker.pick(&[
            "10.0.0.2/32",
            "10.5.0.0/16",
            "10.9.8.7/16, 192.168.7.0/24",
            "0.0.0.0/0",
            "10.0.0.0/33",
            "172.16.0.1",
        ]);
        for part in [
            "[Peer]\nPublicKey = ",
            KEYS[1],
            "\nAllowedIPs = ",
            allowed,
            "\n",
        ] {
            text.push_str(part);
        }
    }
    text
}
