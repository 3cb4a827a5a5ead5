import { List, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldValue, PrescriptionThen } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Consulting.module.css";
import type { Step } from "./fieldSteps";
import { MedicineLine } from "./PartWords";

/** One change of one field. */
export function FieldStep({ step }: { step: Step }) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  const reason = wordsOf(step.reason);
  return (
    <Paper withBorder p="sm">
      <Stack gap={6}>
        <Text size="sm" fw={600}>
          {step.byName || t("erased")}
        </Text>
        <Text size="xs" c="dimmed">
          {format.exact(step.at)} · {t(step.reason === null ? "as_draft" : "as_amendment")}
          {step.saves > 1 && ` · ${t("saved_times", { count: step.saves })}`}
        </Text>
        {reason !== undefined && (
          <Text size="sm" dir="auto">
            {t("because", { reason: reason ?? t("erased") })}
          </Text>
        )}
        {step.before !== null && (
          <div>
            <Text size="xs" c="dimmed">
              {t("before")}
            </Text>
            <div className={classes.gone}>
              <Value value={step.before} />
            </div>
          </div>
        )}
        <div>
          <Text size="xs" c="dimmed">
            {t("after")}
          </Text>
          <Value value={step.after} />
        </div>
      </Stack>
    </Paper>
  );
}

type Sealed = Exclude<FieldValue, PrescriptionThen[]>;

/** The words; null where they were erased, undefined where there are none. */
function wordsOf(value: Sealed): string | null | undefined {
  if (value === null) return undefined;
  if (typeof value === "object") return value.open;
  return value === "sealed" || value === "erased" ? null : value;
}

function Value({ value }: { value: FieldValue }) {
  const { t } = useTranslation("consulting");
  if (Array.isArray(value)) {
    if (value.length === 0) return <Text size="sm">{t("cleared")}</Text>;
    return (
      <List size="sm">
        {value.map(({ id, content }) => (
          <List.Item key={id}>
            {typeof content === "string" ? t("erased") : <Medicine medicine={content.open} />}
          </List.Item>
        ))}
      </List>
    );
  }
  const words = wordsOf(value);
  return (
    <Text size="sm" className={classes.words} dir="auto">
      {words === undefined ? t("cleared") : (words ?? t("erased"))}
    </Text>
  );
}

type Open = Exclude<PrescriptionThen["content"], string>["open"];

function Medicine({ medicine }: { medicine: Open }) {
  const { drug, dose, route, frequency, duration_days, instructions } = medicine;
  const row = {
    drug: drug ?? "",
    dose: dose ?? "",
    route: route ?? "",
    frequency: frequency ?? "",
    duration_days,
    instructions: instructions ?? "",
  };
  return <MedicineLine row={row} />;
}
