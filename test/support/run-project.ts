/**
 * Runs a command on the project in another folder: `node tools/start.mjs test/support/run-project.ts FOLDER COMMAND ...`. Without
 * arguments, as the child of a test, it runs one command after another (commands-in-one-process.ts).
 */
import process from "node:process";
import { run } from "../../commands/run.ts";
import { serveCommands } from "./serve-commands.ts";

const [folder, ...args] = process.argv.slice(2);
if (folder === undefined) serveCommands();
else await run({ folder }, args);
