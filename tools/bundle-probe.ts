/** Makes probe/dist/preflight.cjs, one file that needs Node and nothing else; the container image holds it. */
import { statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);
const outfile = process.argv[2] ?? path.join(root, "probe/dist/preflight.cjs");

await build({
  entryPoints: [path.join(root, "probe/main.ts")],
  outfile,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  // pg and ioredis are CommonJS and call require() while they run, which an ES module bundle cannot.
  format: "cjs",
  // The native client of pg is optional, and pg goes on where it is missing.
  external: ["pg-native"],
  legalComments: "eof",
  logLevel: "warning",
});
console.log(`${path.relative(process.cwd(), outfile)}: ${Math.round(statSync(outfile).size / 1024)} KiB`);
