//! The page's own adapters in a real browser, against the sandbox.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use leptos::prelude::*;
use seatree::platform::fetch::{self, Way};
use seatree::platform::pace::{Pace, pause};
use seatree::platform::place::Place;
use seatree::platform::stop::Stop;
use seatree::platform::storage::Storage;
use seatree::platform::{clock, numbers};
use seatree_core::draas::{Api, Detail, Entity, Level, Licenses, Login, Refresh, SignIn, Tokens};
use seatree_core::estate::{Figure, Tree, Uuid};
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::live_platform::{self, Customers};
use seatree_core::{Operation, Problem, TreeDecoder, UpstreamError};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const DRAAS: &str = env!("SEATREE_TEST_DRAAS", "run through cargo xtask test browser");
const LIVE: &str = env!("SEATREE_TEST_LIVE");
const CUCM: &str = env!("SEATREE_TEST_CUCM");
const GROUP: &str = env!("SEATREE_TEST_DRAAS_GROUP");
const USERNAME: &str = env!("SEATREE_TEST_DRAAS_USERNAME");
const PASSWORD: &str = env!("SEATREE_TEST_DRAAS_PASSWORD");
const LIVE_TOKEN: &str = env!("SEATREE_TEST_LIVE_TOKEN");

/// Nothing between the browser and the upstream.
struct Straight;

impl Way for Straight {
    fn apply(&self, request: Request) -> Request {
        request
    }

    fn refusal(&self, _doing: &'static str, _reply: &Reply) -> Option<UpstreamError> {
        None
    }
}

fn api() -> Api {
    Api::new(DRAAS, "draas", "draas_v1").unwrap()
}

async fn sign_in(password: &str) -> Result<SignIn, UpstreamError> {
    let login = Login::new(&api(), USERNAME, &Secret::from(password));
    fetch::run(&login, "signing in", &Straight, Stop::new().within(10)).await
}

async fn tokens() -> Tokens {
    match sign_in(PASSWORD).await.unwrap() {
        SignIn::Done(tokens) => tokens,
        SignIn::SecondFactor { .. } => panic!("the demo user has no second factor"),
    }
}

fn licenses(token: &Secret) -> Licenses {
    let entity = Entity { level: Level::Group, uuid: Uuid::parse(GROUP).unwrap() };
    Licenses::new(&api(), entity, Detail::Tree, token)
}

async fn problem(request: Request, stop: &Stop, seconds: u32) -> Problem {
    let deadline = stop.within(seconds);
    let sent = fetch::send(request, "testing", &Straight, deadline).await;
    match sent {
        Ok(arriving) => arriving.whole().await.unwrap_err().problem,
        Err(error) => error.problem,
    }
}

