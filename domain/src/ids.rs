//! Typed identifiers. Two ids of different kinds can not be mixed up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by time (RFC 9562, version 7).
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            /// The nil id: stands for "none yet" in an aggregate that does not exist.
            fn default() -> Self {
                Self(Uuid::nil())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id!(
    /// A person who can sign in.
    AccountId
);
id!(
    /// The chat room of one patient and one doctor.
    RoomId
);
id!(
    /// An appointment of a patient with a doctor.
    AppointmentId
);

id!(
    /// What a doctor wrote down about an appointment.
    ConsultationId
);

id!(
    /// One log-in, on one device. Not a secret: it stands in events and tokens.
    SessionId
);
id!(
    /// A compliance officer's leave to open one patient's record for a while.
    GrantId
);

/// The namespace of room ids (an arbitrary constant; changing it would orphan every room).
const ROOM_NAMESPACE: Uuid = Uuid::from_u128(0x6a1d_52c0_90f4_4f0e_8f5b_7f3f_0b6e_9d41);

impl RoomId {
    /// The id of the one room these two can have: the same pair always gives the same id,
    /// so a second room for them can not come into being.
    #[must_use]
    pub fn of_pair(patient: AccountId, doctor: AccountId) -> Self {
        let mut pair = [0_u8; 32];
        pair[..16].copy_from_slice(patient.0.as_bytes());
        pair[16..].copy_from_slice(doctor.0.as_bytes());
        Self(Uuid::new_v5(&ROOM_NAMESPACE, &pair))
    }
}

/// The namespace of consultation ids (changing it would orphan every consultation).
const CONSULTATION_NAMESPACE: Uuid = Uuid::from_u128(0x2f8e_41d7_0c35_4b9a_b6e4_95d1_7a30_c862);

impl ConsultationId {
    /// The id of the one consultation that this appointment can have.
    #[must_use]
    pub fn of_appointment(appointment: AppointmentId) -> Self {
        Self(Uuid::new_v5(&CONSULTATION_NAMESPACE, appointment.0.as_bytes()))
    }
}
