import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { User } from "~/api/schema";
import { asStaffRole, REFUSE_REASONS, STAFF_ROLES, type StaffRole } from "~/features/people/kinds";
import { useDecide } from "~/features/people/queries";
import { ReasonDialog } from "~/features/people/ReasonDialog";
import { useFormat } from "~/i18n/useFormat";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";

/** Somebody who asks to be let in: yes, perhaps as something else, or no. */
export function RequestDecision({ person }: { person: User }) {
  const { t } = useTranslation("people");
  const { dateTime } = useFormat();
  const [role, setRole] = useState<StaffRole>(asStaffRole(person.requested_role));
  const [refusing, setRefusing] = useState(false);
  const { name } = person;
  const approve = useDecide(person.account_id, () => toast(t("approved", { name })));
  const letIn = () => approve.mutate({ what: "approve", role });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {person.requested_role !== null &&
          t("asks_for", { role: t(`role_${person.requested_role}`) })}
        {" · "}
        {t("asked_at", { date: dateTime(person.registered_at) })}
      </Text>
      <Group align="flex-end" gap="sm">
        <Select
          label={t("let_in_as")}
          data={STAFF_ROLES.map((value) => ({ value, label: t(`role_${value}`) }))}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(value as StaffRole)}
          flex={{ base: "1 1 100%", xs: "0 0 210px" }}
        />
        <Button loading={approve.isPending} onClick={letIn} aria-label={t("approve_of", { name })}>
          {t("approve")}
        </Button>
        <Button
          variant="subtle"
          color="red"
          onClick={() => setRefusing(true)}
          aria-label={t("refuse_of", { name })}
        >
          {t("refuse")}
        </Button>
      </Group>
      <WriteError error={approve.error} namespace="people" />
      {refusing && <Refusal person={person} onClose={() => setRefusing(false)} />}
    </Stack>
  );
}

function Refusal({ person, onClose }: { person: User; onClose: () => void }) {
  const { t } = useTranslation("people");
  const { name } = person;
  const refuse = useDecide(person.account_id, () => toast(t("refused", { name })));
  return (
    <ReasonDialog
      title={t("refuse_of", { name })}
      words={t("refuse_words")}
      reasons={REFUSE_REASONS.map((value) => ({ value, label: t(`reason_${value}`) }))}
      action={t("refuse")}
      colour="red"
      isPending={refuse.isPending}
      onClose={onClose}
      onChosen={(reason) => refuse.mutate({ what: "refuse", reason })}
    >
      <WriteError error={refuse.error} namespace="people" />
    </ReasonDialog>
  );
}
