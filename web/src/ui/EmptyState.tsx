import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  /** What would fill it, and how to begin. */
  children?: ReactNode;
}

/** Says that there is nothing yet, and why that is fine. */
export function EmptyState({ icon: Picture, title, children }: Props) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md">
      <ThemeIcon size={56} radius="xl" variant="light">
        <Picture size={28} aria-hidden />
      </ThemeIcon>
      <Text fw={600} ta="center">
        {title}
      </Text>
      {children !== undefined && (
        <Text component="div" c="dimmed" size="sm" ta="center" maw={420}>
          {children}
        </Text>
      )}
    </Stack>
  );
}
