//! JSON as both saved files are read: values that know their place, so that an
//! error can name it. Texts are wiped when dropped, because a keyring's are
//! secrets.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use crate::keyring::SecretText;

use super::error::FileError;

/// Any JSON value. Fields keep their order, and none is dropped if a name
/// stands twice.
pub(super) enum Json {
    Null,
    Truth(bool),
    /// A whole number; every other number is [`Json::Other`].
    Number(i64),
    Other,
    Text(SecretText),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
                Ok(Json::Truth(truth))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
                Ok(Json::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
                Ok(i64::try_from(number).map_or(Json::Other, Json::Number))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
                Ok(Json::Other)
            }

            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::Text(Zeroizing::new(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = access.next_element()? {
                    list.push(value);
                }
                Ok(Json::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = access.next_entry()? {
                    fields.push(field);
                }
                Ok(Json::Object(fields))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A value and where it stands in the file, such as `nodes[1].place`.
pub(super) struct At<'a> {
    value: &'a Json,
    place: String,
}

impl<'a> At<'a> {
    /// The whole file.
    pub(super) fn root(value: &'a Json) -> Self {
        Self {
            value,
            place: String::new(),
        }
    }

    /// An error at this place.
    pub(super) fn problem(&self, problem: impl fmt::Display) -> FileError {
        FileError::value(self.place.as_str(), problem.to_string())
    }

    /// The fields of an object that may hold `known` fields and no others: a
    /// field that nobody reads is a slip, and silence would hide it.
    pub(super) fn fields(&self, known: &[&str]) -> Result<Fields<'a>, FileError> {
        let fields = self.any_object()?;
        for (index, (name, _)) in fields.fields.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let known = known.join(", ");
                return Err(fields.problem(format!(
                    "unknown field `{}`; the fields here are {known}",
                    harmless(name)
                )));
            }
            if fields
                .fields
                .iter()
                .take(index)
                .any(|(other, _)| other == name)
            {
                return Err(fields.problem(format!("the field `{name}` stands here twice")));
            }
        }
        Ok(fields)
    }

    /// The fields of an object whose names are free.
    pub(super) fn any_object(&self) -> Result<Fields<'a>, FileError> {
        match self.value {
            Json::Object(fields) => Ok(Fields {
                fields,
                place: self.place.clone(),
            }),
            _ => Err(self.expected("an object")),
        }
    }

    /// The values of a list that has at most `most`.
    pub(super) fn list(&self, most: usize) -> Result<Vec<At<'a>>, FileError> {
        let Json::List(list) = self.value else {
            return Err(self.expected("a list"));
        };
        if list.len() > most {
            let count = list.len();
            return Err(self.problem(format!("{count} entries; at most {most} are read")));
        }
        Ok(list
            .iter()
            .enumerate()
            .map(|(index, value)| At {
                value,
                place: format!("{}[{index}]", self.place),
            })
            .collect())
    }

    /// Exactly two values.
    pub(super) fn two(&self) -> Result<[At<'a>; 2], FileError> {
        <[At<'a>; 2]>::try_from(self.list(2)?).map_err(|_| self.expected("two values"))
    }

    /// A text.
    pub(super) fn text(&self) -> Result<&'a str, FileError> {
        match self.value {
            Json::Text(text) => Ok(text),
            _ => Err(self.expected("a text")),
        }
    }

    /// A text that is one of a few words.
    pub(super) fn word<T: Clone>(&self, words: &[(&str, T)]) -> Result<T, FileError> {
        let text = self.text()?;
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| meaning.clone())
            .ok_or_else(|| {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                self.problem(format!(
                    "{}: one of {} is expected here",
                    quoted(text),
                    words.join(", ")
                ))
            })
    }

    /// A text that a type of the model is parsed from.
    pub(super) fn parse<T: FromStr<Err: fmt::Display>>(&self) -> Result<T, FileError> {
        let text = self.text()?;
        text.parse()
            .map_err(|error: T::Err| self.problem(format!("{}: {error}", quoted(text))))
    }

    /// A text that is parsed from, where the parser's own words say too little.
    pub(super) fn parse_as<T: FromStr>(&self, what: &str) -> Result<T, FileError> {
        let text = self.text()?;
        text.parse()
            .map_err(|_| self.problem(format!("{}: {what} is expected here", quoted(text))))
    }

    /// A whole number.
    pub(super) fn number(&self) -> Result<i64, FileError> {
        match self.value {
            Json::Number(number) => Ok(*number),
            _ => Err(self.expected("a whole number")),
        }
    }

    /// Yes or no.
    pub(super) fn truth(&self) -> Result<bool, FileError> {
        match self.value {
            Json::Truth(truth) => Ok(*truth),
            _ => Err(self.expected("true or false")),
        }
    }

    fn expected(&self, what: &str) -> FileError {
        let found = match self.value {
            Json::Null => "null",
            Json::Truth(_) => "true or false",
            Json::Number(_) => "a whole number",
            Json::Other => "another number",
            Json::Text(_) => "a text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        };
        self.problem(format!("{what} is expected here, not {found}"))
    }
}

/// The fields of an object.
pub(super) struct Fields<'a> {
    fields: &'a [(String, Json)],
    place: String,
}

impl<'a> Fields<'a> {
    /// An error at the object itself.
    pub(super) fn problem(&self, problem: impl fmt::Display) -> FileError {
        FileError::value(self.place.as_str(), problem.to_string())
    }

    /// The value of a field, if the field is there.
    pub(super) fn get(&self, name: &str) -> Option<At<'a>> {
        let (_, value) = self.fields.iter().find(|(other, _)| other == name)?;
        Some(self.at(name, value))
    }

    /// The value of a field that must be there.
    pub(super) fn need(&self, name: &str) -> Result<At<'a>, FileError> {
        self.get(name)
            .ok_or_else(|| self.problem(format!("the field `{name}` is missing")))
    }

    /// All fields in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, At<'a>)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), self.at(name, value)))
    }

    fn at(&self, name: &str, value: &'a Json) -> At<'a> {
        let name = harmless(name);
        let place = if self.place.is_empty() {
            name
        } else {
            format!("{}.{name}", self.place)
        };
        At { value, place }
    }
}

/// A text from a file as an error shows it: short, and harmless in a terminal.
pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", harmless(text))
}

fn harmless(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            short.push('\u{2026}');
            break;
        }
        let bad = character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character);
        short.push(if bad { '\u{fffd}' } else { character });
    }
    short
}
