//! A machine of the mesh.

use super::{NodeName, Place, Point, Port, Prefix, PublicKey, TunnelAddresses};

/// What reads the machine's config.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// Linux with `wg-quick`.
    Linux,
    /// The WireGuard app on Android.
    Android,
    /// The WireGuard app on iPhone and iPad.
    Ios,
}

impl Platform {
    /// Whether an app reads the config, which refuses hooks and everything
    /// else that only `wg-quick` knows.
    #[must_use]
    pub fn is_app(self) -> bool {
        matches!(self, Self::Android | Self::Ios)
    }

    /// Whether a machine of this platform can forward packets for others.
    #[must_use]
    pub fn can_forward(self) -> bool {
        matches!(self, Self::Linux)
    }
}

/// What a machine looks like; it chooses the icon and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A rented or rack server.
    Server,
    /// A box with disks.
    Nas,
    /// A single-board computer.
    Board,
    /// A desktop or laptop.
    Computer,
    /// A phone or tablet.
    Phone,
}

/// Whether a machine relays packets between others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relaying {
    /// It relays if it stands on the internet and its platform can.
    #[default]
    Automatic,
    /// It relays wherever it stands.
    Yes,
    /// It never relays.
    No,
}

/// How answers from a shared LAN find their way back into the mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// The LAN's router has a static route for the tunnel prefix via this machine.
    Route,
    /// This machine translates: hosts of the LAN see its own LAN address.
    Translate,
    /// Nothing has been arranged yet.
    Nothing,
}

/// A LAN that a machine opens to the mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedLan {
    /// The LAN.
    pub prefix: Prefix,
    /// How its hosts' answers return.
    pub answers: Answers,
}

/// A machine of the mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name, unique in the plan.
    pub name: NodeName,
    /// What it looks like.
    pub form: Form,
    /// What reads its config.
    pub platform: Platform,
    /// Where it stands.
    pub place: Place,
    /// Its addresses in the tunnel, stored once they are given.
    pub addresses: TunnelAddresses,
    /// Its UDP port, if it differs from the plan's.
    pub listen_port: Option<Port>,
    /// Whether it relays.
    pub relay: Relaying,
    /// The LANs that it opens to the mesh.
    pub shares: Vec<SharedLan>,
    /// Whether others must reach it while it is silent; `None` stands for the
    /// usual: yes, unless it roams and neither relays nor shares a LAN.
    pub reachable_idle: Option<bool>,
    /// The public key of a machine that keeps its private key to itself.
    pub public_key: Option<PublicKey>,
    /// Top left corner of its card on the canvas.
    pub position: Point,
}

impl Node {
    /// Whether it may relay packets between others.
    #[must_use]
    pub fn may_relay(&self) -> bool {
        let willing = match self.relay {
            Relaying::Automatic => matches!(self.place, Place::Internet(_)),
            Relaying::Yes => true,
            Relaying::No => false,
        };
        willing && self.platform.can_forward()
    }

    /// Whether others must reach it while it is silent.
    #[must_use]
    pub fn must_be_reachable_idle(&self) -> bool {
        let needed = self.place != Place::Roams || self.may_relay() || !self.shares.is_empty();
        self.reachable_idle.unwrap_or(needed)
    }

    /// Whether it keeps its private key to itself.
    #[must_use]
    pub fn keeps_its_key(&self) -> bool {
        self.public_key.is_some()
    }

    /// Its address in the LAN of its site, if it has a fixed one.
    #[must_use]
    pub fn lan_address(&self) -> Option<std::net::IpAddr> {
        match self.place {
            Place::Site { lan_address, .. } => lan_address,
            Place::Internet(_) | Place::Roams => None,
        }
    }
}
