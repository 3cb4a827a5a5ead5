import { Avatar, Indicator } from "@mantine/core";

interface Props {
  name: string;
  size?: number;
  /** Shows a dot when connected; nothing is shown when it is not known. */
  online?: boolean;
}

/** A person's initials. The name stands beside it, so it says nothing to a screen reader. */
export function PersonAvatar({ name, size = 36, online }: Props) {
  return (
    <Indicator disabled={online !== true} color="green" position="bottom-end" offset={4} withBorder>
      <Avatar name={name} size={size} variant="filled" color="calm.8" aria-hidden alt="" />
    </Indicator>
  );
}
