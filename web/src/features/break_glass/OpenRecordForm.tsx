import { Button, Card, Group, List, NumberInput, Stack, Textarea, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconLockOpen } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "~/features/audit/Notice";
import { PersonPicker } from "~/features/audit/PersonPicker";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { WriteError } from "~/ui/WriteError";
import { useOpenRecord } from "./queries";

const REASON_MAX = 500;
const MINUTES = 60;
const MINUTES_MAX = 240;
const ABOUT = "break glass";

/** Opens a patient's record. Says what follows before it is done. */
export function OpenRecordForm() {
  const { t } = useTranslation("break_glass");
  return (
    <Card component="section" withBorder padding="lg">
      <Stack gap="md">
        <Title order={2} size="h3">
          {t("open_record")}
        </Title>
        <Consequences />
        <Fields />
      </Stack>
    </Card>
  );
}

function Consequences() {
  const { t } = useTranslation("break_glass");
  return (
    <Notice color="orange" icon={<IconAlertTriangle aria-hidden />} title={t("consequences_title")}>
      <List size="sm" spacing={4}>
        <List.Item>{t("consequence_told")}</List.Item>
        <List.Item>{t("consequence_recorded")}</List.Item>
        <List.Item>{t("consequence_reviewed")}</List.Item>
        <List.Item>{t("consequence_limits")}</List.Item>
      </List>
    </Notice>
  );
}

function Fields() {
  const { t } = useTranslation("break_glass");
  const { accountId } = useMe();
  const navigate = useNavigate();
  const open = useOpenRecord();
  const form = useForm({
    initialValues: {
      patient: undefined as string | undefined,
      reason: readDraft(accountId, ABOUT),
      minutes: MINUTES as number | string,
    },
    onValuesChange: ({ reason }) => keepDraft(accountId, ABOUT, reason),
    validate: {
      patient: (patient) => (patient === undefined ? t("error_patient_missing") : null),
      reason: (reason) => (reason.trim() === "" ? t("error_reason_missing") : null),
      minutes: (minutes) =>
        Number(minutes) >= 1 && Number(minutes) <= MINUTES_MAX ? null : t("error_grant_bad_length"),
    },
  });
  const submit = ({ patient = "", reason, minutes }: typeof form.values) => {
    const content = { patient_id: patient, reason: reason.trim(), minutes: Number(minutes) };
    open.mutate(content, {
      onSuccess: ({ grant_id }) => {
        keepDraft(accountId, ABOUT, "");
        void navigate({ to: "/break-glass/$grantId", params: { grantId: grant_id } });
      },
    });
  };
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="sm">
        {open.error !== null && <WriteError namespace="break_glass" error={open.error} />}
        <PersonPicker
          label={t("patient")}
          description={t("patient_words")}
          value={form.values.patient}
          onChange={(patient) => form.setFieldValue("patient", patient)}
          error={form.errors.patient?.toString()}
          patientsOnly
          required
        />
        <Textarea
          label={t("reason")}
          description={t("reason_words")}
          maxLength={REASON_MAX}
          autosize
          minRows={2}
          required
          {...form.getInputProps("reason")}
        />
        <NumberInput
          label={t("minutes")}
          description={t("minutes_words")}
          min={1}
          max={MINUTES_MAX}
          allowDecimal={false}
          allowNegative={false}
          required
          maw={200}
          hideControls
          {...form.getInputProps("minutes")}
        />
        <Group>
          <Button
            type="submit"
            loading={open.isPending}
            leftSection={<IconLockOpen size={18} aria-hidden />}
          >
            {t("open_record")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
