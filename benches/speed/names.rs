//! Ten thousand doctors' names, made of parts, so that some are rare and some are common.

const FIRST: [&str; 40] = [
    "Ada",
    "Amir",
    "Anna",
    "Beatriz",
    "Bjorn",
    "Carla",
    "Chen",
    "Clara",
    "Daniel",
    "Deniz",
    "Elena",
    "Emil",
    "Fatima",
    "Felix",
    "Greta",
    "Hana",
    "Henrik",
    "Ines",
    "Ivan",
    "Jakob",
    "Jana",
    "Karim",
    "Katharina",
    "Lena",
    "Leon",
    "Maria",
    "Mateo",
    "Mina",
    "Nadia",
    "Noah",
    "Olga",
    "Omar",
    "Paula",
    "Petra",
    "Rafael",
    "Sara",
    "Stefan",
    "Tomas",
    "Yusuf",
    "Zoe",
];
const BEGINNINGS: [&str; 25] = [
    "Ad", "Al", "Ba", "Ber", "Bra", "Cas", "Da", "Eb", "Fal", "Gar", "Ha", "Hol", "Ka", "Kel",
    "Lan", "Mar", "Mei", "Nor", "Pe", "Ros", "Sa", "Schu", "Ste", "Vo", "Wei",
];
const ENDS: [&str; 20] = [
    "der", "ling", "mann", "stein", "ner", "berg", "ler", "sen", "ski", "tini", "wald", "kow",
    "hoff", "ford", "bach", "rath", "lund", "vic", "ez", "auer",
];

/// The same for the same number; each of 20,000 has another name.
pub(crate) fn of_doctor(index: usize) -> String {
    let first = FIRST[index % FIRST.len()];
    let rest = index / FIRST.len();
    let beginning = BEGINNINGS[rest % BEGINNINGS.len()];
    let end = ENDS[rest / BEGINNINGS.len() % ENDS.len()];
    format!("Dr. {first} {beginning}{end}")
}
