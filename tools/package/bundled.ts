import type { BuildOptions } from "esbuild";

/** How both the verifier and the library are bundled. */
export const bundled = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Where data is looked for, in CommonJS.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  legalComments: "none",
  metafile: true,
} satisfies BuildOptions;
