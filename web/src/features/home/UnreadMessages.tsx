import { Badge, Card, Group, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WaitingMessages } from "~/api/schema";
import { noticesQuery } from "~/features/privacy/queries";
import { useFormat } from "~/i18n/useFormat";
import { Fetched } from "~/ui/Fetched";
import { AnchorLink, RowLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";
import rows from "~/ui/Rows.module.css";

const SHOWN = 4;

/** Conversations with something new to read, and the way to them. */
export function UnreadMessages() {
  const { t } = useTranslation("home");
  const query = useQuery(noticesQuery);
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="unread">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="unread">
            {t("patient_messages")}
          </Title>
          <AnchorLink to="/messages" size="sm" underline="always">
            {t("patient_all_messages")}
          </AnchorLink>
        </Group>
        <Fetched query={query} rows={1} rowHeight={56}>
          {({ messages }) =>
            messages.length === 0 ? (
              <Text c="dimmed">{t("patient_no_messages")}</Text>
            ) : (
              messages.slice(0, SHOWN).map((one) => <Waiting key={one.room_id} waiting={one} />)
            )
          }
        </Fetched>
      </Stack>
    </Card>
  );
}

function Waiting({ waiting }: { waiting: WaitingMessages }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { room_id, from, unread, last_at } = waiting;
  return (
    <RowLink to="/messages/$roomId" params={{ roomId: room_id }} p="sm">
      <Group wrap="nowrap" gap="sm">
        <PersonAvatar name={from.name} />
        <Stack gap={0} flex={1} miw={0}>
          <Text fw={600} className={rows.name}>
            {from.name}
          </Text>
          <Text size="sm" c="dimmed">
            {format.dateTime(last_at)}
          </Text>
        </Stack>
        <Badge circle={unread < 10} size="lg" variant="filled">
          <span aria-hidden>{format.number(unread)}</span>
        </Badge>
        <VisuallyHidden>{t("patient_unread", { count: unread })}</VisuallyHidden>
      </Group>
    </RowLink>
  );
}
