/** The people of the story, and everything that they can do which a client may hear of. */
import type { Caller } from "../support/people";

export interface People {
  paula: Caller;
  adler: Caller;
  okafor: Caller;
  admin: Caller;
  officer: Caller;
}

interface Id {
  appointment_id: string;
  consultation_id: string;
  room_id: string;
  account_id: string;
  sequence: number;
}

const HOUR_MS = 3_600_000;
const REACTIONS = ["thumbs_up", "heart", "thanks", "done"];
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const PASSWORD = "a long enough password";

export class World {
  #hour = 72;
  #names = 0;

  constructor(
    readonly people: People,
    readonly random: () => number,
    readonly room: string,
  ) {}

  /** Day and night, so that a story can be told at any hour. */
  static async alwaysOpen(doctor: Caller): Promise<void> {
    const week = DAYS.map((weekday) => ({ weekday, from: "00:00", to: "24:00" }));
    const hours = { zone: "UTC", slot_minutes: 30, week };
    await doctor.call("PUT", `/api/doctors/${doctor.accountId}/hours`, hours);
  }

  async book(doctor: Caller, startsAt = this.#nextHour()): Promise<Id> {
    return this.people.paula.call<Id>("POST", "/api/appointments", {
      doctor_id: doctor.accountId,
      starts_at: startsAt.toISOString(),
      ends_at: new Date(startsAt.getTime() + HOUR_MS / 2).toISOString(),
      zone: "Europe/Berlin",
      reason: "It hurts.",
    });
  }

  /** Each is a story of its own, so that they can be told in any order, and often. */
  readonly actions: Record<string, () => Promise<void>> = {
    say: async () => {
      for (let left = this.#below(4); left >= 0; left -= 1) await this.#say(this.#either());
    },
    sayWithId: async () => {
      const client_id = crypto.randomUUID();
      const said = { body: "Twice the same.", client_id };
      for (const body of [said, said]) await this.#in("POST", this.people.paula, "messages", body);
    },
    edit: async () => {
      const by = this.#either();
      const number = await this.#say(by);
      for (let left = this.#below(3); left >= 0; left -= 1) {
        const body = { body: `Other words ${this.#below(1_000)}` };
        await this.#in("PATCH", by, `messages/${number}`, body);
      }
    },
    retract: async () => {
      const by = this.#either();
      await this.#in("DELETE", by, `messages/${await this.#say(by)}`);
    },
    retractAndRestore: async () => {
      const by = this.#either();
      const number = await this.#say(by);
      await this.#in("PATCH", by, `messages/${number}`, { body: "First other words." });
      await this.#in("DELETE", by, `messages/${number}`);
      const reason = { reason: "author_asked" };
      await this.#in("POST", this.people.admin, `messages/${number}/restore`, reason);
    },
    react: async () => {
      const number = await this.#say(this.#either());
      for (const by of [this.people.paula, this.people.adler]) {
        await this.#in("PUT", by, `messages/${number}/reactions/${this.#reaction()}`);
      }
    },
    unreact: async () => {
      const number = await this.#say(this.people.adler);
      const path = `messages/${number}/reactions/heart`;
      await this.#in("PUT", this.people.paula, path);
      await this.#in("DELETE", this.people.paula, path);
    },
    deliver: async () => {
      const through = await this.#say(this.people.paula);
      await this.#in("POST", this.people.adler, "delivered", { through });
    },
    read: async () => {
      const by = this.#either();
      const through = await this.#say(this.#otherThan(by));
      await this.#say(this.#otherThan(by));
      await this.#in("POST", by, "read", { through: through + this.#below(2) });
    },
    close: async () => {
      await this.#in("POST", this.people.adler, "close");
      await this.#in("POST", this.people.adler, "reopen");
    },
    report: async () => {
      const by = this.#either();
      const number = await this.#say(by);
      await this.#in("PUT", this.people.paula, `messages/${number}/reactions/sad`);
      const reason = { reason: "wrong_patient" };
      await this.#in("POST", this.people.admin, `messages/${number}/report`, reason);
      const decision = this.#below(2) === 0 ? "shown_again" : "stays_hidden";
      const path = `/api/audit/reports/${this.room}/${number}/decide`;
      await this.people.officer.call("POST", path, { decision, note: "Looked at it." });
    },
    bookAndMove: async () => {
      const { appointment_id } = await this.book(this.people.adler);
      const starts = this.#nextHour();
      await this.#either().call("PATCH", `/api/appointments/${appointment_id}`, {
        starts_at: starts.toISOString(),
        ends_at: new Date(starts.getTime() + HOUR_MS / 2).toISOString(),
        zone: "Europe/Berlin",
      });
    },
    cancelDeleteRestore: async () => {
      const { appointment_id } = await this.book(this.people.adler);
      const path = `/api/appointments/${appointment_id}`;
      const cancel = { status: "cancelled", reason: "I feel better." };
      await this.#either().call("PATCH", path, cancel);
      await this.people.paula.call("DELETE", path);
      const restore = { reason: "patient_asked", as: "cancelled" };
      await this.people.admin.call("POST", `${path}/restore`, restore);
    },
    consult: async () => {
      const path = await this.#consultation();
      const { adler, paula } = this.people;
      await adler.call("POST", `${path}/sign`);
      await adler.call("PATCH", path, { treatment_plan: "Tea", reason: "Forgot the tea" });
      for (const text of ["Not since Sunday.", "No tea."]) {
        await paula.call("POST", `${path}/corrections`, { text });
      }
      const accepted = { medical_history: "Since Saturday", reason: "The patient says so" };
      await adler.call("POST", `${path}/corrections/1/accept`, accepted);
      await adler.call("POST", `${path}/corrections/2/decline`, { statement: "My advice." });
    },
    deleteConsultation: async () => {
      const path = await this.#consultation();
      await this.people.adler.call("POST", `${path}/sign`);
      await this.people.adler.call("DELETE", path);
      const reason = { reason: "deleted_by_mistake" };
      await this.people.admin.call("POST", `${path}/restore`, reason);
    },
    staff: async () => {
      const { admin } = this.people;
      const refused = await this.#ask("staff");
      await admin.call("POST", `/api/users/${refused}/refuse`, { reason: "not_staff" });
      const path = `/api/users/${await this.#ask("staff")}`;
      await admin.call("POST", `${path}/approve`, { role: "doctor" });
      await admin.call("PUT", `${path}/role`, { role: "compliance" });
      await admin.call("POST", `${path}/deactivate`, { reason: "left" });
      await admin.call("POST", `${path}/restore`, { reason: "returned" });
    },
    register: async () => {
      await this.#ask("patient");
    },
    profile: async () => {
      const { okafor } = this.people;
      const bio = `Lungs, ${this.#below(1_000)}`;
      const specialty = ["cardiology", "neurology", "dermatology"][this.#below(3)];
      await okafor.call("PATCH", "/api/users/me", { bio });
      await okafor.call("PATCH", "/api/users/me", { specialty });
      for (const availability of ["busy", "available"]) {
        await okafor.call("PUT", "/api/users/me/availability", { availability });
      }
    },
    notices: async () => {
      await this.book(this.people.adler);
      for (const by of [this.people.paula, this.people.adler, this.people.admin]) {
        const told = await by.call<{ notices: { cursor: string }[] }>("GET", "/api/notifications");
        const through = told.notices[0]?.cursor;
        if (through !== undefined) await by.call("POST", "/api/notifications/seen", { through });
      }
    },
    breakGlass: async () => {
      const { officer, paula } = this.people;
      const wish = { patient_id: paula.accountId, reason: "A complaint", minutes: 5 };
      const path = "/api/audit/grants";
      const { grant_id } = await officer.call<{ grant_id: string }>("POST", path, wish);
      await officer.call("POST", `${path}/${grant_id}/end`);
    },
  };

