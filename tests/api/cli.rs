//! The command line, beside a server that goes on.

use crate::PROGRAM;
use crate::audit_support::{stored, text};
use anamnesis_testkit::{User, World};
use reqwest::Method;
use serde_json::json;
use std::process::{Output, Stdio};
use tokio::io::AsyncWriteExt;

async fn run(world: &World, arguments: &[&str]) -> Output {
    world.setup.command(arguments).output().await.unwrap()
}

async fn told(world: &World, arguments: &[&str]) -> String {
    let output = run(world, arguments).await;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

async fn create(world: &World, username: &str, role: &str, password: &str) -> Output {
    let email = format!("{username}@hospital.example");
    let arguments = [
        "accounts",
        "create",
        "--username",
        username,
        "--email",
        &email,
        "--name",
        "Dr. New",
        "--role",
        role,
    ];
    let mut command = world.setup.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("{password}\n").as_bytes()).await.unwrap();
    drop(stdin);
    child.wait_with_output().await.unwrap()
}

#[tokio::test]
async fn an_account_made_on_the_command_line_signs_in_at_once() {
    let world = World::start(PROGRAM).await;
    for (username, role) in [("dr.new", "doctor"), ("chief", "admin"), ("officer", "compliance")] {
        let password = format!("the password of {username}");
        let output = create(&world, username, role, &password).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let account = String::from_utf8(output.stdout).unwrap();
        let user = User::sign_in(world.server.address(), username, &password).await;
        assert_eq!(user.id(), account.trim());
        assert_eq!(user.session["role"], role);
    }
    let paula = world.server.sign_in("paula").await;
    let doctors = paula.get("/api/doctors").await.expect(200);
    assert!(doctors.to_string().contains("Dr. New"), "{doctors}");
}

#[tokio::test]
async fn an_account_that_can_not_be_made_is_a_failure_in_one_line() {
    let world = World::start(PROGRAM).await;
    for (username, role, password, reason) in [
        ("admin", "admin", "long enough for all", "taken"),
        ("somebody", "doctor", "short", "12"),
        ("somebody", "patient", "long enough for all", "role"),
        ("x", "doctor", "long enough for all", "username"),
    ] {
        let output = create(&world, username, role, password).await;
        let errors = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<_> = errors.lines().filter(|line| line.starts_with("anamnesis: ")).collect();
        assert!(!output.status.success() && lines.len() == 1, "{errors}");
        assert!(lines[0].contains(reason), "{errors}");
        assert!(!errors.contains(password), "{errors}");
    }
}

