use std::{io::Write, path::PathBuf, time::Duration};

use secrecy::ExposeSecret;
use tempfile::NamedTempFile;

use super::{Config, LogFormat, MasterKey};

fn file(text: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn from_environment(pairs: &[(&str, &str)]) -> Result<Config, String> {
    Config::load(None, environment(pairs)).map_err(|error| error.to_string())
}

fn from_file(text: &str) -> Result<Config, String> {
    Config::load(Some(file(text).path()), []).map_err(|error| error.to_string())
}

#[test]
fn nothing_needs_to_be_configured() {
    let config = from_environment(&[]).unwrap();
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.metrics.listen.unwrap().port(), 9090);
    assert_eq!(config.limits.body_bytes_max, 65_536);
    assert!(config.database.url.is_none());
    assert!(!config.demo);
}

#[test]
fn the_environment_overrides_the_file() {
    let file = file(
        "demo = true\n[http]\nlisten = \"0.0.0.0:1\"\ndrain_seconds = 3\n[log]\nformat = \"pretty\"",
    );
    let variables = environment(&[("ANAMNESIS_HTTP__LISTEN", "127.0.0.1:2"), ("UNRELATED", "x")]);
    let config = Config::load(Some(file.path()), variables).unwrap();
    assert_eq!(config.http.listen.port(), 2);
    assert_eq!(config.http.drain(), Duration::from_secs(3));
    assert_eq!(config.log.format, LogFormat::Pretty);
    assert!(config.demo);
}

#[test]
fn the_environment_reaches_every_kind_of_value() {
    let config = from_environment(&[
        ("ANAMNESIS_DEMO", "true"),
        ("ANAMNESIS_LIMITS__SIGN_INS_PER_MINUTE", "7"),
        ("ANAMNESIS_HTTP__ALLOWED_ORIGINS", "https://a.example, http://localhost:5173"),
        ("ANAMNESIS_METRICS__LISTEN", "off"),
        ("ANAMNESIS_DATA_DIR", "/srv/007"),
    ])
    .unwrap();
    assert!(config.demo);
    assert_eq!(config.limits.sign_ins_per_minute.get(), 7);
    assert_eq!(config.http.allowed_origins, ["https://a.example", "http://localhost:5173"]);
    assert!(config.metrics.listen.is_none());
    assert_eq!(config.data_dir().unwrap(), PathBuf::from("/srv/007"));
}

#[test]
fn an_unknown_key_is_refused_and_named() {
    let error = from_file("[http]\nlissten = \"127.0.0.1:1\"").unwrap_err();
    assert!(error.contains("lissten") && error.contains("listen"), "{error}");
    let error = from_environment(&[("ANAMNESIS_LIMITS__SOCKET_MAX", "1")]).unwrap_err();
    assert!(error.contains("socket_max"), "{error}");
}

#[test]
fn a_value_of_the_wrong_kind_names_its_key_and_what_is_expected() {
    let error = from_environment(&[("ANAMNESIS_HTTP__DRAIN_SECONDS", "soon")]).unwrap_err();
    assert!(error.contains("http.drain_seconds") && error.contains("an integer"), "{error}");
    let error = from_file("[metrics]\nlisten = \"nowhere\"").unwrap_err();
    assert!(error.contains("metrics.listen") && error.contains("off"), "{error}");
    let error = from_file("[log]\nformat = \"xml\"").unwrap_err();
    assert!(error.contains("log.format") && error.contains("pretty"), "{error}");
}

#[test]
fn a_value_that_makes_no_sense_is_refused() {
    for (name, value, key) in [
        ("ANAMNESIS_HTTP__ALLOWED_ORIGINS", "https://a.example/", "http.allowed_origins"),
        ("ANAMNESIS_LIMITS__APPEND_BATCH_MAX", "0", "limits.append_batch_max"),
        ("ANAMNESIS_LIMITS__SIGN_INS_PER_MINUTE", "0", "limits.sign_ins_per_minute"),
        ("ANAMNESIS_LIMITS__SIGN_INS_PER_NAME", "101", "limits.sign_ins_per_name"),
        ("ANAMNESIS_LIMITS__FRAME_BYTES_MAX", "20000", "limits.frame_bytes_max"),
        ("DATABASE_URL", "mysql://secret@host", "database.url"),
    ] {
        let error = from_environment(&[(name, value)]).unwrap_err();
        assert!(error.contains(key), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn the_database_url_is_taken_from_its_usual_variable_and_never_printed() {
    let config = from_environment(&[("DATABASE_URL", "postgres://u:hunter2@host/db")]).unwrap();
    assert_eq!(
        config.database.url.as_ref().unwrap().expose_secret(),
        "postgres://u:hunter2@host/db"
    );
    assert!(!format!("{config:?}").contains("hunter2"));
    let empty = from_environment(&[("DATABASE_URL", "")]).unwrap();
    assert!(empty.database.url.is_none());
}

#[test]
fn a_master_key_is_made_only_for_the_private_database() {
    let private = from_environment(&[("ANAMNESIS_DATA_DIR", "/srv/a")]).unwrap();
    let made = MasterKey::MadeIfMissing(PathBuf::from("/srv/a/master.key"));
    assert_eq!(private.master_key().unwrap(), made);

    let url = ("DATABASE_URL", "postgres://host/db");
    let error = from_environment(&[url]).unwrap().master_key().unwrap_err();
    assert!(error.to_string().contains("master_key_file"), "{error}");

    let given = from_environment(&[url, ("MASTER_KEY_FILE", "/run/key")]).unwrap();
    assert_eq!(given.master_key().unwrap(), MasterKey::Given(PathBuf::from("/run/key")));
}

#[test]
fn cookies_are_for_https_unless_the_server_listens_on_loopback() {
    assert!(!from_environment(&[]).unwrap().http.secure_cookies());
    let public = from_environment(&[("ANAMNESIS_HTTP__LISTEN", "0.0.0.0:80")]).unwrap();
    assert!(public.http.secure_cookies());
    let chosen = from_environment(&[("ANAMNESIS_HTTP__SECURE_COOKIES", "true")]).unwrap();
    assert!(chosen.http.secure_cookies());
}

#[test]
fn the_hospitals_numbers_are_texts_whatever_they_look_like() {
    let config = from_environment(&[
        ("ANAMNESIS_HOSPITAL__NAME", "St. Test"),
        ("ANAMNESIS_HOSPITAL__EMERGENCY_PHONE", "0112"),
    ])
    .unwrap();
    assert_eq!(config.hospital.name.as_deref(), Some("St. Test"));
    assert_eq!(config.hospital.emergency_phone.as_deref(), Some("0112"));
    assert_eq!(config.hospital.phone, None);
    let error = from_file("[hospital]\nphone = \" \"").unwrap_err();
    assert!(error.contains("hospital.phone"), "{error}");
}
