import { Badge, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SystemHealth } from "~/api/schema";
import classes from "~/features/system/system.module.css";
import { useReaderName } from "~/features/system/useReaderName";
import { useFormat } from "~/i18n/useFormat";

type Reader = SystemHealth["readers"][number];

interface Props {
  title: string;
  lead: string;
  readers: Reader[];
}

/** Readers of the log and how far each has come; those that stopped come first. */
export function Readers({ title, lead, readers }: Props) {
  const { t } = useTranslation("system");
  const sorted = [...readers].sort(
    (one, other) => Number(one.stopped === null) - Number(other.stopped === null),
  );
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      </div>
      <Table.ScrollContainer minWidth={440} type="native" tabIndex={0}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("name")}</Table.Th>
              <Table.Th scope="col">{t("state")}</Table.Th>
              <Table.Th scope="col">{t("position")}</Table.Th>
              <Table.Th scope="col">{t("behind")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((reader) => (
              <Line key={reader.name} reader={reader} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function Line({ reader }: { reader: Reader }) {
  const { number } = useFormat();
  const nameOf = useReaderName();
  return (
    <Table.Tr>
      <Table.Th scope="row">{nameOf(reader.name)}</Table.Th>
      <Table.Td>
        <State reader={reader} />
      </Table.Td>
      <Table.Td>{number(reader.position)}</Table.Td>
      <Table.Td>{number(reader.behind)}</Table.Td>
    </Table.Tr>
  );
}

function State({ reader: { active, stopped } }: { reader: Reader }) {
  const { t } = useTranslation("system");
  const { number } = useFormat();
  if (stopped === null) {
    return (
      <Badge variant="light" tt="none" color={active ? "green" : "gray"}>
        {active ? t("running") : t("elsewhere")}
      </Badge>
    );
  }
  return (
    <>
      <Badge variant="light" tt="none" color="red">
        {t("stopped_at", { position: number(stopped.position) })}
      </Badge>
      <Text size="xs" mt={4} className={classes.why}>
        {t("stopped_because", { reason: stopped.reason })}
      </Text>
    </>
  );
}
