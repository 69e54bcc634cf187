import path from "node:path";
import { build } from "esbuild";
import { bundled } from "./bundled.ts";
import { layoutApart } from "./page.ts";

/**
 * The verifier as one file that needs only Node, and the script that starts it.
 *
 * @returns the files that it contains, relative to the root
 */
export async function buildVerifier(root: string, dist: string): Promise<string[]> {
  const { metafile } = await build({
    ...bundled,
    absWorkingDir: root,
    entryPoints: { verify: "commands/verify-start.ts", verifier: "commands/verify-cli.ts" },
    outdir: path.join(dist, "lib"),
    format: "cjs",
    // Without keepNames: its messages name no function or class, and it would be called for each function that is made at run time.
    minify: true,
    // The package ships what it would bundle.
    external: ["esbuild"],
    plugins: [...bundled.plugins, layoutApart],
  });
  return Object.keys(metafile.inputs);
}
