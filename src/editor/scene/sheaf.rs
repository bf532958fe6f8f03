//! Many lines of one machine as one drawing. Three hundred lines that all begin
//! at one card tell nothing one by one: the letter on each card at their other
//! end does, and they are drawn at once.

use super::link::LinkVerdict;
use super::weave::Draft;

/// So many lines are drawn one by one, each with its badge.
pub(super) const MOST: usize = 48;

/// Lines of one verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheaf {
    /// How they are drawn.
    pub verdict: LinkVerdict,
    /// Their courses as one SVG path.
    pub path: String,
}

/// Takes what is one pair of many out of the lines that are drawn one by one,
/// if these are more than `most`.
pub(super) fn sheaves(drafts: Vec<Draft>, most: usize) -> (Vec<Sheaf>, Vec<Draft>) {
    if drafts.len() <= most {
        return (Vec::new(), drafts);
    }
    let mut sheaves: Vec<Sheaf> = Vec::new();
    let mut others = Vec::new();
    for draft in drafts {
        if draft.pairs.len() > 1 {
            others.push(draft);
            continue;
        }
        let known = sheaves
            .iter_mut()
            .find(|sheaf| sheaf.verdict == draft.verdict);
        match known {
            Some(sheaf) => sheaf.path.push_str(&draft.stroke.data()),
            None => sheaves.push(Sheaf {
                verdict: draft.verdict,
                path: draft.stroke.data(),
            }),
        }
    }
    (sheaves, others)
}
