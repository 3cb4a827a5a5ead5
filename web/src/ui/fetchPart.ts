/** Fetches code that is not needed at first, more than once where that helps. */

/** The code of a part of the page did not come; perhaps because there is no network. */
export class PartMissing extends Error {
  constructor(readonly online: boolean) {
    super("a part of the page is missing");
    this.name = "PartMissing";
  }
}

/** A server that is busy for a moment is asked once more after so long. */
const AGAIN_MS = 1_000;
/** The file that a browser names when it could not be had. */
const FILE = /https?:\/\/[^?\s]+\.js/;

/** By their importers: the files that did not come. */
const failed = new WeakMap<() => Promise<unknown>, string>();
let asked = 0;

/**
 * Chromium remembers for as long as the page is there that a module did not come, and what that
 * one needs. So nothing is asked for without a network, and what failed is asked for anew under
 * another name.
 */
export async function fetchPart<T>(importer: () => Promise<T>): Promise<T> {
  if (!navigator.onLine) throw new PartMissing(false);
  try {
    return await once(importer);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    return once(importer);
  }
}

async function once<T>(importer: () => Promise<T>): Promise<T> {
  const file = failed.get(importer);
  try {
    if (file === undefined) return await importer();
    asked += 1;
    return await import(/* @vite-ignore */ `${file}?again=${asked}`);
  } catch (error) {
    const named = FILE.exec(String(error))?.[0];
    if (named !== undefined) failed.set(importer, named);
    throw error;
  }
}
