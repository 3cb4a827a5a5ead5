import { Card, List, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useCodes } from "../useCodes";
import { Words } from "../Words";
import type { Change, MessageChange } from "./changes";

interface Props {
  changes: Change[];
  messages: Map<number, MessageChange[]>;
  /** Whether the record begins here. */
  first: boolean;
  /** Whether the step before is known, so that both can be held against each other. */
  known: boolean;
  line: TrailLine;
}

/** What the event changed, in a few words that are also read out. */
export function ChangeSummary({ changes, messages, first, known, line }: Props) {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const none = changes.length === 0 && messages.size === 0;
  return (
    <Card component="section" withBorder padding="md" role="status" aria-label={t("what_changed")}>
      <Title order={2} size="h4" mb="xs">
        {t("what_changed")}
      </Title>
      {!known && <Text c="dimmed">{t("comparing")}</Text>}
      {known && first && <Text>{t("it_begins_here")}</Text>}
      {known && !first && none && (
        <Text>{t("nothing_visible_changed", { action: code("action", line.action) })}</Text>
      )}
      {known && !first && !none && (
        <List spacing={6} size="sm">
          {[...messages].map(([number, what]) => (
            <List.Item key={`message ${number}`}>
              <b>{t("message_number", { number })}</b>:{" "}
              {what.map((change) => t(`message_${change}`)).join(", ")}
            </List.Item>
          ))}
          {changes.map((change) => (
            <List.Item key={change.key}>
              <b>
                <bdi>{change.label}</bdi>
              </b>
              : <Became change={change} />
            </List.Item>
          ))}
        </List>
      )}
      {line.outcome !== "success" && <Words>{line.words}</Words>}
    </Card>
  );
}

function Became({ change: { before, now } }: { change: Change }) {
  const { t } = useTranslation("audit");
  if (now === null) return t("change_gone", { before });
  if (before === null) return t("change_new", { now });
  if (before === now) return t("mark_rewritten");
  if (now.includes("\n") || now.length > 80) return t("mark_changed");
  return t("change_from_to", { before, now });
}
