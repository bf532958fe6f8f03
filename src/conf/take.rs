//! Values on their way into the config.

use super::at::{At, Placed};
use super::dialect::Commas;
use super::fault::{Fault, FaultKind};
use super::hook::{Hook, When};
use super::keyword::Keyword;
use super::line::{Line, Piece};
use super::parse::Parse;
use super::stops::Stage;
use super::value::{DnsEntry, Table};
use super::{Peer, Reader, dns, endpoint, number, prefix};

impl Parse {
    /// Takes the value of a key that stands where it should.
    pub(super) fn value(&mut self, line: Line<'_>, key_at: At, keyword: Keyword, value: Piece<'_>) {
        if value.text.is_empty() && !self.takes_empty(key_at, keyword) {
            return;
        }
        let at = line.at(value);
        match keyword {
            Keyword::Address | Keyword::Dns | Keyword::AllowedIps => {
                self.list(line, keyword, value);
            }
            Keyword::IncludedApplications => self.applications.0 = true,
            Keyword::ExcludedApplications => self.applications.1 = true,
            Keyword::PreUp | Keyword::PostUp | Keyword::PreDown | Keyword::PostDown => {
                self.hook(at, keyword, value.text);
            }
            Keyword::PrivateKey | Keyword::PublicKey | Keyword::PresharedKey => {
                self.key(at, keyword, value);
            }
            Keyword::Endpoint => self.endpoint(at, value),
            Keyword::Table => self.table(at, value.text),
            Keyword::SaveConfig => self.save_config(at, value.text),
            Keyword::ListenPort | Keyword::FwMark | Keyword::Mtu | Keyword::PersistentKeepalive => {
                self.number(at, keyword, value);
            }
        }
    }

    /// Whether a key without a value is no fault; says so either way. What
    /// follows then reads nothing.
    fn takes_empty(&mut self, at: At, keyword: Keyword) -> bool {
        let skipped = match self.reader {
            // What `wg-quick` keeps to itself may be empty.
            Reader::Linux => keyword.is_of_wg_quick() && keyword != Keyword::SaveConfig,
            Reader::Apple => keyword.is_list(),
            Reader::Android | Reader::Windows => false,
        };
        if !skipped {
            self.value_fault(at, keyword, FaultKind::NoValue(keyword));
            return false;
        }
        self.note(at, FaultKind::Empty(keyword));
        // An empty value takes an earlier one back.
        match keyword {
            Keyword::Mtu => {
                self.conf.interface.mtu = None;
                self.stops.replace(None, Stage::Mtu);
            }
            Keyword::Table => {
                self.conf.interface.table = None;
                self.stops.replace(None, Stage::Routes);
            }
            _ => {}
        }
        false
    }

    /// A value that the reader does not take.
    pub(super) fn value_fault(&mut self, at: At, keyword: Keyword, kind: FaultKind) {
        if self.lenient {
            return self.note(at, kind);
        }
        match (self.reader, keyword) {
            (Reader::Android, _) => self.section_fault(at, kind, 0),
            // The app looks at the values in this order when a section is complete.
            (Reader::Apple, _) => {
                let order = match keyword {
                    Keyword::PrivateKey | Keyword::PublicKey => 0,
                    Keyword::ListenPort | Keyword::PresharedKey => 1,
                    Keyword::Address | Keyword::AllowedIps => 2,
                    Keyword::Dns | Keyword::Endpoint => 3,
                    _ => 4,
                };
                self.section_fault(at, kind, order);
            }
            (Reader::Linux, Keyword::SaveConfig) => self.fault(at, kind, Stage::Script),
            (Reader::Linux, Keyword::Address) => self.fault(at, kind, Stage::Addresses),
            // `wg-quick` hands on only the last of these.
            (Reader::Linux, Keyword::Mtu) => {
                self.stops.replace(Some(Fault { at, kind }), Stage::Mtu);
            }
            (Reader::Linux, Keyword::Table) => {
                self.stops.replace(Some(Fault { at, kind }), Stage::Routes);
            }
            (Reader::Linux | Reader::Windows, _) => self.fault(at, kind, Stage::File),
        }
    }

