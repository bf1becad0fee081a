// Bundles our own sources and their npm packages into the static files of the desk and the portal.
// Every output name carries a hash of its content, so browsers may keep it for ever;
// manifest.json tells the server the current names (tuoban.site.bundle).
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

// The server sends the packed file beside a file to browsers that accept it.
const pack = {
  name: "pack",
  async writeBundle({ dir }) {
    for (const name of await readdir(dir)) {
      if (!/\.(css|js)$/.test(name)) continue;
      const content = await readFile(join(dir, name));
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(content));
      await writeFile(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [pack],
  build: {
    outDir: "src/tuoban/faces/desk/static/desk/dist",
    assetsDir: ".",
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    target: "es2022",
    rolldownOptions: {
      input: { desk: "frontend/src/desk.ts", portal: "frontend/src/portal.ts" },
      // htmx can evaluate text in attributes; our content security policy forbids it to.
      checks: { eval: false },
    },
  },
});