#[tokio::test]
async fn the_log_is_replayed_in_order_as_a_whole_in_part_and_by_stream() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "My head hurts.").await;
    let _ = doctor.put(&format!("/api/rooms/{room}/messages/{number}/reactions/heart")).await;
    let all = told(&world, &["replay"]).await;
    let positions: Vec<u64> =
        all.lines().map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect();
    let count = u64::try_from(positions.len()).unwrap();
    assert_eq!(positions, (1..=count).collect::<Vec<_>>());
    assert!(all.contains("‹sealed›") && !all.contains("head hurts") && !all.contains("Paula"));

    let stream = told(&world, &["replay", "--stream", &format!("chat_room/{room}")]).await;
    let events: Vec<_> =
        stream.lines().map(|line| line.split_whitespace().nth(3).unwrap()).collect();
    assert_eq!(events, ["RoomOpened", "MessagePosted", "ReactionAdded"], "{stream}");
    assert!(stream.contains(&format!("by patient {}", paula.id())), "{stream}");
    assert!(
        all.ends_with(stream.lines().last().unwrap().to_owned().as_str())
            || all.contains(&stream.lines().last().unwrap().to_owned())
    );

    let from = (count - 1).to_string();
    let tail = told(&world, &["replay", "--from", &from]).await;
    assert_eq!(
        tail,
        all.lines().skip(positions.len() - 2).fold(String::new(), |all, line| all + line + "\n")
    );
    let one = told(&world, &["replay", "--from", "2", "--to", "2"]).await;
    assert_eq!(one, all.lines().nth(1).unwrap().to_owned() + "\n");
    let hers = told(&world, &["replay", "--actor", &paula.id()]).await;
    let by = format!("by patient {}", paula.id());
    let expected = all.lines().filter(|line| line.contains(&by));
    assert_eq!(hers, expected.fold(String::new(), |all, line| all + line + "\n"));
    assert!(!hers.is_empty());
    for wrong in [
        ["--stream", "nonsense"],
        ["--from", "yesterday"],
        ["--to", "2999-01-01T00:00:00Z"],
        ["--from", "99999999"],
    ] {
        let output = run(&world, &[&["replay"], &wrong[..]].concat()).await;
        assert!(!output.status.success() && output.stdout.is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn in_json_the_command_line_tells_what_the_api_tells() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    paula.say(&room, "My head hurts.").await;
    let officer = world.server.sign_in("compliance").await;
    let head = stored(&world).await.len().to_string();
    let over_http = text(&officer, &format!("/api/audit/replay?to={head}")).await;
    assert_eq!(told(&world, &["replay", "--json", "--to", &head]).await, over_http);
    let path = format!("/api/audit/replay?words=true&to={head}");
    let in_words = text(&officer, &path).await;
    assert!(in_words.contains("\"words\":\"Paula Moreno wrote message "), "{in_words}");
    assert_eq!(told(&world, &["replay", "--json", "--words", "--to", &head]).await, in_words);
    let plain = told(&world, &["replay", "--words", "--to", &head]).await;
    assert!(plain.contains("  Paula Moreno wrote message "), "{plain}");

    // A reader that has seen enough is no failure.
    let script =
        format!("\"$0\" replay --json --to {head} | head -n 1; test ${{PIPESTATUS[0]}} = 0");
    let replay = world.setup.command(&[]);
    let mut shell = tokio::process::Command::new("bash");
    shell.args(["-c", &script, PROGRAM]);
    shell.envs(replay.as_std().get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.output().await.unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[tokio::test]
async fn read_models_are_listed_checked_and_rebuilt_under_traffic() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    paula.say(&room, "Before.").await;
    let list = told(&world, &["projections", "list"]).await;
    let names: Vec<&str> =
        list.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    let models = [
        "accounts",
        "conversations",
        "appointments",
        "schedules",
        "consultations",
        "notices",
        "deleted_items",
        "reports",
        "grants",
        "audit_desks",
        "trail",
    ];
    assert_eq!(names[..models.len()], models, "{list}");
    assert_eq!(names[models.len()..], ["room_opener", "session_ender"], "{list}");
    assert!(list.lines().skip(1).all(|line| line.ends_with("ok")), "{list}");

    let messages = format!("/api/rooms/{room}/messages");
    let rebuilding = async {
        for name in models {
            let report = told(&world, &["projections", "rebuild", name]).await;
            assert!(report.contains("equal") && !report.contains("differ"), "{report}");
        }
    };
    let talking = async {
        let (mut said, mut last) = (Vec::new(), String::new());
        for index in 0..60 {
            let words = json!({ "body": format!("During {index}") });
            let written = paula.post(&messages, &words).await.expect(201);
            said.push(written["sequence"].as_u64().unwrap());
            written["cursor"].as_str().unwrap().clone_into(&mut last);
        }
        (said, last)
    };
    let ((), (said, last)) = tokio::join!(rebuilding, talking);
    // On a busy machine the answer to a message may come before the read models have it.
    let request = doctor.request(Method::GET, &format!("{messages}?limit=200"));
    let numbers = doctor.send(request.header("anamnesis-cursor", last)).await.expect(200);
    let numbers: Vec<u64> = numbers["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["number"].as_u64().unwrap())
        .collect();
    let missing: Vec<_> = said.iter().copied().filter(|number| !numbers.contains(number)).collect();
    assert!(missing.is_empty(), "{missing:?} of {said:?}");
    assert_eq!(numbers.len(), said.len() + 1);
    let checked = told(&world, &["projections", "check"]).await;
    assert!(!checked.contains("differ"), "{checked}");
    for name in models {
        assert!(checked.contains(&format!("{name} at position")), "{checked}");
    }
    for arguments in [["projections", "rebuild", "nonsense"], ["projections", "check", "nonsense"]]
    {
        let wrong = run(&world, &arguments).await;
        let errors = String::from_utf8(wrong.stderr).unwrap();
        assert!(!wrong.status.success() && errors.contains("conversations"), "{errors}");
    }
}

#[tokio::test]
async fn a_read_model_that_was_tampered_with_is_found() {
    let world = World::start(PROGRAM).await;
    let (paula, _doctor, room) = world.pair().await;
    paula.say(&room, "Before.").await;
    sqlx::query("DELETE FROM read.messages").execute(world.database.owner_pool()).await.unwrap();
    let checked = run(&world, &["projections", "check", "conversations"]).await;
    assert!(!checked.status.success());
    assert!(String::from_utf8(checked.stdout).unwrap().contains("1 rows differ"));
    // A rebuild puts it right, and says what was wrong.
    let _ = told(&world, &["projections", "rebuild", "conversations"]).await;
    let _ = told(&world, &["projections", "check"]).await;
}
