import { Card, Stack, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AsOf, TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { useCodes } from "../useCodes";
import { useNames } from "../useNames";
import { ChangeSummary } from "./ChangeSummary";
import { messageChanges } from "./changes";
import { FactList } from "./FactList";
import { FieldHistory } from "./FieldHistory";
import { factsOf, type Teller } from "./facts";
import classes from "./Moment.module.css";
import { RoomMessages } from "./RoomMessages";
import { useChanges } from "./useChanges";

interface Props {
  kind: string;
  id: string;
  now: AsOf;
  /** At the step before: null where there was none, undefined while it is on its way. */
  before: AsOf | null | undefined;
  line: TrailLine;
  /** Whether that is still of another moment than the slider stands at. */
  late: boolean;
}

/** A record at one moment: what it was, whose, who had looked, and what had just changed. */
export function Moment({ kind, id, now, before, line, late }: Props) {
  const { t } = useTranslation("audit");
  const teller = useTeller(now);
  const facts = useMemo(() => factsOf(now, teller), [now, teller]);
  const changes = useChanges(now, before, facts, teller);
  const messages = useMemo(() => messageChanges(before ?? null, now), [before, now]);
  const list = (title: string, items: typeof facts.record, empty?: string) => (
    <Card component="section" withBorder padding="md">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {items.length === 0 && <Text c="dimmed">{empty}</Text>}
      <FactList facts={items} changes={changes} />
    </Card>
  );
  return (
    <div className={classes.moment} data-late={late} aria-busy={late}>
      <div className={classes.changed}>
        <ChangeSummary
          changes={changes}
          messages={messages}
          first={before === null}
          known={before !== undefined && !late}
          line={line}
        />
      </div>
      <Stack gap="md" className={classes.record}>
        {"messages" in now.record && (
          <RoomMessages id={id} position={now.position} room={now.record} changes={messages} />
        )}
        {list(t("the_record"), facts.record)}
        {kind === "consultation" && <FieldHistory id={id} position={now.position} />}
      </Stack>
      <Stack gap="md" className={classes.people}>
        {list(t("who_had_access"), facts.people)}
        {list(t("who_had_looked"), facts.readers, t("nobody_had_looked"))}
        {facts.grants.length > 0 && list(t("grants_then"), facts.grants)}
      </Stack>
    </div>
  );
}

/** Names are those of that time, of the people whom the view names; else of today. */
function useTeller(now: AsOf): Teller {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const format = useFormat();
  const today = useNames();
  return useMemo(() => {
    const then = new Map(now.people.map((one) => [one.account_id, one.name]));
    return { t, code, format, name: (id: string) => then.get(id) || today(id) };
  }, [t, code, format, today, now]);
}
