import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Correction } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import classes from "./Consulting.module.css";
import { useDecline } from "./queries";

interface Props {
  consultationId: string;
  correction: Correction;
  onClose: () => void;
}

const STATEMENT_MAX = 2_000;

/** Says to the patient why it stays as it is. What was begun is still there the next time. */
export function DeclineDialog({ consultationId, correction, onClose }: Props) {
  const { t } = useTranslation("consulting");
  const { accountId } = useMe();
  const name = `decline ${consultationId} ${correction.number}`;
  const [statement, setStatement] = useState(() => readDraft(accountId, name));
  const [asked, setAsked] = useState(false);
  const decline = useDecline(consultationId, correction.number);
  const write = (words: string) => {
    setStatement(words);
    keepDraft(accountId, name, words);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (statement.trim() === "") return;
    decline.mutate(statement.trim(), {
      onSuccess: () => {
        keepDraft(accountId, name, "");
        toast(t("declined_now"));
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("decline_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <blockquote className={classes.quote}>
            <Text size="sm" className={classes.words} dir="auto">
              {correction.text ?? t("erased")}
            </Text>
          </blockquote>
          <Textarea
            label={t("statement")}
            description={t("statement_hint")}
            required
            autosize
            minRows={3}
            maxRows={12}
            maxLength={STATEMENT_MAX}
            data-autofocus
            value={statement}
            error={asked && statement.trim() === "" && t("error_correction_empty")}
            onChange={(event) => write(event.currentTarget.value)}
          />
          <WriteError namespace="consulting" error={decline.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("close")}
            </Button>
            <Button type="submit" loading={decline.isPending}>
              {t("decline_final")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
