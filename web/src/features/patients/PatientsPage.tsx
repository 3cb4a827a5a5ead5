import { Button, Skeleton, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconUserSearch, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import { PersonAvatar } from "~/ui/PersonAvatar";
import classes from "./Patients.module.css";
import { type Patient, usePatients } from "./queries";

const PAUSE_MS = 250;

/** Everybody whom the doctor treats, by name. */
export function PatientsPage() {
  const { t } = useTranslation("patients");
  const [typed, setTyped] = useState("");
  const [name] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const patients = usePatients(name);
  const all = patients.data?.pages.flatMap((page) => page.patients);
  return (
    <Page title={t("title")}>
      <TextInput
        type="search"
        label={t("search")}
        description={t("search_hint")}
        leftSection={<IconSearch size={18} aria-hidden />}
        maxLength={120}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <VisuallyHidden role="status">
        {name !== "" && all !== undefined && t("found", { count: all.length })}
      </VisuallyHidden>
      {patients.isError && (
        <ErrorNotice error={patients.error} onRetry={() => void patients.refetch()} />
      )}
      {patients.isPending && <Waits />}
      {all?.length === 0 && <Nobody searched={name !== ""} />}
      {all !== undefined && all.length > 0 && (
        <ul className={classes.list}>
          {all.map((patient) => (
            <Line key={patient.roomId} patient={patient} />
          ))}
        </ul>
      )}
      {patients.hasNextPage && (
        <Button
          variant="light"
          loading={patients.isFetchingNextPage}
          onClick={() => void patients.fetchNextPage()}
        >
          {t("load_more")}
        </Button>
      )}
    </Page>
  );
}

function Line({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const name = patient.name || t("name_unknown");
  return (
    <li>
      <Link
        to="/patients/$patientId"
        params={{ patientId: patient.accountId }}
        className={classes.line}
      >
        <PersonAvatar name={name} />
        <span className={classes.who}>
          <Text component="span" fw={600}>
            {name}
          </Text>
          <Text component="span" size="sm" c="dimmed">
            {t("last_activity", { when: format.date(patient.lastActivityAt) })}
          </Text>
        </span>
      </Link>
    </li>
  );
}

function Nobody({ searched }: { searched: boolean }) {
  const { t } = useTranslation("patients");
  if (searched) {
    return (
      <EmptyState icon={IconUserSearch} title={t("nobody_found")}>
        {t("nobody_found_words")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconUsers} title={t("nobody")}>
      {t("nobody_words")}
    </EmptyState>
  );
}

function Waits() {
  return (
    <Stack gap="xs" aria-busy="true">
      {[0, 1, 2, 3].map((line) => (
        <Skeleton key={line} h={60} />
      ))}
    </Stack>
  );
}
