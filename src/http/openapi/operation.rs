//! What one operation takes and gives, told by the types of its handler.

use axum::http::StatusCode;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Something that a handler takes from the request.
pub trait Input {
    /// Says what the client sends for it, and how it can be refused.
    fn describe(operation: &mut Operation<'_>);
}

/// Something that a handler answers with.
pub trait Output {
    /// Says what the client gets. `status` holds unless the type itself has another.
    fn describe(operation: &mut Operation<'_>, status: StatusCode);
}

/// A handler, told by its type alone. `A` is the list of what it takes, without which there
/// could be two answers for one function.
pub(in crate::http) trait Handler<A> {
    /// Says everything that its types say.
    fn describe(operation: &mut Operation<'_>);
}

macro_rules! handlers {
    ($($argument:ident)*) => {
        impl<F, R, $($argument),*> Handler<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> R,
            R: Future,
            R::Output: Output,
            $($argument: Input),*
        {
            fn describe(operation: &mut Operation<'_>) {
                $($argument::describe(operation);)*
                <R::Output as Output>::describe(operation, StatusCode::OK);
            }
        }
    };
}
handlers!();
handlers!(A);
handlers!(A B);
handlers!(A B C);
handlers!(A B C D);
handlers!(A B C D E);
handlers!(A B C D E G);

/// The description of a handler, which is only known by its type.
pub(in crate::http) fn of<A, H: Handler<A>>(_: &H) -> fn(&mut Operation<'_>) {
    H::describe
}

/// An Operation Object (`OpenAPI` 3.1, section 4.8.10) that is being written.
#[derive(Debug)]
pub struct Operation<'a> {
    requests: &'a mut SchemaGenerator,
    answers: &'a mut SchemaGenerator,
    parameters: Vec<Value>,
    body: Option<Value>,
    responses: Map<String, Value>,
}

impl<'a> Operation<'a> {
    /// One of which nothing is known. Schemas of what clients send and of what they get are
    /// kept apart: in the first an optional field may be left out, in the second it is null.
    pub(super) fn new(requests: &'a mut SchemaGenerator, answers: &'a mut SchemaGenerator) -> Self {
        let (parameters, responses) = (Vec::new(), Map::new());
        Self { requests, answers, parameters, body: None, responses }
    }

    /// A parameter of the path, the query or the headers.
    pub(super) fn parameter(&mut self, place: &str, name: &str, required: bool, schema: Schema) {
        let mut schema = schema.to_value();
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        let description = description.unwrap_or_default();
        self.parameters.push(json!({
            "in": place,
            "name": name,
            "required": required,
            "description": description.as_str().unwrap_or_default(),
            "schema": schema,
        }));
    }

    /// A header that every operation of a kind takes.
    pub(super) fn shared_parameter(&mut self, name: &str) {
        let path = format!("#/components/parameters/{name}");
        self.parameters.push(json!({ "$ref": path }));
    }

    /// The fields of a struct as parameters of the query.
    pub(in crate::http) fn query<T: JsonSchema>(&mut self) {
        let schema = T::json_schema(self.requests);
        let required = schema.get("required").and_then(Value::as_array).cloned();
        let properties = schema.get("properties").and_then(Value::as_object).cloned();
        for (name, schema) in properties.unwrap_or_default() {
            let required = required.iter().flatten().any(|one| *one == name);
            if let Ok(schema) = Schema::try_from(without_null(schema)) {
                self.parameter("query", &name, required, schema);
            }
        }
    }

    /// A body in JSON.
    pub(super) fn takes_json<T: JsonSchema>(&mut self) {
        let schema = self.requests.subschema_for::<T>();
        self.takes("application/json", &schema.to_value());
    }

    /// A body of any type.
    pub(in crate::http) fn takes(&mut self, media_type: &str, schema: &Value) {
        self.body = Some(json!({
            "required": true,
            "content": { media_type: { "schema": schema } },
        }));
    }

    /// An answer in JSON.
    pub(in crate::http) fn gives_json<T: JsonSchema>(&mut self, status: StatusCode) {
        let schema = self.answers.subschema_for::<T>();
        self.gives(status, "application/json", &schema.to_value());
    }

    /// An answer of any type, beside those that were told already.
    pub(in crate::http) fn gives(&mut self, status: StatusCode, media_type: &str, schema: &Value) {
        let known = self.responses.entry(status.as_str()).or_insert_with(|| response(status));
        known["content"][media_type] = json!({ "schema": schema });
    }

    /// An answer of many values, each on a line of its own, and another as the last.
    pub(in crate::http) fn gives_lines<T: JsonSchema, L: JsonSchema>(
        &mut self,
        status: StatusCode,
        media_type: &str,
    ) {
        let each = self.answers.subschema_for::<T>().to_value();
        let last = self.answers.subschema_for::<L>().to_value();
        let schema = json!({
            "type": "string",
            "description": "Lines of JSON.",
            "contentMediaType": media_type,
            "contentSchema": { "anyOf": [each, last] },
        });
        self.gives(status, media_type, &schema);
    }

    /// An answer without a body.
    pub(crate) fn gives_nothing(&mut self, status: StatusCode) {
        self.responses.insert(status.as_str().to_owned(), response(status));
    }

    /// The answer of this status has the version of what is shown in a header.
    pub(super) fn gives_version(&mut self, status: StatusCode) {
        if let Some(response) = self.responses.get_mut(status.as_str()) {
            response["headers"] = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
        }
    }

    /// It can be refused with this status.
    pub(crate) fn refuses(&mut self, status: StatusCode) {
        let response = format!("#/components/responses/{}", status.as_str());
        self.responses.insert(status.as_str().to_owned(), json!({ "$ref": response }));
    }

    /// Every refusal so far is of this type, and not of the usual one.
    pub(super) fn refuses_as(&mut self, media_type: &str) {
        let described = self.responses.iter_mut().filter(|(_, one)| one.get("$ref").is_some());
        for (status, one) in described {
            let status = StatusCode::from_bytes(status.as_bytes()).unwrap_or_default();
            *one = response(status);
            one["content"][media_type] = json!({ "schema": { "type": "object" } });
        }
    }

    /// What was told.
    pub(super) fn into_object(self) -> Map<String, Value> {
        let mut object = Map::new();
        if !self.parameters.is_empty() {
            object.insert("parameters".to_owned(), self.parameters.into());
        }
        if let Some(body) = self.body {
            object.insert("requestBody".to_owned(), body);
        }
        object.insert("responses".to_owned(), self.responses.into());
        object
    }
}

fn response(status: StatusCode) -> Value {
    json!({ "description": status.canonical_reason().unwrap_or_default() })
}

/// In a query there is no null: a parameter that is optional is left out.
fn without_null(mut schema: Value) -> Value {
    let is_null = |one: &Value| one == "null" || one["type"] == "null";
    if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
        types.retain(|one| !is_null(one));
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        choices.retain(|one| !is_null(one));
        if let [only] = choices.as_slice() {
            let only = only.clone();
            let words = schema.get("description").cloned();
            schema = only;
            if let Some(words) = words {
                schema["description"] = words;
            }
        }
    }
    schema
}
