//! Parts of the page whose code is fetched when they are first needed.
//!
//! The build splits the module (`xtask/src/build/split.rs`) at the functions that [`part!`] makes;
//! an unsplit build, as for tests, holds everything and calls the same functions.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::words::{later, tr};
use seatree_core::{Problem, UpstreamError};

use crate::ui::error_notice::error_notice;
use crate::ui::live::live;

/// A part of the page that could not be fetched.
#[derive(Clone, Debug)]
pub struct Missing {
    cause: String,
}

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(error: leptos::wasm_split::SplitLoaderError) -> Self {
        Self { cause: format!("{error:?}") }
    }
}

impl From<Missing> for UpstreamError {
    fn from(missing: Missing) -> Self {
        let origin = crate::platform::window().location().origin().unwrap_or_default();
        let doing = later("fetching a part of this page");
        Self::new(doing, Problem::Unreachable { origin }).because(missing.cause)
    }
}

/// Makes an async function that gives `$value`, fetching the part `$part` of the page first.
/// All that only `$value` reaches goes into that part.
macro_rules! part {
    ($part:ident, $(#[$doc:meta])* $vis:vis fn $name:ident() -> $out:ty { $value:expr }) => {
        $(#[$doc])*
        #[cfg(split)]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
        $vis fn $name() -> Result<$out, $crate::platform::part::Missing> {
            Ok($value)
        }

        $(#[$doc])*
        #[cfg(not(split))]
        $vis async fn $name() -> Result<$out, $crate::platform::part::Missing> {
            Ok($value)
        }
    };
}
pub(crate) use part;

/// A view whose code is a part of its own.
pub type View = fn() -> AnyView;

/// Shows a view once its code is there, and says so while it is not.
pub fn view_of(code: impl Future<Output = Result<View, Missing>> + 'static) -> AnyView {
    let arrived = RwSignal::new(None::<Result<View, Missing>>);
    spawn_local(async move {
        let code = code.await;
        arrived.try_set(Some(code));
    });
    live(move || match arrived.get() {
        None => view! { <p class="nothing" role="status">{tr("Loading…")}</p> }.into_any(),
        Some(Ok(view)) => view(),
        Some(Err(missing)) => error_notice(tr("This page"), &missing.into()),
    })
}
