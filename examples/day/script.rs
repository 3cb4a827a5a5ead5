//! What happens on the day.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::client::{Person, Socket, post, require, text_of};
use crate::{Result, Server};

/// The password of everybody that `--demo` makes.
const DEMO_PASSWORD: &str = "anamnesis-demo";
const PATIENT_PASSWORD: &str = "a long enough password";

const QUESTION: &str = "Good morning. The cough is back since Sunday.";
const TYPO: &str = "Please take the syrup twice a week.";
const ANSWER: &str = "Please take the syrup twice a day.";
const MISTAKE: &str = "Milk, bread, eggs";
const MISSED: [&str; 3] =
    ["Is it all right with food?", "And may I go running?", "I will wait with the running."];

/// Two people in one room, each with a socket.
struct Talk {
    room_id: String,
    patient: Person,
    doctor: Person,
    hers: Socket,
    his: Socket,
}

/// Plays the day.
pub(crate) async fn play(server: &Server) -> Result<()> {
    let address = &server.address;
    println!("A hospital opens at http://{address}\n");
    let patient = arrive(address).await?;
    let doctor = Person::log_in(address, "Dr. Adler", "dr.adler", DEMO_PASSWORD).await?;
    tell(&doctor, "logs in by username");
    let (starts_at, room_id) = book(&patient, &doctor).await?;
    let mut talk = meet(patient, doctor, room_id).await?;
    ask_and_answer(&mut talk).await?;
    change_ones_mind(&mut talk).await?;
    let talk = lose_the_connection(talk).await?;
    refuse_a_double_booking(address, &talk.doctor, starts_at).await?;
    show_the_trail(server, &talk.room_id).await
}

async fn arrive(address: &str) -> Result<Person> {
    let who = json!({
        "username": "noor", "email": "noor@example.org", "name": "Noor Haddad",
        "password": PATIENT_PASSWORD,
    });
    let (status, answer) = post(address, "/api/users", &who).await?;
    require(status == StatusCode::CREATED, || format!("registering: {status} {answer}"))?;
    let noor = Person::log_in(address, "Noor", "noor@example.org", PATIENT_PASSWORD).await?;
    tell(&noor, "registers, and logs in by e-mail");
    Ok(noor)
}

/// Books half an hour tomorrow; the room of the two is there with the answer.
async fn book(patient: &Person, doctor: &Person) -> Result<(DateTime<Utc>, String)> {
    let doctors = patient.get("/api/doctors").await?;
    let names: Vec<_> = doctors["doctors"].as_array().into_iter().flatten().collect();
    require(names.iter().any(|one| one["account_id"] == doctor.account_id), || {
        format!("the doctor is not in the list: {doctors}")
    })?;
    tell(patient, &format!("finds {} doctors", names.len()));
    let tomorrow = (Utc::now() + TimeDelta::days(1)).format("%Y-%m-%d");
    let period = format!("from={tomorrow}T00:00:00Z&to={tomorrow}T23:59:59Z");
    let free = patient.get(&format!("/api/doctors/{}/slots?{period}", doctor.account_id)).await?;
    let starts_at = text_of(&free["slots"][0], "starts_at")?.parse()?;
    let wish = booking(doctor, starts_at);
    let (status, booked) = patient.post("/api/appointments", &wish).await?;
    require(status == StatusCode::CREATED, || format!("booking: {status} {booked}"))?;
    tell(patient, "books the first free half hour of tomorrow with Dr. Adler");
    let room_id = text_of(&booked, "room_id")?;
    let rooms = doctor.get("/api/rooms").await?;
    require(rooms["rooms"][0]["room_id"] == room_id, || format!("no room: {rooms}"))?;
    tell(doctor, "finds a new room in the chat list");
    Ok((starts_at, room_id))
}

fn booking(doctor: &Person, starts_at: DateTime<Utc>) -> Value {
    json!({
        "doctor_id": doctor.account_id, "starts_at": starts_at,
        "ends_at": starts_at + TimeDelta::minutes(30), "zone": "Europe/Berlin",
        "reason": "Cough since Sunday",
    })
}

async fn meet(patient: Person, doctor: Person, room_id: String) -> Result<Talk> {
    let mut his = doctor.connect(None).await?;
    his.expect(&json!({ "type": "reset" })).await?;
    let mut hers = patient.connect(None).await?;
    hers.expect(&json!({ "type": "reset" })).await?;
    let online = json!({ "type": "presence", "account_id": patient.account_id, "online": true });
    his.expect(&online).await?;
    tell(&doctor, "sees that Noor is online");
    Ok(Talk { room_id, patient, doctor, hers, his })
}

async fn ask_and_answer(talk: &mut Talk) -> Result<()> {
    let room_id = &talk.room_id;
    talk.hers.send(&json!({ "type": "typing", "room_id": room_id })).await?;
    talk.his.expect(&json!({ "type": "typing", "by": talk.patient.account_id })).await?;
    tell(&talk.doctor, "sees that Noor is typing");

    let number = say(&talk.patient, &mut talk.hers, room_id, QUESTION).await?;
    let arrived = json!({ "type": "message_posted", "number": number, "body": QUESTION });
    talk.his.expect(&arrived).await?;
    for (command, seen) in
        [("mark_delivered", "messages_delivered"), ("mark_read", "messages_read")]
    {
        let mark = json!({ "type": command, "room_id": room_id, "through": number });
        talk.his.command(mark).await?;
        let told = json!({ "type": seen, "by": talk.doctor.account_id, "through": number });
        talk.hers.expect(&told).await?;
        tell(&talk.patient, &format!("sees that it was {}", seen.trim_start_matches("messages_")));
    }
    Ok(())
}

