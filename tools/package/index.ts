/** Builds dist/, what `npm pack` ships; logs to stderr, because the output of `npm pack` is the name of its file. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { brotliCompressSync, constants } from "node:zlib";
import { clientCode } from "../../page/client-code.ts";
import { gateProgram } from "../../synthesis/gate-program.ts";
import { buildLibrary } from "./library.ts";
import { notices } from "./notices.ts";
import { buildPage } from "./page.ts";
import { writeDeclarations } from "./types.ts";
import { buildVerifier } from "./verifier.ts";

const root = path.resolve(import.meta.dirname, "../..");
/** Where npm packs: this project, or in tests a folder that links its sources. */
const folder = process.cwd();
const dist = path.join(folder, "dist");

rmSync(dist, { recursive: true, force: true });
mkdirSync(path.join(dist, "lib"), { recursive: true });
// Its sources are ES modules, and the package is CommonJS with ES modules around it.
writeFileSync(path.join(dist, "package.json"), '{ "type": "commonjs" }\n');

const inputs = [
  ...(await buildVerifier(root, dist)),
  ...(await buildPage(root, dist)),
  ...(await buildLibrary(root, dist)),
];
try {
  writeDeclarations(root, dist);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exit(1);
}
writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES.txt"), notices(root, [...inputs, "node_modules/zod/"]));

/** The highest quality takes sixteen times as long for a tenth less. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
// Data of the rules, next to the files that read them.
for (const file of globSync("resources/facts/*/*.jsonl", { cwd: root })) {
  const packed = path.join(dist, "lib", path.relative("resources/facts", `${file}.br`));
  mkdirSync(path.dirname(packed), { recursive: true });
  writeFileSync(packed, brotliCompressSync(readFileSync(path.join(root, file)), { params }));
}
cpSync(path.join(root, "rules", "examples"), path.join(dist, "lib", "examples"), { recursive: true });

// What synth writes next to the Terraform JSON, and the program of pages, ready: there is no bundler in the package.
writeOutputs("gate", { ".js": await gateProgram() });
const { script, style } = await clientCode();
writeOutputs("page", { ".js": script, ".css": style });
cpSync(path.join(root, ".github/workflows"), path.join(dist, "lib/workflows"), { recursive: true });

function writeOutputs(name: string, outputs: Readonly<Record<string, string>>): void {
  const file = path.join(dist, "lib/bundles", `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(outputs));
}

console.error("Built dist/: the verifier, the library and its types.");
