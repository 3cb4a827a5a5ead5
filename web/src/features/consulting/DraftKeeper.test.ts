import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, NoAnswer } from "~/api/errors";
import type { Changes, Content } from "./content";
import { DraftKeeper, type Kept, type Ways } from "./DraftKeeper";

const EMPTY: Content = {
  medical_history: "",
  examination_findings: "",
  investigations: "",
  treatment_plan: "",
  prescriptions: [],
  review_on: "",
};

/** A server that holds one draft, as the real one does: by version, and once per client id. */
class Desk implements Ways {
  kept: Kept = { content: EMPTY, version: 1 };
  words = "";
  /** What the next attempts end in, after or before they are carried out. */
  troubles: { error: Error; done: boolean }[] = [];
  attempts: string[] = [];
  #done = new Set<string>();

  async save(changes: Changes, version: number, clientId: string): Promise<Kept> {
    this.attempts.push(clientId);
    const trouble = this.troubles.shift();
    if (trouble !== undefined && !trouble.done) throw trouble.error;
    if (!this.#done.has(clientId)) {
      if (version !== this.kept.version) throw new ApiError(412, "version_outdated", "", null);
      this.write(changes as Partial<Content>);
      this.#done.add(clientId);
    }
    if (trouble !== undefined) throw trouble.error;
    return this.kept;
  }

  async read(): Promise<Kept> {
    return this.kept;
  }

  keep(words: string): void {
    this.words = words;
  }

  write(changes: Partial<Content>): void {
    this.kept = {
      content: { ...this.kept.content, ...changes },
      version: this.kept.version + 1,
    };
  }
}

let desk: Desk;
let keeper: DraftKeeper;
beforeEach(() => {
  vi.useFakeTimers();
  desk = new Desk();
  keeper = new DraftKeeper(desk.kept, "", desk);
});
afterEach(() => {
  vi.useRealTimers();
});

function type(changes: Partial<Content>): void {
  keeper.edit({ ...keeper.view().content, ...changes });
}

describe("a draft", () => {
  test("is saved after a pause, once", async () => {
    type({ treatment_plan: "Re" });
    type({ treatment_plan: "Rest" });
    expect(keeper.view().standing.state).toBe("changed");
    await vi.runAllTimersAsync();
    expect(desk.attempts).toHaveLength(1);
    expect(desk.kept.content.treatment_plan).toBe("Rest");
    expect(keeper.view().standing.state).toBe("saved");
    expect(desk.words).toBe("");
  });

  test("is saved in between by whoever never pauses", async () => {
    for (let second = 0; second < 20; second += 1) {
      type({ treatment_plan: `Rest ${second}` });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(desk.attempts.length).toBeGreaterThanOrEqual(2);
  });

  test("is sent again with the same id where no answer came, and is written once", async () => {
    desk.troubles = [
      { error: new NoAnswer("gone"), done: true },
      { error: new NoAnswer("gone"), done: false },
    ];
    type({ treatment_plan: "Rest" });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(keeper.view().standing.state).toBe("retrying");
    type({ treatment_plan: "Rest, and tea" });
    await vi.runAllTimersAsync();
    expect(new Set(desk.attempts.slice(0, 3)).size).toBe(1);
    expect(desk.kept).toMatchObject({ version: 3, content: { treatment_plan: "Rest, and tea" } });
  });

  test("goes together with what another window wrote elsewhere", async () => {
    desk.write({ medical_history: "Cough" });
    type({ treatment_plan: "Rest" });
    await vi.runAllTimersAsync();
    expect(desk.kept.content).toMatchObject({ medical_history: "Cough", treatment_plan: "Rest" });
    expect(keeper.view()).toMatchObject({ joined: true, standing: { state: "saved" } });
  });

  test("waits for a choice where both wrote the same part, also over leaving", async () => {
    desk.write({ treatment_plan: "Work" });
    type({ treatment_plan: "Rest" });
    await vi.runAllTimersAsync();
    expect(keeper.view().standing).toMatchObject({ state: "conflict", parts: ["treatment_plan"] });
    keeper.leave();
    keeper = new DraftKeeper(desk.kept, desk.words, desk);
    expect(keeper.view().standing.state).toBe("conflict");
    keeper.resolve({ treatment_plan: "both" });
    await vi.runAllTimersAsync();
    expect(desk.kept.content.treatment_plan).toBe("Work\n\nRest");
    expect(desk.words).toBe("");
  });

  test("is taken up again with the words that were not saved", async () => {
    desk.troubles = [{ error: new NoAnswer("gone"), done: false }];
    type({ treatment_plan: "Rest" });
    keeper.leave();
    await vi.runAllTimersAsync();
    keeper = new DraftKeeper(desk.kept, desk.words, desk);
    expect(keeper.view().content.treatment_plan).toBe("Rest");
    await vi.runAllTimersAsync();
    expect(desk.kept.content.treatment_plan).toBe("Rest");
  });

  test("keeps the words when it was signed elsewhere", async () => {
    desk.troubles = [{ error: new ApiError(409, "consultation_signed", "", null), done: false }];
    type({ treatment_plan: "Rest" });
    await vi.runAllTimersAsync();
    expect(keeper.view().standing.state).toBe("over");
    expect(desk.words).toContain("Rest");
  });

  test("says what is refused, and tries again with other words", async () => {
    desk.troubles = [{ error: new ApiError(422, "review_day_invalid", "", null), done: false }];
    type({ review_on: "1999-01-01" });
    await vi.runAllTimersAsync();
    expect(keeper.view().standing.state).toBe("refused");
    type({ review_on: "2027-01-01" });
    await vi.runAllTimersAsync();
    expect(desk.kept.content.review_on).toBe("2027-01-01");
  });
});
