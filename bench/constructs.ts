/** What checking an app of 500 resources made by constructs costs: `npm run bench -- constructs`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { table } from "../commands/table.ts";
import { type Measured, NODE, quantile, run, sideBySide } from "./measure.ts";

const root = path.dirname(import.meta.dirname);
const ROUNDS = Number(process.argv[2] ?? 15);
/**
 * Numbers of services, one for each round: 500 resources on average. Of one size alone the figures would say when V8 happens to
 * collect its garbage, which a few resources more or less move from one part of the synth to another.
 */
const SERVICES = [90, 95, 100, 105, 110];

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
    minifyWhitespace: true,
    minifySyntax: true,
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

const command = (program: string, services: number, mode: string, output: string) => [
  process.execPath,
  ...NODE,
  program,
  String(services),
  mode,
  path.join(work, output),
];

try {
  const program = await bundled("with-assertions", []);
  const bare = await bundled("without-assertions", [withoutAssertions]);
  const rawInput = (services: number): string => path.join(work, `raw-input-${services}`);
  for (const services of SERVICES)
    run({ name: "input", command: command(program, services, "checked", `raw-input-${services}`) });
  const [raw = [], unchecked = [], loaded = [], checked = []] = sideBySide(ROUNDS, (round) => {
    const services = SERVICES[round % SERVICES.length] ?? 100;
    const bareApp = ["bench/bare.ts", rawInput(services), path.join(work, "raw")];
    return [
      { name: "raw", command: [process.execPath, ...NODE, ...bareApp] },
      { name: "unchecked", command: command(bare, services, "checked", "unchecked") },
      { name: "loaded", command: command(program, services, "unchecked", "loaded") },
      { name: "checked", command: command(program, services, "checked", "checked") },
    ];
  });
  const percent = (share: number): string => `${((share - 1) * 100).toFixed(0)} %`;
  const line = (name: string, runs: readonly Measured[]): string[] => {
    const median = (of: keyof Measured): number =>
      Math.round(
        quantile(
          runs.map((each) => each[of]),
          0.5,
        ),
      );
    // Of one round, whose processes have the same number of resources and the same moment of the machine.
    const shares = runs.map(({ cpu }, round) => cpu / (unchecked[round]?.cpu ?? Number.NaN));
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => percent(quantile(shares, share)));
    return [
      name,
      `${median("cpu")} ms`,
      `${median("time")} ms`,
      `${median("memory")} MiB`,
      `${middle}`,
      `${low} to ${high}`,
    ];
  };
  console.log(
    `Medians of ${ROUNDS} rounds side by side, Node ${process.versions.node}, whole process from start to exit.\n`,
  );
  const rows = [
    [
      "an app of 450 to 550 resources",
      "processor",
      "time",
      "peak memory",
      "compared in each round",
      "quartiles",
    ],
    line("provider classes alone", raw),
    line("constructs that do not check themselves", unchecked),
    line("constructs, validation skipped", loaded),
    line("constructs, checked", checked),
  ];
  console.log(table(rows, "").join("\n"));
} finally {
  rmSync(work, { recursive: true, force: true });
}
