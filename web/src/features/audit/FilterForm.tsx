import { Button, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "~/api/schema";
import { actions } from "./actions";
import { type Filters, filtersOf, isUuid } from "./filters";
import { InstantField } from "./InstantField";
import { PersonPicker } from "./PersonPicker";
import { useCodes } from "./useCodes";

interface Props {
  filters: Filters;
  onSearch: (filters: Filters) => void;
}

const outcomes: Outcome[] = ["success", "denied", "failed"];

/** What the trail is searched by. All that is given must hold. */
export function FilterForm({ filters, onSearch }: Props) {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const anId = (text: string | undefined) =>
    text === undefined || text === "" || isUuid(text.trim()) ? null : t("error_not_an_id");
  const form = useForm<Filters>({
    initialValues: filters,
    validate: {
      record: anId,
      request_id: anId,
      to: (to, { from }) =>
        to !== undefined && from !== undefined && to <= from ? t("error_ends_before") : null,
    },
  });
  const { values, errors, setFieldValue } = form;
  const set =
    <Name extends keyof Filters>(name: Name) =>
    (value: Filters[Name]) =>
      setFieldValue(name, value as never);
  const text = (name: "record" | "request_id") => ({
    value: values[name] ?? "",
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set(name)(event.target.value),
    error: errors[name],
  });
  return (
    <form onSubmit={form.onSubmit((given) => onSearch(filtersOf(trimmed(given))))} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
          <PersonPicker label={t("filter_person")} value={values.person} onChange={set("person")} />
          <PersonPicker
            label={t("filter_patient")}
            value={values.patient}
            onChange={set("patient")}
            patientsOnly
          />
          <Select
            label={t("filter_action")}
            placeholder={t("any")}
            data={actions.map((value) => ({ value, label: code("action", value) }))}
            value={values.action ?? null}
            onChange={(value) => set("action")(value ?? undefined)}
            searchable
            clearable
            clearButtonProps={{ "aria-label": t("clear_field", { field: t("filter_action") }) }}
          />
          <Select
            label={t("filter_outcome")}
            placeholder={t("any")}
            data={outcomes.map((value) => ({ value, label: code("outcome", value) }))}
            value={values.outcome ?? null}
            onChange={(value) => set("outcome")((value as Outcome | null) ?? undefined)}
            clearable
            clearButtonProps={{ "aria-label": t("clear_field", { field: t("filter_outcome") }) }}
          />
          <InstantField label={t("filter_from")} value={values.from} onChange={set("from")} />
          <InstantField
            label={t("filter_to")}
            value={values.to}
            onChange={set("to")}
            error={errors.to?.toString()}
          />
          <TextInput label={t("filter_record")} placeholder={t("an_id")} {...text("record")} />
          <TextInput label={t("filter_request")} placeholder={t("an_id")} {...text("request_id")} />
        </SimpleGrid>
        <Group gap="sm">
          <Button type="submit" leftSection={<IconSearch size={18} aria-hidden />}>
            {t("search")}
          </Button>
          <Button variant="default" onClick={() => onSearch({})}>
            {t("clear_all")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function trimmed(given: Filters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "string" ? value.trim() : value,
    ]),
  );
}
