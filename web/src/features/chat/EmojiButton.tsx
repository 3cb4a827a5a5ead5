import { ActionIcon, Popover } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "~/ui/Loading";
import { lazyPart } from "~/ui/part";

const EmojiPicker = lazyPart(() => import("./EmojiPicker"), "EmojiPicker");

/** Opens the emoji beside the place where one writes. */
export function EmojiButton({ onChoose }: { onChoose: (picture: string) => void }) {
  const { t } = useTranslation("chat");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="top-start" width={332}>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t("emoji")}
          onClick={() => setOpened(!opened)}
        >
          <IconMoodSmile size={22} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t("emoji")}>
        <Suspense fallback={<Loading />}>
          <EmojiPicker
            onChoose={(picture) => {
              setOpened(false);
              onChoose(picture);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
