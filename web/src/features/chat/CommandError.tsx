import { Text } from "@mantine/core";
import { useCommandWords } from "./useCommandWords";

/** Why something was not done, beside what was asked for. */
export function CommandError({ error }: { error: Error | null }) {
  const words = useCommandWords();
  if (error === null) return null;
  return (
    <Text size="sm" c="error" role="alert">
      {words(error)}
    </Text>
  );
}
