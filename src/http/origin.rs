//! Which pages may use the API with a browser's own credentials.

use axum::http::{HeaderMap, header};

/// Whether the request comes from a page of ours. A request without an `Origin` comes from no
/// page: from a program, which has no cookies that could be abused.
#[must_use]
pub fn is_trusted(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if allowed.iter().any(|known| known == origin) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let from = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some() && host == from
}
