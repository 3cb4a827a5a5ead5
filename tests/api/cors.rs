//! Pages of other origins: those that are configured may call the API, others may not.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, Setup, TestDatabase, User};
use reqwest::Method;

const OURS: &str = "https://chat.hospital.example";

async fn asked(user: &User, method: Method, origin: &str) -> Answer {
    let request = user.request(method, "/api/users/me").header("origin", origin);
    user.send(request.header("access-control-request-method", "PATCH")).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.get(name).and_then(|value| value.to_str().ok())
}

#[tokio::test]
async fn a_page_that_is_configured_may_call_and_any_other_may_not() {
    let database = TestDatabase::create().await.unwrap();
    let setup = Setup::new(PROGRAM, &database);
    let server = setup.with("ANAMNESIS_HTTP__ALLOWED_ORIGINS", OURS).start().await;
    let stranger = User::stranger(server.address());
    let answer = asked(&stranger, Method::OPTIONS, OURS).await;
    assert_eq!(answer.status, 200);
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(OURS));
    assert_eq!(header(&answer, "access-control-allow-credentials"), Some("true"));
    let headers = header(&answer, "access-control-allow-headers").unwrap();
    assert!(["authorization", "if-match"].iter().all(|name| headers.contains(name)), "{headers}");
    // An error can be read by the page as well.
    let answer = asked(&stranger, Method::GET, OURS).await;
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(OURS));
    assert!(header(&answer, "access-control-expose-headers").unwrap().contains("etag"));
    answer.refused(401, "not_signed_in");
    for method in [Method::OPTIONS, Method::GET] {
        let answer = asked(&stranger, method, "https://elsewhere.example").await;
        assert_eq!(header(&answer, "access-control-allow-origin"), None);
    }
}

#[tokio::test]
async fn nothing_is_configured_at_first() {
    let database = TestDatabase::create().await.unwrap();
    let server = Setup::new(PROGRAM, &database).start().await;
    let answer = asked(&User::stranger(server.address()), Method::OPTIONS, OURS).await;
    assert_eq!(header(&answer, "access-control-allow-origin"), None);
}
