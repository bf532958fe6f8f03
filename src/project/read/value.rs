//! Values that stand in several objects of a plan file.

use std::fmt::Display;
use std::net::IpAddr;

use litemap::LiteMap;

use crate::plan::{Mtu, MtuError, Point, Port, PortError, Uplink};

use super::super::error::FileError;
use super::super::json::{At, Fields};
use super::super::words::UPLINKS;

/// Entries beyond this many in one list are refused: no plan has them, and
/// solving them would keep the machine busy for hours.
pub(super) const MOST: usize = 10_000;

/// Machines or sites by a text that no two of them have.
pub(super) type Ids<T> = LiteMap<String, T>;

/// The values of a list that may be missing.
pub(super) fn list<'a>(fields: &Fields<'a>, name: &str) -> Result<Vec<At<'a>>, FileError> {
    fields.get(name).map_or(Ok(Vec::new()), |at| at.list(MOST))
}

/// The values of a list in their natural order, of which none may stand there
/// twice. The order of statements means nothing, so it is not kept.
pub(super) fn distinct<'a, T: Ord>(
    list: &[At<'a>],
    read: impl Fn(&At<'a>) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let mut values: LiteMap<T, ()> = LiteMap::new();
    for at in list {
        if values.insert(read(at)?, ()).is_some() {
            return Err(at.problem("this is listed twice"));
        }
    }
    let values = values.into_tuple_vec().into_iter();
    Ok(values.map(|(value, ())| value).collect())
}

/// A field that may be missing, but is never `null`: a slip of another program
/// must not pass for a choice.
pub(super) fn optional<'a, T>(
    fields: &Fields<'a>,
    name: &str,
    read: impl Fn(&At<'a>) -> Result<T, FileError>,
) -> Result<Option<T>, FileError> {
    fields.get(name).map(|at| read(&at)).transpose()
}

/// The identity that an object states, or the name that stands for it.
pub(super) fn own_identity<'a>(fields: &Fields<'a>, name: &'a str) -> Result<&'a str, FileError> {
    fields.get("id").map_or(Ok(name), |at| identity(&at))
}

pub(super) fn identity<'a>(at: &At<'a>) -> Result<&'a str, FileError> {
    let id = at.text()?;
    if id.is_empty() || id.len() > 100 || id.chars().any(char::is_control) {
        return Err(at.problem("1 to 100 characters are expected here"));
    }
    Ok(id)
}

pub(super) fn ip(at: &At<'_>) -> Result<IpAddr, FileError> {
    at.parse_as("an address like 10.10.0.2")
}

pub(super) fn port(at: &At<'_>) -> Result<Port, FileError> {
    number(at, PortError)
}

pub(super) fn mtu(at: &At<'_>) -> Result<Mtu, FileError> {
    number(at, MtuError)
}

/// A word, or the number of bytes that someone measured.
pub(super) fn uplink(at: &At<'_>) -> Result<Uplink, FileError> {
    if at.text().is_ok() {
        at.word(UPLINKS)
    } else {
        mtu(at).map(Uplink::Own)
    }
}

fn number<T: TryFrom<u64>>(at: &At<'_>, error: impl Display) -> Result<T, FileError> {
    let number = at.number()?;
    u64::try_from(number)
        .ok()
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| at.problem(format!("{number}: {error}")))
}

pub(super) fn point(at: &At<'_>) -> Result<Point, FileError> {
    // Far beyond any screen, yet safe to add up.
    const FAR: i64 = 1_000_000;
    let [x, y] = at.two()?;
    let whole = |at: At<'_>| {
        let number = at.number()?.clamp(-FAR, FAR);
        i32::try_from(number).map_err(|_| at.problem("this is too far away"))
    };
    Ok(Point {
        x: whole(x)?,
        y: whole(y)?,
    })
}
