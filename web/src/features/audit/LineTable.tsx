import { Table, Text, UnstyledButton } from "@mantine/core";
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

/** Lines on a wide screen. What happened is what is pressed to see all of it. */
export function LineTable({ lines, onOpen }: Props) {
  const { t } = useTranslation("audit");
  return (
    <Table verticalSpacing="xs" highlightOnHover>
      <Table.Caption className={classes.caption}>{t("lines_caption")}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("column_when")}</Table.Th>
          <Table.Th scope="col">{t("column_who")}</Table.Th>
          <Table.Th scope="col">{t("column_what")}</Table.Th>
          <Table.Th scope="col">{t("column_outcome")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Row key={line.position} line={line} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ line, onOpen }: { line: TrailLine; onOpen: Props["onOpen"] }) {
  const format = useFormat();
  const code = useCodes();
  return (
    <Table.Tr>
      <Table.Td className={classes.when}>
        <time dateTime={line.at}>{format.exact(line.at)}</time>
      </Table.Td>
      <Table.Td>
        <Who line={line} />
      </Table.Td>
      <Table.Td>
        <UnstyledButton className={classes.open} onClick={() => onOpen(line)}>
          <Words fw={500}>{line.words}</Words>
          <Text size="xs" c="dimmed">
            {code("action", line.action)}
          </Text>
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <OutcomeMark outcome={line.outcome} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Who did it, and as what. */
export function Who({ line: { actor } }: { line: TrailLine }) {
  const { t } = useTranslation("audit");
  const code = useCodes();
  if (actor === null) return <Text size="sm">{t("the_server")}</Text>;
  return (
    <>
      <Text size="sm">{actor.name === "" ? t("erased_name") : actor.name}</Text>
      <Text size="xs" c="dimmed">
        {actor.role === null ? t("not_signed_in") : code("role", actor.role)}
      </Text>
    </>
  );
}
