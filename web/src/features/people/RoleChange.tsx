import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { User } from "~/api/schema";
import { Card } from "~/features/people/Decisions";
import { asStaffRole, STAFF_ROLES, type StaffRole } from "~/features/people/kinds";
import { useDecide } from "~/features/people/queries";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";

/** Makes something else of a member of staff. */
export function RoleChange({ person }: { person: User }) {
  const { t } = useTranslation("people");
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t("change_role")} words={t("change_role_words")}>
      <Button variant="light" onClick={() => setAsking(true)}>
        {t("change_role")}
      </Button>
      {asking && <Dialog person={person} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Dialog({ person, onClose }: { person: User; onClose: () => void }) {
  const { t } = useTranslation(["people", "app"]);
  const [role, setRole] = useState<StaffRole>(asStaffRole(person.role));
  const decide = useDecide(person.account_id, () => {
    toast(t("role_changed"));
    onClose();
  });
  const change = () => decide.mutate({ what: "role", role });
  return (
    <Modal opened onClose={onClose} title={t("change_role")} centered withCloseButton={false}>
      <Stack>
        <Text>{t("change_role_words")}</Text>
        <Radio.Group
          label={t("new_role")}
          value={role}
          onChange={(value) => setRole(value as StaffRole)}
        >
          <Stack gap="xs" mt={6}>
            {STAFF_ROLES.map((one) => (
              <Radio key={one} value={one} label={t(`role_${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <WriteError error={decide.error} namespace="people" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app:cancel")}
          </Button>
          <Button loading={decide.isPending} disabled={role === person.role} onClick={change}>
            {t("change_role")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
