import { Button, Grid, Group, NumberInput, Paper, Text, TextInput } from "@mantine/core";
import { IconPlayerStop, IconRotate, IconX } from "@tabler/icons-react";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { faultsOf, isBlank, type Row } from "./content";

interface Props {
  row: Row;
  number: number;
  signed: boolean;
  /** It was just added: one begins to write in it. */
  focus: boolean;
  onChange: (row: Row) => void;
  onDrop: (id: string) => void;
}

type Words = "drug" | "dose" | "frequency" | "route";
const WORDS: { field: Words; label: ParseKeys<"consulting">; span: number }[] = [
  { field: "drug", label: "drug", span: 5 },
  { field: "dose", label: "dose", span: 3 },
  { field: "frequency", label: "frequency", span: 4 },
  { field: "route", label: "route", span: 3 },
];

/** One medicine. Stopped, it stays in sight, so that it can be brought back. */
export function PrescriptionRow({ row, number, signed, focus, onChange, onDrop }: Props) {
  const { t } = useTranslation("consulting");
  const name = row.drug.trim() || t("medicine_number", { number });
  if (row.stopped) {
    return (
      <Paper withBorder p="sm">
        <Group justify="space-between">
          <Text c="dimmed">
            <s>{name}</s> · {t(signed ? "medicine_stopped" : "medicine_removed")}
          </Text>
          <Button
            variant="subtle"
            leftSection={<IconRotate size={18} aria-hidden />}
            onClick={() => onChange({ ...row, stopped: false })}
          >
            {t("bring_back", { name })}
          </Button>
        </Group>
      </Paper>
    );
  }
  const faults = faultsOf(row);
  const faultOf = (field: Words) =>
    (field === "drug" && faults.includes("drug_missing") && t("drug_missing")) ||
    (field === "dose" && faults.includes("dose_missing") && t("dose_missing"));
  const stop = () => (isBlank(row) ? onDrop(row.id) : onChange({ ...row, stopped: true }));
  return (
    <Paper withBorder p="sm" role="group" aria-label={name}>
      <Grid gap="sm">
        {WORDS.map(({ field, label, span }) => (
          <Grid.Col key={field} span={{ base: field === "drug" ? 12 : 6, sm: span }}>
            <TextInput
              label={t(label)}
              withAsterisk={field === "drug" || field === "dose"}
              data-autofocus={focus && field === "drug" ? true : undefined}
              autoFocus={focus && field === "drug"}
              value={row[field]}
              error={faultOf(field)}
              onChange={(event) => onChange({ ...row, [field]: event.currentTarget.value })}
            />
          </Grid.Col>
        ))}
        <Grid.Col span={{ base: 6, sm: 3 }}>
          <NumberInput
            label={t("duration_days")}
            min={1}
            max={3_650}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={row.duration_days ?? ""}
            error={faults.includes("bad_duration") && t("error_prescription_bad_duration")}
            onChange={(days) =>
              onChange({ ...row, duration_days: typeof days === "number" ? days : null })
            }
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <TextInput
            label={t("instructions")}
            value={row.instructions}
            error={faults.includes("too_long") && t("error_prescription_too_long")}
            onChange={(event) => onChange({ ...row, instructions: event.currentTarget.value })}
          />
        </Grid.Col>
      </Grid>
      <Group justify="flex-end" mt="xs">
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          leftSection={
            signed ? <IconPlayerStop size={16} aria-hidden /> : <IconX size={16} aria-hidden />
          }
          onClick={stop}
        >
          {t(signed ? "stop_medicine" : "remove_medicine", { name })}
        </Button>
      </Group>
    </Paper>
  );
}
