import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Consultation } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { contentOf } from "./content";
import { DraftKeeper, type Kept } from "./DraftKeeper";
import { consultationQuery, fetchConsultation, writeConsultation } from "./queries";

/** Under which name the words of a draft, and of an amendment, wait to be sent. */
export const draftName = (consultationId: string) => `consultation ${consultationId}`;
export const amendmentName = (consultationId: string) => `amendment ${consultationId}`;

function kept(consultation: Consultation): Kept {
  return { content: contentOf(consultation), version: consultation.version };
}

/** The draft of a consultation as it is written here, and the keeper that saves it. */
export function useDraft(consultation: Consultation) {
  const { accountId } = useMe();
  const client = useQueryClient();
  const id = consultation.consultation_id;
  const [keeper] = useState(() => {
    const remember = (fresh: Consultation) => {
      client.setQueryData(consultationQuery(id).queryKey, fresh);
      return kept(fresh);
    };
    return new DraftKeeper(kept(consultation), readDraft(accountId, draftName(id)), {
      save: async (changes, version, client_id) =>
        remember(await writeConsultation(id, { ...changes, client_id }, version)),
      read: async () => kept(await fetchConsultation(id)),
      keep: (words) => keepDraft(accountId, draftName(id), words),
    });
  });
  const view = useSyncExternalStore(keeper.subscribe, keeper.view);
  useEffect(() => keeper.heard(kept(consultation)), [keeper, consultation]);
  useEffect(() => {
    keeper.stay();
    return () => keeper.leave();
  }, [keeper]);
  useSaveOnHiding(keeper, view.standing.state !== "saved");
  return { keeper, view };
}

/** A page that is hidden may never come back: it is saved at once, and closing it is asked about. */
function useSaveOnHiding(keeper: DraftKeeper, unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const hide = () => {
      if (document.visibilityState === "hidden") void keeper.flush();
    };
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("beforeunload", ask);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("beforeunload", ask);
    };
  }, [keeper, unsaved]);
}
