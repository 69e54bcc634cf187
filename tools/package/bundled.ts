import { readFileSync } from "node:fs";
import type { BuildOptions, Plugin } from "esbuild";

/** What a source loads by `createRequire` with its first use is in the bundle as well, and still loaded then. */
const requiredLater: Plugin = {
  name: "required-later",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]values[/\\]packages\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, "utf8").replace(
        "const require = module.createRequire(import.meta.url);",
        "",
      ),
      loader: "ts",
    }));
  },
};

/** How both the verifier and the library are bundled. */
export const bundled = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Where data is looked for, in CommonJS.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  plugins: [requiredLater],
  legalComments: "none",
  metafile: true,
} satisfies BuildOptions;
