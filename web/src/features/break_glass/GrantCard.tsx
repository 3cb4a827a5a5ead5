import { Badge, Card, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconHourglass, IconLockOpen, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Grant } from "~/api/schema";
import { isOpen } from "~/features/audit/queries";
import { useFormat } from "~/i18n/useFormat";
import { useMe } from "~/session/useSession";
import { ButtonLink } from "~/ui/links";

/** One grant: whose record, opened by whom, for how long, and what became of it. */
export function GrantCard({ grant }: { grant: Grant }) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const { accountId } = useMe();
  const own = grant.officer.account_id === accountId;
  const patient = grant.patient.name || t("erased_name");
  const officer = grant.officer.name || t("erased_name");
  return (
    <Card component="article" withBorder padding="md">
      <Group justify="space-between" gap="sm">
        <Stack gap={2}>
          <Text fw={600}>{patient}</Text>
          <Text size="sm" c="dimmed">
            {own ? t("opened_by_you") : t("opened_by", { name: officer })} ·{" "}
            <time dateTime={grant.granted_at}>{format.exact(grant.granted_at)}</time> –{" "}
            {format.exact(grant.ended_at ?? grant.expires_at)}
          </Text>
        </Stack>
        <Group gap="sm">
          <GrantMark grant={grant} />
          <ButtonLink
            to="/break-glass/$grantId"
            params={{ grantId: grant.grant_id }}
            size="xs"
            variant="light"
            aria-label={t("look_at_grant", { name: patient, at: format.exact(grant.granted_at) })}
          >
            {t("look")}
          </ButtonLink>
        </Group>
      </Group>
    </Card>
  );
}

/** How far it has come: a picture, a colour and words. */
export function GrantMark({ grant }: { grant: Grant }) {
  const { t } = useTranslation("break_glass");
  const [label, Picture, color] = isOpen(grant, Date.now())
    ? ([t("mark_open"), IconLockOpen, "orange"] as const)
    : grant.review === null
      ? ([t("mark_to_review"), IconHourglass, "blue"] as const)
      : grant.review.verdict === "justified"
        ? ([t("mark_justified"), IconCheck, "teal"] as const)
        : ([t("mark_not_justified"), IconX, "red"] as const);
  return (
    <Badge
      variant="default"
      tt="none"
      fw={500}
      leftSection={<Picture size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />}
    >
      {label}
    </Badge>
  );
}
