import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import type { Filters } from "./filters";
import { useSignReview } from "./queries";

interface Props {
  opened: boolean;
  onClose: () => void;
  filters: Filters;
  lines: TrailLine[];
  complete: boolean;
}

const NOTE_MAX = 2000;
const ABOUT = "audit review";

/** An officer signs that they have looked through what was found, and what it came to. */
export function SignReviewDialog({ opened, onClose, ...found }: Props) {
  const { t } = useTranslation("audit");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("sign_review")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <SignReviewForm onClose={onClose} {...found} />
    </Modal>
  );
}

/** From the last line that is shown to the first: what was not shown is not signed. */
function covered(lines: TrailLine[], complete: boolean): { from?: string; to?: string } {
  const newest = lines[0];
  const oldest = lines.at(-1);
  return {
    ...(complete || oldest === undefined ? {} : { from: String(oldest.position) }),
    ...(newest === undefined ? {} : { to: String(newest.position) }),
  };
}

function SignReviewForm({ onClose, filters, lines, complete }: Omit<Props, "opened">) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const { accountId } = useMe();
  const [note, setNote] = useState(() => readDraft(accountId, ABOUT));
  const sign = useSignReview();
  const write = (words: string) => {
    setNote(words);
    keepDraft(accountId, ABOUT, words);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const content = { note: note.trim(), filters, ...covered(lines, complete) };
    sign.mutate(content, {
      onSuccess: ({ from, to }) => {
        write("");
        onClose();
        toast(t("review_signed", { from, to }));
      },
    });
  };
  const newest = lines[0];
  return (
    <form onSubmit={submit}>
      <Stack>
        <WriteError error={sign.error} />
        <Text size="sm">
          {newest === undefined
            ? t("review_covers_nothing")
            : t("review_covers", { count: lines.length, at: format.exact(newest.at) })}
        </Text>
        <Textarea
          label={t("review_note")}
          description={t("review_note_words")}
          value={note}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          maxLength={NOTE_MAX}
          autosize
          minRows={3}
          required
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={sign.isPending} disabled={note.trim() === ""}>
            {t("sign")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
