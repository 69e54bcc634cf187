import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** CommonJS packages call require() for modules of Node. */
const BANNER =
  'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);';

/**
 * A script and all that it imports: script.mjs, and a file each for what is loaded later.
 *
 * @returns the files with their texts, and what they are made from, relative to the project
 */
export async function bundle(root, script) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { script },
    outdir: root,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node22",
    format: "esm",
    banner: { js: BANNER },
    sourcemap: "external",
    sourcesContent: false,
    plugins: [packagesLoadedLater, ownLocations],
    logLevel: "silent",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  const isPackage = (file) => file.includes("node_modules/");
  return {
    files: outputFiles.map(({ path: file, text }) => [path.basename(file), text]),
    sources: inputs.filter((file) => !isPackage(file)),
    packages: inputs.filter(isPackage),
  };
}

/**
 * They stay outside: most runs do not need them, and of a CommonJS package the bundle would export nothing by name. What a
 * package loads is found from that package: it may be its own copy.
 */
const packagesLoadedLater = {
  name: "packages-loaded-later",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, importer, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === RESOLVED) return undefined;
      if (!importer.includes("node_modules")) return { path: name, external: true };
      const found = await resolve(name, { kind, importer, resolveDir, pluginData: RESOLVED });
      if (found.external || found.errors.length > 0) return { path: name, external: true };
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};
const RESOLVED = Symbol("resolved");

/** Every file finds what is next to it as if it were not bundled. */
const ownLocations = {
  name: "own-locations",
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      if (!/__(dir|file)name|import\.meta/.test(text)) return undefined;
      const of = { dirname: path.dirname(file), filename: file, url: pathToFileURL(file).href };
      const contents = text
        .replaceAll(/\bimport\.meta\.(dirname|filename|url)\b/g, (_, name) => JSON.stringify(of[name]))
        .replaceAll(/(?<!["'`\w.$]|\b(?:const|let|var) )__(dirname|filename)\b(?!["'`\w])/g, (_, name) =>
          JSON.stringify(of[name]),
        );
      return { contents, loader: /ts$/.test(file) ? "ts" : "js" };
    });
  },
};
