//! What a doctor is a specialist in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of a fixed list, so that it can stand in clear and be searched by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Specialty {
    /// General practice.
    GeneralPractice,
    /// Internal medicine.
    InternalMedicine,
    /// Family medicine.
    FamilyMedicine,
    /// Emergency medicine.
    EmergencyMedicine,
    /// Anaesthesiology.
    Anaesthesiology,
    /// Cardiology.
    Cardiology,
    /// Dermatology.
    Dermatology,
    /// Endocrinology.
    Endocrinology,
    /// Gastroenterology.
    Gastroenterology,
    /// Geriatrics.
    Geriatrics,
    /// Gynaecology and obstetrics.
    Gynaecology,
    /// Haematology.
    Haematology,
    /// Infectious diseases.
    InfectiousDiseases,
    /// Intensive care.
    IntensiveCare,
    /// Nephrology.
    Nephrology,
    /// Neurology.
    Neurology,
    /// Neurosurgery.
    Neurosurgery,
    /// Oncology.
    Oncology,
    /// Ophthalmology.
    Ophthalmology,
    /// Orthopaedics.
    Orthopaedics,
    /// Ear, nose and throat.
    Otorhinolaryngology,
    /// Paediatrics.
    Paediatrics,
    /// Palliative care.
    PalliativeCare,
    /// Pathology.
    Pathology,
    /// Physiotherapy and rehabilitation.
    Physiotherapy,
    /// Psychiatry.
    Psychiatry,
    /// Psychotherapy.
    Psychotherapy,
    /// Pulmonology.
    Pulmonology,
    /// Radiology.
    Radiology,
    /// Rheumatology.
    Rheumatology,
    /// General surgery.
    Surgery,
    /// Urology.
    Urology,
}

impl Specialty {
    /// Every specialty, for tables and tests.
    pub const ALL: [Self; 32] = [
        Self::GeneralPractice,
        Self::InternalMedicine,
        Self::FamilyMedicine,
        Self::EmergencyMedicine,
        Self::Anaesthesiology,
        Self::Cardiology,
        Self::Dermatology,
        Self::Endocrinology,
        Self::Gastroenterology,
        Self::Geriatrics,
        Self::Gynaecology,
        Self::Haematology,
        Self::InfectiousDiseases,
        Self::IntensiveCare,
        Self::Nephrology,
        Self::Neurology,
        Self::Neurosurgery,
        Self::Oncology,
        Self::Ophthalmology,
        Self::Orthopaedics,
        Self::Otorhinolaryngology,
        Self::Paediatrics,
        Self::PalliativeCare,
        Self::Pathology,
        Self::Physiotherapy,
        Self::Psychiatry,
        Self::Psychotherapy,
        Self::Pulmonology,
        Self::Radiology,
        Self::Rheumatology,
        Self::Surgery,
        Self::Urology,
    ];

    /// The name used in events and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GeneralPractice => "general_practice",
            Self::InternalMedicine => "internal_medicine",
            Self::FamilyMedicine => "family_medicine",
            Self::EmergencyMedicine => "emergency_medicine",
            Self::Anaesthesiology => "anaesthesiology",
            Self::Cardiology => "cardiology",
            Self::Dermatology => "dermatology",
            Self::Endocrinology => "endocrinology",
            Self::Gastroenterology => "gastroenterology",
            Self::Geriatrics => "geriatrics",
            Self::Gynaecology => "gynaecology",
            Self::Haematology => "haematology",
            Self::InfectiousDiseases => "infectious_diseases",
            Self::IntensiveCare => "intensive_care",
            Self::Nephrology => "nephrology",
            Self::Neurology => "neurology",
            Self::Neurosurgery => "neurosurgery",
            Self::Oncology => "oncology",
            Self::Ophthalmology => "ophthalmology",
            Self::Orthopaedics => "orthopaedics",
            Self::Otorhinolaryngology => "otorhinolaryngology",
            Self::Paediatrics => "paediatrics",
            Self::PalliativeCare => "palliative_care",
            Self::Pathology => "pathology",
            Self::Physiotherapy => "physiotherapy",
            Self::Psychiatry => "psychiatry",
            Self::Psychotherapy => "psychotherapy",
            Self::Pulmonology => "pulmonology",
            Self::Radiology => "radiology",
            Self::Rheumatology => "rheumatology",
            Self::Surgery => "surgery",
            Self::Urology => "urology",
        }
    }
}
