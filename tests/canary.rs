//! No clinical text stands readable at rest, and nobody is named in the log.
//!
//! Words that occur nowhere else are said, and then looked for in every byte that the server
//! and its database left on disk, in a dump, and in what they logged.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis_testkit::{Setup, User, booking};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, RgbImage};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use reqwest::Method;
use serde_json::json;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

const PASSWORD: &str = "canary-password-ohgheiw4";
const WRONG_PASSWORD: &str = "canary-mistyped-eeraem8a";
const REASON: &str = "canary-reason-uquoh5ee";
const MESSAGE: &str = "canary-message-ahxei7ai";
const EDITED: &str = "canary-edited-thai2eiz";
const OVER_SOCKET: &str = "canary-socket-ieb9aemu";
const SECTION: &str = "canary-section-ieche1oo";
const DRUG: &str = "canary-drug-ahv6oong";
const AMENDMENT: &str = "canary-amendment-eiy4ohgo";
const CORRECTION: &str = "canary-correction-uo2aequi";
const STATEMENT: &str = "canary-statement-eigh9ohv";
const GRANT_REASON: &str = "canary-grant-ahk4uphi";
const REVIEW_NOTE: &str = "canary-note-yie7ohqu";
const SEARCH_NAME: &str = "canary-saved-eish0uth";
const REFUSED: &str = "canary-refused-zoo6quah";
/// Searched for, without finding anybody.
const SEARCHED: &str = "canary-searched-ko4aeyai";
const BIO: &str = "canary-bio-ohqu5aix";
const PHONE: &str = "+49 770193 58246617 20461";
/// In what a camera writes beside the pixels.
const METADATA: &str = "canary-metadata-eek4iequ";
/// Found at rest, in the accounts' read model: so the search can find something.
const USERNAME: &str = "canary.username.eiph1ahs";
const NAME: &str = "Name of canary.username.eiph1ahs";
const EMAIL: &str = "canary.username.eiph1ahs@example.org";

/// Everything that was said or handed out, and must not be found in the log.
struct Secrets {
    tokens: Vec<String>,
    /// Pieces of a picture, as it was sent and as it is shown.
    picture: Vec<Vec<u8>>,
}

#[tokio::test]
async fn what_was_said_is_found_in_no_byte_at_rest_and_nobody_in_the_log() {
    let setup =
        Setup::private(env!("CARGO_BIN_EXE_anamnesis")).with("ANAMNESIS_LOG__FILTER", "debug");
    let server = setup.start().await;
    let secrets = use_it(server.address()).await;
    let log = server.stop_and_tell().await;
    let dump = dump(&setup).await;

    let clinical = [
        PASSWORD,
        WRONG_PASSWORD,
        REASON,
        MESSAGE,
        EDITED,
        OVER_SOCKET,
        SECTION,
        DRUG,
        AMENDMENT,
        CORRECTION,
        STATEMENT,
        GRANT_REASON,
        REVIEW_NOTE,
        SEARCH_NAME,
        REFUSED,
        SEARCHED,
        BIO,
        PHONE,
        METADATA,
    ];
    for word in clinical {
        for encoded in encodings(word) {
            let found = files_with(setup.folder(), &encoded);
            assert!(found.is_empty(), "{word} stands in {found:?}");
            assert!(!contains(dump.as_bytes(), &encoded), "{word} stands in the dump");
        }
        assert!(!log.contains(word), "{word} was logged");
    }
    for piece in &secrets.picture {
        let found = files_with(setup.folder(), piece);
        assert!(found.is_empty(), "a piece of a picture stands in {found:?}");
        assert!(!contains(log.as_bytes(), piece), "a piece of a picture was logged");
    }
    for token in &secrets.tokens {
        let found = files_with(setup.folder(), token.as_bytes());
        assert!(found.is_empty(), "a token stands in {found:?}");
        assert!(!log.contains(token), "a token was logged");
    }
    for word in [USERNAME, NAME, EMAIL] {
        assert!(!log.contains(word), "{word} was logged");
    }
    // The same search finds what is there in clear.
    assert!(log.contains("listening") && log.contains("DEBUG"), "nothing was logged at all");
    assert!(dump.contains(USERNAME) && dump.contains("MessagePosted"));
    let found = files_with(setup.folder(), USERNAME.as_bytes());
    let within = |part: &str| found.iter().any(|path| path.to_string_lossy().contains(part));
    assert!(within("/base/") && within("/pg_wal/"), "{found:?}");
}