    /// Whether this value is read; a reader that wants each value once stops
    /// at the second.
    pub(super) fn is_first(&mut self, known: bool, at: At, keyword: Keyword) -> bool {
        if !known {
            return true;
        }
        let kind = FaultKind::Repeated(keyword);
        if self.dialect.takes_last {
            self.note(at, kind);
        } else {
            self.fault(at, kind, Stage::File);
        }
        self.dialect.takes_last
    }

    fn list(&mut self, line: Line<'_>, keyword: Keyword, value: Piece<'_>) {
        let spaces = self.reader == Reader::Linux && keyword.is_of_wg_quick();
        let mut empty = None;
        for entry in value.list(|mark| mark == ',' || spaces && matches!(mark, ' ' | '\t')) {
            let bare = self.trimmed(entry);
            if bare.text.is_empty() {
                let skipped = spaces
                    || self.dialect.commas == Commas::Skipped
                        && (entry.text.is_empty() || keyword == Keyword::Dns);
                if !skipped {
                    empty.get_or_insert(line.at(entry));
                }
                continue;
            }
            if let Some(at) = empty.take() {
                self.value_fault(at, keyword, FaultKind::EmptyEntry(keyword));
            }
            self.entry(line.at(bare), keyword, bare);
        }
        if let Some(at) = empty
            && self.dialect.commas != Commas::AtTheEnd
        {
            self.value_fault(at, keyword, FaultKind::EmptyEntry(keyword));
        }
    }

    fn entry(&mut self, at: At, keyword: Keyword, entry: Piece<'_>) {
        let reader = self.reader;
        let read = match keyword {
            Keyword::Address => prefix::address(entry.text, reader)
                .map(|value| self.conf.interface.addresses.push(Placed { value, at })),
            Keyword::Dns => dns::entry(entry.text, reader).map(|value| {
                let like_address = |byte: u8| byte.is_ascii_digit() || byte == b'.';
                if let DnsEntry::Domain(name) = &value
                    && reader == Reader::Linux
                    && (name.contains(':') || name.bytes().all(like_address))
                {
                    self.note(at, FaultKind::BadDns);
                }
                self.conf.interface.dns.push(Placed { value, at });
            }),
            _ => {
                let text = match reader {
                    Reader::Linux => entry.closed_up(),
                    _ => entry.text.into(),
                };
                prefix::allowed(&text, reader).map(|given| {
                    let value = given.trunc();
                    if value != given {
                        self.note(at, FaultKind::HostBits(keyword));
                    }
                    if let Some(peer) = self.conf.peers.last_mut() {
                        peer.allowed.push(Placed { value, at });
                    }
                })
            }
        };
        if let Err(kind) = read {
            self.value_fault(at, keyword, kind);
        }
    }

    fn hook(&mut self, at: At, keyword: Keyword, command: &str) {
        let when = match keyword {
            Keyword::PreUp => When::PreUp,
            Keyword::PostUp => When::PostUp,
            Keyword::PreDown => When::PreDown,
            _ => When::PostDown,
        };
        if self.reader == Reader::Windows {
            self.note(at, FaultKind::HookOnWindows);
            // The app keeps one command of each kind.
            let hooks = &mut self.conf.interface.hooks;
            hooks.retain(|hook| hook.value.when != when);
        } else if command.contains('#') {
            self.note(at, FaultKind::HookComment);
        }
        let command = command.to_owned();
        let value = Hook { when, command };
        self.conf.interface.hooks.push(Placed { value, at });
    }

    fn endpoint(&mut self, at: At, value: Piece<'_>) {
        let text = match self.reader {
            Reader::Linux => value.closed_up(),
            _ => value.text.into(),
        };
        match endpoint::endpoint(&text, self.reader) {
            Err(kind) => self.value_fault(at, Keyword::Endpoint, kind),
            Ok((value, wraps)) => {
                if wraps {
                    self.note(at, FaultKind::PortWraps(value.port));
                }
                let known = self.peer().is_some_and(|peer| peer.endpoint.is_some());
                if self.is_first(known, at, Keyword::Endpoint)
                    && let Some(peer) = self.peer()
                {
                    peer.endpoint = Some(Placed { value, at });
                }
            }
        }
    }

