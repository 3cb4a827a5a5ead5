//! What this server can do, for FHIR clients.

use super::{BASE, MEDIA_TYPE};
use serde_json::{Value, json};

/// The search parameters, with their types in FHIR.
const PARAMETERS: &[(&str, &str)] = &[
    ("patient", "reference"),
    ("agent", "reference"),
    ("entity", "reference"),
    ("date", "date"),
    ("type", "token"),
    ("action", "token"),
    ("outcome", "token"),
];

/// The `CapabilityStatement`.
#[must_use]
pub fn capability_statement() -> Value {
    let parameters: Vec<_> = PARAMETERS
        .iter()
        .map(|(name, kind)| {
            let definition = format!("http://hl7.org/fhir/SearchParameter/AuditEvent-{name}");
            json!({ "name": name, "definition": definition, "type": kind })
        })
        .collect();
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-21",
        "kind": "instance",
        "software": { "name": "Anamnesis", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": "The audit trail of this installation.", "url": BASE },
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "json"],
        "rest": [{
            "mode": "server",
            "security": {
                "description": "Bearer tokens of /api/auth/login. Compliance officers only.",
            },
            "resource": [{
                "type": "AuditEvent",
                "interaction": [{ "code": "read" }, { "code": "search-type" }],
                "versioning": "no-version",
                "searchParam": parameters,
            }],
        }],
    })
}
