//! What a download is made of: records, each of one section. Both forms are written from them.

use super::section::Section;
use crate::http::appointment_views::WithHistory;
use crate::http::consultations::{ContentView, CorrectionView};
use crate::http::error::ApiError;
use crate::http::own_account::OwnAccount;
use crate::http::views::MessageView;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, Role, RoomId};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

/// Records of one section that were read together.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) section: Section,
    pub(super) records: Vec<Map<String, Value>>,
}

impl Page {
    pub(super) fn of<T: Serialize>(section: Section, records: &[T]) -> Result<Self, ApiError> {
        let fields = |record| match serde_json::to_value(record) {
            Ok(Value::Object(fields)) => Ok(fields),
            _ => Err(ApiError::unavailable("unavailable", "a record can not be written")),
        };
        let records = records.iter().map(fields).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { section, records })
    }
}

#[derive(Serialize)]
pub(super) struct Profile {
    account_id: AccountId,
    name: String,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    bio: Option<String>,
    role: Role,
    registered_at: DateTime<Utc>,
    /// Where the picture is.
    picture: Option<String>,
}

impl From<OwnAccount> for Profile {
    fn from(own: OwnAccount) -> Self {
        Self {
            account_id: own.account_id,
            name: own.name,
            username: own.username,
            email: own.email,
            phone: own.phone,
            bio: own.bio,
            role: own.role,
            registered_at: own.registered_at,
            picture: own.picture,
        }
    }
}

#[derive(Serialize)]
pub(super) struct CareTeamRecord {
    pub(super) doctor_id: AccountId,
    pub(super) doctor: String,
    pub(super) room_id: RoomId,
}

#[derive(Serialize)]
pub(super) struct AppointmentRecord {
    pub(super) doctor: String,
    #[serde(flatten)]
    pub(super) appointment: WithHistory,
}

#[derive(Serialize)]
pub(super) struct ConversationRecord {
    pub(super) room_id: RoomId,
    pub(super) doctor_id: AccountId,
    pub(super) doctor: String,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) closed: bool,
}

#[derive(Serialize)]
pub(super) struct MessageRecord {
    pub(super) room_id: RoomId,
    pub(super) doctor: String,
    /// The name of who wrote it.
    pub(super) author: String,
    #[serde(flatten)]
    pub(super) message: MessageView,
}

#[derive(Serialize)]
pub(super) struct EarlierWordsRecord {
    pub(super) room_id: RoomId,
    pub(super) doctor: String,
    /// The message's.
    pub(super) number: u64,
    pub(super) version: u64,
    pub(super) written_at: DateTime<Utc>,
    pub(super) body: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ConsultationRecord {
    pub(super) consultation_id: ConsultationId,
    pub(super) appointment_id: AppointmentId,
    pub(super) doctor_id: AccountId,
    pub(super) doctor: String,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) version: u64,
    pub(super) written_at: DateTime<Utc>,
    pub(super) reason: Option<String>,
    #[serde(flatten)]
    pub(super) content: ContentView,
}

#[derive(Serialize)]
pub(super) struct CorrectionRecord {
    pub(super) consultation_id: ConsultationId,
    pub(super) doctor: String,
    #[serde(flatten)]
    pub(super) correction: CorrectionView,
}
