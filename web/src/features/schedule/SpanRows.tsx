import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Hours.module.css";
import { SPANS_MAX, type SpanRow, spanFaults, spanRow } from "./hours";

interface Props {
  /** Whose hours these are: said with each field, for who does not see the row. */
  name: string;
  rows: SpanRow[];
  onChange: (rows: SpanRow[]) => void;
}

/** The hours of one day: from when to when, as often as there is a break. */
export function SpanRows({ name, rows, onChange }: Props) {
  const { t } = useTranslation("schedule");
  const faults = spanFaults(rows);
  const id = useId();
  const add = () => onChange([...rows, nextRow(rows)]);
  const change = (row: SpanRow) => onChange(rows.map((one) => (one.id === row.id ? row : one)));
  return (
    <Stack gap="xs">
      {rows.map((row, index) => {
        const fault = faults.get(row.id);
        const words = fault === undefined ? undefined : t(`span_${fault}`);
        const about = { day: name, number: index + 1 };
        const described = words === undefined ? {} : { "aria-describedby": `${id}${row.id}` };
        return (
          <div key={row.id}>
            <Group gap={4}>
              <TextInput
                type="time"
                className={classes.time}
                aria-label={t("span_from", about)}
                value={row.from}
                error={words !== undefined}
                {...described}
                onChange={(event) => change({ ...row, from: event.currentTarget.value })}
              />
              <Text aria-hidden>–</Text>
              <TextInput
                type="time"
                className={classes.time}
                aria-label={t("span_to", about)}
                value={row.to}
                error={words !== undefined}
                {...described}
                onChange={(event) => change({ ...row, to: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t("span_remove", about)}
                onClick={() => onChange(rows.filter((one) => one.id !== row.id))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
              {index === rows.length - 1 && (
                <ActionIcon
                  variant="subtle"
                  size={32}
                  aria-label={t("span_add_to", { day: name })}
                  disabled={rows.length >= SPANS_MAX}
                  onClick={add}
                >
                  <IconPlus size={16} aria-hidden />
                </ActionIcon>
              )}
            </Group>
            {words !== undefined && (
              <Text id={`${id}${row.id}`} size="xs" c="error">
                {words}
              </Text>
            )}
          </div>
        );
      })}
      {rows.length === 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: "flex-start" }}
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={t("span_add_to", { day: name })}
          onClick={add}
        >
          {t("span_add")}
        </Button>
      )}
    </Stack>
  );
}

/** A morning first; after that the time has to be said. */
function nextRow(rows: SpanRow[]): SpanRow {
  return rows.length === 0 ? spanRow("09:00", "17:00") : spanRow();
}
