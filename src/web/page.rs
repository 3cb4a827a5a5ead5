//! The one page of the client, and the policy that it is shown under.

use super::assets::find;
use aws_lc_rs::rand;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) const NAME: &str = "index.html";
/// Stands in the built page wherever the nonce belongs (`web/vite.config.ts`).
const PLACEHOLDER: &str = "NONCE_OF_THIS_ANSWER";

/// The page, under a nonce of its own: styles that its components make while it runs are marked
/// with that, so that neither `unsafe-inline` nor a script within the page is allowed.
pub(super) fn page() -> Response {
    let Some(page) = find(NAME) else { return missing() };
    let mut bytes = [0; 16];
    if rand::fill(&mut bytes).is_err() {
        tracing::error!("no randomness for the nonce of the page");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let nonce = STANDARD.encode(bytes);
    let text = String::from_utf8_lossy(&page.data).replace(PLACEHOLDER, &nonce);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let mut answer = (headers, text).into_response();
    let set = answer.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy(&nonce)) {
        set.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let isolated = HeaderValue::from_static("same-origin");
    set.insert("cross-origin-opener-policy", isolated);
    let devices = HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()");
    set.insert("permissions-policy", devices);
    answer
}

/// Only from here, and only to here. Pictures of people are fetched with a token and shown as
/// `blob:`.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The program was built without Node: the API is all there is.
fn missing() -> Response {
    let words = "The web client was not built into this program. The API is under /api, and \
                 described at /api/docs.\n";
    (StatusCode::NOT_FOUND, words).into_response()
}
