//! A sentence about an event. People stand in it as ids until it is told: a name is looked up
//! once per page, and one that was erased is not in any sentence any more.

use anamnesis_domain::AccountId;
use std::collections::HashMap;
use std::fmt::Write;

/// Stands for what is sealed.
pub(super) const SEALED: &str = "‹sealed›";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Person(AccountId),
}

/// What happened, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Part>);

impl Sentence {
    /// One that begins with a person.
    pub(super) fn of(person: AccountId) -> Self {
        Self(vec![Part::Person(person)])
    }

    /// One that begins with words.
    pub(super) fn says(text: impl Into<String>) -> Self {
        Self(vec![Part::Text(text.into())])
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Text(text.into()));
        self
    }

    pub(super) fn person(mut self, person: AccountId) -> Self {
        self.0.push(Part::Person(person));
        self
    }

    /// Whose names are needed to tell it.
    pub fn people(&self) -> impl Iterator<Item = AccountId> {
        self.0.iter().filter_map(|part| match part {
            Part::Person(person) => Some(*person),
            Part::Text(_) => None,
        })
    }

    /// The sentence with these names. Who has none is told by the id.
    #[must_use]
    pub fn tell(&self, names: &HashMap<AccountId, String>) -> String {
        let mut told = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => told.push_str(text),
                Part::Person(person) => match names.get(person).filter(|name| !name.is_empty()) {
                    Some(name) => told.push_str(name),
                    None => {
                        let _ = write!(told, "account {person}");
                    }
                },
            }
        }
        told
    }
}
