import { describe, expect, test } from "vitest";
import { endingOf, linesOf } from "./stream";

function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      controller.close();
    },
  });
}

describe("what is told line by line", () => {
  test.each([1, 2, 3, 7, 1000])("comes out in lines, in pieces of %i bytes", async (size) => {
    const lines: string[] = [];
    const stream = inPieces("one\r\n\nzwölf ‹sealed›\nend", size);
    for await (const line of linesOf(stream)) lines.push(line);
    expect(lines).toEqual(["one", "zwölf ‹sealed›", "end"]);
  });

  const end = { complete: true, count: 2, first: 1, last: 2, from: 1, to: 2 };

  test("is complete where the last line says so, in both forms", () => {
    const row = `end,,,"${JSON.stringify(end).replaceAll('"', '""')}"`;
    expect(endingOf(JSON.stringify(end))).toEqual({ complete: true, end });
    expect(endingOf(row)).toEqual({ complete: true, end });
  });

  test("is not complete where it broke off, and says why where that is known", () => {
    const error = JSON.stringify({ error: { code: "unavailable", message: "try later" } });
    expect(endingOf(error)).toEqual({ complete: false, why: "try later" });
    expect(endingOf('{"position":1}')).toEqual({ complete: false, why: null });
    expect(endingOf('event,1,"{""complete"":true}"')).toEqual({ complete: false, why: null });
    expect(endingOf(undefined)).toEqual({ complete: false, why: null });
  });
});
