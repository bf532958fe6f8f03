//! SVG drawings as pixels.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Url};

use super::method::call;
use super::{download, fault};

/// Paints an SVG file, which has to name its width and height in pixels, and
/// hands over a PNG file of as many. `None` if the browser cannot paint so many.
///
/// # Errors
/// The browser does not take the drawing.
pub async fn png(svg: &str, size: (i32, i32)) -> Result<Option<Blob>, String> {
    paint(svg, size).await.map_err(|thrown| {
        let words = fault::words(&thrown);
        format!("The browser did not paint the drawing ({words}). Save it as SVG instead.")
    })
}

async fn paint(svg: &str, (width, height): (i32, i32)) -> Result<Option<Blob>, JsValue> {
    let drawing = download::blob("image/svg+xml", svg.as_bytes())?;
    let address = Url::create_object_url_with_blob(&drawing)?;
    let painted = paint_from(&address, width, height).await;
    // It fails only if the address is malformed, and then it holds nothing.
    let _ = Url::revoke_object_url(&address);
    painted
}

async fn paint_from(address: &str, width: i32, height: i32) -> Result<Option<Blob>, JsValue> {
    let document = gloo::utils::document();
    let image = document.create_element("img")?;
    image.set_attribute("src", address)?;
    let decoded: Promise = call(&image, "decode", &[])?.dyn_into()?;
    JsFuture::from(decoded).await?;
    let canvas = document.create_element("canvas")?;
    canvas.set_attribute("width", &width.to_string())?;
    canvas.set_attribute("height", &height.to_string())?;
    let context = call(&canvas, "getContext", &[&"2d".into()])?;
    let corner = JsValue::from(0);
    call(&context, "drawImage", &[&image, &corner, &corner])?;
    let written = Promise::new(&mut |resolve, reject| {
        if let Err(thrown) = call(&canvas, "toBlob", &[&resolve]) {
            // It only ends the wait below, which cannot fail.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    });
    // A canvas that is too large for the browser gives nothing.
    Ok(JsFuture::from(written).await?.dyn_into().ok())
}
