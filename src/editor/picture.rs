//! The whole drawing as a file of its own: what of it is written, and how.
//!
//! The page reads its drawing as [`Piece`]s, with the look that the style
//! sheets give them; [`svg`] writes them as one SVG file. Every look stands in
//! attributes of the elements, so that viewers which know no style sheets show
//! the same, and what cannot be seen is left out.

use super::area::Rect;
use super::scene::Scene;

#[cfg(test)]
mod tests;

/// The attributes that place and shape a piece; all others are the page's own.
pub const ATTRIBUTES: [&str; 16] = [
    "id",
    "transform",
    "x",
    "y",
    "dx",
    "width",
    "height",
    "rx",
    "cx",
    "cy",
    "r",
    "d",
    "text-anchor",
    "clip-path",
    "clip-rule",
    "points",
];

/// What of its look is written: the attribute, the name of the same among
/// computed styles, and what it is where nobody says anything.
pub const LOOKS: [(&str, &str, &str); 12] = [
    ("fill", "fill", "#000000"),
    ("stroke", "stroke", "none"),
    ("stroke-width", "strokeWidth", "1"),
    ("stroke-dasharray", "strokeDasharray", "none"),
    ("stroke-linecap", "strokeLinecap", "butt"),
    ("stroke-linejoin", "strokeLinejoin", "miter"),
    ("stroke-opacity", "strokeOpacity", "1"),
    ("font-family", "fontFamily", ""),
    ("font-size", "fontSize", ""),
    ("font-weight", "fontWeight", "400"),
    ("paint-order", "paintOrder", "normal"),
    // Alone among these, an element does not take it from the one around it.
    ("opacity", "opacity", "1"),
];

/// The most pixels of a picture, and of one side of it, that browsers can be
/// relied on to paint. The shortest limit of those in use is that of phones.
const MOST_PIXELS: i64 = 64_000_000;
const LONGEST_SIDE: i64 = 16_000;

/// An element of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// What it is, such as `path`.
    pub tag: String,
    /// Those of [`ATTRIBUTES`] that it has.
    pub attributes: Vec<(&'static str, String)>,
    /// Its computed styles in the order of [`LOOKS`].
    pub look: Vec<String>,
    /// What it says of itself, which viewers show to those who point at it.
    pub title: Option<String>,
    /// What is in it.
    pub content: Vec<Content>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Another one.
    Piece(Piece),
    /// Words.
    Text(String),
}

/// Everything that is drawn with the courses of all lines, some of which swing
/// wider than what they join.
#[must_use]
pub fn extent(scene: &Scene) -> Rect {
    let lines = scene.links.iter().map(|link| link.stroke.bounds());
    lines.fold(scene.bounds, |extent, line| extent.around(line))
}

/// How many pixels of a picture stand for one of the drawing; `None` if even
/// one is too much.
#[must_use]
pub fn pixels(frame: Rect) -> Option<i32> {
    let fits = |scale: &i32| {
        let side = |length: i32| i64::from(length) * i64::from(*scale);
        let (width, height) = (side(frame.width), side(frame.height));
        width.max(height) <= LONGEST_SIDE && width * height <= MOST_PIXELS
    };
    [2, 1].into_iter().find(fits)
}

/// The part of a drawing that shows in `frame` as an SVG file, with so many
/// pixels for each unit.
#[must_use]
pub fn svg(name: &str, frame: Rect, scale: i32, drawing: &Piece) -> String {
    let Rect {
        x,
        y,
        width,
        height,
    } = frame;
    let mut text = "<svg".to_owned();
    write_attribute(&mut text, "xmlns", "http://www.w3.org/2000/svg");
    write_attribute(&mut text, "role", "img");
    write_attribute(&mut text, "width", &(width * scale).to_string());
    write_attribute(&mut text, "height", &(height * scale).to_string());
    write_attribute(&mut text, "viewBox", &format!("{x} {y} {width} {height}"));
    let initial: Vec<String> = LOOKS
        .iter()
        .map(|(.., value)| (*value).to_owned())
        .collect();
    let look = write_look(&mut text, drawing, &initial);
    text.push_str(">\n<title>");
    escape(&mut text, name);
    text.push_str("</title>");
    for content in &drawing.content {
        write_content(&mut text, content, &look, false);
    }
    text.push_str("\n</svg>\n");
    text
}

