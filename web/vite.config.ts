import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server puts the nonce of each answer in its place (`src/web/page.rs`). */
const NONCE = "NONCE_OF_THIS_ANSWER";
const COMPRESSIBLE = /\.(js|css|svg|webmanifest)$/;

/** Beside each file what the server sends to browsers that understand gzip. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "dist" }) {
      for (const entry of await readdir(dir, { recursive: true })) {
        if (!COMPRESSIBLE.test(entry)) continue;
        const content = await readFile(join(dir, entry));
        await writeFile(join(dir, `${entry}.gz`), await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  html: { cspNonce: NONCE },
  resolve: { alias: { "~": "/src" } },
  build: {
    target: "es2023",
    manifest: true,
    // A data: URL would be a second kind of source in the policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8080",
      "/readyz": "http://127.0.0.1:8080",
      "/ws": { target: "ws://127.0.0.1:8080", ws: true },
    },
  },
});
