//! The QR code of an app's tunnel: hidden until asked for, and graded before
//! anyone holds a phone in front of it.

use std::rc::Rc;

use yew::prelude::*;

use crate::mesh::Mesh;
use crate::render::{self, Qr, QrGrade, TooLarge, compact_secret_text, qr_of_secret};
use crate::ui::dialog::Modal;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Download, Secrets};

/// The highest version of a QR code, which is the end of the scale.
const VERSIONS: u32 = 40;

/// What [`QrPanel`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct QrPanelProps {
    /// The mesh.
    pub mesh: Rc<Mesh>,
    /// Its keys.
    pub secrets: Secrets,
    /// Whose code, by its place.
    pub place: usize,
    /// How many of its connections do not get through.
    pub stops: usize,
    /// Something shall be downloaded.
    pub on_download: Callback<Download>,
}

/// The QR code of a machine whose app reads one.
#[component]
pub fn QrPanel(props: &QrPanelProps) -> Html {
    let shown = use_state_eq(|| false);
    let large = use_state_eq(|| false);
    let code = use_memo(
        (props.mesh.clone(), props.secrets.clone(), props.place),
        |(mesh, secrets, place)| {
            let keys = render::Keys::complete(mesh, &secrets.0).ok()?;
            Some(qr_of_secret(&compact_secret_text(mesh, *place, &keys)))
        },
    );
    let (Some(node), Some(code)) = (props.mesh.nodes.get(props.place), code.as_ref()) else {
        return html! {};
    };
    let name = node.name.as_str();
    let toggle = |on: bool| {
        let shown = shown.setter();
        Callback::from(move |_: MouseEvent| shown.set(on))
    };
    let enlarge = |on: bool| {
        let large = large.setter();
        move || large.set(on)
    };
    let svg = {
        let id = node.id.clone();
        props
            .on_download
            .reform(move |_: MouseEvent| Download::QrCode(id.clone()))
    };
    html! {
        <section class="qr" aria-labelledby="qr-title">
            <header class="qr__head">
                <h3 id="qr-title" class="qr__title">{ "Scan with the app" }</h3>
                if *shown {
                    <button type="button" class="button button--quiet button--small" onclick={toggle(false)}><Icon glyph={Glyph::EyeOff} />{ "Hide" }</button>
                }
            </header>
            { match code {
                Err(too_large) => refusal(*too_large),
                Ok(qr) => html! {
                    <>
                        if *shown {
                            <div class="qr__ground">{ drawing(qr, name) }</div>
                        } else {
                            <div class="qr__cover">
                                <button type="button" class="button" onclick={toggle(true)}><Icon glyph={Glyph::Eye} />{ "Show QR code" }</button>
                            </div>
                        }
                        { meter(qr) }
                        if props.stops > 0 {
                            <p class="qr__refusal"><Icon glyph={Glyph::Warning} /><span>{ broken(props.stops, name) }</span></p>
                        }
                        <p class="qr__warning">{ format!("This code holds the private key of {name}. Anyone who photographs it becomes {name}.") }</p>
                        <div class="buttons">
                            <button type="button" class="button button--small" onclick={let open = enlarge(true); move |_: MouseEvent| open()}><Icon glyph={Glyph::Fit} />{ "Full screen" }</button>
                            <button type="button" class="button button--small" aria-label="Download QR code as SVG" onclick={svg}><Icon glyph={Glyph::Download} />{ "SVG" }</button>
                        </div>
                        if *large {
                            <Modal id="qr-large" class="dialog--large" title={format!("Tunnel of {name}")} on_close={let close = enlarge(false); move |()| close()}>
                                <div class="qr__ground">{ drawing(qr, name) }</div>
                            </Modal>
                        }
                    </>
                },
            } }
        </section>
    }
}

fn broken(stops: usize, name: &str) -> String {
    if stops == 1 {
        format!("1 connection of {name} does not get through; the matrix says why.")
    } else {
        format!("{stops} connections of {name} do not get through; the matrix says why.")
    }
}

/// The code, dark on white whatever the theme.
fn drawing(qr: &Qr, name: &str) -> Html {
    html! {
        <svg class="qr__code" viewBox={format!("0 0 {0} {0}", qr.size)} role="img" aria-label={format!("QR code with the tunnel of {name}")} shape-rendering="crispEdges">
            <path d={qr.path.clone()} />
        </svg>
    }
}

fn refusal(too_large: TooLarge) -> Html {
    html! { <p class="qr__refusal"><Icon glyph={Glyph::Warning} /><span>{ too_large.to_string() }</span></p> }
}

/// How easily the code is scanned, on a scale with the limits of each grade.
fn meter(qr: &Qr) -> Html {
    let (words, class, glyph) = match qr.grade() {
        QrGrade::Easy => ("Easy", "meter--easy", Glyph::Check),
        QrGrade::Fair => ("OK", "meter--easy", Glyph::Check),
        QrGrade::Hard => ("Needs a good camera", "meter--hard", Glyph::Warning),
        QrGrade::UseFile => ("Better use the file", "meter--hard", Glyph::Warning),
    };
    html! {
        <div class={classes!("meter", class)}>
            <p class="meter__head">
                <span class="meter__grade"><Icon {glyph} />{ words }</span>
                <span class="meter__figures">{ format!("{} of {} bytes, version {}", qr.bytes, TooLarge::LIMIT, qr.version) }</span>
            </p>
            <svg class="meter__scale" viewBox={format!("0 0 {VERSIONS} 8")} preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="meter__track" y="3" width={VERSIONS.to_string()} height="4" />
                <rect class="meter__bar" y="3" width={qr.version.to_string()} height="4" />
                <path class="meter__ticks" d="M15 0v8M25 0v8M32 0v8" />
            </svg>
            <p class="meter__marks" aria-hidden="true"><span>{ "easy" }</span><span>{ "ok" }</span><span>{ "hard" }</span><span>{ "file" }</span></p>
        </div>
    }
}
