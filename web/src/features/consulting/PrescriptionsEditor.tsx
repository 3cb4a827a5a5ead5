import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newRow, PRESCRIPTIONS_MAX, type Row } from "./content";
import { PrescriptionRow } from "./PrescriptionRow";

interface Props {
  rows: Row[];
  signed: boolean;
  onChange: (rows: Row[]) => void;
}

/** All medicines of a consultation: add one, change it, stop it. */
export function PrescriptionsEditor({ rows, signed, onChange }: Props) {
  const { t } = useTranslation("consulting");
  const [added, setAdded] = useState<string | null>(null);
  const add = () => {
    const row = newRow();
    setAdded(row.id);
    onChange([...rows, row]);
  };
  const change = (changed: Row) =>
    onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  const drop = (id: string) => onChange(rows.filter((row) => row.id !== id));
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t("prescriptions")}
          </Title>
          <Button
            variant="light"
            leftSection={<IconPlus size={18} aria-hidden />}
            disabled={rows.length >= PRESCRIPTIONS_MAX}
            onClick={add}
          >
            {t("add_medicine")}
          </Button>
        </Group>
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("prescriptions_empty")}
          </Text>
        )}
        {rows.map((row, index) => (
          <PrescriptionRow
            key={row.id}
            row={row}
            number={index + 1}
            signed={signed}
            focus={row.id === added}
            onChange={change}
            onDrop={drop}
          />
        ))}
      </Stack>
    </Paper>
  );
}
