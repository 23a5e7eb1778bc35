//! The form for one connection. Nothing typed is lost on a mistake.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::config::{Connection, FieldError, HeaderValue, Kind, RouteStyle, Settings};
use seatree_core::draas::Level;

use super::probe::{Step, probe};
use crate::app::context::context;
use crate::ui::error_notice::ErrorNotice;
use crate::ui::field::{Choice, TextField};
use crate::ui::icons;

/// The fields as they are typed.
#[derive(Clone, Copy)]
struct Draft {
    id: StoredValue<String>,
    kind: RwSignal<String>,
    name: RwSignal<String>,
    address: RwSignal<String>,
    instance: RwSignal<String>,
    prefix: RwSignal<String>,
    level: RwSignal<String>,
    uuid: RwSignal<String>,
    version: RwSignal<String>,
    style: RwSignal<String>,
    route_address: RwSignal<String>,
    upstream: RwSignal<String>,
    parameter: RwSignal<String>,
    header_name: RwSignal<String>,
    header_value: RwSignal<String>,
    keep_header: RwSignal<bool>,
}

impl Draft {
    fn new(settings: &Settings, keeps_header: bool) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        // What another kind needs stands ready, should the kind be changed.
        let or = |value: &str, default: &str| {
            RwSignal::new(if value.is_empty() { default } else { value }.to_owned())
        };
        let route = &settings.route;
        Self {
            id: StoredValue::new(settings.id.clone()),
            kind: text(settings.kind.word()),
            name: text(&settings.name),
            address: text(&settings.address),
            instance: or(&settings.instance, "draas_v1"),
            prefix: or(&settings.prefix, "draas"),
            level: or(&settings.level, "group"),
            uuid: text(&settings.uuid),
            version: text(&settings.version),
            style: text(route.style.word()),
            route_address: text(&route.address),
            upstream: text(&route.upstream),
            parameter: text(&route.parameter),
            header_name: text(&route.header.name),
            header_value: text(&route.header.value),
            keep_header: RwSignal::new(keeps_header),
        }
    }

    fn kind(&self) -> Kind {
        Kind::parse(&self.kind.get()).unwrap_or_default()
    }

    fn style(&self) -> RouteStyle {
        RouteStyle::parse(&self.style.get()).unwrap_or_default()
    }

    fn settings(&self) -> Settings {
        let kind = Kind::parse(&self.kind.get_untracked()).unwrap_or_default();
        let mut settings = Settings::new(kind);
        settings.id = self.id.get_value();
        settings.name = self.name.get_untracked();
        settings.address = self.address.get_untracked();
        match kind {
            Kind::Draas => {
                settings.instance = self.instance.get_untracked();
                settings.prefix = self.prefix.get_untracked();
                settings.level = self.level.get_untracked();
                settings.uuid = self.uuid.get_untracked();
            }
            Kind::LivePlatform => {}
            Kind::Cucm => settings.version = self.version.get_untracked(),
        }
        let route = &mut settings.route;
        route.style = RouteStyle::parse(&self.style.get_untracked()).unwrap_or_default();
        if route.style != RouteStyle::Direct {
            route.address = self.route_address.get_untracked();
            route.header.name = self.header_name.get_untracked();
            route.header.value = self.header_value.get_untracked();
        }
        match route.style {
            RouteStyle::ProxyQuery => route.parameter = self.parameter.get_untracked(),
            RouteStyle::Edge => route.upstream = self.upstream.get_untracked(),
            _ => {}
        }
        settings
    }

    /// The settings with an id, so that a connection not yet saved can be tested too.
    fn connection(&self) -> Result<Connection, Vec<FieldError>> {
        let mut settings = self.settings();
        if settings.id.is_empty() {
            "new".clone_into(&mut settings.id);
        }
        Connection::new(&settings)
    }
}

#[component]
pub fn Editor(settings: Settings, on_done: Callback<()>) -> impl IntoView {
    let context = context();
    let draft = Draft::new(&settings, context.connections.keeps_header_value(&settings.id));
    let is_new = settings.id.is_empty();
    let mistakes = RwSignal::new(Vec::<FieldError>::new());
    let steps = RwSignal::new(None::<Vec<Step>>);
    let testing = RwSignal::new(false);
    let test = move |_| {
        steps.set(None);
        match draft.connection() {
            Err(wrong) => mistakes.set(wrong),
            Ok(connection) => {
                mistakes.set(Vec::new());
                testing.set(true);
                spawn_local(async move {
                    let found = probe(connection).await;
                    testing.try_set(false);
                    steps.try_set(Some(found));
                });
            }
        }
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let header_value =
            if draft.keep_header.get_untracked() { HeaderValue::Keep } else { HeaderValue::Drop };
        match context.connections.save(context, draft.settings(), header_value) {
            Ok(_) => on_done.run(()),
            Err(wrong) => mistakes.set(wrong),
        }
    };
    view! {
        <form class="editor" on:submit=save aria-label="Connection">
            <h3>{if is_new { "New connection" } else { "Edit connection" }}</h3>
            <UpstreamFields draft mistakes />
            <RouteFields draft mistakes />
            <Mistakes mistakes />
            <TestResult steps testing />
            <div class="actions">
                <button class="button primary" type="submit">"Save"</button>
                <button class="button" type="button" on:click=test disabled=move || testing.get()>
                    "Test"
                </button>
                <button class="button" type="button" on:click=move |_| on_done.run(())>
                    "Cancel"
                </button>
            </div>
        </form>
    }
}

