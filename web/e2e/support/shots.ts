/** What is taken a picture of: `e2e/shots/` says which pages, `e2e/every_page.test.ts` takes them. */
import type { Login } from "./people";

/** Ids of what was prepared, by names that the area chose. */
export type World = Record<string, string>;

export interface Shot {
  /** Of the file. */
  name: string;
  /** Whose page it is; null for strangers. */
  login: Login | null;
  path: (world: World) => string;
  /** Text that stands there once the page is complete. */
  ready: string;
}

/** One area's pages, and what has to be there for them to show something. */
export interface Album {
  prepare: (url: string) => Promise<World>;
  shots: Shot[];
}
