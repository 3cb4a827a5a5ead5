import { Avatar, Indicator } from "@mantine/core";
import { usePicture } from "~/ui/usePicture";

interface Props {
  name: string;
  size?: number;
  /** Shows a dot when connected; nothing is shown when it is not known. */
  online?: boolean;
  /** Whose picture to show, where there is one; without it only initials are shown. */
  accountId?: string | null;
}

/**
 * A person's picture, or initials. The name stands beside it, so it says nothing to a screen
 * reader.
 */
export function PersonAvatar({ name, size = 36, online, accountId = null }: Props) {
  const src = usePicture(accountId);
  return (
    <Indicator disabled={online !== true} color="green" position="bottom-end" offset={4} withBorder>
      <Avatar
        key={src}
        src={src}
        name={withoutTitles(name)}
        size={size}
        variant="filled"
        color="calm"
        aria-hidden
        alt=""
      />
    </Indicator>
  );
}

/** "Dr. Ines Adler" is IA, not DI. */
function withoutTitles(name: string): string {
  return name.replace(/\b(Dr|Prof|Mr|Mrs|Ms)\.\s*/g, "");
}
