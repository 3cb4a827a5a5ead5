import { Center, Loader } from "@mantine/core";

/** While something is on its way. */
export function Loading() {
  return (
    <Center py="xl" role="status" aria-busy="true">
      <Loader />
    </Center>
  );
}
