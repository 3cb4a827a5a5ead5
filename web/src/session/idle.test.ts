import { describe, expect, test, vi } from "vitest";
import { type IdleClock, type IdlePages, IdleWatch } from "~/session/idle";

const LIMITS = { idleMs: 900_000, warningMs: 60_000 };

/** A clock that is turned by hand, for any number of pages. */
class Hand implements IdleClock {
  #now = 1_000_000;
  readonly #waiting = new Set<{ at: number; then: () => void }>();
  now = () => this.#now;
  after = (ms: number, then: () => void) => {
    const one = { at: this.#now + ms, then };
    this.#waiting.add(one);
    return () => this.#waiting.delete(one);
  };
  /** Time goes by, and what was waiting for it happens in order. */
  turn(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = [...this.#waiting].filter(({ at }) => at <= until);
      const next = due.sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#now = next.at;
      this.#waiting.delete(next);
      next.then();
    }
    this.#now = until;
  }
  /** As when the lid is shut: time goes by and nothing happens. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}

/** Two pages of one browser. */
function channels(): [IdlePages, IdlePages] {
  const make = (): IdlePages => ({ onmessage: null, postMessage: () => undefined });
  const [one, other] = [make(), make()];
  const hear = (page: IdlePages) => (at: number) =>
    page.onmessage?.(new MessageEvent("message", { data: at }));
  one.postMessage = hear(other);
  other.postMessage = hear(one);
  return [one, other];
}

function watch(clock: Hand, pages: IdlePages = channels()[0]) {
  const onIdle = vi.fn();
  return { onIdle, watch: new IdleWatch(onIdle, LIMITS, clock, pages) };
}

describe("a page without anybody", () => {
  test("warns a minute before the end, and then ends", () => {
    const clock = new Hand();
    const page = watch(clock);
    clock.turn(839_999);
    expect(page.watch.state().status).toBe("watching");
    clock.turn(1);
    expect(page.watch.state()).toEqual({ status: "warned", endsAt: clock.now() + 60_000 });
    clock.turn(59_999);
    expect(page.onIdle).not.toHaveBeenCalled();
    clock.turn(1);
    expect(page.onIdle).toHaveBeenCalledOnce();
  });

  test("starts anew with every input, but not with one that comes after the warning", () => {
    const clock = new Hand();
    const page = watch(clock);
    clock.turn(800_000);
    page.watch.noticed();
    clock.turn(839_000);
    expect(page.watch.state().status).toBe("watching");
    clock.turn(1_000);
    page.watch.noticed();
    expect(page.watch.state().status).toBe("warned");
    page.watch.stay();
    expect(page.watch.state().status).toBe("watching");
    clock.turn(839_000);
    expect(page.onIdle).not.toHaveBeenCalled();
  });

  test("goes by what happens on the other pages of the browser", () => {
    const clock = new Hand();
    const [one, other] = channels();
    const [here, there] = [watch(clock, one), watch(clock, other)];
    clock.turn(600_000);
    there.watch.noticed();
    clock.turn(800_000);
    expect(here.watch.state().status).toBe("watching");
    clock.turn(50_000);
    expect([here, there].map((page) => page.watch.state().status)).toEqual(["warned", "warned"]);
    there.watch.stay();
    expect(here.watch.state().status).toBe("watching");
  });

  test("ends at once when the machine wakes up too late", () => {
    const clock = new Hand();
    const page = watch(clock);
    clock.sleep(3_600_000);
    page.watch.noticed();
    expect(page.onIdle).toHaveBeenCalledOnce();
  });

  test("does nothing any more once it is stopped", () => {
    const clock = new Hand();
    const page = watch(clock);
    page.watch.stop();
    clock.turn(2_000_000);
    expect(page.onIdle).not.toHaveBeenCalled();
  });
});
