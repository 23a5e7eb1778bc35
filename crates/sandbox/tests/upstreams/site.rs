use std::path::PathBuf;

use crate::harness::sandbox;

/// A built page, removed when dropped.
struct Page(PathBuf);

impl Page {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("seatree-site-{test}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("assets")).unwrap();
        for (name, body) in [
            ("index.html", "<!doctype html>"),
            ("seatree-0123456789abcdef_bg.wasm", "plain wasm"),
            ("seatree-0123456789abcdef_bg.wasm.br", "smaller"),
            ("assets/plain.css", "a{}"),
        ] {
            std::fs::write(path.join(name), body).unwrap();
        }
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_come_with_type_policy_and_caching() {
    let page = Page::new("files");
    let running = sandbox(&["--serve", "site", "--site", page.path()]);
    let index = running.get(&running.site("/"), &[]);
    assert_eq!((index.status, index.body.as_str()), (200, "<!doctype html>"));
    assert_eq!(index.header("cache-control"), Some("no-cache"));
    assert_eq!(index.header("x-content-type-options"), Some("nosniff"));
    let policy = index.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src")
    );
    assert!(
        policy.contains(
            "connect-src 'self' http://127.0.0.1:* https://127.0.0.1:* http://localhost:*;"
        )
    );

    let wasm = running.get(&running.site("/seatree-0123456789abcdef_bg.wasm"), &[]);
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
    assert_eq!(wasm.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(wasm.body, "plain wasm");
    let style = running.get(&running.site("/assets/plain.css"), &[]);
    assert_eq!(style.header("content-type"), Some("text/css"));
    assert_eq!(style.header("cache-control"), Some("no-cache"));
}

#[test]
fn brotli_is_sent_to_who_takes_it() {
    let page = Page::new("brotli");
    let running = sandbox(&["--serve", "site", "--site", page.path()]);
    let url = running.site("/seatree-0123456789abcdef_bg.wasm");
    let reply = running.get(&url, &[("Accept-Encoding", "gzip, br")]);
    assert_eq!(reply.header("content-encoding"), Some("br"));
    assert_eq!(reply.header("content-type"), Some("application/wasm"));
    assert_eq!(reply.body, "smaller");
    let reply = running.get(&url, &[("Accept-Encoding", "gzip")]);
    assert_eq!((reply.header("content-encoding"), reply.body.as_str()), (None, "plain wasm"));
}

#[test]
fn unknown_files_are_404() {
    let page = Page::new("unknown");
    let running = sandbox(&["--serve", "site", "--site", page.path()]);
    for path in ["/nothing.js", "/seatree.json", "/..%2fCargo.toml"] {
        assert_eq!(running.get(&running.site(path), &[]).status, 404, "{path}");
    }
}

#[test]
fn config_file_is_shown_as_seatree_json_and_read_anew() {
    let page = Page::new("config");
    let config = page.0.join("elsewhere.json");
    std::fs::write(&config, r#"{"version":1}"#).unwrap();
    let file = config.to_str().unwrap();
    let running = sandbox(&["--serve", "site", "--site", page.path(), "--site-config", file]);
    let reply = running.get(&running.site("/seatree.json"), &[]);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("cache-control"), Some("no-cache"));
    assert_eq!(reply.body, r#"{"version":1}"#);
    std::fs::write(&config, r#"{"version":2}"#).unwrap();
    assert_eq!(running.get(&running.site("/seatree.json"), &[]).body, r#"{"version":2}"#);
}