/// Says the words in every way there is.
async fn use_it(address: &str) -> Secrets {
    let patient = User::register(address, USERNAME, PASSWORD).await;
    let doctor = User::sign_in(address, "dr.adler", anamnesis_testkit::DEMO_PASSWORD).await;
    let wrong = json!({ "login": USERNAME, "password": WRONG_PASSWORD });
    patient.post("/api/auth/login", &wrong).await.refused(401, "credentials_wrong");

    let mut wish = booking(&doctor.id(), 2);
    wish["reason"] = REASON.into();
    let booked = patient.post("/api/appointments", &wish).await.expect(201);
    assert_eq!(booked["reason"], REASON);
    let room = booked["room_id"].as_str().unwrap();
    let number = patient.say(room, MESSAGE).await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let _ = patient.patch(&path, &json!({ "body": EDITED })).await.expect(200);
    consult(&patient, &doctor, &booked["appointment_id"]).await;
    search(address, &doctor).await;
    look_into_it(address, &patient).await;
    let unknown = json!({ "body": REFUSED, "unknown": REFUSED });
    patient
        .post(&format!("/api/rooms/{room}/messages"), &unknown)
        .await
        .refused(422, "body_invalid");
    let query = format!("/api/rooms/{room}/messages?{REFUSED}={REFUSED}");
    patient.get(&query).await.refused(400, "query_invalid");
    patient.get(&format!("/api/{REFUSED}")).await.refused(404, "not_found");

    let ticket = patient.ticket().await;
    let mut socket = doctor.connect(None).await;
    socket.expect("reset").await;
    socket.say(room, OVER_SOCKET).await;
    socket.send_text(&format!("{{\"{REFUSED}\":")).await;
    socket.expect("error").await;
    assert_eq!(doctor.get(&path).await.expect(200)["body"], EDITED);

    let refreshed = json!({
        "refresh_token": patient.session["refresh_token"], "device": patient.session["device"],
    });
    let next = patient.post("/api/auth/refresh", &refreshed).await.expect(200);
    let mut tokens = vec![ticket];
    for session in [&patient.session, &next, &doctor.session] {
        for name in ["access_token", "refresh_token", "device"] {
            tokens.push(session[name].as_str().unwrap().to_owned());
        }
    }
    Secrets { tokens, picture: introduce(&doctor).await }
}

/// People are looked for, by those who may.
async fn search(address: &str, doctor: &User) {
    let admin = User::sign_in(address, "admin", anamnesis_testkit::DEMO_PASSWORD).await;
    let (users, rooms) = ("/api/users/search", "/api/rooms/search");
    for (user, path, list, search) in [
        (&admin, users, "users", json!({ "name": NAME })),
        (&admin, users, "users", json!({ "login": EMAIL })),
        (doctor, rooms, "rooms", json!({ "name": NAME })),
    ] {
        let found = user.post(path, &search).await.expect(200);
        assert_eq!(found[list].as_array().unwrap().len(), 1, "{path}");
    }
    for (user, path) in [(&admin, users), (doctor, rooms)] {
        let _ = user.post(path, &json!({ "name": SEARCHED })).await.expect(200);
    }
    let _ = admin.post(users, &json!({ "login": SEARCHED })).await.expect(200);
}

/// What a compliance officer writes.
async fn look_into_it(address: &str, patient: &User) {
    let officer = User::sign_in(address, "compliance", anamnesis_testkit::DEMO_PASSWORD).await;
    let wish = json!({ "patient_id": patient.id(), "reason": GRANT_REASON });
    let grant = officer.post("/api/audit/grants", &wish).await.expect(201);
    let path = format!("/api/audit/grants/{}", grant["grant_id"].as_str().unwrap());
    assert_eq!(officer.get(&path).await.expect(200)["reason"], GRANT_REASON);
    let _ = officer.post("/api/audit/reviews", &json!({ "note": REVIEW_NOTE })).await.expect(201);
    let search = json!({ "name": SEARCH_NAME, "filters": {} });
    let _ = officer.post("/api/audit/searches", &search).await.expect(201);
}

/// What the doctor says and shows of themselves; pieces of the picture.
async fn introduce(doctor: &User) -> Vec<Vec<u8>> {
    let own = "/api/users/me";
    let said = json!({ "bio": BIO, "phone": PHONE });
    let said = doctor.patch(own, &said).await.expect(200);
    assert_eq!((&said["bio"], &said["phone"]), (&json!(BIO), &json!(PHONE)));
    let sent = noise();
    let request = doctor.request(Method::PUT, &format!("{own}/picture")).body(sent.clone());
    let kept = doctor.send(request).await.expect(200);
    let path = kept["picture"].as_str().unwrap();
    let shown = doctor.request(Method::GET, path).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let shown = shown.bytes().await.unwrap();
    [sent.as_slice(), &shown].into_iter().flat_map(pieces).collect()
}

