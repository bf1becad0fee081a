// Bundles our own sources and their npm packages into the desk's static files.
// Every output name carries a hash of its content, so browsers may keep it for ever;
// manifest.json tells the server the current names (tuoban.site.bundle).
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "src/tuoban/faces/desk/static/desk/dist",
    assetsDir: ".",
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    target: "es2022",
    rolldownOptions: {
      input: { desk: "frontend/src/desk.ts" },
      // htmx can evaluate text in attributes; our content security policy forbids it to.
      checks: { eval: false },
    },
  },
});
