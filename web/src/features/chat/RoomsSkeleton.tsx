import { Group, Skeleton, Stack } from "@mantine/core";

const ROWS = ["a", "b", "c", "d", "e", "f"];

/** Rows of the size that the conversations will have. */
export function RoomsSkeleton() {
  return (
    <Stack gap={0} role="status" aria-busy="true">
      {ROWS.map((row) => (
        <Group key={row} h={72} px="md" wrap="nowrap">
          <Skeleton circle h={40} w={40} miw={40} />
          <Stack gap={8} flex={1}>
            <Skeleton h={12} w="55%" />
            <Skeleton h={10} w="85%" />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
