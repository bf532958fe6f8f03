//! Finding things by a few letters of their names.

use crate::mesh::{Mesh, Subject};
use crate::plan::{PairKey, Plan};

/// So many machines stand for each word when pairs are looked for: two words
/// that match everything must not list forty thousand pairs.
const ENDS: usize = 8;

/// Inside a word.
const INSIDE: usize = 2;
/// With other letters in between.
const SCATTERED: usize = 4;

/// What somebody typed, cut into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = folded(text);
        Self {
            // Signs between two names, such as an arrow, are no words.
            words: words
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a text fits, the smallest number best; `None` if some word is
    /// not in it at all. Beginnings are better than parts, and short texts
    /// better than long ones.
    #[must_use]
    pub fn rank(&self, text: &str) -> Option<usize> {
        self.rank_within(text, SCATTERED)
    }

    /// The same, with nothing worse than this place.
    fn rank_within(&self, text: &str, worst: usize) -> Option<usize> {
        let text = folded(text);
        let mut sum = 0;
        for word in &self.words {
            sum += place(word, &text).filter(|place| *place <= worst)?;
        }
        Some(sum * 64 + text.chars().count().min(63))
    }

    /// Machines, sites and pairs that fit, the best first. Pairs need two
    /// words, one for each end.
    #[must_use]
    pub fn find(&self, plan: &Plan, mesh: &Mesh) -> Vec<(usize, Subject)> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        for node in &mesh.nodes {
            let site = node.site.as_ref().map_or("", |site| site.as_str());
            let addresses = node.addresses.iter().map(ToString::to_string);
            let extra: Vec<String> = addresses.collect();
            let by_name = self.rank(node.name.as_str());
            // By its name first; else by where it stands or what it is reached at.
            let rank = by_name.or_else(|| {
                let all = format!("{} {site} {}", node.name, extra.join(" "));
                self.rank_within(&all, INSIDE).map(|rank| rank + 64)
            });
            found.extend(rank.map(|rank| (rank, Subject::Node(node.id.clone()))));
        }
        for (id, site) in &plan.sites {
            let rank = self.rank(site.name.as_str());
            found.extend(rank.map(|rank| (rank, Subject::Site(id.clone()))));
        }
        if let [one, other] = self.words.as_slice() {
            let (starts, ends) = (ends(mesh, one), ends(mesh, other));
            for (first, a) in &starts {
                for (second, b) in &ends {
                    let ids = mesh.nodes.get(*a).zip(mesh.nodes.get(*b));
                    let key = ids.and_then(|(a, b)| PairKey::new(&a.id, &b.id));
                    found.extend(key.map(|key| (first + second, Subject::Pair(key))));
                }
            }
        }
        crate::sorting::sort(&mut found);
        found.dedup_by(|(_, one), (_, other)| one == other);
        found
    }
}

/// The machines that fit one word best.
fn ends(mesh: &Mesh, word: &str) -> Vec<(usize, usize)> {
    let word = Query {
        words: vec![word.to_owned()],
    };
    let nodes = mesh.nodes.iter().enumerate();
    let mut found: Vec<(usize, usize)> = nodes
        .filter_map(|(place, node)| Some((word.rank(node.name.as_str())?, place)))
        .collect();
    crate::sorting::sort(&mut found);
    found.truncate(ENDS);
    found
}

/// Where a word stands in a text: at its beginning, at the beginning of a word,
/// inside one, or with other letters in between.
fn place(word: &str, text: &str) -> Option<usize> {
    if text.starts_with(word) {
        return Some(0);
    }
    let mut inside = false;
    for (at, _) in text.match_indices(word) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if before.is_none_or(|before| !before.is_alphanumeric()) {
            return Some(1);
        }
        inside = true;
    }
    if inside {
        return Some(INSIDE);
    }
    let mut letters = text.chars();
    // One or two letters are in nearly every text.
    let scattered = word.chars().count() > 2
        && word
            .chars()
            .all(|wanted| letters.any(|found| found == wanted));
    scattered.then_some(SCATTERED)
}

