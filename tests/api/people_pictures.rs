//! Pictures of people.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, User, World};
use image::{DynamicImage, GenericImageView, ImageFormat, RgbaImage};
use reqwest::{Method, Response};
use std::io::Cursor;

/// A picture of this size, as a PNG.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbaImage::from_pixel(width, height, image::Rgba([0, 90, 90, 255]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub(crate) async fn put(user: &User, bytes: Vec<u8>) -> Answer {
    let request = user.request(Method::PUT, "/api/users/me/picture");
    user.send(request.header("content-type", "image/png").body(bytes)).await
}

async fn get(user: &User, path: &str) -> Response {
    user.request(Method::GET, path).send().await.unwrap()
}

#[tokio::test]
async fn a_picture_is_shown_small_square_and_harmless() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, _) = world.pair().await;
    let kept = put(&doctor, png(900, 1_400)).await.expect(200);
    let path = kept["picture"].as_str().unwrap();
    let shown = get(&paula, path).await;
    assert_eq!(shown.status(), 200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "private, no-cache"),
    ] {
        assert_eq!(shown.headers()[name], value);
    }
    let tag = shown.headers()["etag"].clone();
    let bytes = shown.bytes().await.unwrap();
    assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
    assert_eq!(image::load_from_memory(&bytes).unwrap().dimensions(), (512, 512));

    let again = paula.request(Method::GET, path).header("if-none-match", &tag);
    assert_eq!(again.send().await.unwrap().status(), 304);
    let _ = put(&doctor, png(40, 30)).await.expect(200);
    let other = paula.request(Method::GET, path).header("if-none-match", &tag);
    let other = other.send().await.unwrap();
    assert_eq!(other.status(), 200);
    let bytes = other.bytes().await.unwrap();
    assert_eq!(image::load_from_memory(&bytes).unwrap().dimensions(), (30, 30));
    let listed = paula.get("/api/doctors?name=adler").await.expect(200);
    assert_eq!(listed["doctors"][0]["picture"], path);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    for bytes in [b"".to_vec(), b"<svg/>".to_vec(), png(50, 50)[..40].to_vec()] {
        put(&paula, bytes).await.refused(422, "picture_invalid");
    }
    put(&paula, vec![0; (5 << 20) + 1]).await.refused(413, "picture_too_large");
    put(&paula, vec![0; 5 << 20]).await.refused(422, "picture_invalid");
    assert!(paula.get("/api/users/me").await.expect(200)["picture"].is_null());
}

#[tokio::test]
async fn a_picture_is_seen_by_those_who_may_see_the_person() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, _) = world.pair().await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let mira = world.server.register("mira").await;
    let admin = world.server.sign_in("admin").await;
    let officer = world.server.sign_in("compliance").await;
    let own = put(&paula, png(20, 20)).await.expect(200);
    let of_paula = own["picture"].as_str().unwrap();
    for (who, status) in [
        (&paula, 200),
        (&doctor, 200),
        (&admin, 200),
        (&okafor, 404),
        (&mira, 404),
        (&officer, 404),
    ] {
        assert_eq!(get(who, of_paula).await.status(), status, "{}", who.session["role"]);
    }
    let own = put(&okafor, png(20, 20)).await.expect(200);
    let of_doctor = own["picture"].as_str().unwrap();
    for (who, status) in [(&paula, 200), (&mira, 200), (&doctor, 200), (&officer, 404)] {
        assert_eq!(get(who, of_doctor).await.status(), status, "{}", who.session["role"]);
    }
    let stranger = User::stranger(world.server.address());
    assert_eq!(get(&stranger, of_doctor).await.status(), 401);
}

#[tokio::test]
async fn a_picture_that_was_taken_away_is_gone() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let own = put(&paula, png(20, 20)).await.expect(200);
    for _ in 0..2 {
        assert_eq!(paula.delete("/api/users/me/picture").await.status, 204);
    }
    assert_eq!(get(&paula, own["picture"].as_str().unwrap()).await.status(), 404);
    assert!(paula.get("/api/users/me").await.expect(200)["picture"].is_null());
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pictures.pictures")
        .fetch_one(world.database.pool())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_picture_is_sealed_at_rest_and_few_are_kept() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    for side in 1..8 {
        let _ = put(&paula, png(side, side)).await.expect(200);
    }
    let stored: Vec<String> = sqlx::query_scalar("SELECT sealed FROM pictures.pictures")
        .fetch_all(world.database.pool())
        .await
        .unwrap();
    assert_eq!(stored.len(), 4);
    assert!(stored.iter().all(|sealed| sealed.starts_with("s1.")));
    let own = paula.get("/api/users/me").await.expect(200);
    let shown = get(&paula, own["picture"].as_str().unwrap()).await.bytes().await.unwrap();
    assert_eq!(image::load_from_memory(&shown).unwrap().dimensions(), (7, 7));
}

/// Whether the server may write to a table, as the database sees it.
async fn may_insert(world: &World, table: &'static str, may: bool) {
    let statement = match (table, may) {
        ("pictures", true) => "GRANT INSERT ON pictures.pictures TO anamnesis_app",
        ("pictures", false) => "REVOKE INSERT ON pictures.pictures FROM anamnesis_app",
        (_, true) => "GRANT INSERT ON log.events TO anamnesis_app",
        (_, false) => "REVOKE INSERT ON log.events FROM anamnesis_app",
    };
    sqlx::query(statement).execute(world.database.owner_pool()).await.unwrap();
}

#[tokio::test]
async fn a_picture_that_the_database_does_not_take_leaves_the_one_before() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let own = put(&paula, png(7, 7)).await.expect(200);
    let path = own["picture"].as_str().unwrap();
    // More often than older pictures are kept. Where only the log refuses, the bytes were kept.
    for (table, tries) in [("pictures", 1), ("events", 6)] {
        may_insert(&world, table, false).await;
        for _ in 0..tries {
            put(&paula, png(9, 9)).await.refused(503, "unavailable");
        }
        may_insert(&world, table, true).await;
        let shown = get(&paula, path).await;
        assert_eq!(shown.status(), 200, "{table}");
        let shown = shown.bytes().await.unwrap();
        assert_eq!(image::load_from_memory(&shown).unwrap().dimensions(), (7, 7), "{table}");
    }
    let _ = put(&paula, png(9, 9)).await.expect(200);
    let shown = get(&paula, path).await.bytes().await.unwrap();
    assert_eq!(image::load_from_memory(&shown).unwrap().dimensions(), (9, 9));
}
