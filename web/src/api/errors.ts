import type { Error as ApiBody } from "~/api/schema";

/**
 * A refusal of the server. `code` is stable and what programs decide by; `message` is the
 * server's English and is shown only where the catalogue has no words for the code.
 */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** No answer came: nobody knows whether the server carried it out. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super("no answer", { cause });
    this.name = "NoAnswer";
  }
}

/** The refusal that an answer carries, whatever its body looks like. */
export function refusal(status: number, body: unknown): ApiError {
  if (isApiBody(body)) return new ApiError(status, body.code, body.message, body.request_id);
  return new ApiError(status, "unknown", "the server did not say why", null);
}

function isApiBody(body: unknown): body is ApiBody {
  return typeof body === "object" && body !== null && "code" in body && "message" in body;
}

/** The server turned it away before it began; see "Errors" in docs/API.md. */
const NOT_BEGUN: readonly string[] = ["overloaded", "contended", "busy", "too_many_clients"];

/** Whether it may have been carried out all the same: the same has to be sent once more. */
export function outcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ApiError)) return error instanceof NoAnswer;
  return error.status >= 500 && !NOT_BEGUN.includes(error.code);
}

/** Whether somebody else changed it since it was read. */
export function wasChanged(error: unknown): boolean {
  return error instanceof ApiError && error.status === 412;
}
