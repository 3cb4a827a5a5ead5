import { Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isUuid } from "./filters";
import { nameFits } from "./nameMatch";
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
const NAME_MAX = 200;

/** Finds somebody by name, whatever became of them, or takes an account's id as it stands. */
export function PersonPicker({ value, onChange, patientsOnly = false, ...field }: Props) {
  const { t } = useTranslation("audit");
  const client = useQueryClient();
  const name = useNames();
  const [typed, setTyped] = useState("");
  // Of two people of one name, the one who was chosen stays told apart from the other.
  const [chosen, setChosen] = useState({ id: "", label: "" });
  const searched = typed.trim();
  const [asked] = useDebouncedValue(searched, REST_MS);
  const given = isUuid(searched) ? searched.toLowerCase() : null;
  const labelOf = (id: string) => (chosen.id === id ? chosen.label : name(id));
  const isChosen = value !== undefined && searched === labelOf(value);
  const wanted = asked.length >= LETTERS_MIN && asked === searched;
  const people = useQuery({
    ...peopleNamed(client, asked, patientsOnly),
    enabled: wanted && given === null && !isChosen,
    placeholderData: keepPreviousData,
  });
  const found = people.data?.people ?? [];
  const options = found.map(({ account_id: id, name }) => {
    const label = sharesName(found, name) ? `${name} · ${short(id)}` : name;
    return { value: id, label: id === chosen.id ? chosen.label : label };
  });
  for (const id of [value, given]) {
    if (id !== undefined && id !== null && !options.some((option) => option.value === id)) {
      options.push({ value: id, label: labelOf(id) });
    }
  }
  const offers = options.some(({ value, label }) => fits(value, label, searched));
  const status = () => {
    if (searched === "" || isChosen || given !== null) return "";
    if (searched.length < LETTERS_MIN) return t("person_type_more");
    if (people.isError) return t("person_not_looked_for");
    if (!wanted || people.isFetching) return "";
    if (people.data?.more) return t("person_more");
    return offers ? "" : t("person_not_found");
  };
  return (
    <div>
      <Select
        {...field}
        data={options}
        value={value ?? null}
        onChange={(id, option) => {
          if (option !== null) setChosen({ id: option.value, label: option.label });
          onChange(id ?? undefined);
        }}
        searchable
        clearable
        onSearchChange={setTyped}
        maxLength={NAME_MAX}
        filter={({ options: all, search }) =>
          all.filter((one) => "value" in one && fits(one.value, one.label, search.trim()))
        }
        placeholder={t("person_placeholder")}
        clearButtonProps={{ "aria-label": t("clear_field", { field: field.label }) }}
        autoComplete="off"
      />
      {/* Beside the field, because a list without options is none, and is not read out. */}
      <Text role="status" size="xs" c="dimmed" mt={4}>
        {status()}
      </Text>
    </div>
  );
}

function sharesName(known: { name: string }[], name: string): boolean {
  return known.filter((one) => one.name === name).length > 1;
}

function fits(id: string, label: string, searched: string): boolean {
  return searched.toLowerCase() === id || searched === label || nameFits(label, searched);
}
