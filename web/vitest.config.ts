import { defineConfig } from "vitest/config";

const resolve = { alias: { "~": new URL("./src", import.meta.url).pathname } };

/** Each file of browser tests starts the real server and a browser: two at a time are enough. */
const inBrowser = { testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 };

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
