import { Button, Card, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Page } from "~/ui/Page";
import { AuditTabs } from "./AuditTabs";
import { PersonPicker } from "./PersonPicker";
import { ReplayList } from "./ReplayList";
import { type ReplayQuery, useReplay } from "./useReplay";

const POSITION = /^\d{1,15}$/;
const STREAM = /^[a-z_]+\/[\w-]+$/;

/** The log as it was told, from one position to another: every event, in order. */
export function ReplayPage() {
  const { t } = useTranslation("audit");
  const { replay, start, stop } = useReplay();
  return (
    <Page title={t("replay_title")} lead={t("replay_lead")}>
      <AuditTabs />
      <Wanted onStart={start} onStop={stop} running={replay.status === "running"} />
      <ReplayList replay={replay} />
    </Page>
  );
}

interface Props {
  onStart: (query: ReplayQuery) => void;
  onStop: () => void;
  running: boolean;
}

function Wanted({ onStart, onStop, running }: Props) {
  const { t } = useTranslation("audit");
  const isPosition = (text: string) =>
    text === "" || POSITION.test(text.trim()) ? null : t("error_not_a_position");
  const form = useForm({
    initialValues: { from: "", to: "", stream: "", actor: undefined as string | undefined },
    validate: {
      from: isPosition,
      to: isPosition,
      stream: (text) => (text === "" || STREAM.test(text.trim()) ? null : t("error_not_a_stream")),
    },
  });
  const submit = ({ from, to, stream, actor }: typeof form.values) =>
    onStart({
      ...(from === "" ? {} : { from: from.trim() }),
      ...(to === "" ? {} : { to: to.trim() }),
      ...(stream === "" ? {} : { stream: stream.trim() }),
      ...(actor === undefined ? {} : { actor }),
    });
  return (
    <Card component="form" withBorder padding="md" onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput
            label={t("replay_from")}
            description={t("replay_from_words")}
            inputMode="numeric"
            {...form.getInputProps("from")}
          />
          <TextInput
            label={t("replay_to")}
            description={t("replay_to_words")}
            inputMode="numeric"
            {...form.getInputProps("to")}
          />
          <TextInput
            label={t("replay_stream")}
            description={t("replay_stream_words")}
            {...form.getInputProps("stream")}
          />
          <PersonPicker
            label={t("filter_person")}
            description={t("replay_person_words")}
            value={form.values.actor}
            onChange={(actor) => form.setFieldValue("actor", actor)}
          />
        </SimpleGrid>
        <Group>
          <Button
            type="submit"
            loading={running}
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
          >
            {t("replay_start")}
          </Button>
          {running && (
            <Button variant="default" onClick={onStop}>
              {t("stop")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
