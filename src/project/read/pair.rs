//! How it is read who talks to whom.

use litemap::LiteMap;

use crate::plan::{GroupPair, PairChoice, PairKey, Talk};

use super::super::error::FileError;
use super::super::json::{At, Fields};
use super::node::Machines;
use super::value::{MOST, distinct, list};

pub(super) fn read_all(
    file: &Fields<'_>,
    machines: &Machines<'_>,
) -> Result<LiteMap<PairKey, PairChoice>, FileError> {
    let mut pairs = LiteMap::new();
    for at in list(file, "pairs")? {
        let fields = at.fields(&["between", "choice"])?;
        let between = fields.need("between")?;
        let [a, b] = between.two()?;
        let key = PairKey::new(&machines.named(&a)?, &machines.named(&b)?)
            .ok_or_else(|| between.problem("a machine makes no pair with itself"))?;
        let choice = fields.need("choice")?;
        let choice = if choice.text().is_ok() {
            let words = [("direct", PairChoice::Direct), ("never", PairChoice::Never)];
            choice.word(&words)?
        } else {
            PairChoice::Via(machines.named(&choice.fields(&["via"])?.need("via")?)?)
        };
        if pairs.insert(key, choice).is_some() {
            return Err(fields.problem("this pair is listed twice"));
        }
    }
    Ok(pairs)
}

pub(super) fn read_talk(at: &At<'_>) -> Result<Talk, FileError> {
    let pair = |at: &At<'_>| {
        let [a, b] = at.two()?;
        Ok(GroupPair::new(a.parse()?, b.parse()?))
    };
    distinct(&at.list(MOST)?, pair).map(Talk::only)
}
