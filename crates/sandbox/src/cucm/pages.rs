//! Tomcat's HTML pages, which come where a client expects SOAP.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::release::Release;

/// A page.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// What a browser sees at `/axl/` after signing in.
    Working,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    IncorrectVersion(Release),
}

impl Page {
    fn status(self) -> u16 {
        match self {
            Self::Working => 200,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::IncorrectVersion(_) => 599,
        }
    }

    fn html(self) -> String {
        let (message, description) = match self {
            Self::Working => {
                return "<html><head><title>Cisco CallManager: AXL Web Service</title></head>\
                        <body><h1>Cisco CallManager: AXL Web Service</h1><p>The AXL Web Service \
                        is working and accepting requests.</p></body></html>\n"
                    .to_owned();
            }
            Self::Unauthorized => {
                ("Unauthorized".to_owned(), "This request requires HTTP authentication.")
            }
            Self::Forbidden => (
                "Access to the requested resource has been denied".to_owned(),
                "Access to the specified resource has been forbidden.",
            ),
            Self::NotFound => ("Not Found".to_owned(), "The requested resource is not available."),
            Self::MethodNotAllowed => (
                "Method Not Allowed".to_owned(),
                "The specified HTTP method is not allowed for the requested resource.",
            ),
            Self::IncorrectVersion(release) => (
                format!("Incorrect axl version. {}", release.supported()),
                "No description available",
            ),
        };
        let status = self.status();
        format!(
            "<!-- custom Cisco error page --><html><head><title>Cisco System - Error report\
             </title><style></style></head><body><h1>HTTP Status {status} - {message}</h1>\
             <hr size=\"1\" noshade=\"noshade\"><p><b>type</b> Status report</p><p><b>message</b> \
             <u>{message}</u></p><p><b>description</b> <u>{description}</u></p>\
             <hr size=\"1\" noshade=\"noshade\"></body></html>\n"
        )
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        // 599 has no name, but is a status all the same.
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::BAD_GATEWAY);
        let html = [(header::CONTENT_TYPE, "text/html;charset=utf-8")];
        let mut response = (status, html, self.html()).into_response();
        let challenge = match self {
            Self::Unauthorized => {
                Some((header::WWW_AUTHENTICATE, "Basic realm=\"Cisco Web Services Realm\""))
            }
            Self::MethodNotAllowed => Some((header::ALLOW, "GET, POST")),
            _ => None,
        };
        if let Some((name, value)) = challenge {
            response.headers_mut().insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}
