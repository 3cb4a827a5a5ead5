import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isUuid } from "./filters";
import { peopleQuery } from "./queries";
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

const SHOWN_MAX = 30;

/** Finds somebody by name among those the trail knows, or takes an account's id as it stands. */
export function PersonPicker({ value, onChange, patientsOnly = false, ...field }: Props) {
  const { t } = useTranslation("audit");
  const people = useQuery(peopleQuery);
  const name = useNames();
  const [typed, setTyped] = useState("");
  const known = (people.data ?? []).filter(({ patient }) => patient || !patientsOnly);
  const given = isUuid(typed.trim()) ? typed.trim().toLowerCase() : null;
  const options = known.map(({ account_id, name }) => ({
    value: account_id,
    label: sharesName(known, name) ? `${name} · ${short(account_id)}` : name,
  }));
  for (const id of [value, given]) {
    if (id !== undefined && id !== null && !options.some((option) => option.value === id)) {
      options.push({ value: id, label: name(id) });
    }
  }
  return (
    <Select
      {...field}
      data={options}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      searchable
      clearable
      onSearchChange={setTyped}
      limit={SHOWN_MAX}
      filter={({ options: all, search, limit }) =>
        all
          .filter((one) => "value" in one && fits(one.value, one.label, search))
          .slice(0, Math.min(limit, SHOWN_MAX))
      }
      placeholder={t("person_placeholder")}
      nothingFoundMessage={t("person_not_found")}
      clearButtonProps={{ "aria-label": t("clear_field", { field: field.label }) }}
      autoComplete="off"
    />
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