/// A picture without two places that look the same, with words beside the pixels.
fn noise() -> Vec<u8> {
    let mut state = 7_u32;
    let picture = RgbImage::from_fn(64, 64, |_, _| {
        image::Rgb([0, 8, 16].map(|shift| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0].wrapping_add(shift)
        }))
    });
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(METADATA.as_bytes().to_vec()).unwrap();
    encoder.encode_image(&picture).unwrap();
    let bytes = bytes.into_inner();
    assert!(contains(&bytes, METADATA.as_bytes()));
    bytes
}

/// Pieces from the midst of some bytes, as they are and as text is made of them.
fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
    let digits =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize]);
    let hex = bytes.iter().flat_map(digits).collect();
    let forms = [bytes.to_vec(), hex, STANDARD_NO_PAD.encode(bytes).into_bytes()];
    let piece = |form: &Vec<u8>, part: usize| {
        let at = form.len() * part / 8;
        form[at..at + 24].to_vec()
    };
    forms.iter().flat_map(|form| (2..8).map(move |part| piece(form, part))).collect()
}

/// The words of a consultation, signed and amended.
async fn consult(patient: &User, doctor: &User, appointment: &serde_json::Value) {
    let open = json!({ "appointment_id": appointment });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    let path = format!("/api/consultations/{}", opened["consultation_id"].as_str().unwrap());
    let entry = json!({
        "medical_history": SECTION,
        "prescriptions": [{ "drug": DRUG, "dose": DRUG, "instructions": DRUG }],
    });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &json!(null)).await.expect(200);
    let entry = json!({ "treatment_plan": SECTION, "reason": AMENDMENT });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let refused = json!({ "medical_history": REFUSED });
    doctor.patch(&path, &refused).await.refused(409, "consultation_signed");
    assert_eq!(patient.get(&path).await.expect(200)["treatment_plan"], SECTION);
    let medicines = patient.get("/api/medicines").await.expect(200);
    assert_eq!(medicines["medicines"][0]["drug"], DRUG);
    let corrections = format!("{path}/corrections");
    for _request in 0..2 {
        let _ = patient.post(&corrections, &json!({ "text": CORRECTION })).await.expect(201);
    }
    let entry = json!({ "treatment_plan": SECTION, "reason": AMENDMENT });
    let _ = doctor.post(&format!("{corrections}/1/accept"), &entry).await.expect(200);
    let no = json!({ "statement": STATEMENT });
    let _ = doctor.post(&format!("{corrections}/2/decline"), &no).await.expect(200);
    let _ = patient.get("/api/access-report").await.expect(200);
    let data = patient.get("/api/my-data").await.expect(200);
    assert_eq!(data["corrections"][1]["statement"], STATEMENT);
    assert_eq!(patient.get("/api/my-data?format=html").await.status, 200);
}

/// As text is written in files: UTF-8, and UTF-16 in both orders.
fn encodings(word: &str) -> [Vec<u8>; 3] {
    let units: Vec<u16> = word.encode_utf16().collect();
    [
        word.as_bytes().to_vec(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    ]
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    let first = wanted[0];
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        from += at;
        if bytes[from..].starts_with(wanted) {
            return true;
        }
        from += 1;
    }
    false
}

/// The files below a folder in which these bytes stand.
fn files_with(folder: &Path, wanted: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            found.extend(files_with(&path, wanted));
        } else if kind.is_file() && contains(&fs::read(&path).unwrap(), wanted) {
            found.push(path);
        }
    }
    found
}

/// A dump of the whole database; PostgreSQL is stopped again afterwards.
async fn dump(setup: &Setup) -> String {
    let mut postgres = setup.command(&["postgres"]);
    let mut postgres = postgres.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(postgres.stdout.take().unwrap()).lines();
    let url = timeout(Duration::from_mins(1), lines.next_line()).await.unwrap().unwrap().unwrap();
    let output = Command::new(program("pg_dump")).arg(&url).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pid = i32::try_from(postgres.id().unwrap()).unwrap();
    kill(Pid::from_raw(pid), Signal::SIGTERM).unwrap();
    assert!(postgres.wait().await.unwrap().success());
    assert!(!setup.folder().join("postgres/postmaster.pid").exists());
    String::from_utf8(output.stdout).unwrap()
}

/// PostgreSQL's program, of the newest version there is.
fn program(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = versions.map(|version| version.path().join("bin").join(name)).collect();
    found.retain(|path| path.exists());
    found.sort();
    found.pop().unwrap_or_else(|| name.into())
}
