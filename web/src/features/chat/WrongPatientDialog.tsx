import { Button, CopyButton, Group, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Dialog } from "~/ui/Dialog";

interface Props {
  roomId: string;
  number: number;
  onClose: () => void;
}

/**
 * For words that went to the wrong patient: an administrator hides them from both at once, and
 * needs to know which they are. The reference has none of them.
 */
export function WrongPatientDialog({ roomId, number, onClose }: Props) {
  const { t } = useTranslation("chat");
  const reference = `${window.location.origin}/messages/${roomId}#${number}`;
  return (
    <Dialog title={t("wrong_patient_title")} onClose={onClose}>
      <Text size="sm">{t("wrong_patient_words")}</Text>
      <TextInput
        label={t("reference")}
        value={reference}
        dir="ltr"
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("done")}
        </Button>
        <CopyButton value={reference}>
          {({ copied, copy }) => (
            <Button
              leftSection={
                copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
              }
              onClick={copy}
            >
              <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
    </Dialog>
  );
}
