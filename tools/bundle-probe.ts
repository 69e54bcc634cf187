/**
 * Builds probe/dist/preflight.cjs and probe/dist/guard.cjs for the container image, each one file that needs only Node.
 */
import { statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);
const program = new Command("npm run bundle-probe --")
  .description("Bundles the programs of the preflight's image, each into one file that needs Node alone.")
  .argument(
    "[file]",
    "where the preflight goes; the other program is put next to it",
    path.join(root, "probe/dist/preflight.cjs"),
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const [preflight = ""] = program.processedArgs as [string];
const outdir = path.dirname(preflight);
const programs = {
  [path.basename(preflight, ".cjs")]: "probe/main.ts",
  guard: "commands/rollout-watchdog.ts",
};

await build({
  absWorkingDir: root,
  entryPoints: programs,
  outdir,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  // pg and ioredis are CommonJS and call require() while they run, which an ES module bundle cannot.
  format: "cjs",
  // The native client of pg is optional.
  external: ["pg-native"],
  legalComments: "eof",
  logLevel: "warning",
});
for (const name of Object.keys(programs)) {
  const file = path.join(outdir, `${name}.cjs`);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(statSync(file).size / 1024)} KiB`);
}
