import { Text } from "@mantine/core";

/**
 * A sentence of the trail. The server tells it in English, whatever the page's language is, so
 * it says so to who reads it aloud and keeps its own direction.
 */
export function Words({ children, fw = 400 }: { children: string; fw?: number }) {
  return (
    <Text component="bdi" lang="en" size="sm" fw={fw} style={{ overflowWrap: "anywhere" }}>
      {children}
    </Text>
  );
}
