import { globSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, transform } from "esbuild";

/** What other projects import; each file becomes dist/<the same path>.js. package.json exports them. */
const entries = ["constructs/**/*.ts"];

/** Packages of the app that uses the library: two copies would not recognize each other's constructs. */
const peers = ["cdktf", "constructs", "@cdktf/provider-google"];

/**
 * The library as CommonJS, which the app of CDKTF's template needs, and around each entry an ES module that exports the same
 * objects: an app that loads both has each class once.
 *
 * @returns the files that it contains, relative to the root
 */
export async function buildLibrary(root: string, dist: string): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.flatMap((pattern) => globSync(pattern, { cwd: root })),
    outdir: dist,
    outbase: root,
    bundle: true,
    // What entries share is in one file of its own; esbuild splits ES modules only, so CommonJS is made of them.
    format: "esm",
    splitting: true,
    chunkNames: "lib/[hash]",
    platform: "node",
    target: "node20",
    external: peers,
    define: { "import.meta.dirname": "__dirname" },
    legalComments: "none",
    metafile: true,
    write: false,
  });
  for (const { path: file, text } of outputFiles) {
    const { code } = await transform(text, { format: "cjs", target: "node20", platform: "node" });
    write(file, code);
  }
  for (const [output, { entryPoint, exports }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const file = path.resolve(root, output);
    const specifier = `./${path.basename(file)}`;
    write(file.replace(/\.js$/, ".mjs"), `export { ${exports.join(", ")} } from "${specifier}";\n`);
    write(file.replace(/\.js$/, ".d.mts"), `export * from "${specifier}";\n`);
  }
  return Object.keys(metafile.inputs);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
