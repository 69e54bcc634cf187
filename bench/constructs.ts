/** What checking an app of 500 resources made by constructs costs: `npm run bench -- constructs`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { table } from "../commands/table.ts";
import { type Measured, measure, NODE, run } from "./measure.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 10);
const SERVICES = "100";

/** In the project, because the programs load CDKTF and the provider from its node_modules. */
const parent = path.join(root, "node_modules", ".cache");
mkdirSync(parent, { recursive: true });
const work = mkdtempSync(path.join(parent, "bench-"));

/** Constructs that do not check themselves: CDKTF synthesizes and validates as it does by itself, and no rule is loaded. */
const withoutAssertions: Plugin = {
  name: "without-assertions",
  setup: ({ onLoad }) =>
    onLoad({ filter: /assertions\/asserted-app\.ts$/ }, () => ({
      contents: "export const assertedApp = () => ({ synthesis: { include() {} }, paths: { add() {} } });",
    })),
};

/**
 * JavaScript as in the package: types are not stripped at run time, and the rule book is in a file of its own, so that stack
 * traces, of which CDKTF takes one for each token, do not read through it.
 */
async function bundled(name: string, plugins: Plugin[]): Promise<string> {
  const outdir = path.join(work, name);
  // Where the bundle reads the facts of the provider.
  for (const provider of ["google", "google-beta"])
    cpSync(path.join(root, "resources/facts", provider), path.join(outdir, provider), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { app: "bench/constructs-app.ts", shared: "assertions/asserted-construct.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    keepNames: true,
    splitting: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);',
    },
    external: ["cdktf", "constructs", "@cdktf/provider-google"],
    plugins,
  });
  return path.join(outdir, "app.mjs");
}

const command = (program: string, mode: string, output: string) => [
  process.execPath,
  ...NODE,
  program,
  SERVICES,
  mode,
  path.join(work, output),
];

try {
  const program = await bundled("with-assertions", []);
  const bare = await bundled("without-assertions", [withoutAssertions]);
  const first = path.join(work, "first");
  run({ name: "first synth", command: command(program, "checked", "first") });
  const [raw, unchecked, loaded, checked] = measure(ROUNDS, [
    { name: "raw", command: [process.execPath, ...NODE, "bench/bare.ts", first, path.join(work, "raw")] },
    { name: "unchecked", command: command(bare, "checked", "unchecked") },
    { name: "loaded", command: command(program, "unchecked", "loaded") },
    { name: "checked", command: command(program, "checked", "checked") },
  ]);
  if (!raw || !unchecked || !loaded || !checked) throw new Error("nothing measured");
  const share = (of: Measured) => `${((of.cpu / unchecked.cpu - 1) * 100).toFixed(0)} %`;
  const line = (name: string, of: Measured) => [
    name,
    `${Math.round(of.cpu)} ms`,
    `${Math.round(of.time)} ms`,
    `${of.memory} MiB`,
    share(of),
  ];
  console.log(
    `Best of ${ROUNDS} rounds side by side, Node ${process.versions.node}, whole process from start to exit.\n`,
  );
  const rows = [
    ["an app of 500 resources", "processor", "time", "peak memory", "processor compared"],
    line("provider classes alone", raw),
    line("constructs that do not check themselves", unchecked),
    line("constructs, validation skipped", loaded),
    line("constructs, checked", checked),
  ];
  console.log(table(rows, "").join("\n"));
} finally {
  rmSync(work, { recursive: true, force: true });
}
