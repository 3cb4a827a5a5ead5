import { Center } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/EmptyState";

/** Beside the list, until a conversation is chosen. */
export function NoRoom() {
  const { t } = useTranslation("chat");
  return (
    <Center flex={1}>
      <EmptyState icon={IconMessages} title={t("choose_title")}>
        {t("choose_words")}
      </EmptyState>
    </Center>
  );
}
