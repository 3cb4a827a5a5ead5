import { Button, Card, Group, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Format } from "~/api/schema";
import { Page } from "~/ui/Page";
import { AuditTabs } from "./AuditTabs";
import { ExportResult } from "./ExportResult";
import { isUuid } from "./filters";
import { InstantField } from "./InstantField";
import { PersonPicker } from "./PersonPicker";
import { useExport } from "./useExport";

interface Wanted {
  format: Format;
  from: string | undefined;
  to: string | undefined;
  person: string | undefined;
  patient: string | undefined;
  room: string;
}

/** Takes a part of the trail along as a file that says of itself whether it is complete. */
export function ExportPage() {
  const { t } = useTranslation("audit");
  return (
    <Page title={t("export_title")} lead={t("export_lead")}>
      <AuditTabs />
      <Export />
    </Page>
  );
}

function Export() {
  const { t } = useTranslation("audit");
  const { state, start, stop } = useExport();
  const form = useForm<Wanted>({
    initialValues: {
      format: "jsonl",
      from: undefined,
      to: undefined,
      person: undefined,
      patient: undefined,
      room: "",
    },
    validate: {
      room: (room) => (room.trim() === "" || isUuid(room.trim()) ? null : t("error_not_an_id")),
    },
  });
  const { values, errors, setFieldValue } = form;
  const submit = ({ format, from, to, person, patient, room }: Wanted) =>
    start({
      format,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(person === undefined ? {} : { actor: person }),
      ...(patient === undefined ? {} : { patient }),
      ...(room.trim() === "" ? {} : { stream: `chat_room/${room.trim()}` }),
    });
  return (
    <Card component="form" withBorder padding="lg" onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <InstantField
            label={t("filter_from")}
            value={values.from}
            onChange={(from) => setFieldValue("from", from)}
          />
          <InstantField
            label={t("filter_to")}
            value={values.to}
            onChange={(to) => setFieldValue("to", to)}
          />
          <PersonPicker
            label={t("filter_person")}
            value={values.person}
            onChange={(person) => setFieldValue("person", person)}
          />
          <PersonPicker
            label={t("filter_patient")}
            value={values.patient}
            onChange={(patient) => setFieldValue("patient", patient)}
            patientsOnly
          />
          <TextInput
            label={t("export_room")}
            placeholder={t("an_id")}
            value={values.room}
            onChange={({ currentTarget }) => setFieldValue("room", currentTarget.value)}
            error={errors.room}
          />
        </SimpleGrid>
        <Radio.Group
          label={t("export_format")}
          value={values.format}
          onChange={(format) => setFieldValue("format", format as Format)}
        >
          <Group mt="xs">
            <Radio value="jsonl" label="JSON Lines" />
            <Radio value="csv" label="CSV" />
          </Group>
        </Radio.Group>
        <Group>
          <Button
            type="submit"
            loading={state.status === "running"}
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t("export_start")}
          </Button>
          {state.status === "running" && (
            <Button variant="default" onClick={stop}>
              {t("stop")}
            </Button>
          )}
        </Group>
        <ExportResult state={state} />
        <Text size="xs" c="dimmed">
          {t("looks_are_recorded")}
        </Text>
      </Stack>
    </Card>
  );
}
