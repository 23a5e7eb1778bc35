//! Writing all rows to a file, as a host page asks for it.

use seatree_core::words::tr;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use crate::app::Context;
use crate::export::{Format, all};

/// Saves a file in the format `csv`, `xlsx` or `json`: a promise of its name, which is rejected with
/// words where there is none.
pub(super) fn export(context: Context, format: &JsValue) -> JsValue {
    let format = format.as_string().and_then(|ending| Format::of_ending(&ending));
    let writing = async move {
        let Some(format) = format else {
            return Err(error(tr("The formats are csv, xlsx and json.")));
        };
        let write = all()
            .await
            .map_err(|missing| error(&seatree_core::UpstreamError::from(missing).to_string()))?;
        match write(context, format).await {
            Ok(written) => Ok(written.name.unwrap_or_default().into()),
            Err(failure) => Err(error(&failure.words().unwrap_or_default())),
        }
    };
    future_to_promise(writing).into()
}

fn error(words: &str) -> JsValue {
    js_sys::Error::new(words).into()
}
