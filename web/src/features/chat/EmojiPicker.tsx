import { ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EMOJI, type EmojiGroup, findEmoji } from "./emoji";
import { Grid } from "./Grid";

const COLUMNS = 8;
const GROUPS = Object.keys(EMOJI) as EmojiGroup[];

/** A few dozen common emoji, in groups, found by their names in either language. */
export function EmojiPicker({ onChoose }: { onChoose: (picture: string) => void }) {
  const { t, i18n } = useTranslation("chat");
  const [words, setWords] = useState("");
  const language = i18n.language === "ar" ? "ar" : "en";
  const groups = GROUPS.map((group) => ({ group, found: findEmoji(EMOJI[group], words) }));
  const none = groups.every(({ found }) => found.length === 0);
  return (
    <Stack gap="xs">
      <TextInput
        type="search"
        aria-label={t("emoji_search")}
        placeholder={t("emoji_search")}
        value={words}
        data-autofocus
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={240} type="auto" offsetScrollbars scrollbars="y">
        <Stack gap="xs">
          {none && (
            <Text size="sm" c="dimmed" role="status">
              {t("emoji_none")}
            </Text>
          )}
          {groups.map(
            ({ group, found }) =>
              found.length > 0 && (
                <div key={group}>
                  <Text size="xs" c="dimmed" aria-hidden>
                    {t(`emoji_${group}`)}
                  </Text>
                  <Grid
                    label={t(`emoji_${group}`)}
                    columns={COLUMNS}
                    cells={found.map((emoji) => ({
                      key: emoji.picture,
                      picture: emoji.picture,
                      name: emoji[language],
                    }))}
                    onChoose={onChoose}
                  />
                </div>
              ),
          )}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  );
}