    fn number(&mut self, at: At, keyword: Keyword, value: Piece<'_>) {
        let reader = self.reader;
        let text = match reader {
            Reader::Linux if keyword != Keyword::Mtu => value.closed_up(),
            _ => value.text.into(),
        };
        let interface = &self.conf.interface;
        let known = match keyword {
            Keyword::ListenPort => interface.listen_port.is_some(),
            Keyword::FwMark => interface.fw_mark.is_some(),
            Keyword::Mtu => interface.mtu.is_some(),
            _ => self.peer().is_some_and(|peer| peer.keepalive.is_some()),
        };
        if !self.is_first(known, at, keyword) {
            return;
        }
        let taken = match keyword {
            Keyword::ListenPort => number::port(&text, reader).map(|(value, wraps)| {
                self.conf.interface.listen_port = Some(Placed { value, at });
                if wraps {
                    self.note(at, FaultKind::PortWraps(value));
                }
            }),
            Keyword::FwMark => {
                let interface = &mut self.conf.interface;
                number::fw_mark(&text).map(|value| interface.fw_mark = Some(Placed { value, at }))
            }
            Keyword::Mtu => {
                self.conf.interface.mtu = None;
                self.stops.replace(None, Stage::Mtu);
                number::mtu(&text, reader).map(|value| {
                    // The apps take 0 for their own choice.
                    let given = value != 0 || reader == Reader::Linux;
                    self.conf.interface.mtu = given.then_some(Placed { value, at });
                })
            }
            _ => number::keepalive(&text, reader).map(|value| {
                if let Some(peer) = self.peer() {
                    peer.keepalive = Some(Placed { value, at });
                }
            }),
        };
        if taken.is_none() {
            let kind = match keyword {
                Keyword::FwMark => FaultKind::BadFwMark,
                Keyword::Mtu => FaultKind::BadMtu(reader),
                Keyword::ListenPort => FaultKind::BadPort(keyword),
                _ if text.eq_ignore_ascii_case("off") => FaultKind::KeepaliveOff,
                _ => FaultKind::BadKeepalive,
            };
            self.value_fault(at, keyword, kind);
        }
    }

    fn table(&mut self, at: At, text: &str) {
        if self.conf.interface.table.is_some() {
            self.note(at, FaultKind::Repeated(Keyword::Table));
        }
        let is_number = match self.reader {
            Reader::Linux => number::whole_strtoul(text, 0),
            _ => number::whole_strtoul(text, 10).filter(|_| !text.starts_with(['+', '-'])),
        }
        .is_some_and(|number| u32::try_from(number).is_ok());
        let value = match text {
            "off" => Some(Table::Off),
            "auto" => Some(Table::Auto),
            _ if is_number || text == "main" => Some(Table::Other(text.to_owned())),
            "default" | "local" if self.reader == Reader::Linux => {
                Some(Table::Other(text.to_owned()))
            }
            // `off` in capitals would be looked up as the name of a table.
            _ if self.reader != Reader::Linux
                || text.eq_ignore_ascii_case("off")
                || text.eq_ignore_ascii_case("auto")
                || text.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                None
            }
            name => {
                self.note(at, FaultKind::NamedTable);
                Some(Table::Other(name.to_owned()))
            }
        };
        self.stops.replace(None, Stage::Routes);
        let bad = value.is_none();
        self.conf.interface.table = value.map(|value| Placed { value, at });
        if bad {
            self.value_fault(at, Keyword::Table, FaultKind::BadTable);
        }
    }

    fn save_config(&mut self, at: At, text: &str) {
        let value = if text.eq_ignore_ascii_case("true") {
            true
        } else if text.eq_ignore_ascii_case("false") {
            false
        } else {
            return self.value_fault(at, Keyword::SaveConfig, FaultKind::BadSwitch);
        };
        if value {
            self.note(at, FaultKind::SavesConfig);
        }
        self.conf.interface.save_config = Some(Placed { value, at });
    }

    pub(super) fn peer(&mut self) -> Option<&mut Peer> {
        self.conf.peers.last_mut()
    }
}
