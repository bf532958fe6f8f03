//! Reads the drawing as it is shown.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::browser::look::Looks;
use crate::editor::picture::{ATTRIBUTES, Content, LOOKS, Piece};

/// An element with everything in it, as far as it belongs into a file.
pub(super) fn read(element: &Element) -> Piece {
    piece(element, &Looks::new(LOOKS.map(|(_, name, _)| name)))
}

fn piece(element: &Element, looks: &Looks) -> Piece {
    let value = |name| Some((name, element.get_attribute(name)?));
    let mut content = Vec::new();
    let mut next = element.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if let Some(element) = node.dyn_ref::<Element>() {
            content.push(Content::Piece(piece(element, looks)));
        } else if node.node_type() == Node::TEXT_NODE {
            content.push(Content::Text(node.node_value().unwrap_or_default()));
        }
    }
    Piece {
        tag: element.tag_name(),
        attributes: ATTRIBUTES.into_iter().filter_map(value).collect(),
        look: looks.of(element),
        title: element.get_attribute("aria-label"),
        content,
    }
}
