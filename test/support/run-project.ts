/** Runs a command on the project in another folder: `node tools/start.mjs test/support/run-project.ts FOLDER COMMAND ...`. */
import process from "node:process";
import { run } from "../../commands/run.ts";

const [folder = "", ...args] = process.argv.slice(2);
await run({ folder }, args);
