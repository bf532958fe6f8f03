//! Makes files: good ones, odd ones and damaged ones, the same ones every time.

use std::fmt::Write as _;

use super::values::{
    ADDRESSES, ALLOWED, ENDPOINTS, GOOD_KEYS, KEEPALIVES, KEYS, MARKS, PORTS, PRIVATE,
};

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
                let (before, behind) = key.split_at(3);
                format!("{before} {behind}")
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
        writeln!(
            text,
            "[Peer]\nPublicKey = {}\nAllowedIPs = {allowed}",
            KEYS[1]
        )
        .unwrap();
    }
    text
}
