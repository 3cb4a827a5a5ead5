import { Badge } from "@mantine/core";
import { IconBan, IconCheck, IconX } from "@tabler/icons-react";
import type { Outcome } from "~/api/schema";
import { useCodes } from "./useCodes";

const marks = {
  success: { icon: IconCheck, color: "teal" },
  denied: { icon: IconBan, color: "orange" },
  failed: { icon: IconX, color: "red" },
} as const;

/** How it ended: a picture, a colour and a word. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const code = useCodes();
  const { icon: Picture, color } = marks[outcome];
  return (
    <Badge
      variant="default"
      tt="none"
      fw={500}
      leftSection={<Picture size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />}
    >
      {code("outcome", outcome)}
    </Badge>
  );
}
