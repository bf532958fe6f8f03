//! Lines of a config on their way into a text or a preview.

use std::fmt::{self, Write as _};

use zeroize::Zeroizing;

use crate::keyring::SecretText;

/// Why a line is there; [`super::Explanation::of`] puts it into words.
///
/// Machines are named by their place in the mesh, peers by their place in the
/// machine's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A section or comment, which structures the file.
    Structure,
    /// The private key.
    PrivateKey,
    /// The hook that loads a key which the machine keeps to itself.
    OwnKey,
    /// The tunnel addresses.
    Address,
    /// The UDP port.
    ListenPort,
    /// How large packets the interface takes.
    Mtu,
    /// The mark of encrypted packets.
    FwMark,
    /// How others are found by name.
    Lookup,
    /// A hook that translates what leaves for the internet, or takes that back.
    Exit,
    /// A hook that lowers the segment size of relayed connections, or takes
    /// that back.
    Clamp,
    /// A hook that translates towards a shared LAN, or takes that back.
    Translate,
    /// A peer's public key.
    PublicKey(usize),
    /// The preshared key with a peer.
    PresharedKey(usize),
    /// Where a peer is dialled.
    Endpoint(usize),
    /// What is sent to a peer and accepted from it.
    AllowedIps(usize),
    /// Who keeps the path open.
    Keepalive(usize),
}

/// Takes the lines of a config, one after the other.
pub(super) trait Sink {
    fn blank(&mut self);
    fn section(&mut self, name: &'static str);
    fn comment(&mut self, text: fmt::Arguments<'_>);
    fn setting(&mut self, key: &'static str, value: fmt::Arguments<'_>, why: Why);
    /// A setting whose value must not be shown unasked.
    fn secret(&mut self, key: &'static str, value: &SecretText, why: Why);
}

/// Writes lines as the file's text. Writing to a string cannot fail, so the
/// results of `write!` are dropped.
#[derive(Default)]
pub(super) struct Text {
    pub(super) secret_text: SecretText,
    /// Leaves comments and empty lines out.
    pub(super) compact: bool,
}

impl Sink for Text {
    fn blank(&mut self) {
        if !self.compact {
            self.secret_text.push('\n');
        }
    }

    fn section(&mut self, name: &'static str) {
        let _ = writeln!(self.secret_text, "[{name}]");
    }

    fn comment(&mut self, text: fmt::Arguments<'_>) {
        if !self.compact {
            let _ = writeln!(self.secret_text, "# {text}");
        }
    }

    fn setting(&mut self, key: &'static str, value: fmt::Arguments<'_>, _: Why) {
        let _ = writeln!(self.secret_text, "{key} = {value}");
    }

    fn secret(&mut self, key: &'static str, value: &SecretText, _: Why) {
        let _ = writeln!(self.secret_text, "{key} = {}", value.as_str());
    }
}

/// What a preview shows in a line.
#[derive(Clone)]
pub enum Shown {
    /// An empty line.
    Blank,
    /// `[Interface]` or `[Peer]`.
    Section(&'static str),
    /// A comment without its `#`.
    Comment(String),
    /// A key and its value.
    Setting(&'static str, String),
    /// A key whose value is shown on request only.
    Secret(&'static str, SecretText),
}

/// One line of a preview.
#[derive(Clone)]
pub struct PreviewLine {
    /// What it shows.
    pub shown: Shown,
    /// Why it is there.
    pub why: Why,
}

/// Collects lines for a preview.
#[derive(Default)]
pub(super) struct Preview(pub(super) Vec<PreviewLine>);

impl Sink for Preview {
    fn blank(&mut self) {
        self.0.push(PreviewLine {
            shown: Shown::Blank,
            why: Why::Structure,
        });
    }

    fn section(&mut self, name: &'static str) {
        self.0.push(PreviewLine {
            shown: Shown::Section(name),
            why: Why::Structure,
        });
    }

    fn comment(&mut self, text: fmt::Arguments<'_>) {
        self.0.push(PreviewLine {
            shown: Shown::Comment(text.to_string()),
            why: Why::Structure,
        });
    }

    fn setting(&mut self, key: &'static str, value: fmt::Arguments<'_>, why: Why) {
        self.0.push(PreviewLine {
            shown: Shown::Setting(key, value.to_string()),
            why,
        });
    }

    fn secret(&mut self, key: &'static str, value: &SecretText, why: Why) {
        let value = Zeroizing::new(value.as_str().to_owned());
        self.0.push(PreviewLine {
            shown: Shown::Secret(key, value),
            why,
        });
    }
}
