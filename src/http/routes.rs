//! The table of contents: every route, and what it lets whom do.

use super::openapi::{self, Operation};
use super::{access_report, accounts, as_of, deleted_items, directory, fhir, grants, my_data};
use super::{
    appointment_changes, appointments, consultations, contacts, doctors, hours, medicines,
};
use super::{events, health, messages, notifications, own_account, patient_records, people_search};
use super::{pictures, replay, reports, rooms, saved_searches, sessions, slots, system};
use super::{trail, trail_reviews, users};
use crate::app::App;
use crate::policy::Action as A;
use crate::ws;
use Access::{For, Public};
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use std::sync::Arc;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody; the handler itself checks what it is given.
    Public,
    /// Those whom the policy allows this action.
    For(A),
}

/// One line of the table.
#[expect(missing_docs, reason = "the names say it")]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
    /// The name of the handler, which is also that of the operation.
    pub name: &'static str,
    /// What its types say of it.
    pub(super) describe: fn(&mut Operation<'_>),
    pub(super) handler: MethodRouter<Arc<App>>,
}

macro_rules! table {
    ($($method:ident $path:literal $access:expr => $handler:path;)+) => {
        vec![$(Route {
            method: stringify!($method),
            path: $path,
            access: $access,
            name: last_part(stringify!($handler)),
            describe: openapi::of(&$handler),
            handler: $method($handler),
        }),+]
    };
}

