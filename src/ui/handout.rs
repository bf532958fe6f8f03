//! What is handed to people who do not have the page: the whole drawing as a
//! file, and an overview on paper.

mod file;
mod overview;
mod paper;
mod reading;

use std::rc::Rc;

use yew::prelude::*;

use super::session::{Picture, Session};
use file::PictureFile;
use paper::Paper;

/// What is printed. It comes first in the page: the drawing on paper and the one
/// on the screen use the same marks to clip their lines, and the first counts.
pub(super) fn paper(session: &Session) -> Html {
    html! {
        <Paper
            plan={Rc::clone(session.editor.plan())}
            mesh={Rc::clone(session.editor.mesh())}
            selection={session.editor.selection.clone()}
            shown={session.picture == Some(Picture::Paper)}
        />
    }
}

/// The drawing while it is made into a file.
pub(super) fn picture_file(session: &Session) -> Html {
    let format = session.picture.filter(|picture| *picture != Picture::Paper);
    format.map_or_else(Html::default, |format| {
        html! {
            <PictureFile
                plan={Rc::clone(session.editor.plan())}
                mesh={Rc::clone(session.editor.mesh())}
                selection={session.editor.selection.clone()}
                {format}
            />
        }
    })
}
