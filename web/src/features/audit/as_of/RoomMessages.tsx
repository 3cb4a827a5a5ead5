import { Badge, Button, Card, Center, Group, Stack, Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { MessageThen, RoomThen } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { useCodes } from "../useCodes";
import { useNames } from "../useNames";
import type { MessageChange } from "./changes";
import { written } from "./facts";
import classes from "./Moment.module.css";
import { earlierMessagesQuery } from "./queries";

interface Props {
  id: string;
  position: number;
  room: RoomThen;
  changes: Map<number, MessageChange[]>;
}

/** The messages of a room as they stood: the last ones, and those before as they are asked for. */
export function RoomMessages({ id, position, room, changes }: Props) {
  const { t } = useTranslation("audit");
  const first = room.messages[0]?.number ?? 0;
  const earlier = useInfiniteQuery(earlierMessagesQuery(id, position, first));
  const pages = earlier.data?.pages ?? [];
  const older = pages
    .toReversed()
    .flatMap(({ record }) => ("messages" in record ? record.messages : []));
  const more = pages.length === 0 ? room.more_before : earlier.hasNextPage;
  const load = () => (pages.length === 0 ? earlier.refetch() : earlier.fetchNextPage());
  const shown = [...older, ...room.messages];
  return (
    <Card component="section" withBorder padding="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("messages_then")}
        </Title>
        {earlier.isError && <ErrorNotice error={earlier.error} onRetry={() => void load()} />}
        {more && (
          <Center>
            <Button variant="default" loading={earlier.isFetching} onClick={() => void load()}>
              {t("earlier_messages")}
            </Button>
          </Center>
        )}
        {shown.length === 0 && <Text c="dimmed">{t("no_messages_then")}</Text>}
        <ol className={classes.messages}>
          {shown.map((message) => (
            <Message
              key={message.number}
              message={message}
              changes={changes.get(message.number) ?? []}
            />
          ))}
        </ol>
      </Stack>
    </Card>
  );
}

function Message({ message, changes }: { message: MessageThen; changes: MessageChange[] }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const name = useNames();
  return (
    <li className={classes.message} data-changed={changes.length > 0}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {name(message.author_id)}
        </Text>
        <Text size="xs" c="dimmed">
          {t("message_number", { number: message.number })} ·{" "}
          <time dateTime={message.posted_at}>{format.exact(message.posted_at)}</time>
        </Text>
      </Group>
      <Body message={message} />
      <Group gap="xs">
        {changes.map((change) => (
          <Badge key={change} variant="default" tt="none" size="sm">
            {t(`message_${change}`)}
          </Badge>
        ))}
        {message.edits > 0 && (
          <Text size="xs" c="dimmed">
            {t("edited_times", { count: message.edits })}
          </Text>
        )}
        {message.reactions.map(({ by, reaction }) => (
          <Text key={`${by} ${reaction}`} size="xs" c="dimmed">
            {t("reacted", { name: name(by), reaction: code("reaction", reaction) })}
          </Text>
        ))}
      </Group>
    </li>
  );
}

function Body({ message }: { message: MessageThen }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const name = useNames();
  const { body, hidden, retracted } = message;
  if (hidden) return <Text fs="italic">{t("is_hidden")}</Text>;
  if (retracted !== null) {
    const words = { name: name(retracted.by), at: format.exact(retracted.at) };
    return <Text fs="italic">{t("is_taken_back", words)}</Text>;
  }
  if (body === "sealed") {
    return (
      <Group gap={6} c="dimmed">
        <IconLock size={16} aria-hidden />
        <Text>{t("sealed")}</Text>
      </Group>
    );
  }
  return <Text className={classes.body}>{written(body, t)}</Text>;
}
