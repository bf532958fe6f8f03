//! Which of several faults a reader meets first.

use super::fault::Fault;

/// The stages in which a reader works through a file. A fault of an earlier
/// stage stops it before it comes to the later ones, wherever they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// What `wg-quick` looks at before anything else.
    Script,
    /// The lines of the file, and what is missing at its end.
    File,
    /// `ip address add`; the interface, which Android reads last.
    Addresses,
    /// `ip link set mtu`.
    Mtu,
    /// `ip route add`.
    Routes,
}

/// The first fault of each stage.
#[derive(Default)]
pub(super) struct Stops {
    stages: [Option<Fault>; 5],
    /// The first fault of the section that is still open.
    section: Option<(u8, Fault)>,
}

impl Stops {
    fn slot(&mut self, stage: Stage) -> &mut Option<Fault> {
        let [script, file, addresses, mtu, routes] = &mut self.stages;
        match stage {
            Stage::Script => script,
            Stage::File => file,
            Stage::Addresses => addresses,
            Stage::Mtu => mtu,
            Stage::Routes => routes,
        }
    }

    /// Adds a fault, unless the stage has one already.
    pub(super) fn add(&mut self, fault: Fault, stage: Stage) {
        self.slot(stage).get_or_insert(fault);
    }

    /// Puts a fault, or none, in the place of an earlier one.
    pub(super) fn replace(&mut self, fault: Option<Fault>, stage: Stage) {
        *self.slot(stage) = fault;
    }

    /// Adds a fault that is met at the end of the section.
    pub(super) fn add_to_section(&mut self, fault: Fault, order: u8) {
        if self
            .section
            .as_ref()
            .is_none_or(|(known, _)| order < *known)
        {
            self.section = Some((order, fault));
        }
    }

    /// The section ends.
    pub(super) fn end_section(&mut self) {
        if let Some((_, fault)) = self.section.take() {
            self.add(fault, Stage::File);
        }
    }

    /// The section counts for nothing.
    pub(super) fn forget_section(&mut self) {
        self.section = None;
    }

    /// The fault at which the reader stops.
    pub(super) fn first(self) -> Option<Fault> {
        self.stages.into_iter().flatten().next()
    }
}
