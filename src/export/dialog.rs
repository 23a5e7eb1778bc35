//! The dialog that asks what to export, and tells what came of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::export::Extent;

use super::format::Format;
use super::run::{Failure, Written, run};
use super::source::sources;
use super::which::Which;
use crate::app::context::{Context, context};
use crate::platform::numbers;
use crate::platform::stop::Stop;
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{flag, live_if, press, text};

/// What the dialog is at.
#[derive(Clone)]
enum Doing {
    Asking,
    /// Rows written, of how many.
    Writing(usize, usize),
    Done(String),
    Failed(Failure),
}

/// What is chosen, and what came of it. Copying it shares it.
#[derive(Clone, Copy)]
struct Choice {
    which: RwSignal<Which>,
    format: RwSignal<Format>,
    doing: RwSignal<Doing>,
    stop: StoredValue<Stop, LocalStorage>,
}

pub(super) fn content() -> AnyView {
    let context = context();
    let choice = Choice {
        which: RwSignal::new(usual(context)),
        format: RwSignal::new(Format::Xlsx),
        doing: RwSignal::new(Doing::Asking),
        stop: StoredValue::new_local(Stop::new()),
    };
    // Who closes the dialog does not wait for a file.
    on_cleanup(move || {
        choice.stop.try_with_value(Stop::stop);
    });
    let rows: Vec<AnyView> =
        Which::ALL.into_iter().map(|which| row_choice(context, choice, which)).collect();
    let formats: Vec<AnyView> =
        Format::ALL.into_iter().map(|format| format_choice(choice, format)).collect();
    view! {
        <fieldset class="choices">
            <legend>"Rows"</legend>
            {rows}
        </fieldset>
        <fieldset class="choices">
            <legend>"Format"</legend>
            {formats}
        </fieldset>
        {live_if(move || unread(context))}
        {live_if(move || progress(&choice.doing.get()))}
        // There before it says something, or it would not be read out.
        <div role="status">{live_if(move || done(&choice.doing.get()))}</div>
        {live_if(move || failed(&choice.doing.get()))}
        <div class="dialog-foot">
            <span class="spring"></span>
            {button(context, choice)}
        </div>
    }
    .into_any()
}

/// The rows that are meant mostly: the selected ones, else those found, else all.
fn usual(context: Context) -> Which {
    context.estate.with_untracked(|forest| {
        if forest.selection.len() > 1 {
            Which::Selected
        } else if forest.rows.matches() > 0 {
            Which::Matching
        } else {
            Which::All
        }
    })
}

fn row_choice(context: Context, choice: Choice, which: Which) -> AnyView {
    let count = Memo::new(move |_| context.estate.with(|forest| which.count(forest)));
    view! {
        <label>
            <input
                type="radio"
                name="export-rows"
                prop:checked=flag(move || choice.which.get() == which)
                disabled=flag(move || count.get() == 0)
                on:change=move |_| choice.which.set(which)
            />
            {which.name()}
            <span class="dim num">{text(move || numbers::whole(count.get()))}</span>
        </label>
    }
    .into_any()
}

fn format_choice(choice: Choice, format: Format) -> AnyView {
    view! {
        <label>
            <input
                type="radio"
                name="export-format"
                prop:checked=flag(move || choice.format.get() == format)
                on:change=move |_| choice.format.set(format)
            />
            {format.name()}
            <span class="dim">{format.hint()}</span>
        </label>
    }
    .into_any()
}

/// What of the connections is not there.
fn unread(context: Context) -> Option<AnyView> {
    let names = context.estate.with(|forest| {
        let sources = sources(context, forest)?;
        let parts = sources.into_iter().filter(|source| source.extent != Extent::Whole);
        Some(parts.map(|source| source.name).collect::<Vec<_>>())
    })?;
    (!names.is_empty()).then(|| {
        view! {
            <p class="dim">
                "Not read, or not to the end: " <bdi>{names.join(", ")}</bdi>
                ". The file says so."
            </p>
        }
        .into_any()
    })
}

fn progress(doing: &Doing) -> Option<AnyView> {
    let Doing::Writing(done, of) = doing else { return None };
    let words = [&numbers::whole(*done), " of ", &numbers::whole(*of), " rows"].concat();
    let view = view! {
        <p class="export-progress">
            <progress
                max=of.to_string()
                value=done.to_string()
                aria-label="Rows written"
            ></progress>
            <span class="dim">{words}</span>
        </p>
    };
    Some(view.into_any())
}

fn done(doing: &Doing) -> Option<AnyView> {
    let words = match doing {
        Doing::Done(words) => words.clone(),
        Doing::Failed(Failure::Stopped) => "Stopped: nothing was written".to_owned(),
        _ => return None,
    };
    Some(view! { <p>{words}</p> }.into_any())
}

fn failed(doing: &Doing) -> Option<AnyView> {
    let Doing::Failed(failure) = doing else { return None };
    let words = match failure {
        Failure::Stopped => return None,
        Failure::Missing(error) => return Some(error_notice("Export", error)),
        Failure::Write(error) => error.to_string(),
        Failure::TooMuchToCopy => {
            "Copying is for up to 100,000 rows: export as CSV, or filter first".to_owned()
        }
        Failure::Clipboard => "The browser did not let the page copy: press Export again, or \
                               export as CSV"
            .to_owned(),
        Failure::Browser => "The browser did not take the file, perhaps for want of room: free \
                             some, or filter first"
            .to_owned(),
    };
    let view = view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <p>{words}</p>
        </div>
    };
    Some(view.into_any())
}

/// Export, or stop it: one button, so that the focus stays on it.
fn button(context: Context, choice: Choice) -> AnyView {
    let is_writing = Memo::new(move |_| matches!(choice.doing.get(), Doing::Writing(..)));
    let has_rows = move || context.estate.with(|forest| choice.which.get().count(forest)) > 0;
    let act = press(move || {
        if is_writing.get_untracked() {
            choice.stop.with_value(Stop::stop);
        } else {
            export(context, choice);
        }
    });
    view! {
        <button
            class="button primary"
            disabled=flag(move || !is_writing.get() && !has_rows())
            on:click=act
        >
            {text(move || if is_writing.get() { "Stop" } else { "Export" }.to_owned())}
        </button>
    }
    .into_any()
}

fn export(context: Context, choice: Choice) {
    let stop = Stop::new();
    choice.stop.set_value(stop.clone());
    choice.doing.set(Doing::Writing(0, 0));
    let (format, which) = (choice.format.get_untracked(), choice.which.get_untracked());
    spawn_local(async move {
        let progress = |done, of| {
            choice.doing.try_set(Doing::Writing(done, of));
        };
        let doing = match run(context, format, which, &stop, progress).await {
            Ok(written) => Doing::Done(words(&written)),
            Err(failure) => Doing::Failed(failure),
        };
        choice.doing.try_set(doing);
    });
}

/// Such as "1,234 rows written to seatree-licenses-2026-11-22.csv (2 MB)".
fn words(written: &Written) -> String {
    let count = numbers::whole(usize::try_from(written.rows).unwrap_or(usize::MAX));
    let rows = if written.rows == 1 { " row " } else { " rows " };
    match &written.name {
        Some(name) => {
            let size = match written.bytes {
                0..1_000_000 => [&numbers::whole(written.bytes.div_ceil(1_000)), " kB"].concat(),
                bytes => [&numbers::whole(bytes.div_ceil(1_000_000)), " MB"].concat(),
            };
            [&*count, rows, "written to ", name, " (", &size, ")"].concat()
        }
        None => [&*count, rows, "copied"].concat(),
    }
}
