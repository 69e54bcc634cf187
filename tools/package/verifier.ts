import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { bundled } from "./bundled.ts";
import { layoutApart } from "./page.ts";

/** It stays a file of its own, `import-module.js`. */
const importApart: Plugin = {
  name: "import apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/import-module\.ts$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "./import-module.js", external: true },
    ),
};

/**
 * The verifier as one file that needs only Node, and the script that starts it.
 *
 * @returns the files that it contains, relative to the root
 */
export async function buildVerifier(root: string, dist: string): Promise<string[]> {
  const outdir = path.join(dist, "lib");
  // Without keepNames: its messages name no function or class, and it would be called for each function that is made at run time.
  const shared = { ...bundled, absWorkingDir: root, outdir, format: "cjs", minify: true } as const;
  const built = [
    await build({
      ...shared,
      entryPoints: { verify: "commands/verify-start.ts", "import-module": "verification/import-module.ts" },
    }),
    await build({
      ...shared,
      entryPoints: { verifier: "commands/verify-cli.ts" },
      // As code that is run from a code cache has to be: what is imported later is required.
      supported: { "dynamic-import": false },
      // The package ships what it would bundle.
      external: ["esbuild"],
      plugins: [...bundled.plugins, layoutApart, importApart],
    }),
  ];
  const file = path.join(outdir, "verifier.js");
  writeFileSync(file, inAscii(readFileSync(file, "utf8")));
  return built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/** A single other character makes V8 keep the whole script in two bytes each. esbuild leaves them in regular expressions only. */
function inAscii(script: string): string {
  return script.replaceAll(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
