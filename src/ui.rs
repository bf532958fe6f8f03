//! The page: canvas, inspector, drawer and dialogs.
//!
//! Only this layer knows Yew. Components get slices of the state as props that
//! compare cheaply, and one dispatcher by context, which never changes.

mod words;

mod actions;
mod session;

mod app;
mod start_up;

mod late;
mod page;
mod picture;
mod work;

mod add_several;
mod autosave;
mod deliver;
mod doing;
mod exporting;
mod following;
mod keeping;
mod language;
mod opening;
mod proving;
mod shortcuts;

mod badge;
mod canvas;
mod dialog;
mod drawer;
mod explain;
mod field;
mod first_steps;
mod handout;
mod icon;
mod inspector;
mod key_sheet;
mod palette;
mod project_list;
mod several;
mod start;
mod table;
mod tabs_banner;
mod toast;
mod top_bar;
mod what_if;

pub use app::App;
pub use work::work;
