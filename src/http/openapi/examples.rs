//! Examples of what clients send, put together from those of the fields.
//!
//! A field says `#[schemars(example = ...)]` where its type does not say enough. A field that
//! may be left out is only in the example if it has one of its own.

use serde_json::{Map, Value, json};

/// Gives every body and every parameter of the paths that needs one an example.
pub(super) fn fill(paths: &mut Map<String, Value>, schemas: &Map<String, Value>) {
    let methods = paths.values_mut().filter_map(Value::as_object_mut);
    for operation in methods.flat_map(Map::values_mut) {
        if let Some(body) = operation.pointer_mut("/requestBody/content/application~1json")
            && let Some(example) = of(&body["schema"], schemas)
        {
            body["example"] = example;
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let schema = &parameter["schema"];
            let wanted = parameter["required"] == true || schema.get("examples").is_some();
            if let Some(example) = of(schema, schemas).filter(|_| wanted) {
                parameter["example"] = example;
            }
        }
    }
}

fn of(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let own = schema.get("examples").and_then(|all| all.get(0)).or_else(|| schema.get("const"));
    if let Some(example) = own.or_else(|| schema.get("enum").and_then(|all| all.get(0))) {
        return Some(example.clone());
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return of(schemas.get(reference.rsplit('/').next()?)?, schemas);
    }
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    if let Some(choices) = choices {
        return choices.iter().find_map(|choice| of(choice, schemas));
    }
    let kind = schema.get("type")?;
    let kind = kind.as_str().or_else(|| kind.as_array()?.first()?.as_str())?;
    let format = schema.get("format").and_then(Value::as_str);
    match (kind, format) {
        ("object", _) => of_object(schema, schemas),
        ("array", _) => of(schema.get("items")?, schemas).map(|item| json!([item])),
        ("string", Some("uuid")) => Some(json!("01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94")),
        ("string", Some("date-time")) => Some(json!("2027-03-29T09:00:00Z")),
        ("string", Some("date")) => Some(json!("2027-03-29")),
        ("integer", _) => Some(json!(1)),
        ("boolean", _) => Some(json!(true)),
        _ => None,
    }
}

fn of_object(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let required = schema.get("required").and_then(Value::as_array);
    let mut example = Map::new();
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let needed = required.into_iter().flatten().any(|one| one == name);
        if needed {
            example.insert(name.clone(), of(field, schemas)?);
        } else if field.get("examples").is_some() {
            example.extend(of(field, schemas).map(|value| (name.clone(), value)));
        }
    }
    Some(example.into())
}
