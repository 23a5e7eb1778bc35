//! The form that asks what to export, and tells what came of it, whatever the rows are of.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::format::Format;
use super::outlet::{Failure, Written};
use crate::platform::numbers;
use crate::platform::stop::Stop;
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{flag, live_if, press, text};

/// Which rows can be written.
#[derive(Clone, Copy)]
pub struct Rows {
    pub name: &'static str,
    pub count: Memo<usize>,
}

/// Told how many rows are written, of how many.
pub type Progress = Box<dyn Fn(usize, usize)>;

/// What writing gives, some time.
pub type Writing = Pin<Box<dyn Future<Output = Result<Written, Failure>>>>;

/// Writes rows, by their number among the choices.
pub type Write = Rc<dyn Fn(Format, usize, Stop, Progress) -> Writing>;

/// What the form is at.
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
    rows: StoredValue<Vec<Rows>>,
    which: RwSignal<usize>,
    format: RwSignal<Format>,
    doing: RwSignal<Doing>,
    stop: StoredValue<Stop, LocalStorage>,
    write: StoredValue<Write, LocalStorage>,
}

/// The form. `usual` is the number of the rows that are meant mostly, `unread` what the rows lack.
pub fn form(rows: Vec<Rows>, usual: usize, unread: AnyView, write: Write) -> AnyView {
    let choice = Choice {
        rows: StoredValue::new(rows.clone()),
        which: RwSignal::new(usual),
        format: RwSignal::new(Format::Xlsx),
        doing: RwSignal::new(Doing::Asking),
        stop: StoredValue::new_local(Stop::new()),
        write: StoredValue::new_local(write),
    };
    // Who closes the dialog does not wait for a file.
    on_cleanup(move || {
        choice.stop.try_with_value(Stop::stop);
    });
    let rows: Vec<AnyView> =
        rows.into_iter().enumerate().map(|(at, rows)| row_choice(choice, at, rows)).collect();
    let formats: Vec<AnyView> =
        Format::ALL.into_iter().map(|format| format_choice(choice, format)).collect();
    view! {
        <fieldset class="choices">
            <legend>{tr("Rows")}</legend>
            {rows}
        </fieldset>
        <fieldset class="choices">
            <legend>{tr("Format")}</legend>
            {formats}
        </fieldset>
        {unread}
        {live_if(move || progress(&choice.doing.get()))}
        // There before it says something, or it would not be read out.
        <div role="status">{live_if(move || done(&choice.doing.get()))}</div>
        {live_if(move || failed(&choice.doing.get()))}
        <div class="dialog-foot">
            <span class="spring"></span>
            {button(choice)}
        </div>
    }
    .into_any()
}

fn row_choice(choice: Choice, at: usize, Rows { name, count }: Rows) -> AnyView {
    view! {
        <label>
            <input
                type="radio"
                name="export-rows"
                prop:checked=flag(move || choice.which.get() == at)
                disabled=flag(move || count.get() == 0)
                on:change=move |_| choice.which.set(at)
            />
            {name}
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

fn progress(doing: &Doing) -> Option<AnyView> {
    let Doing::Writing(done, of) = doing else { return None };
    let words =
        say!("{part} of {whole} rows", part = numbers::whole(*done), whole = numbers::whole(*of));
    let view = view! {
        <p class="export-progress">
            <progress
                max=of.to_string()
                value=done.to_string()
                aria-label=tr("Rows written")
            ></progress>
            <span class="dim">{words}</span>
        </p>
    };
    Some(view.into_any())
}

fn done(doing: &Doing) -> Option<AnyView> {
    let words = match doing {
        Doing::Done(words) => words.clone(),
        Doing::Failed(Failure::Stopped) => tr("Stopped: nothing was written").to_owned(),
        _ => return None,
    };
    Some(view! { <p>{words}</p> }.into_any())
}

fn failed(doing: &Doing) -> Option<AnyView> {
    let Doing::Failed(failure) = doing else { return None };
    if let Failure::Missing(error) = failure {
        return Some(error_notice(tr("Export"), error));
    }
    let words = failure.words()?;
    let view = view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <p>{words}</p>
        </div>
    };
    Some(view.into_any())
}

/// Export, or stop it: one button, so that the focus stays on it.
fn button(choice: Choice) -> AnyView {
    let is_writing = Memo::new(move |_| matches!(choice.doing.get(), Doing::Writing(..)));
    let has_rows = move || {
        let rows = choice.rows.with_value(|rows| rows.get(choice.which.get()).copied());
        rows.is_some_and(|rows| rows.count.get() > 0)
    };
    let act = press(move || {
        if is_writing.get_untracked() {
            choice.stop.with_value(Stop::stop);
        } else {
            export(choice);
        }
    });
    view! {
        <button
            class="button primary"
            disabled=flag(move || !is_writing.get() && !has_rows())
            on:click=act
        >
            {text(move || if is_writing.get() { tr("Stop") } else { tr("Export") }.to_owned())}
        </button>
    }
    .into_any()
}

fn export(choice: Choice) {
    let stop = Stop::new();
    choice.stop.set_value(stop.clone());
    choice.doing.set(Doing::Writing(0, 0));
    let (format, which) = (choice.format.get_untracked(), choice.which.get_untracked());
    let write = choice.write.get_value();
    spawn_local(async move {
        let progress = move |done, of| {
            choice.doing.try_set(Doing::Writing(done, of));
        };
        let doing = match write(format, which, stop, Box::new(progress)).await {
            Ok(written) => Doing::Done(words(&written)),
            Err(failure) => Doing::Failed(failure),
        };
        choice.doing.try_set(doing);
    });
}

/// Such as "1,234 rows written to seatree-licenses-2026-11-22.csv (2 MB)".
fn words(written: &Written) -> String {
    let Some(name) = &written.name else {
        return plural!(written.rows, "{n} row copied", "{n} rows copied");
    };
    let size = match written.bytes {
        0..1_000_000 => [&numbers::whole(written.bytes.div_ceil(1_000)), " kB"].concat(),
        bytes => [&numbers::whole(bytes.div_ceil(1_000_000)), " MB"].concat(),
    };
    plural!(
        written.rows,
        "{n} row written to {name} ({size})",
        "{n} rows written to {name} ({size})",
        name,
        size
    )
}
