import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { ConsultationBody } from "./ConsultationBody";
import { isEmpty, isWhole } from "./content";
import type { DraftKeeper, DraftView } from "./DraftKeeper";
import { useSign } from "./queries";

interface Props {
  consultationId: string;
  keeper: DraftKeeper;
  view: DraftView;
  opened: boolean;
  onClose: () => void;
}

/** Everything that will be signed, once more, before it is final. */
export function SignDialog({ consultationId, keeper, view, opened, onClose }: Props) {
  const { t } = useTranslation("consulting");
  const sign = useSign(consultationId);
  // What is signed is what the server has: so it has to have all that is shown here.
  useEffect(() => {
    if (opened) void keeper.flush();
  }, [opened, keeper]);
  const { content, standing } = view;
  const whole = isWhole(content);
  const empty = isEmpty(content);
  const confirm = () =>
    sign.mutate(view.version, {
      onSuccess: () => toast(t("signed_now")),
    });
  return (
    <Modal
      opened={opened && standing.state !== "conflict" && standing.state !== "over"}
      onClose={onClose}
      size="lg"
      title={t("sign_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text size="sm">{t("sign_words")}</Text>
        {empty && <Alert color="yellow">{t("error_consultation_empty")}</Alert>}
        {!whole && <Alert color="yellow">{t("sign_half_written")}</Alert>}
        <ConsultationBody content={content} />
        <WriteError namespace="consulting" error={sign.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("write_on")}
          </Button>
          <Button
            loading={sign.isPending || (opened && standing.state !== "saved" && !empty && whole)}
            disabled={empty || !whole}
            onClick={confirm}
          >
            {t("sign_final")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
