/** Two windows wrote in the same draft: what of it goes together by itself, and what does not. */
import { type Content, newRow, PARTS, type Part, type Row, samePart } from "./content";

export interface Merged {
  content: Content;
  /** Parts that both wrote in, differently. In `content` they are as here. */
  conflicts: Part[];
}

/**
 * Puts together what was written here and there since `base`. A part that only one side has
 * touched is that side's; medicines go together one by one.
 */
export function merge(base: Content, here: Content, there: Content): Merged {
  const content = { ...here };
  const conflicts: Part[] = [];
  for (const part of PARTS) {
    if (samePart(part, here, there) || samePart(part, base, there)) continue;
    if (samePart(part, base, here)) take(content, there, part);
    else if (part === "prescriptions") {
      const rows = mergeRows(base.prescriptions, here.prescriptions, there.prescriptions);
      if (rows === null) conflicts.push(part);
      else content.prescriptions = rows;
    } else conflicts.push(part);
  }
  return { content, conflicts };
}

/** Sets a part of `into` to what it is in `from`. */
export function take(into: Content, from: Content, part: Part): void {
  if (part === "prescriptions") into.prescriptions = from.prescriptions;
  else into[part] = from[part];
}

/** Null where the same medicine was changed on both sides. */
function mergeRows(base: Row[], here: Row[], there: Row[]): Row[] | null {
  const before = byId(base);
  const others = byId(there);
  const merged: Row[] = [];
  for (const row of here) {
    const old = before.get(row.id);
    const other = others.get(row.id);
    others.delete(row.id);
    if (same(row, old)) {
      if (other !== undefined) merged.push(other);
    } else if (same(other, old) || same(other, row)) merged.push(row);
    else return null;
  }
  for (const row of others.values()) {
    // What is not here any more was taken out here; that it was changed there is a contradiction.
    if (!before.has(row.id)) merged.push(row);
    else if (!same(row, before.get(row.id))) return null;
  }
  return merged;
}

/** Both versions of a part, one after the other, for whoever can not choose. */
export function takeBoth(into: Content, here: Content, there: Content, part: Part): void {
  if (part === "review_on") return;
  if (part !== "prescriptions") {
    into[part] = [there[part], here[part]].filter((words) => words.trim() !== "").join("\n\n");
    return;
  }
  const others = byId(there.prescriptions);
  const mine = here.prescriptions.filter((row) => !row.stopped && !same(row, others.get(row.id)));
  const apart = mine.map((row) => (others.has(row.id) ? { ...row, id: newRow().id } : row));
  into.prescriptions = [...there.prescriptions, ...apart];
}

function byId(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function same(one: Row | undefined, other: Row | undefined): boolean {
  const gone = (row: Row | undefined) => row === undefined || row.stopped;
  if (gone(one) || gone(other)) return gone(one) && gone(other);
  return JSON.stringify(one) === JSON.stringify(other);
}
