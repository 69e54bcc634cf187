/** Speed and memory, side by side in one run; never part of the tests. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { Argument, Command, InvalidArgumentError } from "commander";

const PARTS = ["compare", "synth", "constructs", "verify", "review", "page", "probe"] as const;

const program = new Command("npm run bench --")
  .description("Measures speed and memory, each as the best of several rounds side by side.")
  .addArgument(new Argument("[part...]", "what to measure").choices(PARTS).default(PARTS, "all"))
  .option("--rounds <number>", "how often each is measured (default: by part)", wholeNumber)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

function wholeNumber(text: string): string {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("it must be a whole number from 1 up.");
  return text;
}

const { rounds } = program.opts<{ rounds?: string }>();
const [parts = PARTS] = program.processedArgs as [(readonly string[])?];
const failed = parts.filter((part) => {
  const file = path.join(import.meta.dirname, `${part}.ts`);
  return (
    spawnSync(process.execPath, [file, ...(rounds === undefined ? [] : [rounds])], { stdio: "inherit" })
      .status !== 0
  );
});
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}.`);
  process.exitCode = 1;
}
