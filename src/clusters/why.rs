//! Why a user requires a license: what the cluster says of them now, the rule, and what would lower
//! it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::UpstreamError;
use seatree_core::axl::{
    Answer as CanTell, Capability, FoundUser, GetLicensedUser, LicenseType, LicensedUser, UserKey,
    UserName, UserRow,
};
use seatree_core::people::{NOT_TOLD, Required, Why};
use seatree_core::say;
use seatree_core::words::{later, said, tr};

use super::at::{At, Person};
use super::users::license;
use crate::connections::Asking;
use crate::platform::stop::Stop;
use crate::platform::{clock, numbers};
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{live, live_if, press};

const DOING: &str = later("reading the license of one user");
const USER_S: u32 = 60;

/// What the cluster says of the user now.
#[derive(Clone)]
enum Now {
    /// This release has no operation for it, and why.
    Untold(String),
    Asking,
    Told {
        at_s: i64,
        found: Box<FoundUser>,
    },
    /// It knows no such user any more.
    Gone,
    Failed(Box<UpstreamError>),
}

/// The panel, while somebody's license is explained.
pub(super) fn why(at: At) -> AnyView {
    let person = Memo::new(move |_| at.person.get());
    live_if(move || Some(panel(at, person.get()?)))
}

fn panel(at: At, person: Person) -> AnyView {
    let now = RwSignal::new(Now::Asking);
    let stop = StoredValue::new_local(Stop::new());
    // Who closes the panel, or looks at another, does not wait for it.
    on_cleanup(move || {
        stop.try_with_value(Stop::stop);
    });
    let user = StoredValue::new(person.user);
    let ask = move || {
        let switch = Stop::new();
        stop.try_set_value(switch.clone());
        user.with_value(|user| ask(at, user, now, switch));
    };
    ask();
    let close = move || at.person.set(None);
    let id = user.with_value(|user| user.user_id.clone());
    let name = user.with_value(|user| format!("{} {}", user.first_name, user.last_name));
    view! {
        <aside
            class="details why"
            aria-label=tr("Why this license")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <button
                class="button bare details-close"
                aria-label=tr("Close the explanation")
                on:click=press(close)
            >
                {icons::cross()}
            </button>
            <p class="dim">{tr("Why this license")}</p>
            <h2 class="details-name">
                <bdi>{id}</bdi>
            </h2>
            <p>
                <bdi>{name.trim().to_owned()}</bdi>
            </p>
            <div role="status">{live(move || source(&now.get()))}</div>
            {live_if(move || failed(&now.get(), ask))}
            {live(move || {
                let known = user.get_value();
                match now.get() {
                    Now::Told { found, .. } => {
                        view! { {changed(&known, &found.user)} {explained(&found.user)} }.into_any()
                    }
                    _ => explained(&known),
                }
            })}
        </aside>
    }
    .into_any()
}

fn ask(at: At, user: &LicensedUser, now: RwSignal<Now>, stop: Stop) {
    let can = at.with_untracked(|cluster| {
        (cluster.connection.clone(), Capability::OneUser.on(&cluster.spoken))
    });
    let (id, key) = match (can, key(user)) {
        (Some((_, CanTell::NotAvailable { reason, instead })), _) => {
            return now.set(Now::Untold(format!("{reason} {instead}")));
        }
        (Some((id, CanTell::Available { .. })), Some(key)) => (id, key),
        _ => {
            let words = tr("The list has neither an id nor a uuid of this user to ask for.");
            return now.set(Now::Untold(words.to_owned()));
        }
    };
    now.set(Now::Asking);
    let context = at.context();
    spawn_local(async move {
        let asked = async {
            let asking = Asking::of(context, &id, DOING, stop.clone())?;
            asking
                .run(DOING, USER_S, |api, credentials, version| {
                    GetLicensedUser::new(api, credentials, version, key)
                })
                .await
        };
        let answer = match asked.await {
            Ok(Some(found)) => Now::Told { at_s: clock::now_s(), found: Box::new(found) },
            Ok(None) => Now::Gone,
            Err(error) => Now::Failed(Box::new(error)),
        };
        if !stop.is_stopped() {
            now.try_set(answer);
        }
    });
}

/// The uuid where it is known: the schema does not say what a name is compared with.
fn key(user: &LicensedUser) -> Option<UserKey> {
    let by_uuid = user.uuid.map(UserKey::Uuid);
    by_uuid.or_else(|| UserName::new(&user.user_id).map(UserKey::Name))
}