fn write_content(text: &mut String, content: &Content, around: &[String], hidden: bool) {
    let piece = match content {
        Content::Piece(piece) => piece,
        Content::Text(words) => return escape(text, words),
    };
    // What clips others is never seen itself.
    let hidden = hidden || piece.tag == "defs";
    if !hidden && !shows(piece) {
        return;
    }
    let is_words = matches!(piece.tag.as_str(), "text" | "tspan");
    if piece.tag != "tspan" {
        text.push('\n');
    }
    text.push('<');
    text.push_str(&piece.tag);
    for (name, value) in &piece.attributes {
        write_attribute(text, name, value);
    }
    let look = if hidden {
        around.to_vec()
    } else {
        write_look(text, piece, around)
    };
    if piece.content.is_empty() && piece.title.is_none() {
        return text.push_str("/>");
    }
    text.push('>');
    if let Some(title) = &piece.title {
        text.push_str("<title>");
        escape(text, title);
        text.push_str("</title>");
    }
    for content in &piece.content {
        write_content(text, content, &look, hidden);
    }
    if !is_words && !piece.content.is_empty() {
        text.push('\n');
    }
    text.push_str("</");
    text.push_str(&piece.tag);
    text.push('>');
}

/// Writes what of its look an element does not have from the one around it, and
/// answers with what it hands on.
fn write_look(text: &mut String, piece: &Piece, around: &[String]) -> Vec<String> {
    let mut look = around.to_vec();
    let all = LOOKS.iter().zip(&piece.look).zip(&mut look);
    for (((name, _, initial), value), known) in all {
        let value = plain(value);
        let is_own = *name == "opacity";
        if is_own && value != *initial || !is_own && value != *known {
            write_attribute(text, name, &value);
        }
        if !is_own {
            *known = value;
        }
    }
    look
}

/// Whether anything of it can be seen.
fn shows(piece: &Piece) -> bool {
    match piece.tag.as_str() {
        "g" | "svg" | "text" | "tspan" => piece.content.iter().any(|content| match content {
            Content::Piece(piece) => piece.tag == "defs" || shows(piece),
            Content::Text(words) => !words.trim().is_empty(),
        }),
        // Nobody sees a shape that is neither filled nor drawn around.
        _ => {
            let paints = piece.look.iter().take(2);
            paints.into_iter().any(|paint| plain(paint) != "none")
        }
    }
}

/// A computed style as viewers of every age read it: without units, colours
/// as `#rrggbb`.
fn plain(value: &str) -> String {
    let inside = |name: &str| value.strip_prefix(name)?.strip_suffix(')');
    if let Some(parts) = inside("rgb(") {
        let parts: Option<Vec<u8>> = parts
            .split(',')
            .map(|part| part.trim().parse().ok())
            .collect();
        if let Some([red, green, blue]) = parts.as_deref() {
            return format!("#{red:02x}{green:02x}{blue:02x}");
        }
    }
    if value == "transparent" || inside("rgba(").is_some_and(|parts| parts.ends_with(", 0")) {
        return "none".to_owned();
    }
    // Of all values only lengths end this way, alone or in a list.
    let lengths = value.split(", ").map(|part| part.strip_suffix("px"));
    let lengths: Option<Vec<&str>> = lengths.collect();
    lengths.map_or_else(|| value.to_owned(), |lengths| lengths.join(" "))
}

fn write_attribute(text: &mut String, name: &str, value: &str) {
    text.push(' ');
    text.push_str(name);
    text.push_str("=\"");
    escape(text, value);
    text.push('"');
}

/// Words as XML 1.0 takes them. The few characters that it knows no way to
/// write are shown as missing.
fn escape(text: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' | '\n' | '\r' => text.push(' '),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            _ => text.push(character),
        }
    }
}
