import { NativeSelect, SimpleGrid, Stack, Switch, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconStethoscope } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Specialty } from "~/api/schema";
import { SPECIALTIES } from "~/api/specialties";
import { DoctorCard } from "~/features/booking/DoctorCard";
import { doctorsQuery } from "~/features/booking/queries";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";

/** As long as somebody types, nothing is asked for. */
const PAUSE_MS = 250;

/** The hospital's doctors, by name, specialty and whether they can be reached now. */
export function FindDoctor() {
  const { t, i18n } = useTranslation("booking");
  const [name, setName] = useState("");
  const [specialty, setSpecialty] = useState<Specialty | null>(null);
  const [reachable, setReachable] = useState(false);
  const [settled] = useDebouncedValue(name.trim(), PAUSE_MS);
  const availability = reachable ? "available" : null;
  const query = useInfiniteQuery(doctorsQuery({ name: settled, specialty, availability }));
  const specialties = SPECIALTIES.map((value) => ({ value, label: t(`specialty_${value}`) }));
  specialties.sort((one, other) => one.label.localeCompare(other.label, i18n.language));
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} role="search" aria-label={t("find_title")}>
        <TextInput
          type="search"
          label={t("name")}
          placeholder={t("name_hint")}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          maxLength={120}
        />
        <NativeSelect
          label={t("specialty")}
          value={specialty ?? ""}
          onChange={({ currentTarget }) =>
            setSpecialty(SPECIALTIES.find((one) => one === currentTarget.value) ?? null)
          }
          data={[{ value: "", label: t("specialty_any") }, ...specialties]}
        />
        <Switch
          label={t("reachable_now")}
          checked={reachable}
          onChange={({ currentTarget }) => setReachable(currentTarget.checked)}
        />
      </SimpleGrid>
      <Fetched query={query} rowHeight={96}>
        {({ pages }) => {
          const doctors = pages.flatMap((page) => page.doctors);
          return (
            <Stack gap="lg">
              <VisuallyHidden role="status">{t("found", { count: doctors.length })}</VisuallyHidden>
              {doctors.length === 0 && (
                <EmptyState icon={IconStethoscope} title={t("nobody")}>
                  {t("nobody_words")}
                </EmptyState>
              )}
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                {doctors.map((doctor) => (
                  <DoctorCard key={doctor.account_id} doctor={doctor} />
                ))}
              </SimpleGrid>
              <LoadMore query={query} />
            </Stack>
          );
        }}
      </Fetched>
    </Stack>
  );
}
