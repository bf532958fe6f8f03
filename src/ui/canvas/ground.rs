//! The dots behind everything.

use yew::prelude::*;

use super::view::View;

/// The dots, which move and grow with the view.
pub(super) fn ground(view: View) -> Html {
    // Far away every second dot is enough.
    let step = match view.percent() {
        ..12 => 384.0,
        12..20 => 192.0,
        20..30 => 96.0,
        30..60 => 48.0,
        _ => 24.0,
    };
    let size = format!("{:.3}", step * view.zoom);
    let half = format!("{:.3}", step * view.zoom / 2.0);
    html! {
        <>
            <defs>
                <pattern id="dots" patternUnits="userSpaceOnUse" x={format!("{:.2}", view.x)} y={format!("{:.2}", view.y)} width={size.clone()} height={size}>
                    <circle class="dot" cx={half.clone()} cy={half} r="1" />
                </pattern>
            </defs>
            <rect class="ground" width="100%" height="100%" fill="url(#dots)" />
        </>
    }
}
