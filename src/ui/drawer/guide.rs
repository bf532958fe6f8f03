//! The bring-up of this very plan, in order, with commands ready to copy.

use std::rc::Rc;

use yew::prelude::*;
use zeroize::Zeroizing;

use super::DrawerProps;
use crate::browser::language::said;
use crate::mesh::{Mesh, MeshNode};
use crate::plan::Plan;
use crate::render::{self, Block, Part, Stage};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::{Action, Clip, Dispatch, use_dispatch};
use crate::ui::words::t;

/// The bring-up. Takes the drawer's props, of which it needs few.
#[component]
pub fn Guide(props: &DrawerProps) -> Html {
    let guide = use_memo(
        (Rc::clone(&props.plan), Rc::clone(&props.mesh)),
        |(plan, mesh)| render::guide(plan, mesh),
    );
    let dispatch = use_dispatch();
    if guide.stages.is_empty() {
        return empty();
    }
    let pen = Pen {
        plan: &props.plan,
        mesh: &props.mesh,
        dispatch: &dispatch,
        on_copy: &props.on_copy,
    };
    let checks: Vec<String> = guide
        .checks
        .iter()
        .map(|(command, place)| format!("{command}    # {}", props.mesh.name(*place)))
        .collect();
    html! {
        <div class="guide">
            <h2 class="visually-hidden">{ t!("Guide") }</h2>
            <p class="guide__lead">
                { t!("Each machine gets its own folder of the zip, and no other. This order saves waiting, but any order works: machines that dial keep trying.") }
            </p>
            { for guide.stages.iter().enumerate().map(|(place, stage)| pen.stage(place + 1, stage)) }
            { for guide.without.iter().map(|place| pen.without(*place)) }
            <section class="guide__stage">
                <h3 class="guide__title">{ t!("Does it work?") }</h3>
                <p class="guide__words">
                    <code>{ "sudo wg show" }</code>{ " " }
                    { t!("names a latest handshake for each peer that has been heard. From any machine:") }
                </p>
                { pen.commands(&checks, t!("the checks"), t!("Copy the checks")) }
            </section>
        </div>
    }
}

fn empty() -> Html {
    html! {
        <div class="empty">
            <Icon glyph={Glyph::Book} size={20} />
            <h2 class="empty__title">{ t!("Nothing to bring up yet") }</h2>
            <p class="empty__text">
                { t!("Add machines on the canvas. What to do on each of them, and in which order, will stand here.") }
            </p>
        </div>
    }
}

/// What every piece of the guide is written with.
struct Pen<'a> {
    plan: &'a Plan,
    mesh: &'a Mesh,
    dispatch: &'a Dispatch,
    on_copy: &'a Callback<Clip>,
}

impl Pen<'_> {
    fn stage(&self, number: usize, stage: &Stage) -> Html {
        html! {
            <section class="guide__stage" key={stage.title}>
                <h3 class="guide__title"><span class="guide__number">{ number }</span>{ stage.title }</h3>
                <ol class="guide__parts">
                    { for stage.parts.iter().map(|part| self.part(part)) }
                </ol>
            </section>
        }
    }

    fn part(&self, part: &Part) -> Html {
        let Some(node) = self.mesh.nodes.get(part.place) else {
            return Html::default();
        };
        let name = node.name.as_str();
        let words = if node.platform.is_app() {
            t!("Show the QR code of {}", name)
        } else {
            t!("Show the files of {}", name)
        };
        let short = if node.platform.is_app() {
            t!("QR code")
        } else {
            t!("Files")
        };
        let show = {
            let (dispatch, id) = (self.dispatch.clone(), node.id.clone());
            Callback::from(move |_: MouseEvent| {
                dispatch.dispatch(Action::ShowFilesOf(id.clone()));
            })
        };
        html! {
            <li class="guide__part" key={node.id.to_string()}>
                <div class="guide__head">
                    <Icon glyph={self.glyph(node)} />
                    <h4 class="guide__name">{ name }</h4>
                    <button type="button" class="button button--small" aria-label={words} onclick={show}>{ short }</button>
                </div>
                { for part.blocks.iter().map(|block| match block {
                    Block::Words(words) => sentence(words),
                    Block::Commands(lines) => self.commands(
                        lines,
                        t!("the commands for {}", name),
                        t!("Copy the commands for {}", name),
                    ),
                }) }
            </li>
        }
    }

    fn without(&self, place: usize) -> Html {
        let name = self.mesh.name(place);
        html! {
            <p class="guide__words" key={name.to_owned()}>
                <Icon glyph={Glyph::Warning} size={14} />
                { " " }{ t!("{} gets no files. The findings say why.", name) }
            </p>
        }
    }

    fn glyph(&self, node: &MeshNode) -> Glyph {
        let stated = self.plan.nodes.get(&node.id);
        stated.map_or(Glyph::Computer, |node| of_form(node.form))
    }

    /// Commands with a button that copies them all.
    fn commands(&self, lines: &[String], what: AttrValue, label: AttrValue) -> Html {
        let text = lines.join("\n");
        let copy = {
            let (on_copy, text) = (self.on_copy.clone(), text.clone());
            Callback::from(move |_: MouseEvent| {
                // No command holds a secret, but the clipboard takes all texts alike.
                on_copy.emit(Clip {
                    secret_text: Zeroizing::new(text.clone()),
                    what: what.clone(),
                });
            })
        };
        html! {
            <div class="guide__commands">
                // A reader who cannot point must be able to scroll long lines.
                <pre class="guide__code" tabindex="0" aria-label={t!("Commands")} role="group"><code>{ text }</code></pre>
                <button type="button" class="icon-button guide__copy" aria-label={label.clone()} title={label} onclick={copy}>
                    <Icon glyph={Glyph::Copy} />
                </button>
            </div>
        }
    }
}

/// Words in which commands stand between backticks. They are those of the README
/// in the archive, said as a whole in the language of the page.
fn sentence(words: &str) -> Html {
    let spoken = said(words);
    let pieces = spoken
        .as_deref()
        .unwrap_or(words)
        .split('`')
        .enumerate()
        .map(|(place, piece)| {
            if place % 2 == 1 {
                html! { <code>{ piece.to_owned() }</code> }
            } else {
                html! { <>{ piece.replace('\n', " ") }</> }
            }
        });
    html! { <p class="guide__words" translate="no">{ for pieces }</p> }
}