/// A text in small letters and without the accents of Latin ones, so that
/// "munchen" finds "München".
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => folded.push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => folded.push('i'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => folded.push('o'),
            'ŕ' | 'ŗ' | 'ř' => folded.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => folded.push('s'),
            'ţ' | 'ť' | 'ț' => folded.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ё' => folded.push('е'),
            'й' => folded.push('и'),
            'ά' => folded.push('α'),
            'έ' => folded.push('ε'),
            'ή' => folded.push('η'),
            'ί' | 'ϊ' | 'ΐ' => folded.push('ι'),
            'ό' => folded.push('ο'),
            'ύ' | 'ϋ' | 'ΰ' => folded.push('υ'),
            'ώ' => folded.push('ω'),
            // The same letter at the end of a word.
            'ς' => folded.push('σ'),
            // Accents that stand as letters of their own.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;
    use crate::mesh::solve;
    use crate::plan::NodeId;

    fn found(text: &str) -> Vec<Subject> {
        let plan = example();
        let hits = Query::new(text).find(&plan, &solve(&plan));
        hits.into_iter().map(|(_, subject)| subject).collect()
    }

    #[test]
    fn beginnings_are_better_than_parts() {
        let rank = |text: &str| Query::new("na").rank(text);
        assert!(rank("nas") < rank("my-nas"));
        assert!(rank("my-nas") < rank("banana"));
        assert_eq!(rank("noah"), None);
        assert!(Query::new("dsk").rank("desk") > Query::new("esk").rank("desk"));
        assert_eq!(rank("vps"), None);
        assert_eq!(Query::new("x").rank("box").map(|rank| rank / 64), Some(2));
        assert_eq!(Query::new("b").rank("abc").map(|rank| rank / 64), Some(2));
    }

    #[test]
    fn accents_and_capitals_do_not_matter() {
        assert!(Query::new("MUNCHEN").rank("Büro München").is_some());
        assert!(Query::new("straße").rank("Hauptstrasse").is_some());
        assert!(Query::new("łodz").rank("Łódź").is_some());
        assert!(Query::new("東京").rank("支店 東京").is_some());
        assert!(Query::new("µ").rank("µ-server").is_some());
        assert!(Query::new("афинский").rank("АФИНСКИИ\u{306}").is_some());
        assert!(Query::new("αθηνα").rank("Αθήνα").is_some());
        assert!(Query::new("νήσος").rank("ΝΗΣΟΣ").is_some());
    }

    #[test]
    fn two_words_find_the_pair() {
        let pair = PairKey::new(&NodeId::new("nas"), &NodeId::new("pi")).unwrap();
        assert_eq!(found("nas pi"), [Subject::Pair(pair.clone())]);
        assert_eq!(found("pi na"), [Subject::Pair(pair.clone())]);
        assert_eq!(found("nas \u{2194} pi"), [Subject::Pair(pair)]);
        assert!(found("\u{2194}").is_empty());
    }

    #[test]
    fn two_words_that_fit_everything_list_few_pairs() {
        let mut plan = example();
        let model = plan.nodes.get(&NodeId::new("vps")).unwrap().clone();
        for number in 0..300 {
            let mut node = model.clone();
            node.name = format!("host-{number}").parse().unwrap();
            node.addresses = crate::plan::TunnelAddresses::default();
            plan.nodes
                .insert(NodeId::new(&format!("host-{number}")), node);
        }
        let mesh = crate::mesh::connect(&plan);
        let hits = Query::new("host ho").find(&plan, &mesh);
        let pairs = hits
            .iter()
            .filter(|(_, subject)| matches!(subject, Subject::Pair(_)));
        assert!((1..=ENDS * ENDS).contains(&pairs.count()));
        let pair = PairKey::new(&NodeId::new("host-17"), &NodeId::new("host-288")).unwrap();
        let exact = Query::new("host-288 host-17").find(&plan, &mesh);
        assert_eq!(
            exact.first().map(|(_, subject)| subject),
            Some(&Subject::Pair(pair))
        );
    }

    #[test]
    fn machines_are_found_by_name_site_and_address() {
        let nas = Subject::Node(NodeId::new("nas"));
        assert_eq!(found("nas").first(), Some(&nas));
        assert!(found("home").contains(&nas));
        assert_eq!(found("10.10.0.2"), [nas]);
        assert!(found("").is_empty() && found("nowhere").is_empty());
    }
}
