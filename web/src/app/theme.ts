import "~/app/contrast";
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The blue-green of scrubs; white on shade 8 has a contrast of 5.4 : 1, on shade 7 of 4.8 : 1. */
const calm: MantineColorsTuple = [
  "#e6f7fa",
  "#d2ebf0",
  "#a6d6e0",
  "#77c0cf",
  "#51aec1",
  "#3aa3b9",
  "#2a9db5",
  "#127d93",
  "#0b7285",
  "#005c6d",
];

export const theme = createTheme({
  primaryColor: "calm",
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  colors: { calm },
  defaultRadius: "md",
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', 'Noto Sans Arabic', sans-serif",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Their <header> would be a second banner of the page.
    Modal: { defaultProps: { attributes: { header: { role: "none" } } } },
    Drawer: { defaultProps: { attributes: { header: { role: "none" } } } },
  },
});

/**
 * Where the library's own colours are too faint: text needs 4.5 : 1 (WCAG 1.4.3), and the edge of
 * what can be switched on and off 3 : 1 (WCAG 1.4.11).
 */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--control-edge": "#7b838b",
    "--mantine-color-dimmed": "#545b62",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-yellow-light-color": "#7c4a03",
    "--mantine-color-orange-light-color": "#963805",
    "--mantine-color-green-light-color": "#1e6b30",
    "--mantine-color-red-light-color": "#b02525",
  },
  dark: {
    "--control-edge": "#8d949b",
    "--mantine-color-dimmed": "#a6adb4",
    "--mantine-color-error": "#ff8787",
  },
});