/// Where the figures below come from.
fn source(now: &Now) -> AnyView {
    let words = match now {
        Now::Asking => tr("As listed; asking the cluster…").to_owned(),
        Now::Untold(why) => [tr("As listed."), " ", why].concat(),
        Now::Gone => {
            return view! {
                <p class="warning">
                    {tr("The cluster knows no such user any more: deleted since the list was read. Below is what the list had.")}
                </p>
            }
            .into_any();
        }
        Now::Failed(_) => tr("As listed.").to_owned(),
        Now::Told { at_s, found } => {
            let words = say!("As the cluster says at {time}.", time = clock::time_of_day(*at_s));
            match found.complaints.first() {
                None => words,
                Some(first) => {
                    [&words, " ", &say!("Could not be read: {fields}.", fields = first)].concat()
                }
            }
        }
    };
    view! { <p class="dim">{words}</p> }.into_any()
}

fn failed(now: &Now, again: impl Fn() + 'static) -> Option<AnyView> {
    let Now::Failed(error) = now else { return None };
    let view = view! {
        {error_notice(tr("This user"), error)}
        <p>
            <button class="button small" on:click=press(again)>{tr("Ask again")}</button>
        </p>
    };
    Some(view.into_any())
}

/// What is not as the list had it.
fn changed(listed: &LicensedUser, told: &LicensedUser) -> AnyView {
    let mut lines = Vec::new();
    let mut compare = |name: &str, before: String, now: String| {
        if before != now {
            lines.push(say!("{name}: {before} in the list, {now} now.", name, before, now));
        }
    };
    let name = |user: &LicensedUser| with_row(user, |row| license(&Required::of(row)).0);
    compare(tr("License"), name(listed), name(told));
    let figures = |user: &LicensedUser| numbers::figure(user.device_count);
    compare(tr("Devices"), figures(listed), figures(told));
    compare(tr("Single number reach"), flag(listed.snr), flag(told.snr));
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> =
        lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect();
    view! {
        <div class="notice">
            <div>
                <p>
                    <b>{tr("Changed since the list was read")}</b>
                </p>
                {lines}
            </div>
        </div>
    }
    .into_any()
}

fn explained(user: &LicensedUser) -> AnyView {
    let why = with_row(user, Why::of);
    let (name, class) = with_row(user, |row| license(&Required::of(row)));
    let sent = user.license_type.trim();
    // The cluster's own spelling, where it is another.
    let spelled = (!sent.is_empty() && sent != name).then(|| {
        view! { <span class="dim">" " {tr("sent as")} " " <bdi>{sent.to_owned()}</bdi></span> }
            .into_any()
    });
    view! {
        <p class="why-license">
            <b class=class>
                <bdi>{name}</bdi>
            </b>
            {spelled}
        </p>
        {part(tr("Why"), "why-because", why.because)}
        {lower(why.lower)}
        <section class="details-part">
            <h3>{tr("Facts")}</h3>
            <dl>
                {fact(tr("Licenses used"), numbers::figure(user.license_used))}
                {fact(tr("Devices owned"), numbers::figure(user.device_count))}
                {fact(tr("Single number reach"), flag(user.snr))}
                {fact(tr("Extension mobility"), flag(user.em))}
            </dl>
        </section>
        {part(tr("What AXL does not tell"), "dim", NOT_TOLD.map(|words| said(words).to_owned()).into())}
        <p class="dim why-source">
            {tr("By the licensing chapter of Cisco's Feature Configuration Guide, 12.5(1)SU3; release 15 has the same. Extension mobility takes no license there.")}
        </p>
    }
    .into_any()
}

fn lower(sentences: Vec<String>) -> AnyView {
    if sentences.is_empty() {
        let words = vec![tr("Nothing that follows from these facts.").to_owned()];
        return part(tr("What would lower it"), "dim", words);
    }
    part(tr("What would lower it"), "why-lower", sentences)
}

fn part(heading: &'static str, class: &'static str, sentences: Vec<String>) -> AnyView {
    let lines: Vec<AnyView> =
        sentences.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect();
    view! {
        <section class="details-part">
            <h3>{heading}</h3>
            <ul class=format!("why-lines {class}")>{lines}</ul>
        </section>
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
        </div>
    }
    .into_any()
}

fn flag(flag: Option<bool>) -> String {
    match flag {
        Some(true) => tr("yes"),
        Some(false) => tr("no"),
        None => numbers::UNKNOWN,
    }
    .to_owned()
}

/// A user by themselves as one of a table.
fn with_row<T>(user: &LicensedUser, look: impl FnOnce(&UserRow<'_>) -> T) -> T {
    let license_type = LicenseType::of(&user.license_type);
    look(&UserRow {
        uuid: user.uuid,
        user_id: &user.user_id,
        first_name: &user.first_name,
        last_name: &user.last_name,
        license_type: license_type.as_ref(),
        snr: user.snr,
        em: user.em,
        device_count: user.device_count,
        license_used: user.license_used,
    })
}
