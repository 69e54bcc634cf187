import process from "node:process";
import { Command, Option } from "commander";
import { type PlatformPlan, platformPlan } from "../platform/plan.ts";
import { stableVariable } from "../platform/workloads/rollout.ts";
import { rolloutUnits } from "../platform/workloads/rollout-units.ts";
import { jsonText, printable, printableLines } from "../reporting/escape.ts";
import { adopted, adoptionLines } from "../rollout/adoption.ts";
import { changeLedger } from "../rollout/change-ledger.ts";
import { chosenServices } from "../rollout/chosen-services.ts";
import { isAlive } from "../rollout/lease.ts";
import { emptyLedger } from "../rollout/ledger.ts";
import { abort } from "../rollout/lifecycle.ts";
import { rolloutMarkdown } from "../rollout/report/markdown.ts";
import { rolloutStatus, statusLines } from "../rollout/report/status.ts";
import type { RunResult } from "../rollout/run.ts";
import {
  gatewayWithoutTerraform,
  observeOnce,
  observeServices,
} from "../rollout-adapters/observe-services.ts";
import { openConnections } from "../rollout-adapters/open-connections.ts";
import { stableVariables } from "../rollout-adapters/stable-variables.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { authenticate } from "./google.ts";
import { googleContext } from "./google-context.ts";
import { writeReport } from "./report-file.ts";
import { runRollout, summaryOf } from "./rollout/run-rollout.ts";
import { rolloutSettings } from "./rollout/settings.ts";
import { runWatchdog } from "./rollout/watchdog.ts";

interface Options {
  readonly output: string;
  readonly report?: string;
  readonly again?: true;
}

const output = new Option("-o, --output <folder>", "where the Terraform JSON goes").default(
  process.env.CDKTF_OUTDIR ?? "cdktf.out",
);
const report = new Option("--report <file>", "write the Markdown report there instead of to the terminal");

export const program = exitCodesOf(new Command("rollout"))
  .description(
    "Rolls services out one after the other, in steps with a soak each, and rolls back at once after a breach.",
  )
  .addHelpText(
    "after",
    [
      "",
      "  npm run rollout -- staging                 all services, in the order of their dependencies",
      "  npm run rollout -- staging backend         one of them",
      "  npm run rollout -- status staging          what serves, what is declared, and the progress of a rollout",
      "  npm run rollout -- resume staging          continue after a kill, an interruption or a lost machine",
      "  npm run rollout -- abort staging           roll everything back",
      "",
      "Exit codes: 0 rolled out or nothing to do, 1 refused, rolled back or stopped (status: something declared does not serve),",
      "2 usage error, interrupted, or another process rolls out. How it works: docs/rollout.md.",
    ].join("\n"),
  );

program
  .command("start", { isDefault: true })
  .description("roll out what is declared")
  .argument("<environment>", "name of the environment")
  .argument("[services...]", "names of services (default: all)")
  .option("--again", "roll out templates again that were rolled back")
  .addOption(report)
  .addOption(output)
  .action((name: string, services: string[], options: Options) =>
    runCommand(() => roll(name, services, options)),
  );

program
  .command("resume")
  .description("continue the rollout that is under way")
  .argument("<environment>")
  .addOption(report)
  .addOption(output)
  .action((name: string, options: Options) => runCommand(() => roll(name, undefined, options)));

program
  .command("abort")
  .description("roll back the rollout that is under way")
  .argument("<environment>")
  .option("--why <sentence>", "reason, for the report", "a person asked for it")
  .addOption(report)
  .addOption(output)
  .action((name: string, options: Options & { why: string }) => runCommand(() => takeBack(name, options)));