  /** Signed, to be looked at again on that day. */
  async consultWithReview(on: Date): Promise<void> {
    const path = await this.#consultation({ review_on: on.toISOString().slice(0, 10) });
    await this.people.adler.call("POST", `${path}/sign`);
  }

  async #consultation(more = {}): Promise<string> {
    const { adler } = this.people;
    const { appointment_id } = await this.book(adler);
    const opened = await adler.call<Id>("POST", "/api/consultations", { appointment_id });
    const path = `/api/consultations/${opened.consultation_id}`;
    await adler.call("PATCH", path, {
      medical_history: "Since Sunday",
      prescriptions: [{ drug: "Ivy", dose: "5 ml", frequency: "daily", duration_days: 7 }],
      ...more,
    });
    return path;
  }

  async #ask(kind: "patient" | "staff"): Promise<string> {
    this.#names += 1;
    const username = `${kind}-${this.#names}-${Date.now()}`;
    const answer = await this.people.admin.call<Id>("POST", "/api/users", {
      kind,
      ...(kind === "staff" ? { role: "doctor" } : {}),
      username,
      email: `${username}@example.org`,
      name: `Somebody ${this.#names}`,
      password: PASSWORD,
    });
    return answer.account_id;
  }

  async #say(by: Caller): Promise<number> {
    const body = { body: `Some words ${this.#below(1_000_000)}` };
    return (await this.#in<Id>("POST", by, "messages", body)).sequence;
  }

  #in<T>(method: string, by: Caller, path: string, body?: unknown): Promise<T> {
    return by.call<T>(method, `/api/rooms/${this.room}/${path}`, body);
  }

  #nextHour(): Date {
    this.#hour += 1;
    const now = Date.now();
    return new Date(now - (now % HOUR_MS) + this.#hour * HOUR_MS);
  }

  #either(): Caller {
    return this.#below(2) === 0 ? this.people.paula : this.people.adler;
  }

  #otherThan(one: Caller): Caller {
    return one === this.people.paula ? this.people.adler : this.people.paula;
  }

  #reaction(): string {
    return REACTIONS[this.#below(REACTIONS.length)] ?? "thanks";
  }

  #below(most: number): number {
    return Math.floor(this.random() * most);
  }
}
