//! The fixed words in events, and what may stand there in clear.

use crate::catalogue::is_sealed;
use crate::chapters::chapters;
use anamnesis_domain::Role;
use anamnesis_domain::access_grant::Verdict;
use anamnesis_domain::account::{Availability, Specialty};
use anamnesis_domain::chat_room::{HideDecision, HideReason, Reaction};
use anamnesis_domain::doctor_schedule::Weekday;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

const AVAILABILITIES: [Availability; 3] =
    [Availability::Available, Availability::Busy, Availability::OffDuty];

const REACTIONS: [Reaction; 8] = [
    Reaction::ThumbsUp,
    Reaction::Heart,
    Reaction::Smile,
    Reaction::Sad,
    Reaction::Surprised,
    Reaction::Thanks,
    Reaction::Done,
    Reaction::Question,
];

/// Fields that hold one of the server's own codes.
const CODES: [&str; 5] = ["action", "decision", "kind", "reason", "view"];

/// The month of a data key.
fn is_month(text: &str) -> bool {
    format!("{text}-01").parse::<NaiveDate>().is_ok()
}

fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn fixed_words() -> Vec<&'static str> {
    let roles = Role::ALL.iter().map(|role| role.as_str());
    let availabilities = AVAILABILITIES.iter().map(|availability| availability.as_str());
    let reactions = REACTIONS.iter().map(|reaction| reaction.as_str());
    let weekdays = Weekday::ALL.iter().map(|weekday| weekday.as_str());
    let specialties = Specialty::ALL.iter().map(|specialty| specialty.as_str());
    let verdicts = Verdict::ALL.iter().map(|verdict| verdict.as_str());
    let words = roles.chain(availabilities).chain(reactions).chain(weekdays).chain(specialties);
    words.chain(verdicts).collect()
}

#[test]
fn a_word_is_the_same_in_events_and_in_the_api() {
    for role in Role::ALL {
        assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        assert_eq!(role.as_str().parse(), Ok(role));
    }
    for availability in AVAILABILITIES {
        assert_eq!(serde_json::to_value(availability).unwrap(), availability.as_str());
    }
    for reaction in REACTIONS {
        assert_eq!(serde_json::to_value(reaction).unwrap(), reaction.as_str());
    }
    for decision in [HideDecision::ShownAgain, HideDecision::StaysHidden] {
        assert_eq!(serde_json::to_value(decision).unwrap(), decision.as_str());
    }
    let reason = HideReason::WrongPatient;
    assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
    for specialty in Specialty::ALL {
        assert_eq!(serde_json::to_value(specialty).unwrap(), specialty.as_str());
    }
    for verdict in Verdict::ALL {
        assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.as_str());
        assert_eq!(Verdict::from_code(verdict.as_str()), Some(verdict));
    }
    for weekday in Weekday::ALL {
        assert_eq!(serde_json::to_value(weekday).unwrap(), weekday.as_str());
    }
}

#[test]
fn a_word_that_names_no_role_is_refused() {
    for text in ["", "Doctor", "doctor ", "root"] {
        assert!(text.parse::<Role>().is_err(), "{text:?}");
    }
}

/// Whoever adds a field of free text has to seal it, or this fails.
#[test]
fn only_ids_numbers_dates_times_zones_and_fixed_words_stand_in_clear() {
    let words = fixed_words();
    for chapter in chapters() {
        for sample in &chapter.samples {
            for (path, value) in sample.leaves() {
                let harmless = match &value {
                    Value::Number(_) => true,
                    Value::String(text) => {
                        Uuid::parse_str(text).is_ok()
                            || text.parse::<DateTime<Utc>>().is_ok()
                            || text.parse::<NaiveDate>().is_ok()
                            || words.contains(&text.as_str())
                            || path == "zone"
                            || (path == "period" && is_month(text))
                            || (CODES.contains(&path.as_str()) && is_code(text))
                    }
                    _ => false,
                };
                assert!(harmless || is_sealed(&value), "{}: {path}", sample.event_type);
            }
        }
    }
}
