import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AsOf } from "~/api/schema";
import { type Change, changesOf } from "./changes";
import { type Facts, factsOf, type Teller } from "./facts";
import { fieldChangesQuery } from "./queries";

/**
 * What is otherwise than at the step before. Of sealed words nobody sees that they are other
 * ones, so of a consultation the history of its fields says which were written anew.
 */
export function useChanges(
  now: AsOf,
  before: AsOf | null | undefined,
  facts: Facts,
  teller: Teller,
): Change[] {
  const consultation = "signed_at" in now.record ? now.record.consultation_id : "";
  const fields = useQuery({
    ...fieldChangesQuery(consultation),
    enabled: consultation !== "",
  });
  return useMemo(() => {
    const visible = changesOf(before ? factsOf(before, teller) : null, facts);
    const seen = new Set(visible.map(({ key }) => key));
    const here = fields.data?.filter(({ position }) => position === now.position) ?? [];
    const rewritten = facts.record
      .filter(({ key }) => !seen.has(key) && here.some(({ field }) => field === key))
      .map(({ key, label, value }) => ({ key, label, before: value, now: value }));
    return [...rewritten, ...visible];
  }, [before, facts, teller, fields.data, now.position]);
}
