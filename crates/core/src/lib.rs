//! The heart of Seatree: what the three upstreams say about licenses, as data.
//!
//! # Concepts
//! - An **operation** ([`Operation`]) is a plain value. It builds its [`Request`](http::Request)
//!   and decodes the [`Reply`](http::Reply); it never sends anything. The page and the edge
//!   worker bring their own way of sending.
//! - A **route** ([`route::Route`]) says how a request reaches its upstream: directly, through a
//!   CORS proxy, or through a Seatree edge. It rewrites the request, nothing else.
//! - The **estate** ([`estate::Estate`]) is everything the connections returned: one arena of
//!   nodes per connection, filled while a reply still arrives.
//! - A **view** ([`view::Rows`]) is the flat list of rows a person sees of it.
//!
//! ```
//! use seatree_core::{Operation, draas, http::Secret};
//!
//! let api = draas::Api::new("https://prov.example.net", "draas", "draas_v1")?;
//! let login = draas::Login::new(&api, "ada", &Secret::from("s3cret"));
//! let request = login.request();
//! assert_eq!(request.url, "https://prov.example.net/api/v01/auth/login");
//! assert!(!format!("{request:?}").contains("s3cret"));
//! # Ok::<(), seatree_core::address::AddressError>(())
//! ```
//!
//! # Assumptions
//! - No I/O, no clock, no locale: they come in as arguments; the language that is spoken is told
//!   to [`words`].
//! - A figure that an upstream did not send is [unknown](estate::Figure), never 0.
//! - Replies are hostile until decoded: every decoder has limits and reports where it stumbled.
//!
//! # Modules, by layer
//! contracts [`draas`], [`live_platform`], [`axl`] with [`people`] ·
//! ways there [`route`], [`gate`], [`visitors`], [`edge`] ·
//! data [`estate`], [`insight`], [`view`], [`services`], [`edit`], [`export`], [`api`], [`snapshot`],
//! [`webhooks`] · set-up [`config`] · what people read [`words`]

pub mod address;
pub mod api;
pub mod axl;
pub mod config;
pub mod draas;
pub mod edge;
pub mod edit;
pub mod error;
pub mod estate;
pub mod export;
pub mod gate;
pub mod http;
pub mod insight;
pub mod json;
pub mod live_platform;
mod operation;
pub mod people;
pub mod route;
mod scan;
pub mod services;
pub mod snapshot;
pub mod view;
pub mod visitors;
pub mod webhooks;
pub mod words;

pub use error::{Problem, UpstreamError};
pub use operation::{Operation, TreeDecoder};
