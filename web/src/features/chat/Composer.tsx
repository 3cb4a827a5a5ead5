import { ActionIcon, Alert, Button, Group, Text, Textarea } from "@mantine/core";
import { IconLock, IconPencil, IconSend2 } from "@tabler/icons-react";
import { type KeyboardEvent, memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Chat.module.css";
import { CommandError } from "./CommandError";
import { EmojiButton } from "./EmojiButton";
import { BODY_BYTES_MAX, useComposer } from "./useComposer";

/** From here on it is shown how much room is left. */
const NEAR = 0.9;

interface Props {
  roomId: string;
  /** Of the other one. */
  name: string;
  closed: boolean;
  /** The own message whose words are changed, if one is. */
  editing: Message | null;
  onDone: () => void;
}

/**
 * Where one writes. Enter sends, Shift and Enter begins a new line. It does not hear of messages
 * that come, so that typing never waits for them.
 */
export const Composer = memo(function Composer(props: Props) {
  const { roomId, name, closed, editing, onDone } = props;
  const { t } = useTranslation("chat");
  const { number } = useFormat();
  const field = useRef<HTMLTextAreaElement>(null);
  const composer = useComposer(roomId, editing, onDone);
  const { words, bytes, write, send, error, isSending } = composer;
  if (closed) {
    return (
      <Alert className={classes.closed} icon={<IconLock aria-hidden />} title={t("closed_title")}>
        {t("closed_words")}
      </Alert>
    );
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" && editing !== null) onDone();
    // While an input method composes a word, Enter chooses it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const tooLong = bytes > BODY_BYTES_MAX;
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {editing !== null && (
        <Group gap="xs" wrap="nowrap" className={classes.editing}>
          <IconPencil size={16} aria-hidden />
          <Text size="sm" flex={1}>
            {t("editing")}
          </Text>
          <Button size="compact-sm" variant="subtle" onClick={onDone}>
            {t("cancel")}
          </Button>
        </Group>
      )}
      <CommandError error={error} />
      <div className={classes.writing}>
        <EmojiButton onChoose={(picture) => insert(field.current, picture, write)} />
        <Textarea
          ref={field}
          flex={1}
          autosize
          minRows={1}
          maxRows={7}
          dir="auto"
          aria-label={editing === null ? t("write_to", { name }) : t("editing")}
          placeholder={t("write")}
          value={words}
          data-autofocus={editing !== null || undefined}
          autoFocus={editing !== null}
          error={tooLong && t("error_message_too_long")}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={keys}
        />
        <ActionIcon
          type="submit"
          size={40}
          radius="xl"
          loading={isSending}
          disabled={words.trim() === "" || tooLong}
          aria-label={editing === null ? t("send") : t("save")}
        >
          <IconSend2 size={20} className={classes.mirrored} aria-hidden />
        </ActionIcon>
      </div>
      {bytes > BODY_BYTES_MAX * NEAR && (
        <Text size="xs" c={tooLong ? "error" : "dimmed"} role="status">
          {t("bytes", { bytes: number(bytes), most: number(BODY_BYTES_MAX) })}
        </Text>
      )}
    </form>
  );
});

/** In place of what is selected; the caret goes behind it. */
function insert(field: HTMLTextAreaElement | null, picture: string, write: (to: string) => void) {
  if (field === null) return;
  field.setRangeText(picture, field.selectionStart, field.selectionEnd, "end");
  write(field.value);
  field.focus();
}
