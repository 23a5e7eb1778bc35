//! The form for one connection. Nothing typed is lost on a mistake.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::config::{Connection, FieldError, HeaderValue, Kind, RouteStyle, Settings};
use seatree_core::draas::Level;
use seatree_core::plural;
use seatree_core::words::tr;

use super::probe::{Step, probe};
use crate::app::context::context;
use crate::ui::error_notice::error_notice;
use crate::ui::field::{Field, choice, text_field};
use crate::ui::icons;
use crate::ui::live::{live, live_if, maybe, press, text};

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
    at_edge: RwSignal<String>,
    scope: RwSignal<String>,
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
            at_edge: text(&settings.upstream),
            scope: text(&settings.scope),
            style: text(route.style.word()),
            route_address: text(&route.address),
            upstream: text(&route.upstream),
            parameter: text(&route.parameter),
            header_name: text(&route.header.name),
            header_value: text(&route.header.value),
            keep_header: RwSignal::new(keeps_header),
        }
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
            Kind::Edge => {
                settings.upstream = self.at_edge.get_untracked();
                settings.scope = self.scope.get_untracked();
                return settings;
            }
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

/// The form; `done` runs when it was saved or given up.
pub fn editor(settings: &Settings, done: impl Fn() + Clone + 'static) -> AnyView {
    let context = context();
    let draft = Draft::new(settings, context.connections.keeps_header_value(&settings.id));
    let title = if settings.id.is_empty() { tr("New connection") } else { tr("Edit connection") };
    let mistakes = RwSignal::new(Vec::<FieldError>::new());
    let steps = RwSignal::new(None::<Vec<Step>>);
    let testing = RwSignal::new(false);
    let test = press(move || {
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
    });
    let saved = done.clone();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let header_value =
            if draft.keep_header.get_untracked() { HeaderValue::Keep } else { HeaderValue::Drop };
        match context.connections.save(context, draft.settings(), header_value) {
            Ok(_) => saved(),
            Err(wrong) => mistakes.set(wrong),
        }
    };
    let kind = move || Kind::parse(&draft.kind.get()).unwrap_or_default();
    // Counts the mistakes for those who do not see them beside the fields.
    let counted = text(move || match mistakes.with(Vec::len) {
        0 => String::new(),
        some => plural!(some, "One field needs mending.", "{n} fields need mending."),
    });
    view! {
        <form class="editor" on:submit=save aria-label=tr("Connection")>
            <h3>{title}</h3>
            {upstream_fields(draft, mistakes)}
            {live(move || kind_fields(kind(), draft, mistakes))}
            {live_if(move || (kind() != Kind::Edge).then(|| route(draft, mistakes)))}
            <p class="field-note mistake" role="alert">
                {counted}
            </p>
            {test_result(steps, testing)}
            <div class="actions">
                <button class="button primary" type="submit">
                    {tr("Save")}
                </button>
                <button class="button" type="button" on:click=test disabled=testing>
                    {tr("Test")}
                </button>
                <button class="button" type="button" on:click=press(done)>
                    {tr("Cancel")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn route(draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> AnyView {
    let style = move || RouteStyle::parse(&draft.style.get()).unwrap_or_default();
    let styles = RouteStyle::ALL.map(|style| (style.word(), style.name()));
    let field = Field { id: "route-style", label: tr("How requests get there"), hint: "" };
    view! {
        <fieldset>
            <legend>{tr("Route")}</legend>
            {choice(field, draft.style, &styles, false)}
            {live(move || route_fields(style(), draft, mistakes))}
        </fieldset>
    }
    .into_any()
}

/// A field with its mistake, found by the name that validation gives it.
fn line(
    field: Field,
    value: RwSignal<String>,
    mistakes: RwSignal<Vec<FieldError>>,
    name: &'static str,
) -> AnyView {
    let mistake = maybe(move || {
        mistakes.with(|all| {
            let found = all.iter().find(|mistake| mistake.field == name);
            found.map(|mistake| mistake.message.clone())
        })
    });
    text_field(field, value, mistake)
}

fn upstream_fields(draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> AnyView {
    let is_saved = !draft.id.with_value(String::is_empty);
    let kind = Field { id: "connection-kind", label: tr("Kind of system"), hint: "" };
    let name = Field { id: "connection-name", label: tr("Name"), hint: "" };
    let address = Field {
        id: "connection-address",
        label: tr("Address"),
        hint: tr("Such as https://prov.example.net, with a port where it needs one"),
    };
    view! {
        {choice(kind, draft.kind, &Kind::ALL.map(|kind| (kind.word(), kind.name())), is_saved)}
        {line(name, draft.name, mistakes, "name")}
        {line(address, draft.address, mistakes, "address")}
    }
    .into_any()
}

fn kind_fields(kind: Kind, draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> AnyView {
    let instance = Field { id: "connection-instance", label: tr("Instance"), hint: "" };
    let prefix = Field {
        id: "connection-prefix",
        label: tr("Path prefix"),
        hint: tr("custom on older builds"),
    };
    let level = Field { id: "connection-level", label: tr("Level to read"), hint: "" };
    let uuid = Field {
        id: "connection-uuid",
        label: tr("UUID of that group, distributor, reseller or tenant"),
        hint: tr("Empty: everything that the account manages"),
    };
    let version = Field {
        id: "connection-version",
        label: tr("AXL version"),
        hint: tr("Empty: automatic, Seatree asks the cluster"),
    };
    let at_edge = Field {
        id: "connection-upstream",
        label: tr("Upstream at the edge"),
        hint: tr("The edge's name for the platform; empty where it knows one only"),
    };
    let scope = Field {
        id: "connection-scope",
        label: tr("Scope"),
        hint: tr("Such as reseller:UUID; empty: all that the token opens"),
    };
    match kind {
        Kind::LivePlatform => ().into_any(),
        Kind::Edge => view! {
            {line(at_edge, draft.at_edge, mistakes, "upstream")}
            {line(scope, draft.scope, mistakes, "scope")}
        }
        .into_any(),
        Kind::Cucm => line(version, draft.version, mistakes, "version"),
        Kind::Draas => view! {
            <div class="pair">
                {line(instance, draft.instance, mistakes, "instance")}
                {line(prefix, draft.prefix, mistakes, "prefix")}
            </div>
            {choice(level, draft.level, &Level::ALL.map(|level| (level.word(), level.kind().name())), false)}
            {line(uuid, draft.uuid, mistakes, "entity.uuid")}
        }
        .into_any(),
    }
}

fn route_fields(style: RouteStyle, draft: Draft, mistakes: RwSignal<Vec<FieldError>>) -> AnyView {
    if style == RouteStyle::Direct {
        return ().into_any();
    }
    let address =
        Field { id: "route-address", label: tr("Address of the proxy or edge"), hint: "" };
    let upstream =
        Field { id: "route-upstream", label: tr("The edge's name for the upstream"), hint: "" };
    let parameter = Field {
        id: "route-parameter",
        label: tr("Query parameter"),
        hint: tr("Such as apiurl or url; empty for an address right after the ?"),
    };
    let header = Field {
        id: "route-header-name",
        label: tr("Extra header"),
        hint: tr("Such as X-Requested-With, where the proxy wants one"),
    };
    let value = Field { id: "route-header-value", label: tr("Its value"), hint: "" };
    let own = match style {
        RouteStyle::Edge => line(upstream, draft.upstream, mistakes, "route.upstream"),
        RouteStyle::ProxyQuery => line(parameter, draft.parameter, mistakes, "route.parameter"),
        _ => ().into_any(),
    };
    view! {
        {line(address, draft.route_address, mistakes, "route.address")}
        {own}
        <div class="pair">
            {line(header, draft.header_name, mistakes, "route.header.name")}
            {line(value, draft.header_value, mistakes, "route.header.value")}
        </div>
        <label class="check">
            <input type="checkbox" bind:checked=draft.keep_header />
            {tr("Keep the header's value in this browser; it may be a key")}
        </label>
    }
    .into_any()
}

fn test_result(steps: RwSignal<Option<Vec<Step>>>, testing: RwSignal<bool>) -> AnyView {
    let step = |step: Step| {
        let (class, icon, word) = match step.error {
            None => ("held", icons::check(), tr(": yes")),
            Some(_) => ("broke", icons::cross(), tr(": no")),
        };
        let error = step.error.map(|error| error_notice(tr("Test"), &error));
        view! {
            <li class=class>
                {icon} <span>{step.what} <span class="sr-only">{word}</span></span> {error}
            </li>
        }
        .into_any()
    };
    let result = live(move || {
        if testing.get() {
            return tr("Testing…").into_any();
        }
        let steps: Vec<AnyView> = steps.get().unwrap_or_default().into_iter().map(step).collect();
        view! { <ol class="steps">{steps}</ol> }.into_any()
    });
    view! { <div role="status" aria-label=tr("Result of the test")>{result}</div> }.into_any()
}
