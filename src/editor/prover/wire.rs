//! Requests and answers as bytes.

use std::rc::Rc;

use zeroize::Zeroizing;

use crate::editor::report::{Reader, Writer};
use crate::project::{read_keyring, read_plan, write_keyring_secret, write_plan};

use super::{Answer, Request};

impl Request {
    /// The request as bytes, which hold the keys if it brings them.
    #[must_use]
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut to = Writer::default();
        match self {
            Self::Keys(keyring) => {
                to.byte(0);
                to.text(&write_keyring_secret(keyring));
            }
            Self::Prove { number, plan, .. } => {
                to.byte(1);
                to.number(*number as usize);
                to.text(&write_plan(plan));
            }
            Self::Walk {
                number,
                from,
                target,
            } => {
                to.byte(2);
                to.number(*number as usize);
                to.number(*from);
                to.number(*target);
            }
        }
        to.into_secret_bytes()
    }

    /// Reads it back; `None` if these are not the bytes of a request.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        Some(match from.byte()? {
            0 => Self::Keys(Rc::new(read_keyring(from.text()?).ok()?)),
            1 => Self::Prove {
                number: u32::try_from(from.number()?).ok()?,
                plan: Rc::new(read_plan(from.text()?).ok()?),
                mesh: None,
            },
            2 => Self::Walk {
                number: u32::try_from(from.number()?).ok()?,
                from: from.number()?,
                target: from.number()?,
            },
            _ => return None,
        })
    }
}

impl Answer {
    /// The answer as bytes. No answer holds a secret.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        let kind = match self {
            Self::Progress { .. } => 0,
            Self::Proved(..) => 1,
            Self::Failed(..) => 2,
            Self::Walked(..) => 3,
        };
        to.byte(kind);
        to.number(self.number() as usize);
        match self {
            Self::Progress { done, of, .. } => {
                to.number(*done);
                to.number(*of);
            }
            Self::Proved(_, report) => to.report(report),
            Self::Failed(_, why) => to.text(why),
            Self::Walked(_, walk) => to.walk(walk),
        }
        std::mem::take(&mut *to.into_secret_bytes())
    }

    /// Reads it back; `None` if these are not the bytes of an answer.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let kind = from.byte()?;
        let number = u32::try_from(from.number()?).ok()?;
        Some(match kind {
            0 => Self::Progress {
                number,
                done: from.number()?,
                of: from.number()?,
            },
            1 => Self::Proved(number, from.report()?),
            2 => Self::Failed(number, from.text()?.to_owned()),
            3 => Self::Walked(number, from.walk()?),
            _ => return None,
        })
    }
}
