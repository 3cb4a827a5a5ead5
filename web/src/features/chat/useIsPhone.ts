import { useMediaQuery } from "@mantine/hooks";

/** Whether there is room for one pane only. The shell's menu is at the bottom then, too. */
export function useIsPhone(): boolean {
  return useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false });
}
