import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAskForCorrection } from "~/features/record/queries";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { WriteError } from "~/ui/WriteError";

/** As many characters as the server takes. */
const CHARS_MAX = 2_000;
/** How many are left is said once it matters. */
const LEFT_SAID = 300;

/** Says to the doctor what is wrong. What was written stays until it has arrived. */
export function AskForCorrection({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation("record");
  const { accountId } = useMe();
  const draft = `correction ${consultationId}`;
  const [text, setText] = useState(() => readDraft(accountId, draft));
  const [missing, setMissing] = useState(false);
  const ask = useAskForCorrection(consultationId);
  const write = (words: string) => {
    setText(words);
    setMissing(false);
    keepDraft(accountId, draft, words);
  };
  const left = CHARS_MAX - text.length;
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return setMissing(true);
    ask.mutate(text.trim(), { onSuccess: () => write("") });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Textarea
          label={t("ask_label")}
          description={t("ask_hint")}
          value={text}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          error={missing ? t("ask_missing") : null}
          maxLength={CHARS_MAX}
          autosize
          minRows={2}
          maxRows={12}
        />
        <WriteError error={ask.error} namespace="record" />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {ask.isSuccess && text === "" && t("asked")}
            {left <= LEFT_SAID && t("left", { count: left })}
          </Text>
          <Button type="submit" variant="light" loading={ask.isPending}>
            {t("ask_send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
