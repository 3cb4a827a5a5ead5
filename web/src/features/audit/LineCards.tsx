import { Card, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Lines.module.css";
import { OutcomeMark } from "./OutcomeMark";
import { useCodes } from "./useCodes";
import { Words } from "./Words";

interface Props {
  lines: TrailLine[];
  onOpen: (line: TrailLine) => void;
}

/** Lines on a phone: the whole card is pressed to see all of it. */
export function LineCards({ lines, onOpen }: Props) {
  const { t } = useTranslation("audit");
  return (
    <Stack component="ul" gap="xs" className={classes.cards} aria-label={t("lines_caption")}>
      {lines.map((line) => (
        <li key={line.position}>
          <LineCard line={line} onOpen={() => onOpen(line)} />
        </li>
      ))}
    </Stack>
  );
}

function LineCard({ line, onOpen }: { line: TrailLine; onOpen: () => void }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const byWhom = ({ actor }: TrailLine) => {
    if (actor === null) return t("the_server");
    return actor.role === null ? "" : code("role", actor.role);
  };
  return (
    <Card component="button" type="button" withBorder padding="sm" onClick={onOpen}>
      <Stack gap={6}>
        <Words fw={500}>{line.words}</Words>
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed">
            <time dateTime={line.at}>{format.exact(line.at)}</time>
            {" · "}
            {byWhom(line)}
          </Text>
          <OutcomeMark outcome={line.outcome} />
        </Group>
      </Stack>
    </Card>
  );
}
