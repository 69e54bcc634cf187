import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { clientBuild, codeOf, PACKED_CODE } from "../../page/client-code.ts";

const LAYOUT = "node_modules/@viz-js/viz/dist/viz.cjs";

/** The layout engine is as large as all of the verifier: it is a file of its own, loaded for a page only. */
export const layoutApart: Plugin = {
  name: "layout apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@viz-js\/viz$/ }, () => ({ path: `./${path.basename(LAYOUT)}`, external: true })),
};

/**
 * What the verifier needs to write a page: the program in it, and the layout engine.
 *
 * @returns the files that they contain, relative to the root
 */
export async function buildPage(root: string, dist: string): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    ...clientBuild,
    absWorkingDir: root,
    outdir: dist,
    write: false,
    metafile: true,
  });
  const outputs = Object.fromEntries(outputFiles.map(({ path: file, text }) => [path.extname(file), text]));
  writeFileSync(path.join(dist, "lib", PACKED_CODE), JSON.stringify(codeOf(outputs)));
  cpSync(path.join(root, LAYOUT), path.join(dist, "lib", path.basename(LAYOUT)));
  return [...Object.keys(metafile.inputs), LAYOUT];
}
