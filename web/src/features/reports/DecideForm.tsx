import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HideDecision, Report } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { WriteError } from "~/ui/WriteError";
import { useDecide } from "./queries";

const NOTE_MAX = 2000;

/** Whether the message is shown again, and why. A decision stands. */
export function DecideForm({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { accountId } = useMe();
  const about = `report ${report.room_id} ${report.number}`;
  const [decision, setDecision] = useState<HideDecision | null>(null);
  const [note, setNote] = useState(() => readDraft(accountId, about));
  const [tried, setTried] = useState(false);
  const decide = useDecide(report);
  const write = (text: string) => {
    setNote(text);
    keepDraft(accountId, about, text);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (decision === null || note.trim() === "") return;
    decide.mutate({ decision, note: note.trim() }, { onSuccess: () => write("") });
  };
  const missing = (is: boolean, text: string) => (tried && is ? text : undefined);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <WriteError error={decide.error} namespace="reports" />
        <Radio.Group
          label={t("decision")}
          value={decision}
          onChange={(value) => setDecision(value as HideDecision)}
          error={missing(decision === null, t("error_decision_missing"))}
          required
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="stays_hidden"
              label={t("stays_hidden")}
              description={t("stays_hidden_words")}
            />
            <Radio
              value="shown_again"
              label={t("shown_again")}
              description={t("shown_again_words")}
            />
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("note")}
          description={t("note_words")}
          value={note}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          error={missing(note.trim() === "", t("error_note_missing"))}
          maxLength={NOTE_MAX}
          autosize
          minRows={2}
          required
        />
        <Group>
          <Button type="submit" loading={decide.isPending}>
            {t("decide")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
