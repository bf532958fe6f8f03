//! Makes a plan that shows a fault smaller, until nothing can be left out of it.

use meshwright::plan::{
    HostFirewall, NatKind, Node, Place, Plan, Platform, PublicAddress, Relaying, Router, Site,
    SiteIpv6, Stack, Talk,
};

/// The smallest plan to be found that still shows the fault.
pub(crate) fn smallest(plan: &Plan, shows: &dyn Fn(&Plan) -> bool) -> Plan {
    let mut plan = plan.clone();
    // Each step leaves something out, so this ends by itself, unless two changes undo each other.
    for _ in 0..1000 {
        let mut tries = candidates(&plan).into_iter();
        match tries.find(|smaller| *smaller != plan && shows(smaller)) {
            Some(smaller) => plan = smaller,
            None => break,
        }
    }
    plan
}

/// Plans with one fact less, those that lack most first.
fn candidates(plan: &Plan) -> Vec<Plan> {
    let mut found = Vec::new();
    let mut try_with = |change: &dyn Fn(&mut Plan)| {
        let mut smaller = plan.clone();
        change(&mut smaller);
        found.push(smaller);
    };
    for id in plan.nodes.keys() {
        try_with(&|plan| {
            plan.nodes.remove(id);
        });
    }
    for id in plan.sites.keys() {
        let used = plan.nodes_at(id).next().is_some();
        try_with(&|plan| {
            if !used {
                plan.sites.remove(id);
            }
        });
    }
    for key in plan.pairs.keys() {
        try_with(&|plan| {
            plan.pairs.remove(key);
        });
    }
    for prefix in &plan.tunnel {
        try_with(&|plan| {
            plan.tunnel.retain(|other| other != prefix);
            for node in plan.nodes.iter_mut().map(|(_, node)| node) {
                node.addresses.v4 = node.addresses.v4.filter(|own| !prefix.holds((*own).into()));
                node.addresses.v6 = node.addresses.v6.filter(|own| !prefix.holds((*own).into()));
            }
        });
    }
    try_with(&|plan| {
        *plan = Plan {
            tunnel: plan.tunnel.clone(),
            preshared_keys: plan.preshared_keys,
            sites: plan.sites.clone(),
            nodes: plan.nodes.clone(),
            pairs: plan.pairs.clone(),
            ..Plan::empty()
        };
    });
    try_with(&|plan| plan.preshared_keys = false);
    try_with(&|plan| plan.covering = false);
    try_with(&|plan| plan.dns = None);
    try_with(&|plan| plan.talk = Talk::Everyone);
    for id in plan.sites.keys() {
        for change in SITE_FACTS {
            try_with(&|plan| {
                if let Some(site) = plan.sites.get_mut(id) {
                    change(site);
                }
            });
        }
        for lan in plan.sites.get(id).map_or(&[][..], |site| &site.lans) {
            try_with(&|plan| {
                if let Some(site) = plan.sites.get_mut(id) {
                    site.lans.retain(|other| other != lan);
                }
            });
        }
    }
    for (id, node) in &plan.nodes {
        for change in NODE_FACTS {
            try_with(&|plan| {
                if let Some(node) = plan.nodes.get_mut(id) {
                    change(node);
                }
            });
        }
        for share in &node.shares {
            try_with(&|plan| {
                if let Some(node) = plan.nodes.get_mut(id) {
                    node.shares.retain(|other| other != share);
                }
            });
        }
    }
    found
}

const SITE_FACTS: [fn(&mut Site); 7] = [
    |site| {
        *site = Site {
            lans: site.lans.clone(),
            ..Site::new(site.name.clone())
        }
    },
    |site| site.router = Router::Nat,
    |site| site.nat = NatKind::Unknown,
    |site| site.ipv6 = SiteIpv6::None,
    |site| site.lans_routed = false,
    |site| site.public = PublicAddress::default(),
    |site| site.public.name = None,
];

const NODE_FACTS: [fn(&mut Node); 27] = [
    |node| {
        *node = Node {
            addresses: node.addresses,
            ..Node::new(node.name.clone(), node.place.clone())
        };
    },
    |node| node.place = Place::Roams,
    |node| node.platform = Platform::Linux,
    |node| node.stack = Stack::Usual,
    |node| node.firewall = HostFirewall::LetsIn,
    |node| node.always_on = None,
    |node| node.reachable_idle = None,
    |node| node.uplink = None,
    |node| node.mtu = None,
    |node| node.clock = None,
    |node| node.slaac = None,
    |node| node.hub = None,
    |node| node.groups.clear(),
    |node| node.exit = false,
    |node| node.uses_exit = None,
    |node| node.leaves_out.clear(),
    |node| node.listen_port = None,
    |node| node.relay = Relaying::Automatic,
    |node| node.shares.clear(),
    |node| node.public_key = None,
    |node| {
        if let Place::Site { lan_address, .. } = &mut node.place {
            *lan_address = None;
        }
    },
    |node| {
        if let Place::Site { forward, .. } = &mut node.place {
            *forward = None;
        }
    },
    |node| {
        if let Place::Site { ipv6, .. } = &mut node.place {
            *ipv6 = None;
        }
    },
    |node| {
        if let Place::Site {
            ipv6_name,
            ipv6_open,
            ..
        } = &mut node.place
        {
            (*ipv6_name, *ipv6_open) = (None, false);
        }
    },
    |node| {
        if let Place::Internet(public) = &mut node.place {
            public.name = None;
        }
    },
    |node| {
        if let Place::Internet(public) = &mut node.place {
            public.ipv6 = None;
        }
    },
    |node| {
        if let Place::Internet(public) = &mut node.place {
            public.ipv4 = None;
        }
    },
];
