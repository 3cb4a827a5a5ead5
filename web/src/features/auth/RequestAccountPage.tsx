import { Button, Paper, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApplicantFields } from "~/features/auth/ApplicantFields";
import { AuthFrame } from "~/features/auth/AuthFrame";
import { Refusal } from "~/features/auth/Refusal";
import { useApplicant } from "~/features/auth/useApplicant";
import { AnchorLink, ButtonLink } from "~/ui/links";

const ROLES = ["doctor", "compliance", "admin"] as const;
type StaffRole = (typeof ROLES)[number];

/** Somebody of the staff asks for an account. It can do nothing before it is approved. */
export function RequestAccountPage() {
  const { t } = useTranslation("auth");
  const [role, setRole] = useState<StaffRole>("doctor");
  const { form, send, explain } = useApplicant();
  const ask = useMutation({ mutationFn: () => send({ kind: "staff", role }), onError: explain });
  const submit = () => ask.mutate();
  if (ask.isSuccess) return <Asked name={ask.data.name} />;
  return (
    <AuthFrame title={t("request_title")} lead={t("request_lead")}>
      <Paper
        component="form"
        withBorder
        p="lg"
        radius="lg"
        noValidate
        onSubmit={form.onSubmit(submit)}
      >
        <Stack>
          <Refusal error={ask.error} onRetry={submit} />
          <RoleChoice role={role} onChange={setRole} />
          <ApplicantFields form={form} />
          <Button type="submit" size="md" loading={ask.isPending}>
            {t("request_send")}
          </Button>
        </Stack>
      </Paper>
      <Text size="sm">
        {t("patient_question")}{" "}
        <AnchorLink to="/register" inherit underline="always">
          {t("register")}
        </AnchorLink>
      </Text>
    </AuthFrame>
  );
}

function RoleChoice({ role, onChange }: { role: StaffRole; onChange: (role: StaffRole) => void }) {
  const { t } = useTranslation("auth");
  return (
    <Radio.Group
      label={t("work_as")}
      value={role}
      onChange={(value) => onChange(value as StaffRole)}
    >
      <Stack gap="xs" mt={6}>
        {ROLES.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`role_${one}`)}
            description={t(`role_${one}_words`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** What happens next, for somebody who can do nothing but wait. */
function Asked({ name }: { name: string }) {
  const { t } = useTranslation("auth");
  return (
    <AuthFrame title={t("asked_title")} lead={t("asked_lead", { name })}>
      <Paper withBorder p="lg" radius="lg" role="status">
        <Stack>
          <Text>{t("asked_words")}</Text>
          <ButtonLink to="/login" variant="light" style={{ alignSelf: "flex-start" }}>
            {t("to_log_in")}
          </ButtonLink>
        </Stack>
      </Paper>
    </AuthFrame>
  );
}
