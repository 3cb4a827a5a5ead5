import { useMediaQuery } from "@mantine/hooks";
import type { TrailLine } from "~/api/schema";
import { LineCards } from "./LineCards";
import { LineTable } from "./LineTable";

interface Props {
  lines: TrailLine[];
  onOpen: (line: TrailLine) => void;
}

const WIDE = "(min-width: 62em)";

/** Lines of the trail: a table where there is room for one, else cards. */
export function Lines(props: Props) {
  const wide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches, {
    getInitialValueInEffect: false,
  });
  return wide ? <LineTable {...props} /> : <LineCards {...props} />;
}
