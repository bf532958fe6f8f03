//! Every text that the page shows passes through here, so that another
//! language has one place to come in.

/// A text of the page. The literal is English, and every `{}` in it stands for
/// one of the values behind it, in their order.
macro_rules! t {
    ($text:literal) => {
        ::yew::AttrValue::Static($text)
    };
    ($text:literal, $($part:expr),+ $(,)?) => {
        ::yew::AttrValue::from(format!($text, $($part),+))
    };
}

pub(crate) use t;