fn mistake_of(mistakes: RwSignal<Vec<FieldError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        mistakes.with(|all| {
            all.iter().find(|mistake| mistake.field == field).map(|found| found.message.clone())
        })
    })
}

#[component]
fn UpstreamFields(draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let mistake = move |field| mistake_of(mistakes, field);
    let is_saved = !draft.id.get_value().is_empty();
    view! {
        <Choice
            id="connection-kind"
            label="Kind of system"
            value=draft.kind
            options=Kind::ALL.map(|kind| (kind.word(), kind.name())).to_vec()
            disabled=is_saved
        />
        <TextField id="connection-name" label="Name" value=draft.name mistake=mistake("name") />
        <TextField
            id="connection-address"
            label="Address"
            value=draft.address
            hint="Such as https://prov.example.net, with a port where it needs one"
            mistake=mistake("address")
        />
        <Show when=move || draft.kind() == Kind::Draas>
            <div class="pair">
                <TextField
                    id="connection-instance"
                    label="Instance"
                    value=draft.instance
                    mistake=mistake("instance")
                />
                <TextField
                    id="connection-prefix"
                    label="Path prefix"
                    value=draft.prefix
                    hint="custom on older builds"
                    mistake=mistake("prefix")
                />
            </div>
            <Choice
                id="connection-level"
                label="Level to read"
                value=draft.level
                options=Level::ALL.map(|level| (level.word(), level.word())).to_vec()
            />
            <TextField
                id="connection-uuid"
                label="UUID of that group, distributor, reseller or tenant"
                value=draft.uuid
                mistake=mistake("entity.uuid")
            />
        </Show>
        <Show when=move || draft.kind() == Kind::Cucm>
            <TextField
                id="connection-version"
                label="AXL version"
                value=draft.version
                hint="Empty: Seatree asks the cluster"
                mistake=mistake("version")
            />
        </Show>
    }
}

#[component]
fn RouteFields(draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let mistake = move |field| mistake_of(mistakes, field);
    let style = move || draft.style();
    view! {
        <fieldset>
            <legend>"Route"</legend>
            <Choice
                id="route-style"
                label="How requests get there"
                value=draft.style
                options=RouteStyle::ALL.map(|style| (style.word(), style.name())).to_vec()
            />
            <Show when=move || style() != RouteStyle::Direct>
                <TextField
                    id="route-address"
                    label="Address of the proxy or edge"
                    value=draft.route_address
                    mistake=mistake("route.address")
                />
            </Show>
            <Show when=move || style() == RouteStyle::Edge>
                <TextField
                    id="route-upstream"
                    label="The edge's name for the upstream"
                    value=draft.upstream
                    mistake=mistake("route.upstream")
                />
            </Show>
            <Show when=move || style() == RouteStyle::ProxyQuery>
                <TextField
                    id="route-parameter"
                    label="Query parameter"
                    value=draft.parameter
                    hint="Such as apiurl or url; empty for an address right after the ?"
                />
            </Show>
            <Show when=move || style() != RouteStyle::Direct>
                <div class="pair">
                    <TextField
                        id="route-header-name"
                        label="Extra header"
                        value=draft.header_name
                        hint="Such as X-Requested-With, where the proxy wants one"
                        mistake=mistake("route.header.name")
                    />
                    <TextField
                        id="route-header-value"
                        label="Its value"
                        value=draft.header_value
                        mistake=mistake("route.header.value")
                    />
                </div>
                <label class="check">
                    <input type="checkbox" bind:checked=draft.keep_header />
                    "Keep the header's value in this browser; it may be a key"
                </label>
            </Show>
        </fieldset>
    }
}

/// Counts the mistakes for those who do not see them beside the fields.
#[component]
fn Mistakes(mistakes: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let words = move || match mistakes.with(Vec::len) {
        0 => String::new(),
        1 => "One field needs mending.".to_owned(),
        many => format!("{many} fields need mending."),
    };
    view! { <p class="field-note mistake" role="alert">{words}</p> }
}

#[component]
fn TestResult(steps: RwSignal<Option<Vec<Step>>>, testing: RwSignal<bool>) -> impl IntoView {
    let step = |step: Step| match step.error {
        None => view! {
            <li class="held">{icons::check()} {step.what} <span class="sr-only">": yes"</span></li>
        }
        .into_any(),
        Some(error) => view! {
            <li class="broke">
                {icons::cross()} {step.what} <span class="sr-only">": no"</span>
                <ErrorNotice title="Test" error=error />
            </li>
        }
        .into_any(),
    };
    view! {
        <div role="status" aria-label="Result of the test">
            {move || testing.get().then_some("Testing…")}
            {move || {
                steps
                    .get()
                    .map(|steps| {
                        view! {
                            <ol class="steps">{steps.into_iter().map(step).collect_view()}</ol>
                        }
                    })
            }}
        </div>
    }
}
