import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { entryPoints, onlyModules } from "./library.ts";

/** Packages whose types an app that uses the library has installed itself. */
const PEERS = /^(cdktf|constructs|@cdktf\/provider-google|@jest\/globals|vitest|node:)/;

/** Specifiers of `from "..."` and `import("...")`. */
const SPECIFIER = /(?<=\bfrom "|\bimport\(")[^"]+(?=")/g;

/**
 * The declarations of the library, CommonJS like the code.
 *
 * @throws Error where they do not compile, or need a package that the app does not have
 */
export function writeDeclarations(root: string, dist: string): void {
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  // Several threads check the same types again: half as much work, and the same declarations.
  const options = ["--project", "tsconfig.package.json", "--singleThreaded", "--outDir", dist];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The types of the library cannot be generated:\n${stdout}`);
  prune(root, dist);
  copyTypesOfZod(root, dist);
  for (const file of globSync("**/*.d.ts", { cwd: dist })) {
    const declaration = path.join(dist, file);
    const text = readFileSync(declaration, "utf8");
    writeFileSync(
      declaration,
      text.replace(SPECIFIER, (specifier) => inPackage(specifier, file)),
    );
  }
  // What extends types of Vitest must be a module: for CommonJS these are others, which Vitest re-exports.
  for (const source of onlyModules) {
    const declaration = path.join(dist, source.replace(/\.ts$/, ".d.ts"));
    renameSync(declaration, declaration.replace(/\.ts$/, ".mts"));
  }
}

/** Removes the declarations of what no entry leads to: they are of no use, and name packages that the app does not have. */
function prune(root: string, dist: string): void {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    const specifiers = readFileSync(path.join(dist, file), "utf8").match(SPECIFIER) ?? [];
    for (const specifier of specifiers.filter((each) => each.startsWith(".")))
      reach(path.join(path.dirname(file), specifier.replace(/\.ts$/, ".d.ts")));
  };
  for (const source of Object.values(entryPoints(root))) reach(source.replace(/\.ts$/, ".d.ts"));
  for (const file of globSync("**/*.d.ts", { cwd: dist }))
    if (!reached.has(file) && !existsSync(path.join(dist, file.replace(/\.d\.ts$/, ".d.mts"))))
      rmSync(path.join(dist, file));
}

/**
 * The package depends on nothing, so the types of the environments' schema bring those of zod along. Its languages are left
 * empty: nothing names them, and compilers without `esModuleInterop` refuse how they are imported.
 */
function copyTypesOfZod(root: string, dist: string): void {
  const zod = path.join(root, "node_modules/zod/v4");
  for (const file of globSync(["{core,classic}/**/*.d.cts", "index.d.cts"], { cwd: zod }))
    cpSync(path.join(zod, file), path.join(dist, "zod", file));
  mkdirSync(path.join(dist, "zod/locales"), { recursive: true });
  writeFileSync(path.join(dist, "zod/locales/index.d.cts"), "export {};\n");
}

/** @param file the declaration, relative to dist */
function inPackage(specifier: string, file: string): string {
  // Imports of a declaration keep the ending of the source, which does not exist in the package.
  if (specifier.startsWith(".")) return specifier.replace(/\.ts$/, ".js");
  if (PEERS.test(specifier)) return specifier;
  const [, part] = /^zod(?:\/v4\/(core))?$/.exec(specifier) ?? [null];
  if (part === null)
    throw new Error(`${file} needs the types of "${specifier}", which the package does not have.`);
  const relative = path.posix.relative(
    path.posix.dirname(file),
    path.posix.join("zod", part ?? "", "index.cjs"),
  );
  return relative.startsWith(".") ? relative : `./${relative}`;
}
