//! A question with a fixed list of answers, each of which stands for a value.

use yew::prelude::*;

use super::{Radio, Radios, Select};

/// One answer of a list.
pub struct Answer<T: 'static> {
    /// What it stands for.
    pub value: T,
    /// What a person says.
    pub words: &'static str,
    /// A word more, such as that it is recommended; may be empty.
    pub note: &'static str,
    /// One line that explains it; may be empty.
    pub hint: &'static str,
}

/// A list that opens, with the line that explains the answer that holds.
pub fn select<T: PartialEq + Clone + 'static>(
    id: &'static str,
    label: &'static str,
    answers: &'static [Answer<T>],
    now: &T,
    set: &Callback<T>,
) -> Html {
    let place = answers.iter().position(|answer| answer.value == *now);
    let hint = place
        .and_then(|place| answers.get(place))
        .map_or("", |answer| answer.hint);
    let options: Vec<(AttrValue, AttrValue)> = answers
        .iter()
        .enumerate()
        .map(|(place, answer)| {
            let words = match answer.note {
                "" => AttrValue::Static(answer.words),
                note => format!("{} ({note})", answer.words).into(),
            };
            (place.to_string().into(), words)
        })
        .collect();
    let on_change = {
        let set = set.clone();
        Callback::from(move |key: AttrValue| {
            let chosen = key.parse().ok().and_then(|place: usize| answers.get(place));
            if let Some(answer) = chosen {
                set.emit(answer.value.clone());
            }
        })
    };
    let value = place.map_or_else(String::new, |place| place.to_string());
    html! { <Select {id} {label} {value} {options} {on_change} {hint} class="is-stacked" /> }
}

/// Radio buttons, each with its line.
pub fn radios<T: PartialEq + Clone + 'static>(
    id: &'static str,
    label: &'static str,
    answers: &'static [Answer<T>],
    now: &T,
    set: &Callback<T>,
) -> Html {
    html! {
        <Radios {label} why={id}>
            for (place, answer) in answers.iter().enumerate() {
                <Radio
                    key={place}
                    id={format!("{id}-{place}")}
                    group={id}
                    label={answer.words}
                    note={answer.note}
                    hint={answer.hint}
                    checked={answer.value == *now}
                    on_choose={set.reform(|()| answer.value.clone())}
                />
            }
        </Radios>
    }
}
