import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { keys } from "~/api/keys";
import type { WorkingHours } from "~/api/schema";
import { ownZone } from "~/i18n/zone";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { spansOfWeek, type Week, weekOfSpans } from "./hours";

interface Values {
  week: Week;
  zone: string;
  slotMinutes: number;
}

interface Begun {
  /** The hours that it was begun from. */
  base: Values;
  values: Values;
}

const NAME = "working hours";
const SLOT_MINUTES = 30;

function valuesOf(hours: WorkingHours): Values {
  return {
    week: weekOfSpans(hours.week),
    zone: hours.zone ?? ownZone(),
    slotMinutes: hours.slot_minutes ?? SLOT_MINUTES,
  };
}

function same(one: Values, other: Values): boolean {
  const plain = ({ week, zone, slotMinutes }: Values) =>
    JSON.stringify([spansOfWeek(week), zone, slotMinutes]);
  return plain(one) === plain(other);
}

/**
 * The hours while they are changed. What was begun outlives leaving the page. Hours that changed
 * elsewhere are followed, unless something was begun here: then one has to choose.
 */
export function useWeekForm(hours: WorkingHours) {
  const { accountId } = useMe();
  const client = useQueryClient();
  const [begun, setBegun] = useState<Begun>(() => {
    const words = readDraft(accountId, NAME);
    const there = valuesOf(hours);
    return words === "" ? { base: there, values: there } : (JSON.parse(words) as Begun);
  });
  const there = valuesOf(hours);
  const next = following(begun, there);
  // A change that came from elsewhere is followed while rendering, so nothing old is ever shown.
  if (next !== begun) setBegun(next);
  const { base, values } = next;
  const dirty = !same(values, there);
  useEffect(() => {
    keepDraft(accountId, NAME, dirty ? JSON.stringify({ base, values }) : "");
  }, [accountId, base, values, dirty]);
  return {
    values,
    dirty,
    /** Somebody changed the hours while they were changed here. */
    theirs: dirty && !same(base, there),
    set: (part: Partial<Values>) => setBegun({ base, values: { ...values, ...part } }),
    lookAgain: () => void client.invalidateQueries({ queryKey: keys.hours }),
    takeTheirs: () => setBegun({ base: there, values: there }),
  };
}

/** What is begun, when the server has `there`. */
function following(begun: Begun, there: Values): Begun {
  if (same(begun.base, there)) return begun;
  const untouched = same(begun.values, begun.base);
  const asSaved = same(begun.values, there);
  return untouched || asSaved ? { base: there, values: there } : begun;
}
