/** Whom the doctor wanted to look at again, and has not yet. */
import type { ConsultationSummary } from "~/api/schema";
import { addDays } from "~/features/schedule/days";

const AHEAD_DAYS = 7;

/**
 * Reviews whose day has come or comes within a week, the first first. A patient with a newer
 * consultation was looked at since: there is no other sign of it.
 */
export function reviewsDue(
  consultations: ConsultationSummary[],
  today: string,
): ConsultationSummary[] {
  const latest = new Map<string, string>();
  for (const { patient_id, opened_at } of consultations) {
    const known = latest.get(patient_id) ?? "";
    if (opened_at > known) latest.set(patient_id, opened_at);
  }
  const until = addDays(today, AHEAD_DAYS);
  return consultations
    .filter((one) => one.review_on !== null && one.review_on <= until)
    .filter((one) => one.signed_at !== null && latest.get(one.patient_id) === one.opened_at)
    .sort((one, other) => ((one.review_on ?? "") < (other.review_on ?? "") ? -1 : 1));
}
