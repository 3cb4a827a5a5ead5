import { CloseButton, TextInput, Title } from "@mantine/core";
import { useDebouncedValue, useDocumentTitle } from "@mantine/hooks";
import { IconMessages, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/session/useSession";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Chat.module.css";
import { useRooms } from "./queries";
import { RoomRows } from "./RoomRows";
import { RoomsSkeleton } from "./RoomsSkeleton";
import { useDelivered } from "./useDelivered";

const TYPING_MS = 200;

/** Every conversation, the one with the latest message first, and a filter by name. */
export function RoomList({ openId }: { openId: string | undefined }) {
  const { t } = useTranslation("chat");
  useDocumentTitle(openId === undefined ? `${t("messages")} · Anamnesis` : document.title);
  const [name, setName] = useState("");
  const [asked] = useDebouncedValue(name.trim(), TYPING_MS);
  const { query, more } = useRooms(asked);
  useDelivered(query.data);
  return (
    <section className={classes.list} aria-label={t("conversations")}>
      <div className={classes.listHead}>
        <Title order={1} size="h2">
          {t("messages")}
        </Title>
        <TextInput
          type="search"
          aria-label={t("filter")}
          placeholder={t("filter")}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={
            name !== "" && (
              <CloseButton aria-label={t("filter_clear")} onClick={() => setName("")} />
            )
          }
        />
      </div>
      {query.isPending && <RoomsSkeleton />}
      {query.error !== null && query.data === undefined && (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.rooms.length === 0 && <Nothing name={asked} />}
      {query.data !== undefined && query.data.rooms.length > 0 && (
        <RoomRows
          rooms={query.data.rooms}
          openId={openId}
          onEnd={more}
          hasMore={query.data.next !== null}
        />
      )}
    </section>
  );
}

function Nothing({ name }: { name: string }) {
  const { t } = useTranslation("chat");
  const { role } = useMe();
  if (name !== "") return <EmptyState icon={IconSearch} title={t("nobody_found")} />;
  return (
    <EmptyState icon={IconMessages} title={t("no_rooms_title")}>
      {role === "patient" ? t("no_rooms_patient") : t("no_rooms_doctor")}
    </EmptyState>
  );
}
