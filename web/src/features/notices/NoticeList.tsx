import { Button, Group, ScrollArea, Skeleton, Stack, Text } from "@mantine/core";
import { IconBellCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { NoticeRow } from "./NoticeRow";
import { useNotices, useSeeNotices } from "./queries";

/** The notices, the latest first. What was shown here was seen, on all devices of the account. */
export function NoticeList({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation("notices");
  const notices = useNotices();
  const { mutate: see } = useSeeNotices();
  const newest = notices.data?.[0];
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (newest === undefined || newest.seen || said.current === newest.cursor) return;
    said.current = newest.cursor;
    see(newest.cursor);
  }, [newest, see]);
  return (
    <Stack gap={0} tabIndex={-1} data-autofocus>
      <Group p="md" pb="xs">
        <Text fw={650}>{t("notices")}</Text>
      </Group>
      <ScrollArea.Autosize mah="min(60vh, 480px)" type="auto">
        {notices.isPending && (
          <Stack p="md" role="status" aria-busy="true">
            <Skeleton h={36} />
            <Skeleton h={36} />
          </Stack>
        )}
        {notices.error !== null && (
          <ErrorNotice error={notices.error} onRetry={() => void notices.refetch()} />
        )}
        {notices.data?.length === 0 && <EmptyState icon={IconBellCheck} title={t("none")} />}
        <Stack gap={0} role="list">
          {notices.data?.map((notice) => (
            <NoticeRow key={notice.cursor} notice={notice} onGo={onGo} />
          ))}
        </Stack>
        {notices.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            radius={0}
            loading={notices.isFetchingNextPage}
            onClick={() => void notices.fetchNextPage()}
          >
            {t("more")}
          </Button>
        )}
      </ScrollArea.Autosize>
    </Stack>
  );
}