#[wasm_bindgen_test]
async fn a_password_gives_tokens_and_a_refresh_token_a_new_one() {
    let tokens = tokens().await;
    let refresh = Refresh::new(&api(), tokens.refresh.as_ref().unwrap());
    let deadline = Stop::new().within(10);
    let renewed = fetch::run(&refresh, "renewing", &Straight, deadline).await.unwrap();
    assert_ne!(renewed.access, tokens.access);
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_told_from_a_lost_connection() {
    assert_eq!(sign_in("wrong").await.unwrap_err().problem, Problem::SignedOut);
}

#[wasm_bindgen_test]
async fn a_tree_read_in_pieces_is_the_tree_read_whole() {
    let tokens = tokens().await;
    let operation = licenses(&tokens.access);
    let deadline = Stop::new().within(30);
    let (whole, _) = fetch::run(&operation, "reading", &Straight, deadline).await.unwrap();

    let deadline = Stop::new().within(30);
    let sent = fetch::send(operation.request(), "reading", &Straight, deadline).await;
    let mut arriving = sent.unwrap();
    let mut tree = Tree::new("");
    let mut decoder = operation.decoder();
    let mut parts = arriving.parts();
    while let Some(part) = arriving.next(&mut parts).await.unwrap() {
        decoder.push(&mut tree, part).unwrap();
    }
    decoder.finish(&mut tree).unwrap();

    assert!(tree.len() > 1_000, "{}", tree.len());
    assert_eq!(tree.len(), whole.len());
}

#[wasm_bindgen_test]
async fn services_are_listed_with_a_bearer_token() {
    let api = live_platform::Api::new(LIVE).unwrap();
    let list = Customers::new(&api, &Secret::from(LIVE_TOKEN));
    let deadline = Stop::new().within(10);
    let list = fetch::run(&list, "listing", &Straight, deadline).await.unwrap();
    assert!(!list.customers.is_empty());
}

#[wasm_bindgen_test]
async fn an_upstream_without_cors_or_with_an_unknown_certificate_is_unreachable() {
    let problem = problem(Request::get(format!("{CUCM}/axl/")), &Stop::new(), 10).await;
    assert_eq!(problem, Problem::Unreachable { origin: CUCM.to_owned() });
}

#[wasm_bindgen_test]
async fn a_closed_port_is_unreachable() {
    // Nothing listens on the discard port of a machine like this.
    let problem = problem(Request::get("http://127.0.0.1:9/x"), &Stop::new(), 10).await;
    assert_eq!(problem, Problem::Unreachable { origin: "http://127.0.0.1:9".to_owned() });
}

#[wasm_bindgen_test]
async fn what_the_person_stopped_is_called_so() {
    let stop = Stop::new();
    stop.stop();
    let url = format!("{DRAAS}/api/v01/health");
    assert_eq!(problem(Request::get(url), &stop, 10).await, Problem::Cancelled);
}

#[wasm_bindgen_test]
async fn what_took_too_long_is_called_so() {
    let url = format!("{DRAAS}/api/v01/health");
    assert_eq!(problem(Request::get(url), &Stop::new(), 0).await, Problem::TimedOut { seconds: 0 });
}

#[wasm_bindgen_test]
async fn long_work_lets_other_tasks_run() {
    let other = std::rc::Rc::new(std::cell::Cell::new(false));
    let ran = other.clone();
    let task = Closure::once_into_js(move || ran.set(true));
    web_sys::window().unwrap().set_timeout_with_callback(task.unchecked_ref()).unwrap();

    let mut pace = Pace::begin();
    let began = clock::elapsed_ms();
    while !other.get() {
        assert!(clock::elapsed_ms() - began < 10_000.0, "the other task never ran");
        pace.breathe().await;
    }
}

#[wasm_bindgen_test]
async fn a_pause_ends_when_it_is_stopped() {
    let stop = Stop::new();
    stop.stop();
    let began = clock::elapsed_ms();
    pause(&stop, Duration::from_secs(3_600)).await;
    assert!(clock::elapsed_ms() - began < 60_000.0);
}

#[wasm_bindgen_test]
fn unknown_figures_are_never_written_as_zero() {
    assert_eq!(numbers::figure(Figure::UNKNOWN), "–");
    assert_eq!(numbers::figure(Figure::known(0)), "0");
    assert_eq!(numbers::figure(Figure::known(-3)), "−3");
    assert_eq!(numbers::percent(None), "–");
    assert!(numbers::percent(Some(1.25)).starts_with("125"));
}

#[wasm_bindgen_test]
fn texts_are_kept() {
    assert!(Storage::Browser.write("seatree.test", "ü"));
    assert_eq!(Storage::Browser.read("seatree.test").as_deref(), Some("ü"));
    assert_eq!(Storage::Browser.read("seatree.nothing"), None);
}

#[wasm_bindgen_test]
fn on_another_page_nothing_is_kept() {
    assert!(!Storage::Nowhere.write("seatree.other", "ü"));
    assert_eq!(Storage::Nowhere.read("seatree.other"), None);
    assert_eq!(Storage::Browser.read("seatree.other"), None);
}

#[wasm_bindgen_test]
fn the_place_is_what_follows_the_hash() {
    let location = web_sys::window().unwrap().location();
    location.set_hash("#/services").unwrap();
    assert_eq!(Place::AddressBar.here(), "/services");
}

#[wasm_bindgen_test]
fn an_own_place_leaves_the_address_bar_alone() {
    let location = web_sys::window().unwrap().location();
    location.set_hash("#/clusters").unwrap();
    Owner::new().with(|| {
        let place = Place::Own(RwSignal::new(String::new()));
        let followed = place.follow();
        place.visit("#/changes");
        assert_eq!(followed.get_untracked(), "/changes");
        place.go_to("#/licenses?q=harbor");
        assert_eq!(place.here(), "/licenses?q=harbor");
        assert!(place.url().is_none());
    });
    assert_eq!(location.hash().unwrap(), "#/clusters");
}
