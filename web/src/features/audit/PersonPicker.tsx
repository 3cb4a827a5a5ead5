import { Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isUuid } from "./filters";
import { peopleNamed } from "./people";
import { short, useNames } from "./useNames";

interface Props {
  label: string;
  description?: string;
  value: string | undefined;
  onChange: (accountId: string | undefined) => void;
  patientsOnly?: boolean;
  required?: boolean;
  error?: string | undefined;
}

/** From so many letters on, and so long after the last one, it is looked for. */
const LETTERS_MIN = 2;
const REST_MS = 250;

/** Finds somebody by name, whatever became of them, or takes an account's id as it stands. */
export function PersonPicker({ value, onChange, patientsOnly = false, ...field }: Props) {
  const { t } = useTranslation("audit");
  const client = useQueryClient();
  const name = useNames();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), REST_MS);
  const given = isUuid(typed.trim()) ? typed.trim().toLowerCase() : null;
  const isChosen = value !== undefined && asked === name(value);
  const people = useQuery({
    ...peopleNamed(client, asked, patientsOnly),
    enabled: asked.length >= LETTERS_MIN && given === null && !isChosen,
    placeholderData: keepPreviousData,
  });
  const known = people.data?.people ?? [];
  const options = known.map(({ account_id, name }) => ({
    value: account_id,
    label: sharesName(known, name) ? `${name} · ${short(account_id)}` : name,
  }));
  for (const id of [value, given]) {
    if (id !== undefined && id !== null && !options.some((option) => option.value === id)) {
      options.push({ value: id, label: name(id) });
    }
  }
  const searched = typed.trim();
  const nothing = () => {
    if (searched.length < LETTERS_MIN) return t("person_type_more");
    if (people.isError) return t("person_not_looked_for");
    return people.isFetching || asked !== searched ? "" : t("person_not_found");
  };
  const offers = options.some(({ value, label }) => fits(value, label, typed));
  return (
    <div>
      <Select
        {...field}
        data={options}
        value={value ?? null}
        onChange={(id) => onChange(id ?? undefined)}
        searchable
        clearable
        onSearchChange={setTyped}
        filter={({ options: all, search }) =>
          all.filter((one) => "value" in one && fits(one.value, one.label, search))
        }
        placeholder={t("person_placeholder")}
        clearButtonProps={{ "aria-label": t("clear_field", { field: field.label }) }}
        autoComplete="off"
      />
      {/* Beside the field, because a list without options is none, and is not read out. */}
      <Text role="status" size="xs" c="dimmed" mt={4}>
        {searched !== "" && !offers && nothing()}
      </Text>
    </div>
  );
}

function sharesName(known: { name: string }[], name: string): boolean {
  return known.filter((one) => one.name === name).length > 1;
}

/** Every word that was typed begins a word of the name; or the id was given. */
function fits(id: string, label: string, search: string): boolean {
  const typed = search.trim().toLowerCase();
  if (typed === id || typed === label.toLowerCase()) return true;
  const words = label.toLowerCase().split(/[\s.·-]+/);
  return typed
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part.replace(/\.$/, ""))));
}
