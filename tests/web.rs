//! The web client as the program serves it. Only this and the browser tests need `web/dist`.
#![cfg(feature = "web")]

use anamnesis_testkit::{Setup, TestDatabase};
use reqwest::{Client, Response, StatusCode};

/// A server, and a client that does not unpack what it gets.
struct Site {
    _server: anamnesis_testkit::Server,
    url: String,
    client: Client,
}

impl Site {
    async fn start() -> Self {
        let database = TestDatabase::create().await.expect("a database");
        let server = Setup::new(env!("CARGO_BIN_EXE_anamnesis"), &database).start().await;
        let url = format!("http://{}", server.address());
        Self { _server: server, url, client: Client::new() }
    }

    async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer")
    }

    /// The path of a script that the page names.
    async fn script(&self) -> String {
        let page = self.get("/").await.text().await.expect("text");
        let start = page.find("/assets/").expect("the page names its script");
        page[start..].split('"').next().expect("a path").to_owned()
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn every_page_has_a_policy_with_a_nonce_of_its_own() {
    let site = Site::start().await;
    let mut nonces = Vec::new();
    for path in ["/", "/messages/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94", "/no/such/page"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header(&answer, "cache-control"), "no-store");
        let policy = header(&answer, "content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
        let nonce = nonce.expect("a nonce").to_owned();
        let page = answer.text().await.expect("text");
        assert!(page.contains(&format!("nonce=\"{nonce}\"")), "{page}");
        assert!(!page.contains("NONCE_OF_THIS_ANSWER"), "{page}");
        nonces.push(nonce);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 3, "no nonce is used twice");
}

#[tokio::test]
async fn files_are_kept_by_browsers_and_come_compressed() {
    let site = Site::start().await;
    let script = site.script().await;
    let whole = site.get(&script).await;
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(header(&whole, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&whole, "x-content-type-options"), "nosniff");
    assert!(header(&whole, "content-type").contains("javascript"));
    let tag = header(&whole, "etag").to_owned();
    let length = whole.bytes().await.expect("bytes").len();

    let url = format!("{}{script}", site.url);
    let smaller = site.client.get(&url).header("accept-encoding", "br, gzip").send().await;
    let smaller = smaller.expect("an answer");
    assert_eq!(header(&smaller, "content-encoding"), "gzip");
    assert_eq!(header(&smaller, "vary"), "accept-encoding");
    assert!(smaller.bytes().await.expect("bytes").len() < length / 2);

    let known = site.client.get(&url).header("if-none-match", tag).send().await;
    assert_eq!(known.expect("an answer").status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_is_not_the_clients_is_refused_in_json() {
    let site = Site::start().await;
    for path in ["/api/nowhere", "/fhir/R4/Patient", "/ws/other", "/assets/none.js", "/index.html"]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(header(&answer, "content-type").contains("json"), "{path}");
    }
    let posted = site.client.post(format!("{}/messages", site.url)).send().await;
    assert_eq!(posted.expect("an answer").status(), StatusCode::NOT_FOUND);
}
