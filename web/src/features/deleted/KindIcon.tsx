import { ThemeIcon } from "@mantine/core";
import {
  type Icon,
  IconCalendarEvent,
  IconMessage,
  IconNotes,
  IconUserOff,
} from "@tabler/icons-react";
import type { DeletedKind } from "~/api/schema";

const PICTURES: Record<DeletedKind, Icon> = {
  message: IconMessage,
  appointment: IconCalendarEvent,
  consultation: IconNotes,
  account: IconUserOff,
};

/** What kind of thing it is, for the eye; the word stands beside it. */
export function KindIcon({ kind }: { kind: DeletedKind }) {
  const Picture = PICTURES[kind];
  return (
    <ThemeIcon size={40} radius="md" variant="light">
      <Picture size={22} stroke={1.7} aria-hidden />
    </ThemeIcon>
  );
}
