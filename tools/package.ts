/**
 * Builds dist/, what `npm pack` ships: the verifier as one file that needs only Node, and the constructs with their types.
 * Runs as `prepack`; logs to stderr, because the output of `npm pack` is the name of its file.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { notices } from "./notices.ts";

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, "dist");

rmSync(dist, { recursive: true, force: true });

const verifier = await build({
  absWorkingDir: root,
  entryPoints: { verify: "commands/verify-cli.ts" },
  outdir: path.join(dist, "verify", "bin"),
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  // CommonJS, because the parser of HCL finds its WebAssembly by __dirname; it is loaded only where there is HCL to parse.
  format: "cjs",
  // Asked for by the parser of HCL only where Node had no global of this name, long before Node 20.
  external: ["performance"],
  // Where the facts of resource types are looked for.
  define: { "import.meta.dirname": "__dirname" },
  minify: true,
  // Messages name functions and classes.
  keepNames: true,
  legalComments: "none",
  metafile: true,
});

// Where the bundled parser looks for it: one folder above its own.
cpSync(
  path.join(root, "node_modules", "@cdktf", "hcl2json", "main.wasm.gz"),
  path.join(dist, "verify", "main.wasm.gz"),
);

for (const file of globSync("resources/facts/*/*.jsonl", { cwd: root })) {
  const packed = path.join(dist, "verify", "bin", path.relative("resources/facts", `${file}.br`));
  mkdirSync(path.dirname(packed), { recursive: true });
  writeFileSync(packed, brotliCompressSync(readFileSync(path.join(root, file))));
}

cpSync(path.join(root, "rules", "examples"), path.join(dist, "verify", "bin", "examples"), {
  recursive: true,
});

const constructs = await build({
  absWorkingDir: root,
  entryPoints: globSync("constructs/**/*.ts", { cwd: root }),
  outdir: dist,
  outbase: root,
  bundle: true,
  splitting: true,
  chunkNames: "constructs/shared/[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
  // Dependencies of the app that uses the constructs: two copies would not recognize each other's constructs.
  external: ["cdktf", "constructs", "@cdktf/provider-google"],
  metafile: true,
});

const bundled = [verifier, constructs].flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES.txt"), notices(root, bundled));

const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
try {
  execFileSync(process.execPath, [tsc, "--project", "tsconfig.package.json"], {
    cwd: root,
    encoding: "utf8",
  });
} catch (problem) {
  const said = problem instanceof Error && "stdout" in problem ? String(problem.stdout) : String(problem);
  console.error(`The types of the constructs cannot be generated:\n${said}`);
  process.exit(1);
}
// Imports of a declaration keep their ".ts", which does not exist in the package.
for (const file of globSync("**/*.d.ts", { cwd: dist })) {
  const declaration = path.join(dist, file);
  const text = readFileSync(declaration, "utf8");
  writeFileSync(declaration, text.replace(/(from "\.{1,2}\/[^"]*|import\("\.{1,2}\/[^"]*)\.ts"/g, '$1.js"'));
}

mkdirSync(dist, { recursive: true });
console.error("Built dist/: the verifier and the constructs.");