async fn change_ones_mind(talk: &mut Talk) -> Result<()> {
    let room_id = &talk.room_id;
    let answer = say(&talk.doctor, &mut talk.his, room_id, TYPO).await?;
    let posted = json!({ "type": "message_posted", "number": answer });
    talk.hers.expect(&posted).await?;
    let edit = json!({
        "type": "edit_message", "room_id": room_id, "number": answer, "body": ANSWER,
        "based_on": answer,
    });
    talk.his.command(edit).await?;
    talk.hers.expect(&json!({ "type": "message_edited", "body": ANSWER })).await?;
    tell(&talk.doctor, &format!("corrects it: “{ANSWER}”"));

    let thanks = json!({
        "type": "add_reaction", "room_id": room_id, "number": answer, "reaction": "thanks",
    });
    talk.hers.command(thanks).await?;
    talk.his.expect(&json!({ "type": "reaction_added", "reaction": "thanks" })).await?;
    tell(&talk.patient, "reacts with 🙏");

    let mistake = say(&talk.patient, &mut talk.hers, room_id, MISTAKE).await?;
    talk.patient.delete(&format!("/api/rooms/{room_id}/messages/{mistake}")).await?;
    talk.his.expect(&json!({ "type": "message_retracted", "number": mistake })).await?;
    tell(&talk.patient, "takes that back, over plain HTTP");
    // The answer to that waited until the read models show everything up to it.
    let versions =
        talk.patient.get(&format!("/api/rooms/{room_id}/messages/{answer}/history")).await?;
    require(
        versions["versions"][0]["body"] == TYPO && versions["versions"][1]["body"] == ANSWER,
        || format!("the history of the message: {versions}"),
    )?;
    tell(&talk.patient, "can still read what the doctor had corrected");
    Ok(())
}

async fn lose_the_connection(talk: Talk) -> Result<Talk> {
    let Talk { room_id, patient, doctor, mut hers, his } = talk;
    // The first is on its way to him when the connection breaks; the others find nobody there.
    let mut numbers = vec![say(&patient, &mut hers, &room_id, MISSED[0]).await?];
    let cursor = his.cursor.clone();
    drop(his);
    let gone = json!({ "type": "presence", "account_id": doctor.account_id, "online": false });
    hers.expect(&gone).await?;
    tell(&doctor, "loses the connection");
    for words in &MISSED[1..] {
        numbers.push(say(&patient, &mut hers, &room_id, words).await?);
    }
    let mut his = doctor.connect(Some(&cursor)).await?;
    his.expect(&json!({ "type": "welcome" })).await?;
    for (number, words) in numbers.iter().zip(MISSED) {
        let frame = his.next_state().await?;
        require(frame["number"] == *number && frame["body"] == words, || {
            format!("expected “{words}” next, got {frame}")
        })?;
    }
    tell(&doctor, "comes back with the last cursor, and missed nothing");
    Ok(Talk { room_id, patient, doctor, hers, his })
}

async fn refuse_a_double_booking(
    address: &str,
    doctor: &Person,
    starts_at: DateTime<Utc>,
) -> Result<()> {
    let paula = Person::log_in(address, "Paula", "paula", DEMO_PASSWORD).await?;
    let overlapping = booking(doctor, starts_at + TimeDelta::minutes(10));
    let (status, answer) = paula.post("/api/appointments", &overlapping).await?;
    require(status == StatusCode::CONFLICT && answer["code"] == "time_taken", || {
        format!("a double booking: {status} {answer}")
    })?;
    tell(&paula, "wants a time that overlaps, and is refused (409 time_taken)");
    Ok(())
}

async fn show_the_trail(server: &Server, room_id: &str) -> Result<()> {
    let stream = format!("chat_room/{room_id}");
    let story = server.output_of(&["replay", "--stream", &stream]).await?;
    println!("\nWhat the log knows of it (anamnesis replay --stream {stream}):\n\n{story}");
    let posted = story.matches("MessagePosted").count();
    require(posted == 3 + MISSED.len(), || format!("{posted} messages in the log"))?;
    let everything = server.output_of(&["replay"]).await?;
    let clear = [QUESTION, TYPO, ANSWER, MISTAKE].into_iter().chain(MISSED);
    require(clear.into_iter().all(|words| !everything.contains(words)), || {
        "words stand in the log in clear".to_owned()
    })?;
    println!("{} events in all; the words in them are sealed.", everything.lines().count());
    Ok(())
}

/// Says something, and waits until it is durable. The answer is the message's number.
async fn say(who: &Person, socket: &mut Socket, room_id: &str, words: &str) -> Result<u64> {
    let post = json!({ "type": "post_message", "room_id": room_id, "body": words });
    let ack = socket.command(post).await?;
    tell(who, &format!("“{words}”"));
    ack["sequence"].as_u64().ok_or_else(|| "an acknowledgement without a number".into())
}

fn tell(who: &Person, what: &str) {
    println!("{:<10} {what}", who.name);
}
