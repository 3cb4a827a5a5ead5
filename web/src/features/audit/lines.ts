/** Which lines are of which sort, for pictures and marks. */
import {
  type Icon,
  IconBan,
  IconEye,
  IconKey,
  IconMessage,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUser,
} from "@tabler/icons-react";
import type { TrailLine } from "~/api/schema";

export type Sort = "begin" | "write" | "change" | "remove" | "look" | "refused" | "key" | "person";

const REMOVED = /_(retracted|deleted|hidden|cancelled|deactivated|closed|destroyed)$/;
const BEGUN = /_(opened|booked|registered|requested|restored|approved|reopened)$/;
const LOOKED = /^(content_read|feed_followed|trail_read|messages_read|messages_delivered)$/;

/** The sort of a line, by its action: the first that fits. */
export function sortOf({ action, outcome }: TrailLine): Sort {
  if (outcome !== "success") return "refused";
  if (LOOKED.test(action)) return "look";
  if (REMOVED.test(action)) return "remove";
  if (BEGUN.test(action)) return "begin";
  if (action === "message_posted") return "write";
  if (/key|access_/.test(action)) return "key";
  if (/session|account|name_|doctor_/.test(action)) return "person";
  return "change";
}

export const sortIcons: Record<Sort, Icon> = {
  begin: IconPlus,
  write: IconMessage,
  change: IconPencil,
  remove: IconTrash,
  look: IconEye,
  refused: IconBan,
  key: IconKey,
  person: IconUser,
};

export const sortColors: Record<Sort, string> = {
  begin: "teal",
  write: "calm",
  change: "indigo",
  remove: "red",
  look: "gray",
  refused: "orange",
  key: "grape",
  person: "blue",
};

/** The records whose life and past can be looked at. */
const PAST: readonly string[] = ["room", "appointment", "consultation", "account"];
const LIVES: readonly string[] = [...PAST, "session", "grant", "key"];

export function hasPast(kind: string): boolean {
  return PAST.includes(kind);
}

export function hasTimeline(kind: string): boolean {
  return LIVES.includes(kind);
}
