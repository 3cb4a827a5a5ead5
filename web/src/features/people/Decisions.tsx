import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { User } from "~/api/schema";
import { DEACTIVATE_REASONS, RESTORE_REASONS } from "~/features/people/kinds";
import { useDecide } from "~/features/people/queries";
import { ReasonDialog } from "~/features/people/ReasonDialog";
import { RequestDecision } from "~/features/people/RequestDecision";
import { RoleChange } from "~/features/people/RoleChange";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";

/** What can be done with an account, as it stands. */
export function Decisions({ person }: { person: User }) {
  const { t } = useTranslation("people");
  if (person.status === "pending") {
    return (
      <Paper withBorder radius="lg" p={{ base: "md", sm: "lg" }}>
        <RequestDecision person={person} />
      </Paper>
    );
  }
  return (
    <>
      {person.status === "active" &&
        (person.role === "patient" ? (
          <Text c="dimmed">{t("patient_role")}</Text>
        ) : (
          <RoleChange person={person} />
        ))}
      {person.status === "active" && <Deactivate person={person} />}
      {person.status === "deactivated" && <Restore person={person} />}
    </>
  );
}

function Deactivate({ person }: { person: User }) {
  const { t } = useTranslation("people");
  const [asking, setAsking] = useState(false);
  const decide = useDecide(person.account_id, () => toast(t("deactivated")));
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  return (
    <Card title={t("deactivate")} words={t("deactivate_words")}>
      <Button variant="light" color="red" onClick={() => setAsking(true)}>
        {t("deactivate")}
      </Button>
      {asking && (
        <ReasonDialog
          title={t("deactivate")}
          words={t("deactivate_words")}
          reasons={DEACTIVATE_REASONS.map((value) => ({ value, label: t(`reason_${value}`) }))}
          action={t("deactivate")}
          colour="red"
          isPending={decide.isPending}
          onClose={close}
          onChosen={(reason) => decide.mutate({ what: "deactivate", reason })}
        >
          <WriteError error={decide.error} namespace="people" />
        </ReasonDialog>
      )}
    </Card>
  );
}

function Restore({ person }: { person: User }) {
  const { t } = useTranslation("people");
  const [asking, setAsking] = useState(false);
  const decide = useDecide(person.account_id, () => toast(t("restored")));
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  return (
    <Card title={t("restore")} words={t("restore_words")}>
      <Button variant="light" onClick={() => setAsking(true)}>
        {t("restore")}
      </Button>
      {asking && (
        <ReasonDialog
          title={t("restore")}
          words={t("restore_words")}
          reasons={RESTORE_REASONS.map((value) => ({ value, label: t(`reason_${value}`) }))}
          action={t("restore")}
          isPending={decide.isPending}
          onClose={close}
          onChosen={(reason) => decide.mutate({ what: "restore", reason })}
        >
          <WriteError error={decide.error} namespace="people" />
        </ReasonDialog>
      )}
    </Card>
  );
}

/** One thing to do, with what comes of it. */
export function Card({
  title,
  words,
  children,
}: {
  title: string;
  words: string;
  children: React.ReactNode;
}) {
  return (
    <Paper component="section" withBorder radius="lg" p={{ base: "md", sm: "lg" }}>
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap={4} maw={560}>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {words}
          </Text>
        </Stack>
        {children}
      </Group>
    </Paper>
  );
}