/// The function of a path such as `rooms::list_rooms`.
fn last_part(path: &'static str) -> &'static str {
    path.rsplit(':').next().unwrap_or(path).trim()
}

/// Every route. `tests/api/matrix.rs` calls each as everyone.
#[must_use]
pub fn routes() -> Vec<Route> {
    [service(), people(), clinic(), conversations(), compliance()].into_iter().flatten().collect()
}

/// The service itself, and what comes to everybody: the feed and notices.
#[rustfmt::skip]
fn service() -> Vec<Route> {
    table! {
        get    "/livez"                  Public => health::report_liveness;
        get    "/readyz"                 Public => health::report_readiness;
        get    "/.well-known/jwks.json"  Public => sessions::read_key_set;
        get    "/api/openapi.json"       Public => openapi::read_openapi;
        get    "/api/docs"               Public => openapi::read_docs_page;
        get    "/api/notifications"      For(A::ListNotices) => notifications::list_notices;
        post   "/api/notifications/seen" For(A::SeeNotices) => notifications::see_notices;
        get    "/api/events"             For(A::FollowEvents) => events::poll_events;
        get    "/api/events/stream"      For(A::FollowEvents) => events::stream_events;
        get    "/ws/chat"                Public => ws::open_socket;
    }
}

/// Sessions, accounts, and what administrators look after.
#[rustfmt::skip]
fn people() -> Vec<Route> {
    table! {
        post   "/api/auth/login"                    Public => sessions::log_in;
        post   "/api/auth/refresh"                  Public => sessions::refresh_session;
        post   "/api/auth/logout"                   For(A::EndOwnSessions) => sessions::log_out;
        post   "/api/auth/logout-everywhere"        For(A::EndOwnSessions) => sessions::log_out_everywhere;
        post   "/api/auth/tickets"                  For(A::FollowEvents) => sessions::issue_ticket;
        post   "/api/users"                         Public => users::register_account;
        get    "/api/users/me"                      For(A::ReadOwnAccount) => own_account::read_own_account;
        patch  "/api/users/me"                      For(A::ChangeOwnProfile) => own_account::change_own_account;
        put    "/api/users/me/availability"         For(A::ChangeOwnAvailability) => own_account::change_own_availability;
        put    "/api/users/me/picture"              For(A::ChangeOwnProfile) => pictures::put_own_picture;
        delete "/api/users/me/picture"              For(A::ChangeOwnProfile) => pictures::delete_own_picture;
        get    "/api/users/{account_id}/picture"    For(A::ReadPicture) => pictures::read_picture;
        get    "/api/users"                         For(A::ListAccounts) => accounts::list_users;
        post   "/api/users/search"                  For(A::ListAccounts) => accounts::search_users;
        get    "/api/users/{account_id}"            For(A::ListAccounts) => accounts::read_user;
        get    "/api/approvals"                     For(A::ListAccounts) => accounts::list_approvals;
        post   "/api/users/{account_id}/approve"    For(A::DecideRequests) => accounts::approve_account;
        post   "/api/users/{account_id}/refuse"     For(A::DecideRequests) => accounts::refuse_account;
        put    "/api/users/{account_id}/role"       For(A::ChangeRoles) => accounts::change_role;
        post   "/api/users/{account_id}/deactivate" For(A::DeactivateAccounts) => accounts::deactivate_account;
        post   "/api/users/{account_id}/restore"    For(A::DeactivateAccounts) => accounts::restore_account;
        get    "/api/deleted-items"                 For(A::ListDeletedItems) => deleted_items::list_deleted_items;
        get    "/api/system"                        For(A::ReadSystem) => system::read_system;
    }
}

/// Doctors, appointments, consultations, medicines.
#[rustfmt::skip]
fn clinic() -> Vec<Route> {
    table! {
        get    "/api/doctors"                                     For(A::ListDoctors) => directory::list_doctors;
        get    "/api/doctors/{doctor_id}"                         For(A::ListDoctors) => directory::read_doctor;
        get    "/api/doctors/{doctor_id}/taken"                   For(A::ReadTakenTimes) => doctors::list_taken_times;
        get    "/api/appointments"                                For(A::ListAppointments) => appointments::list_appointments;
        post   "/api/appointments"                                For(A::BookAppointment) => appointments::book_appointment;
        get    "/api/appointments/{appointment_id}"               For(A::ReadAppointment) => appointments::read_appointment;
        patch  "/api/appointments/{appointment_id}"               For(A::ChangeAppointment) => appointment_changes::change_appointment;
        delete "/api/appointments/{appointment_id}"               For(A::DeleteAppointment) => appointment_changes::delete_appointment;
        post   "/api/appointments/{appointment_id}/restore"       For(A::RestoreAppointment) => appointment_changes::restore_appointment;
        get    "/api/doctors/{doctor_id}/hours"                   For(A::ReadHours) => hours::read_hours;
        put    "/api/doctors/{doctor_id}/hours"                   For(A::SetHours) => hours::set_hours;
        put    "/api/doctors/{doctor_id}/exceptions/{date}"       For(A::SetHours) => hours::set_exception;
        delete "/api/doctors/{doctor_id}/exceptions/{date}"       For(A::SetHours) => hours::clear_exception;
        get    "/api/doctors/{doctor_id}/slots"                   For(A::ReadTakenTimes) => slots::list_slots;
        get    "/api/consultations"                               For(A::ListConsultations) => consultations::list_consultations;
        post   "/api/consultations"                               For(A::OpenConsultation) => consultations::open_consultation;
        get    "/api/consultations/{consultation_id}"             For(A::ReadConsultation) => consultations::read_consultation;
        patch  "/api/consultations/{consultation_id}"             For(A::WriteConsultation) => consultations::write_consultation;
        post   "/api/consultations/{consultation_id}/sign"        For(A::SignConsultation) => consultations::sign_consultation;
        get    "/api/consultations/{consultation_id}/amendments"  For(A::ReadConsultation) => consultations::list_amendments;
        get    "/api/consultations/{consultation_id}/fields"      For(A::ReadConsultationFields) => as_of::list_own_field_changes;
        get    "/api/consultations/{consultation_id}/corrections" For(A::ReadConsultation) => consultations::list_corrections;
        post   "/api/consultations/{consultation_id}/corrections" For(A::RequestCorrection) => consultations::request_correction;
        post   "/api/consultations/{consultation_id}/corrections/{number}/accept" For(A::AnswerCorrection) => consultations::accept_correction;
        post   "/api/consultations/{consultation_id}/corrections/{number}/decline" For(A::AnswerCorrection) => consultations::decline_correction;
        delete "/api/consultations/{consultation_id}"             For(A::DeleteConsultation) => consultations::delete_consultation;
        post   "/api/consultations/{consultation_id}/restore"     For(A::RestoreConsultation) => consultations::restore_consultation;
        get    "/api/medicines"                                   For(A::ListOwnMedicines) => medicines::list_own_medicines;
        get    "/api/patients/{patient_id}/medicines"             For(A::ListPatientMedicines) => medicines::list_patient_medicines;
        get    "/api/contacts"                                    For(A::ListContacts) => contacts::list_contacts;
    }
}

/// Rooms and messages.
#[rustfmt::skip]
fn conversations() -> Vec<Route> {
    table! {
        get    "/api/rooms"                                                  For(A::ListRooms) => rooms::list_rooms;
        post   "/api/rooms/search"                                           For(A::ListRooms) => rooms::search_rooms;
        get    "/api/rooms/{room_id}"                                        For(A::ReadRoom) => rooms::read_room;
        post   "/api/rooms/{room_id}/delivered"                              For(A::MarkProgress) => rooms::mark_delivered;
        post   "/api/rooms/{room_id}/read"                                   For(A::MarkProgress) => rooms::mark_read;
        post   "/api/rooms/{room_id}/typing"                                 For(A::Type) => rooms::tell_typing;
        post   "/api/rooms/{room_id}/close"                                  For(A::CloseRoom) => rooms::close_room;
        post   "/api/rooms/{room_id}/reopen"                                 For(A::CloseRoom) => rooms::reopen_room;
        get    "/api/rooms/{room_id}/messages"                               For(A::ReadMessages) => messages::list_messages;
        post   "/api/rooms/{room_id}/messages"                               For(A::PostMessage) => messages::post_message;
        get    "/api/rooms/{room_id}/messages/{number}"                      For(A::ReadMessages) => messages::read_message;
        patch  "/api/rooms/{room_id}/messages/{number}"                      For(A::EditMessage) => messages::edit_message;
        delete "/api/rooms/{room_id}/messages/{number}"                      For(A::RetractMessage) => messages::retract_message;
        get    "/api/rooms/{room_id}/messages/{number}/history"              For(A::ReadMessages) => messages::list_versions;
        post   "/api/rooms/{room_id}/messages/{number}/restore"              For(A::RestoreMessage) => messages::restore_message;
        post   "/api/rooms/{room_id}/messages/{number}/report"               For(A::ReportMessage) => reports::report_message;
        put    "/api/rooms/{room_id}/messages/{number}/reactions/{reaction}" For(A::ReactToMessage) => messages::add_reaction;
        delete "/api/rooms/{room_id}/messages/{number}/reactions/{reaction}" For(A::ReactToMessage) => messages::remove_reaction;
    }
}

/// What happened and who looked: for compliance officers, and for patients of themselves.
#[rustfmt::skip]
fn compliance() -> Vec<Route> {
    table! {
        get    "/api/access-report"                                For(A::ReadAccessReport) => access_report::read_access_report;
        get    "/api/my-data"                                      For(A::DownloadOwnData) => my_data::download_own_data;
        get    "/api/audit/replay"                                 For(A::ReplayLog) => replay::replay_log;
        get    "/api/audit/export"                                 For(A::ExportLog) => replay::export_log;
        get    "/api/audit/events"                                 For(A::SearchTrail) => trail::search_trail;
        post   "/api/audit/people"                                 For(A::SearchTrail) => people_search::find_people;
        get    "/api/audit/timeline/{kind}/{id}"                   For(A::SearchTrail) => trail::read_timeline;
        get    "/api/audit/as-of/{kind}/{id}"                      For(A::ReadAsOf) => as_of::read_as_of;
        get    "/api/audit/could-see/{account_id}"                 For(A::ReadAsOf) => as_of::read_could_see;
        get    "/api/audit/consultations/{consultation_id}/fields" For(A::ReadAsOf) => as_of::list_field_changes;
        get    "/api/audit/reports"                                For(A::DecideReports) => reports::list_reports;
        post   "/api/audit/reports/{room_id}/{number}/decide"      For(A::DecideReports) => reports::decide_report;
        get    "/fhir/R4/metadata"                                 Public => fhir::read_capabilities;
        get    "/fhir/R4/AuditEvent"                               For(A::SearchTrail) => fhir::search_audit_events;
        get    "/fhir/R4/AuditEvent/{position}"                    For(A::SearchTrail) => fhir::read_audit_event;
        get    "/api/audit/grants"                                 For(A::ReadGrants) => grants::list_grants;
        post   "/api/audit/grants"                                 For(A::BreakGlass) => grants::open_record;
        get    "/api/audit/grants/{grant_id}"                      For(A::ReadGrants) => grants::read_grant;
        post   "/api/audit/grants/{grant_id}/end"                  For(A::EndGrant) => grants::end_grant;
        post   "/api/audit/grants/{grant_id}/review"               For(A::ReviewGrant) => grants::review_grant;
        get    "/api/audit/patients/{patient_id}/records"          For(A::ListPatientRecords) => patient_records::list_patient_records;
        get    "/api/audit/reviews"                                For(A::ReviewTrail) => trail_reviews::list_reviews;
        post   "/api/audit/reviews"                                For(A::ReviewTrail) => trail_reviews::sign_review;
        get    "/api/audit/searches"                               For(A::KeepSearches) => saved_searches::list_searches;
        post   "/api/audit/searches"                               For(A::KeepSearches) => saved_searches::save_search;
        put    "/api/audit/searches/{search_id}"                   For(A::KeepSearches) => saved_searches::change_search;
        delete "/api/audit/searches/{search_id}"                   For(A::KeepSearches) => saved_searches::delete_search;
    }
}
