import { useRef, useState } from "react";
import { wasChanged } from "~/api/errors";
import type { Consultation } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { type Content, changesBetween, contentOf, type Part } from "./content";
import type { Choice, Kept } from "./DraftKeeper";
import { merge, take, takeBoth } from "./merge";
import { fetchConsultation, useAmend } from "./queries";
import { amendmentName } from "./useDraft";

interface Amending {
  base: Kept;
  content: Content;
  reason: string;
  /** The patient's request that it answers, if it does. */
  correction: number | null;
}

/**
 * Parts that somebody else amended at the same time, otherwise. What is amended rests on what was
 * there before until it was chosen what stands: whoever leaves meanwhile is asked again.
 */
interface Conflict {
  parts: Part[];
  there: Kept;
}

function start(consultation: Consultation, correction: number | null): Amending {
  const content = contentOf(consultation);
  return { base: { content, version: consultation.version }, content, reason: "", correction };
}

/**
 * An amendment of what was signed, while it is written. Its words outlive leaving the page; it is
 * null while none is being written.
 */
export function useAmendment(consultation: Consultation) {
  const { accountId } = useMe();
  const id = consultation.consultation_id;
  const [amending, set] = useState<Amending | null>(() => {
    const words = readDraft(accountId, amendmentName(id));
    return words === "" ? null : { ...start(consultation, null), ...JSON.parse(words) };
  });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isJoining, setIsJoining] = useState(false);
  const amend = useAmend(id);
  /** Also for what ends later: one may write on meanwhile. */
  const latest = useRef(amending);
  const update = (next: Amending | null) => {
    latest.current = next;
    set(next);
    keepDraft(accountId, amendmentName(id), next === null ? "" : JSON.stringify(next));
  };
  const joinWith = (fresh: Consultation, mine: Amending) => {
    const there = { content: contentOf(fresh), version: fresh.version };
    const { content, conflicts } = merge(mine.base.content, mine.content, there.content);
    if (conflicts.length === 0) update({ ...mine, content, base: there });
    else setConflict({ parts: conflicts, there });
  };
  const changes = amending && changesBetween(amending.base.content, amending.content);
  return {
    amending,
    conflict: conflict && { parts: conflict.parts, there: conflict.there.content },
    /** Whether anything is changed at all. */
    changed: changes !== null,
    isPending: amend.isPending || isJoining,
    error: amend.error,
    begin: (correction: number | null) =>
      update(amending === null ? start(consultation, correction) : { ...amending, correction }),
    edit: (part: Partial<Pick<Amending, "content" | "reason">>) => {
      if (amending !== null) update({ ...amending, ...part });
    },
    discard: () => {
      amend.reset();
      setConflict(null);
      update(null);
    },
    resolve: (choices: Partial<Record<Part, Choice>>) => {
      if (amending === null || conflict === null) return;
      const { parts, there } = conflict;
      const { content } = merge(amending.base.content, amending.content, there.content);
      for (const part of parts) {
        if (choices[part] === "there") take(content, there.content, part);
        if (choices[part] === "both") takeBoth(content, amending.content, there.content, part);
      }
      setConflict(null);
      update({ ...amending, content, base: there });
    },
    submit: (onDone: () => void) => {
      if (amending === null || changes === null) return;
      const { reason, correction, base } = amending;
      amend.mutate(
        { changes, reason: reason.trim(), correction, version: base.version },
        {
          onSuccess: () => {
            update(null);
            onDone();
          },
          onError: async (error) => {
            if (!wasChanged(error)) return;
            // Without an answer the next attempt says the same again.
            setIsJoining(true);
            const fresh = await fetchConsultation(id).catch(() => null);
            setIsJoining(false);
            if (fresh !== null && latest.current !== null) joinWith(fresh, latest.current);
          },
        },
      );
    },
  };
}
