import { Skeleton, Stack } from "@mantine/core";

const BUBBLES = ["45%", "60%", "30%", "52%", "38%"];

/** Bubbles of both sides, while the conversation is on its way. */
export function ConversationSkeleton() {
  return (
    <Stack p="md" flex={1} justify="flex-end" role="status" aria-busy="true">
      {BUBBLES.map((width, at) => (
        <Skeleton
          key={width}
          h={40}
          w={width}
          radius="lg"
          style={{ alignSelf: at % 2 === 0 ? "flex-start" : "flex-end" }}
        />
      ))}
    </Stack>
  );
}
