//! A download as a page that people read and print: on its own, without scripts or network.

use super::section::{Layout, Section};
use crate::http::html::{escaped, style_hash};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::fmt::Write;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:auto;padding:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid #8888;padding:.3rem .5rem;text-align:left;vertical-align:top}
td{white-space:pre-wrap;overflow-wrap:anywhere}
ul,dl{margin:0;padding-left:1rem;white-space:normal}
dt{font-weight:bold}
dd{margin-left:1rem;white-space:pre-wrap}
@media print{nav{display:none}thead{display:table-header-group}tr{break-inside:avoid}}
";

/// What the page may do: nothing but have its one style, known by its digest.
pub(super) fn policy() -> String {
    format!("default-src 'none'; style-src {}", style_hash(STYLE))
}

pub(super) fn begin(page: &mut String, made_at: DateTime<Utc>) {
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\
         <title>My data</title><style>{STYLE}</style></head>\n<body><header><h1>My data</h1>\
         <p>What is kept about you, as it stood at {}. Whether this is all of it, the last line \
         says. If there is none, the download was cut: ask for it again.</p></header>\n\
         <nav aria-label=\"Parts\"><ul>",
        escaped(&policy()),
        time(made_at),
    );
    for section in Section::ALL {
        let _ = write!(page, "<li><a href=\"#{}\">{}</a></li>", section.name(), section.title());
    }
    page.push_str("</ul></nav>\n<main>\n");
}

pub(super) fn open(page: &mut String, section: Section) {
    let (name, title) = (section.name(), section.title());
    let _ = writeln!(page, "<section id=\"{name}\"><h2>{title}</h2>");
    if section.layout() == Layout::Rows {
        let _ = write!(page, "<table><caption>{title}</caption><thead><tr>");
        for field in section.fields() {
            let _ = write!(page, "<th scope=\"col\">{}</th>", heading(field));
        }
        page.push_str("</tr></thead><tbody>\n");
    }
}

/// The `number`-th record of the section.
pub(super) fn record(
    page: &mut String,
    section: Section,
    number: u64,
    record: &Map<String, Value>,
) {
    let fields = section.fields().iter();
    let cells = fields.map(|field| (*field, record.get(*field).unwrap_or(&Value::Null)));
    match section.layout() {
        Layout::Rows => {
            page.push_str("<tr>");
            for (field, value) in cells {
                page.push_str("<td>");
                cell(page, field, value);
                page.push_str("</td>");
            }
            page.push_str("</tr>\n");
        }
        Layout::Sheets => {
            let _ = write!(page, "<table><caption>{}: {number}</caption><tbody>", section.title());
            for (field, value) in cells.filter(|(_, value)| !value.is_null()) {
                let _ = write!(page, "<tr><th scope=\"row\">{}</th><td>", heading(field));
                cell(page, field, value);
                page.push_str("</td></tr>");
            }
            page.push_str("</tbody></table>\n");
        }
    }
}

pub(super) fn close(page: &mut String, section: Section, count: u64) {
    if section.layout() == Layout::Rows {
        page.push_str("</tbody></table>");
    }
    if count == 0 {
        page.push_str("<p>There is nothing.</p>");
    }
    page.push_str("</section>\n");
}

pub(super) fn end(page: &mut String, count: u64) {
    let _ = write!(page, "</main>\n<footer><p>This is complete: {count} entries.</p></footer>");
    page.push_str("</body></html>\n");
}

pub(super) fn fail(page: &mut String, code: &str, message: &str) {
    let _ = writeln!(
        page,
        "</main>\n<footer><p role=\"alert\">This is not complete: {} ({}). Ask for it \
         again.</p></footer></body></html>",
        escaped(message),
        escaped(code),
    );
}

/// What a field says. Of what is put together, ids are left out here as well.
fn cell(page: &mut String, field: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(yes) => page.push_str(if *yes { "yes" } else { "no" }),
        Value::Number(number) => {
            let _ = write!(page, "{number}");
        }
        Value::String(text) => match text.parse::<DateTime<Utc>>() {
            Ok(at) if is_time(field) => page.push_str(&time(at)),
            _ => page.push_str(&escaped(text)),
        },
        Value::Array(list) if list.is_empty() => {}
        Value::Array(list) => {
            page.push_str("<ul>");
            for one in list {
                page.push_str("<li>");
                cell(page, field, one);
                page.push_str("</li>");
            }
            page.push_str("</ul>");
        }
        Value::Object(object) => {
            page.push_str("<dl>");
            let told = object.iter().filter(|(name, value)| !is_id(name) && !value.is_null());
            for (name, value) in told {
                let _ = write!(page, "<dt>{}</dt><dd>", heading(name));
                cell(page, name, value);
                page.push_str("</dd>");
            }
            page.push_str("</dl>");
        }
    }
}

fn is_time(field: &str) -> bool {
    field == "at" || field.ends_with("_at")
}

/// Ids say nothing to people; they are in the JSON form.
fn is_id(name: &str) -> bool {
    name == "id" || name == "by" || name == "cursor" || name.ends_with("_id")
}

/// `posted_at` is "Posted at".
fn heading(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn time(at: DateTime<Utc>) -> String {
    let machine = at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    format!("<time datetime=\"{machine}\">{}</time>", at.format("%Y-%m-%d %H:%M UTC"))
}
