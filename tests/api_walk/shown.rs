//! Whether what came is as it is shown.

use serde_json::Value;

/// What a page shows of an answer.
pub(crate) struct Shown {
    /// Where it begins.
    pub line: usize,
    /// JSON, or lines of text.
    pub json: bool,
    pub text: String,
}

impl Shown {
    /// Compares it with what was printed; the difference, if there is one.
    pub(crate) fn compare(&self, printed: &str) -> Result<(), String> {
        let mut lines = printed.lines().map(str::trim_end).filter(|line| !line.is_empty());
        if self.json {
            let shown = serde_json::from_str(&self.text).map_err(|error| error.to_string())?;
            let real = lines.next_back().unwrap_or_default();
            let real = serde_json::from_str(real).map_err(|error| error.to_string())?;
            return compare(&shown, &real);
        }
        let lines: Vec<&str> = lines.collect();
        let missing = self.text.lines().find(|shown| !lines.iter().any(|line| fits(shown, line)));
        missing.map_or(Ok(()), |missing| Err(format!("no line is like `{missing}`")))
    }
}

/// Objects have each key that is shown, lists something like each element that is shown (and
/// nothing where nothing is shown). `…` is any text, number or truth value; within a text it is
/// any part of it. All else is the same.
fn compare(shown: &Value, real: &Value) -> Result<(), String> {
    let is_like = match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            return shown.iter().try_for_each(|(key, value)| {
                let found = real.get(key).ok_or_else(|| format!("{key} is not there"))?;
                compare(value, found).map_err(|why| format!("{key}: {why}"))
            });
        }
        (Value::Array(shown), Value::Array(real)) if !shown.is_empty() => {
            let is_there = |one: &Value| real.iter().any(|other| compare(one, other).is_ok());
            shown.iter().all(is_there)
        }
        (Value::String(any), Value::Number(_) | Value::Bool(_)) if any == "…" => true,
        (Value::String(shown), Value::String(real)) => fits(shown, real),
        _ => shown == real,
    };
    if is_like { Ok(()) } else { Err(format!("{shown} is shown, but {real} came")) }
}

/// Whether a text is the pattern, in which `…` is any part.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('…') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('…').map_or((None, rest), |(one, end)| (Some(one), end));
    for piece in middle.into_iter().flat_map(|middle| middle.split('…')) {
        let Some((_, after)) = left.split_once(piece) else { return false };
        left = after;
    }
    left.ends_with(end)
}

#[test]
fn what_is_not_as_shown_is_found() {
    let like = |shown: &str, real: &str| {
        let json = |text: &str| serde_json::from_str(text).unwrap();
        compare(&json(shown), &json(real)).is_ok()
    };
    assert!(like(r#"{"a": "…"}"#, r#"{"a": 1, "b": null}"#));
    assert!(like(r#"["b", "…c"]"#, r#"["abc", "b"]"#));
    assert!(like(r#""a…b…c""#, r#""a-b-b-c""#));
    for (shown, real) in [
        (r#"{"a": "…"}"#, r#"{"b": 1}"#),
        (r#"{"a": "…"}"#, r#"{"a": null}"#),
        (r#"{"a": {"b": 1}}"#, r#"{"a": {"b": 2}}"#),
        (r#"["a"]"#, r#"["b"]"#),
        ("[]", "[1]"),
        (r#""a…b…c""#, r#""a-c-b""#),
        (r#""ab…ba""#, r#""aba""#),
        ("1", "true"),
    ] {
        assert!(!like(shown, real), "{shown} {real}");
    }
}
