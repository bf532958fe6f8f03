//! A machine of the mesh.

use super::{
    InterfaceName, Label, Mtu, NodeId, NodeName, Place, Point, Port, Prefix, PublicKey,
    TunnelAddresses, Uplink,
};

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

/// What a machine looks like; it chooses the icon and what is usual for such a
/// machine.
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

/// The families of the internet protocol that a machine can dial out with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stack {
    /// What the place where it stands offers.
    #[default]
    Usual,
    /// IPv4 and nothing else, whatever its place offers.
    Ipv4Only,
    /// IPv6 and nothing else.
    Ipv6Only,
    /// IPv6, and IPv4 through a translator of the provider (NAT64, 464XLAT).
    Nat64,
}

/// What a machine's own firewall does with packets to WireGuard's port that
/// nobody asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HostFirewall {
    /// It lets them in, or can be told to.
    #[default]
    LetsIn,
    /// It drops them, and that cannot be changed.
    Blocks,
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
    /// The families that it dials out with.
    pub stack: Stack,
    /// What its own firewall does.
    pub firewall: HostFirewall,
    /// Whether it is switched on all the time; `None` stands for the usual:
    /// yes, unless it roams.
    pub always_on: Option<bool>,
    /// What connects it to the internet, if it stands at no site; `None` is
    /// Ethernet on the internet, and unknown for a machine that roams.
    pub uplink: Option<Uplink>,
    /// The MTU of its tunnel interface, if the person overrode the planner.
    pub mtu: Option<Mtu>,
    /// Whether its clock runs on while it is switched off; `None` stands for
    /// the usual: yes, unless it is a single-board computer.
    pub clock: Option<bool>,
    /// Whether it gets its IPv6 default route from router advertisements;
    /// `None` if nobody knows.
    pub slaac: Option<bool>,
    /// What Linux calls the interface that leads to the internet.
    pub uplink_name: Option<InterfaceName>,
    /// The machine through which alone it talks to all others, if it does.
    pub hub: Option<NodeId>,
    /// The groups that it belongs to, sorted, none twice.
    pub groups: Vec<Label>,
    /// Whether others may reach the internet through it.
    pub exit: bool,
    /// The machine through which it reaches the internet, if it does.
    pub uses_exit: Option<NodeId>,
    /// Shared LANs that it does not want to reach, sorted, none twice.
    pub leaves_out: Vec<Prefix>,
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
    /// A machine of which nothing but its name and place is known.
    #[must_use]
    pub fn new(name: NodeName, place: Place) -> Self {
        Self {
            name,
            form: Form::Server,
            platform: Platform::Linux,
            place,
            addresses: TunnelAddresses::default(),
            stack: Stack::Usual,
            firewall: HostFirewall::LetsIn,
            always_on: None,
            uplink: None,
            mtu: None,
            clock: None,
            slaac: None,
            uplink_name: None,
            hub: None,
            groups: Vec::new(),
            exit: false,
            uses_exit: None,
            leaves_out: Vec::new(),
            listen_port: None,
            relay: Relaying::Automatic,
            shares: Vec::new(),
            reachable_idle: None,
            public_key: None,
            position: Point::default(),
        }
    }

    /// Whether it is switched on all the time.
    #[must_use]
    pub fn is_always_on(&self) -> bool {
        self.always_on.unwrap_or(self.place != Place::Roams)
    }

    /// Whether its clock runs on while it is switched off.
    #[must_use]
    pub fn keeps_time(&self) -> bool {
        self.clock.unwrap_or(self.form != Form::Board)
    }

    /// Whether it belongs to a group.
    #[must_use]
    pub fn is_in(&self, group: &Label) -> bool {
        self.groups.contains(group)
    }

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
