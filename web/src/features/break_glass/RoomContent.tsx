import { Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Message } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { useNames } from "~/features/audit/useNames";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import classes from "./Content.module.css";
import { messagesQuery } from "./queries";

/** A conversation, read under a grant: the latest messages, and those before as asked for. */
export function RoomContent({ grantId, id }: { grantId: string; id: string }) {
  const { t } = useTranslation("break_glass");
  const query = useInfiniteQuery(messagesQuery(grantId, id));
  if (query.isPending) return <Placeholders rows={4} />;
  if (query.isError && query.data === undefined) {
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const messages = query.data.pages.toReversed().flatMap((page) => page.messages);
  return (
    <>
      <Title order={2} size="h3">
        {t("records_room")}
      </Title>
      <LoadMore query={query} label={t("earlier_messages")} />
      {messages.length === 0 && <Text c="dimmed">{t("no_messages")}</Text>}
      <Stack component="ol" gap="sm" className={classes.list}>
        {messages.map((message) => (
          <Said key={message.number} message={message} />
        ))}
      </Stack>
    </>
  );
}

function Said({ message }: { message: Message }) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const name = useNames();
  const { body, edits } = message;
  return (
    <li className={classes.item}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {name(message.author_id)}
        </Text>
        <Text size="xs" c="dimmed">
          <time dateTime={message.posted_at}>{format.exact(message.posted_at)}</time>
          {edits > 0 && ` · ${t("edited_times", { count: edits })}`}
        </Text>
      </Group>
      {body === null ? (
        <Text fs="italic">{t(whyWithoutWords(message))}</Text>
      ) : (
        <Text className={classes.words}>{body}</Text>
      )}
    </li>
  );
}

function whyWithoutWords({ hidden, retracted }: Message) {
  if (hidden) return "is_hidden";
  return retracted ? "is_taken_back" : "erased";
}
