import { Button, Card, Group, Radio, Stack, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Verdict } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { WriteError } from "~/ui/WriteError";
import { useReviewGrant } from "./queries";

const NOTE_MAX = 2000;

/** What another officer makes of a grant, once it is over. */
export function ReviewForm({ grantId }: { grantId: string }) {
  const { t } = useTranslation("break_glass");
  const { accountId } = useMe();
  const about = `grant review ${grantId}`;
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState(() => readDraft(accountId, about));
  const [missing, setMissing] = useState(false);
  const review = useReviewGrant(grantId);
  const write = (words: string) => {
    setNote(words);
    keepDraft(accountId, about, words);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setMissing(verdict === null);
    if (verdict === null) return;
    const words = note.trim();
    review.mutate(
      { verdict, ...(words === "" ? {} : { note: words }) },
      { onSuccess: () => write("") },
    );
  };
  return (
    <Card component="form" withBorder padding="lg" onSubmit={submit} noValidate>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t("review_title")}
        </Title>
        {review.error !== null && <WriteError namespace="break_glass" error={review.error} />}
        <Radio.Group
          label={t("verdict")}
          value={verdict}
          onChange={(value) => setVerdict(value as Verdict)}
          error={missing && verdict === null ? t("error_verdict_missing") : undefined}
          required
        >
          <Stack gap="xs" mt="xs">
            <Radio value="justified" label={t("mark_justified")} />
            <Radio value="not_justified" label={t("mark_not_justified")} />
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("note")}
          description={t("note_words")}
          value={note}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          maxLength={NOTE_MAX}
          autosize
          minRows={2}
        />
        <Group>
          <Button type="submit" loading={review.isPending}>
            {t("sign_off")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
