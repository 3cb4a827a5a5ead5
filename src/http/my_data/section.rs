//! The parts of a download, in their order, and how people see them.

/// A part of a download: records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the titles say it")]
pub enum Section {
    Profile,
    CareTeam,
    Appointments,
    Conversations,
    Messages,
    EarlierWords,
    Consultations,
    Corrections,
    Medicines,
    Notices,
    Looks,
    Openings,
    Live,
}

/// How the records of a section stand on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One table, and a row for each.
    Rows,
    /// A table for each, with a row for each of its fields.
    Sheets,
}

impl Section {
    /// All of them, in the order of the download.
    pub const ALL: [Self; 13] = [
        Self::Profile,
        Self::CareTeam,
        Self::Appointments,
        Self::Conversations,
        Self::Messages,
        Self::EarlierWords,
        Self::Consultations,
        Self::Corrections,
        Self::Medicines,
        Self::Notices,
        Self::Looks,
        Self::Openings,
        Self::Live,
    ];

    /// The name of the list in JSON, and of the place on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::CareTeam => "care_team",
            Self::Appointments => "appointments",
            Self::Conversations => "conversations",
            Self::Messages => "messages",
            Self::EarlierWords => "earlier_words",
            Self::Consultations => "consultations",
            Self::Corrections => "corrections",
            Self::Medicines => "medicines",
            Self::Notices => "notices",
            Self::Looks => "looks",
            Self::Openings => "openings",
            Self::Live => "live",
        }
    }

    /// The heading on the page.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Profile => "You",
            Self::CareTeam => "Your doctors",
            Self::Appointments => "Your appointments",
            Self::Conversations => "Your conversations",
            Self::Messages => "Messages",
            Self::EarlierWords => "What edited messages said before, and say now",
            Self::Consultations => "Consultations, as signed and after each amendment",
            Self::Corrections => "Corrections that you asked for",
            Self::Medicines => "Medicines",
            Self::Notices => "What you were told",
            Self::Looks => "Who looked at your record",
            Self::Openings => "Who opened your record for a check",
            Self::Live => "Doctors who are sent what you write as you write it",
        }
    }

    pub(super) fn layout(self) -> Layout {
        match self {
            Self::Profile | Self::Appointments | Self::Consultations | Self::Corrections => {
                Layout::Sheets
            }
            _ => Layout::Rows,
        }
    }

    /// The fields that stand on the page: all that say something to people. Ids do not.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Profile => {
                &["name", "username", "email", "phone", "bio", "role", "registered_at", "picture"]
            }
            Self::CareTeam => &["doctor"],
            Self::Appointments => &[
                "doctor",
                "starts_at",
                "ends_at",
                "zone",
                "status",
                "reason",
                "cancel_reason",
                "booked_at",
                "version",
                "history",
                "history_complete",
            ],
            Self::Conversations => &["doctor", "opened_at", "closed"],
            Self::Messages => &[
                "doctor",
                "number",
                "posted_at",
                "author",
                "body",
                "edits",
                "edited_at",
                "version",
                "retracted",
                "hidden",
                "reactions",
            ],
            Self::EarlierWords => &["doctor", "number", "version", "written_at", "body"],
            Self::Consultations => &[
                "doctor",
                "opened_at",
                "version",
                "written_at",
                "reason",
                "medical_history",
                "examination_findings",
                "investigations",
                "treatment_plan",
                "prescriptions",
                "review_on",
            ],
            Self::Corrections => &[
                "doctor",
                "number",
                "status",
                "requested_at",
                "text",
                "answered_at",
                "amendment",
                "statement",
            ],
            Self::Medicines => &[
                "drug",
                "dose",
                "route",
                "frequency",
                "duration_days",
                "instructions",
                "prescribed_on",
                "ends_on",
                "doctor_name",
            ],
            Self::Notices => &["at", "kind", "number", "from", "seen"],
            Self::Looks => &["at", "who", "role", "what", "parts", "reason"],
            Self::Openings => &["who", "opened_at", "closes_at", "reason"],
            Self::Live => &["who", "began_at"],
        }
    }
}
