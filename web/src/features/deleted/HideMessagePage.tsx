import { Alert, Button, Group, NumberInput, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "~/features/deleted/deleted.module.css";
import { messageNumberIn, roomIdIn } from "~/features/deleted/kinds";
import { useHideMessage } from "~/features/deleted/queries";
import { AnchorLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import { WriteError } from "~/ui/WriteError";

/** For a message that went to the wrong patient: named by its number, and never seen. */
export function HideMessagePage() {
  const { t } = useTranslation("deleted");
  return (
    <Page title={t("hide_title")} lead={t("hide_lead")}>
      <AnchorLink to="/deleted" size="sm" style={{ alignSelf: "flex-start" }}>
        <Group gap={4} component="span">
          <IconArrowLeft size={16} className={classes.arrow} aria-hidden />
          {t("hide_back")}
        </Group>
      </AnchorLink>
      <HideForm />
    </Page>
  );
}

function HideForm() {
  const { t } = useTranslation("deleted");
  const hide = useHideMessage();
  const form = useForm({
    initialValues: { room: "", number: "" as number | string },
    validate: {
      room: (text) => (roomIdIn(text) === null ? t("hide_room_wrong") : null),
      number: (value) => (Number(value) >= 1 ? null : t("hide_number_wrong")),
    },
  });
  const submit = form.onSubmit(({ room, number }) => {
    const roomId = roomIdIn(room);
    if (roomId !== null) {
      hide.mutate({ roomId, number: Number(number) }, { onSuccess: () => form.reset() });
    }
  });
  /** The number in a reference belongs to its conversation, and goes with it. */
  const name = (text: string) => {
    const before = messageNumberIn(form.values.room);
    const number = messageNumberIn(text);
    form.setFieldValue("room", text);
    if (number !== null) form.setFieldValue("number", number);
    else if (before !== null) form.setFieldValue("number", "");
  };
  return (
    <Paper
      component="form"
      withBorder
      radius="lg"
      p={{ base: "md", sm: "lg" }}
      noValidate
      onSubmit={submit}
    >
      <Stack>
        <Text>{t("hide_words")}</Text>
        <TextInput
          label={t("hide_room")}
          description={t("hide_room_hint")}
          dir="ltr"
          autoComplete="off"
          required
          {...form.getInputProps("room")}
          onChange={(event) => name(event.currentTarget.value)}
        />
        <NumberInput
          label={t("hide_number")}
          description={t("hide_number_hint")}
          min={1}
          allowDecimal={false}
          hideControls
          required
          maw={260}
          {...form.getInputProps("number")}
        />
        <div role="status">
          {hide.isSuccess && <Alert color="green" title={t("hide_done")} />}
          <WriteError error={hide.error} namespace="deleted" />
        </div>
        <Button
          type="submit"
          color="red"
          loading={hide.isPending}
          style={{ alignSelf: "flex-start" }}
        >
          {t("hide_send")}
        </Button>
      </Stack>
    </Paper>
  );
}