program
  .command("status")
  .description("show what serves and the progress of a rollout")
  .argument("<environment>")
  .addOption(new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"))
  .addOption(output)
  .action((name: string, options: Options & { format: string }) => runCommand(() => status(name, options)));

program
  .command("adopt")
  .description("take what serves now as last known good")
  .argument("<environment>")
  .argument("[services...]", "names of services (default: all)")
  .addOption(output)
  .action((name: string, services: string[], options: Options) =>
    runCommand(() => adoptServing(name, services, options)),
  );

program
  .command("variables")
  .description(
    "print the Terraform variables of the services as a .tfvars.json file, for a plain cdktf deploy",
  )
  .argument("<environment>")
  .argument("[services...]", "names of services (default: all)")
  .addOption(output)
  .action((name: string, services: string[], options: Options) =>
    runCommand(() => variables(name, services, options)),
  );

program
  .command("watchdog")
  .description(
    "run the rollback watchdog once, as the job in the project does: back to stable where the lease of a rollout has expired",
  )
  .argument("<environment>")
  .addOption(output)
  .action((name: string, options: Options) => runCommand(() => watchdog(name, options)));

async function watchdog(name: string, options: Options): Promise<number> {
  const { outcome } = await runWatchdog(
    platformPlan(await oneEnvironment(name)),
    options.output,
    ({ severity, message }) => console.log(`${severity}: ${printable(message)}`),
  );
  return outcome === "idle" ? 0 : 1;
}

async function roll(
  name: string,
  services: readonly string[] | undefined,
  options: Options,
): Promise<number> {
  const environment = await oneEnvironment(name);
  const platform = platformPlan(environment);
  // Before the synth, which takes longer.
  await authenticate();
  // Loaded here only: cdktf takes longer to load than everything before it.
  const { synthesizedStacks } = await import("./synth/synthesized.ts");
  const { start } = await import("./rollout/start.ts");
  const stacks = await synthesizedStacks(environment, options.output);
  const ended = await start({
    platform,
    stacks,
    output: options.output,
    services,
    again: options.again === true,
    log: (line) => console.error(printableLines(line)),
  });
  return printReport(platform, ended, options);
}

/** Writes the request to the ledger; the holder of the lease executes it, or this process where there is none. */
async function takeBack(name: string, options: Options & { why: string }): Promise<number> {
  const platform = platformPlan(await oneEnvironment(name));
  const stop = new AbortController();
  const google = googleContext(platform);
  const client = gatewayWithoutTerraform(platform, google, options.output, stop.signal);
  // A local ledger tells no time; Cloud Run's response does, where there is one.
  await observeOnce(client).catch(() => {});
  const ledger = await changeLedger(client, name, (found) => abort(found, options.why, google.now()));
  const lease = ledger.rollout?.lease ?? null;
  if (isAlive(lease, google.now())) {
    console.log(
      `Requested: ${lease.holder} rolls everything back in its next iteration. "npm run rollout -- status ${name}" shows the progress; if that process has died, abort again after ${new Date(lease.expires).toISOString()}.`,
    );
    return 0;
  }
  const ended = await runRollout(client, rolloutSettings(platform, "rollout"), google.now, stop);
  printReport(platform, ended, options);
  return ended.outcome === "rolled back" || ended.outcome === "stopped" ? 0 : 1;
}

async function status(name: string, options: Options & { format: string }): Promise<number> {
  const platform = platformPlan(await oneEnvironment(name));
  const { signal } = new AbortController();
  const google = googleContext(platform);
  const client = gatewayWithoutTerraform(platform, google, options.output, signal);
  const ledger = (await client.readLedger()).ledger ?? emptyLedger(name);
  const observed = await observeServices(platform, client);
  const found = rolloutStatus(ledger, observed, google.now());
  const open = await openConnections(platform, google, ledger, signal);
  if (options.format === "json") console.log(jsonText({ ...found, openConnections: open }));
  else
    for (const line of [
      ...statusLines(found, ledger, platform.state !== undefined),
      ...open.map((one) => `  ${one}`),
    ])
      console.log(printable(line));
  return found.isFine ? 0 : 1;
}

async function adoptServing(name: string, services: readonly string[], options: Options): Promise<number> {
  const platform = platformPlan(await oneEnvironment(name));
  const client = gatewayWithoutTerraform(
    platform,
    googleContext(platform),
    options.output,
    new AbortController().signal,
  );
  const wanted = chosenServices(platform.name, rolloutUnits(platform), services);
  const lines: string[] = [];
  await changeLedger(client, name, async (ledger) => {
    const after = await adopted(ledger, wanted, client);
    lines.splice(0, lines.length, ...adoptionLines(ledger, after));
    return after;
  });
  for (const line of lines.length === 0 ? ["The ledger is up to date."] : lines) console.log(printable(line));
  return 0;
}

/** A file of variables, not lines for a shell: the ledger is written by more than the person who reads it. */
async function variables(name: string, services: readonly string[], options: Options): Promise<number> {
  const platform = platformPlan(await oneEnvironment(name));
  const wanted = chosenServices(platform.name, rolloutUnits(platform), services).map(stableVariable);
  const { values, notes } = await stableVariables(platform, googleContext(platform), options.output);
  for (const note of notes) console.error(printable(note));
  const chosen = [...values].filter(([variable]) => wanted.includes(variable));
  console.log(jsonText(Object.fromEntries(chosen)));
  return 0;
}

function printReport(
  environment: Pick<PlatformPlan, "name">,
  ended: RunResult,
  { report: file }: Options,
): number {
  const { sentence, code } = summaryOf(environment, ended);
  const { ledger } = ended;
  // The process that holds the lease reports its own rollout.
  if (ledger !== null && ended.outcome !== "held") {
    const text = rolloutMarkdown(ledger);
    if (file === undefined) console.log(text);
    else writeReport(file, text);
  }
  console.error(printableLines(sentence));
  return code;
}

// A closed terminal or pipe must not stop a rollout in the middle.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
