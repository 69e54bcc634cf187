import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { writeRegistries } from "./registry.ts";

new Command("docs")
  .description("Registers rules and resource types by their files, and writes the generated pages of docs/.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
writeRegistries();
// Reads what has just been registered.
const { run } = await import("../commands/run.ts");
await run({ folder: path.dirname(import.meta.dirname) }, ["docs"]);
