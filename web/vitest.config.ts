import { defineConfig } from "vitest/config";

const resolve = { alias: { "~": new URL("./src", import.meta.url).pathname } };

/** Browser tests start the real server and a browser each, on two cores: one file at a time. */
const inBrowser = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: { name: "unit", include: ["src/**/*.test.{ts,tsx}"], environment: "happy-dom" },
      },
      { resolve, test: { name: "browser", include: ["e2e/**/*.test.ts"], ...inBrowser } },
    ],
  },
});
