/**
 * The ids under which something new is asked for. The same content keeps its id, so that asking
 * again after an answer was lost makes nothing twice; other content is another wish.
 */
export class Attempts {
  #content = "";
  #id = "";

  idOf(content: unknown): string {
    const text = JSON.stringify(content);
    if (this.#id === "" || text !== this.#content) {
      this.#content = text;
      this.#id = crypto.randomUUID();
    }
    return this.#id;
  }
}
