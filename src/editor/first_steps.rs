//! The first steps with an empty plan, and which of them are done.

use crate::mesh::Subject;
use crate::plan::{Place, Plan};

/// One of the first steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// Draw a machine that is on the internet, and say where.
    OnTheInternet,
    /// Draw one behind a router.
    BehindARouter,
    /// Look at the link between them.
    LookAtALink,
    /// See the files.
    GetFiles,
}

impl FirstStep {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [
        Self::OnTheInternet,
        Self::BehindARouter,
        Self::LookAtALink,
        Self::GetFiles,
    ];

    /// Whether the plan, what is selected, or what is shown says that this
    /// step is done now. The last two pass, so whoever asks remembers them.
    #[must_use]
    pub fn is_done(self, plan: &Plan, selected: &Subject, shows_files: bool) -> bool {
        let mut places = plan.nodes.values().map(|node| &node.place);
        match self {
            Self::OnTheInternet => {
                places.any(|place| matches!(place, Place::Internet(public) if !public.is_unknown()))
            }
            Self::BehindARouter => places.any(|place| matches!(place, Place::Site { .. })),
            Self::LookAtALink => matches!(selected, Subject::Pair(_)),
            Self::GetFiles => shows_files && !plan.nodes.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;
    use crate::plan::{NodeId, PairKey, PublicAddress};

    #[test]
    fn nothing_is_done_in_an_empty_plan() {
        for step in FirstStep::ALL {
            assert!(!step.is_done(&Plan::empty(), &Subject::Plan, true));
        }
    }

    #[test]
    fn a_server_without_an_address_is_not_on_the_internet_yet() {
        let mut plan = example();
        let vps = NodeId::new("vps");
        let node = plan.nodes.get_mut(&vps).expect("the example has a vps");
        node.place = Place::Internet(PublicAddress::default());
        assert!(!FirstStep::OnTheInternet.is_done(&plan, &Subject::Plan, false));
    }

    #[test]
    fn each_step_is_done_by_its_own_deed_alone() {
        let plan = example();
        let done = |selected: &Subject, files| {
            FirstStep::ALL.map(|step| step.is_done(&plan, selected, files))
        };
        // The example has a machine on the internet and two behind routers.
        assert_eq!(done(&Subject::Plan, false), [true, true, false, false]);
        assert_eq!(done(&Subject::Plan, true), [true, true, false, true]);
        let mut ids = plan.nodes.keys();
        let pair = PairKey::new(ids.next().unwrap(), ids.next().unwrap()).unwrap();
        assert_eq!(done(&Subject::Pair(pair), false), [true, true, true, false]);
    }
}
