import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props<R extends string> {
  title: string;
  words: string;
  reasons: { value: R; label: string }[];
  /** What the button says that does it. */
  action: string;
  colour?: string;
  isPending: boolean;
  onClose: () => void;
  onChosen: (reason: R) => void;
  /** What went wrong, and what else can be done. */
  children?: ReactNode;
}

/** Asks why, before something is done that stands in the log with its reason. */
export function ReasonDialog<R extends string>(props: Props<R>) {
  const { title, words, reasons, action, colour = "calm", isPending, onClose, onChosen } = props;
  const { t } = useTranslation(["people", "app"]);
  const [reason, setReason] = useState<R | null>(null);
  const [missing, setMissing] = useState(false);
  const decide = () => {
    setMissing(reason === null);
    if (reason !== null) onChosen(reason);
  };
  return (
    <Modal opened onClose={onClose} title={title} centered withCloseButton={false}>
      <Stack>
        <Text>{words}</Text>
        <Radio.Group
          label={t("reason")}
          description={t("reason_kept")}
          value={reason}
          onChange={(value) => setReason(value as R)}
          error={missing && reason === null ? t("reason_missing") : null}
          required
        >
          <Stack gap="xs" my="xs">
            {reasons.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        {props.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app:cancel")}
          </Button>
          <Button color={colour} loading={isPending} onClick={decide}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
