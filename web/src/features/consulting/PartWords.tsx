import { List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Consulting.module.css";
import { type Content, isBlank, type Part, type Row } from "./content";

/** What one part of a consultation says, to be read. */
export function PartWords({ content, part }: { content: Content; part: Part }) {
  const format = useFormat();
  if (part === "prescriptions") {
    const rows = content.prescriptions.filter((row) => !row.stopped && !isBlank(row));
    if (rows.length === 0) return <Nothing />;
    return (
      <List size="sm" spacing={4}>
        {rows.map((row) => (
          <List.Item key={row.id}>
            <MedicineLine row={row} />
          </List.Item>
        ))}
      </List>
    );
  }
  const words = content[part];
  if (words.trim() === "") return <Nothing />;
  return (
    <Text size="sm" className={classes.words} dir="auto">
      {part === "review_on" ? format.day(calendarDay(words)) : words}
    </Text>
  );
}

function Nothing() {
  const { t } = useTranslation("consulting");
  return (
    <Text size="sm" c="dimmed">
      {t("nothing_written")}
    </Text>
  );
}

type Line = Omit<Row, "id" | "stopped">;

/**
 * A medicine in one line: what, how much, how often, how long. What somebody wrote keeps its own
 * direction: a dose must not be turned round on a page that runs the other way.
 */
export function MedicineLine({ row }: { row: Line }) {
  const { t } = useTranslation("consulting");
  const days = row.duration_days === null ? "" : t("for_days", { count: row.duration_days });
  const taken = [row.dose, row.frequency, row.route].filter((text) => text !== "").join(" · ");
  return (
    <>
      <Text component="span" size="sm" fw={600}>
        <bdi>{row.drug}</bdi>
      </Text>
      {taken !== "" && " · "}
      <bdi>{taken}</bdi>
      {days !== "" && ` · ${days}`}
      {row.instructions !== "" && (
        <Text size="sm" c="dimmed">
          <bdi>{row.instructions}</bdi>
        </Text>
      )}
    </>
  );
}
