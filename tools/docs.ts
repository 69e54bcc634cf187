import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { run } from "../commands/run.ts";
import { writeRegistries } from "./registry.ts";

const program = new Command("npm run docs --")
  .description(
    "Registers rules and resource types by their files, and writes the generated pages of docs/ and the API reference.",
  )
  .option("--no-api", "leave out the API reference, docs/api/, which takes longest")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const root = path.dirname(import.meta.dirname);
// This program was put together before the registry changed: another one reads what has just been registered.
if (writeRegistries()) {
  const args = [path.join(root, "tools/run.mjs"), "tools/docs.ts", ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1);
}
await run({ folder: root }, ["docs"]);
if (program.opts<{ api: boolean }>().api) {
  const { writeApiReference } = await import("./api-docs.ts");
  const written = writeApiReference("docs/api");
  if (!written) process.exitCode = 1;
  else console.log("docs/api/");
}
