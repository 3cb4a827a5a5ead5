import {
  Blockquote,
  Button,
  Fieldset,
  Group,
  Paper,
  Stack,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Correction } from "~/api/schema";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { ConflictNotice } from "./ConflictNotice";
import classes from "./Consulting.module.css";
import { isWhole } from "./content";
import { SectionsForm } from "./SectionsForm";
import type { useAmendment } from "./useAmendment";

interface Props {
  amendment: ReturnType<typeof useAmendment>;
  /** What the patient asked for, if it answers that. */
  correction: Correction | undefined;
  onClose: () => void;
}

const REASON_MAX = 2_000;

/** Changes what was signed. What stood there before stays, and is shown to the patient too. */
export function AmendForm({ amendment, correction, onClose }: Props) {
  const { t } = useTranslation("consulting");
  const [asked, setAsked] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { amending, conflict, changed } = amendment;
  if (amending === null) return null;
  const whole = isWhole(amending.content);
  const reasonMissing = amending.reason.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!changed || !whole || reasonMissing || conflict !== null) return;
    amendment.submit(() => {
      toast(t("amended_now"));
      onClose();
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <div>
          <Title order={2} size="h4" ref={heading} tabIndex={-1}>
            {t(correction === undefined ? "amend_title" : "accept_title")}
          </Title>
          <Text c="dimmed">{t("amend_words")}</Text>
        </div>
        {correction !== undefined && (
          <Blockquote p="md" className={classes.words} cite={t("the_patient_asked")}>
            {correction.text ?? t("erased")}
          </Blockquote>
        )}
        {conflict !== null && (
          <ConflictNotice
            here={amending.content}
            there={conflict.there}
            parts={conflict.parts}
            onResolve={amendment.resolve}
          />
        )}
        {/* What is being signed stays as it is until it is known what became of it. */}
        <Fieldset variant="unstyled" disabled={amendment.isPending}>
          <Stack>
            <SectionsForm
              signed
              content={amending.content}
              onChange={(content) => amendment.edit({ content })}
            />
            <Paper withBorder p={{ base: "md", sm: "lg" }}>
              <Stack>
                <Textarea
                  label={t("amend_reason")}
                  description={t("amend_reason_hint")}
                  required
                  autosize
                  minRows={2}
                  maxLength={REASON_MAX}
                  value={amending.reason}
                  error={asked && reasonMissing && t("error_reason_missing")}
                  onChange={(event) => amendment.edit({ reason: event.currentTarget.value })}
                />
                {asked && !changed && (
                  <Text c="error" size="sm" role="alert">
                    {t("error_consultation_nothing_to_change")}
                  </Text>
                )}
                {asked && !whole && (
                  <Text c="error" size="sm" role="alert">
                    {t("sign_half_written")}
                  </Text>
                )}
                <WriteError namespace="consulting" error={amendment.error} />
                <Group justify="flex-end">
                  <Button
                    variant="subtle"
                    color="red"
                    onClick={() => [amendment.discard(), onClose()]}
                  >
                    {t("discard")}
                  </Button>
                  <Button variant="default" onClick={onClose}>
                    {t("put_aside")}
                  </Button>
                  <Button type="submit" loading={amendment.isPending} disabled={conflict !== null}>
                    {t("amend_final")}
                  </Button>
                </Group>
              </Stack>
            </Paper>
          </Stack>
        </Fieldset>
      </Stack>
    </form>
  );
}
