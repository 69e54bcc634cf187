import path from "node:path";
import { build } from "esbuild";

/**
 * The verifier as one file that needs only Node.
 *
 * @returns the files that it contains, relative to the root
 */
export async function buildVerifier(root: string, dist: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { verify: "commands/verify-cli.ts" },
    outdir: path.join(dist, "lib"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Where the facts of resource types are looked for.
    define: { "import.meta.dirname": "__dirname" },
    minify: true,
    // Messages name functions and classes.
    keepNames: true,
    legalComments: "none",
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}
