import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { writeRegistries } from "./registry.ts";

const program = new Command("docs")
  .description(
    "Registers rules and resource types by their files, and writes the generated pages of docs/ and the API reference.",
  )
  .option("--no-api", "leave out the API reference, docs/api/, which takes longest")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
writeRegistries();
// Reads what has just been registered.
const { run } = await import("../commands/run.ts");
await run({ folder: path.dirname(import.meta.dirname) }, ["docs"]);
if (program.opts<{ api: boolean }>().api) {
  const { writeApiReference } = await import("./api-docs.ts");
  const written = await writeApiReference("docs/api");
  if (!written) process.exitCode = 1;
  else console.log("docs/api/");
}
