import { globSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, transform } from "esbuild";
import { bundled } from "./bundled.ts";

/** What other projects import, by its path in dist/, without ending; package.json exports it, and lib/cli is its program. */
export function entryPoints(root: string): Record<string, string> {
  const constructs = globSync("constructs/**/*.ts", { cwd: root });
  return {
    ...Object.fromEntries(constructs.map((file) => [file.replace(/\.ts$/, ""), file])),
    index: "index.ts",
    stacks: "stacks/index.ts",
    "lib/cli": "commands/bin.ts",
    verify: "assertions/index.ts",
    testing: "testing/index.ts",
    "testing/jest": "testing/jest.ts",
    "testing/jest-globals": "testing/jest-globals.ts",
    "testing/vitest": "testing/vitest.ts",
  };
}

/** Packages of the app that uses the library: two copies would not recognize each other's constructs. */
const peers = ["cdktf", "constructs", "@cdktf/provider-google", "@jest/globals", "vitest"];

/** Vitest cannot be loaded by CommonJS. */
export const onlyModules: readonly string[] = ["testing/vitest.ts"];

/**
 * The library as CommonJS, which the app of CDKTF's template needs, and around each entry an ES module that exports the same
 * objects: an app that loads both has each class once.
 *
 * @returns the files that it contains, relative to the root
 */
export async function buildLibrary(root: string, dist: string): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    ...bundled,
    absWorkingDir: root,
    entryPoints: entryPoints(root),
    outdir: dist,
    // What entries share is in one file of its own; esbuild splits ES modules only, so CommonJS is made of them.
    format: "esm",
    splitting: true,
    chunkNames: "lib/[hash]",
    // The packed bundles stand for what esbuild would make.
    external: [...peers, "esbuild"],
    write: false,
  });
  const lib = path.join(dist, "lib");
  for (const { path: file, text } of outputFiles) {
    const entry = metafile.outputs[path.relative(root, file)]?.entryPoint;
    if (entry !== undefined && onlyModules.includes(entry)) {
      write(file.replace(/\.js$/, ".mjs"), text);
      continue;
    }
    // A default export would be one level deeper in the namespace of a real import.
    const required = text.replace(/\bimport\(("\.[^"]*")\)/g, "Promise.resolve().then(() => require($1))");
    const { code } = await transform(required, {
      format: "cjs",
      target: "node20",
      platform: "node",
      // Messages name classes: keepNames, which allows to shorten them, costs a call for each function that is made at run time.
      minifyWhitespace: true,
      minifySyntax: true,
    });
    if (code.includes("__dirname") && path.dirname(file) !== lib)
      throw new Error(
        `${file} looks for files next to it, which are in lib/: let two entries share that source.`,
      );
    write(file, code);
  }
  for (const [output, { entryPoint, exports }] of Object.entries(metafile.outputs)) {
    const file = path.resolve(root, output);
    // What is loaded on demand counts as an entry too.
    if (entryPoint === undefined || path.dirname(file) === lib) continue;
    const specifier = `./${path.basename(file)}`;
    if (!onlyModules.includes(entryPoint))
      write(file.replace(/\.js$/, ".mjs"), `export { ${exports.join(", ")} } from "${specifier}";\n`);
    write(file.replace(/\.js$/, ".d.mts"), `export * from "${specifier}";\n`);
    const declaration = path.join(dist, entryPoint.replace(/\.ts$/, ".js"));
    if (declaration !== file)
      write(file.replace(/\.js$/, ".d.ts"), `export * from "./${path.relative(dist, declaration)}";\n`);
  }
  return Object.keys(metafile.inputs);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
}
