import { randomUUID } from "node:crypto";
import { Command, Option } from "commander";
import { type GateExitCode, gateExitCode, gateReport } from "../gate/report.ts";
import { type GateOutcome, runGate } from "../gate/run-gate.ts";
import { type PlatformPlan, platformPlan } from "../platform/plan.ts";
import { checkedWorkloads } from "../platform/preflight/preflight.ts";
import { gatePlan } from "../platform/preflight/preflight-gate.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonText, printable } from "../reporting/escape.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { google, sleep } from "./google.ts";
import { interruption } from "./interruption.ts";

interface Options {
  readonly format: "text" | "json";
}

export const program = exitCodesOf(new Command("preflight"))
  .description(
    "Runs the preflight jobs inside the network, as the preflight gate of a deployment does, and reports the reasons of failures.",
  )
  .argument("<environment>", "name of the environment")
  .argument("[service...]", "names of services (default: all with dependencies)")
  .addOption(new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"))
  .addHelpText(
    "after",
    [
      "",
      "The jobs must be deployed (stack preflight). Needs roles/run.developer and roles/logging.viewer; where",
      "preflight.addressEcho is set, roles/compute.viewer. Ctrl-C cancels the executions.",
      "",
      "Exit codes: 0 every critical check passed, 1 one failed, 2 usage error, interrupted or could not check.",
    ].join("\n"),
  )
  .action((name: string, services: string[], options: Options) =>
    runCommand(() => main(name, services, options)),
  );

async function main(name: string, services: readonly string[], { format }: Options): Promise<number> {
  const platform = platformPlan(await oneEnvironment(name));
  refuseUnknown(platform, services);
  const plans = [platform, ...platform.furtherRegions]
    .map((regional) => gatePlan(regional, services.length === 0 ? undefined : services))
    .filter(({ jobs }, position) => position === 0 || jobs.length > 0);
  const { api, now, endpoints } = google();
  const stop = interruption();
  // Progress goes to stderr, so that the report on stdout can be piped.
  const context = {
    api,
    ...endpoints,
    now,
    sleep,
    log: (line: string) => console.error(printable(line)),
  };
  const outcomes = await Promise.all(
    plans.map(async (plan) => ({
      region: plan.region,
      outcome: await runGate(plan, `preflight-${randomUUID()}`, context, stop),
    })),
  );
  if (stop.aborted)
    throw new UserError("Interrupted: the executions were cancelled, and nothing is left running.");
  const exitCode = worst(outcomes.map(({ outcome }) => gateExitCode(outcome)));
  console.log(format === "json" ? jsonText(asJson(outcomes, exitCode)) : asText(outcomes));
  return exitCode;
}

interface RegionOutcome {
  readonly region: string;
  readonly outcome: GateOutcome;
}

/** The main region as it is without others, and the further ones as a list. */
function asJson([main, ...further]: readonly RegionOutcome[], exitCode: GateExitCode): object {
  return {
    ...main?.outcome,
    ...(further.length === 0
      ? {}
      : { furtherRegions: further.map(({ region, outcome }) => ({ region, ...outcome })) }),
    exitCode,
  };
}

function asText(outcomes: readonly RegionOutcome[]): string {
  const isAlone = outcomes.length === 1;
  return outcomes
    .flatMap(({ region, outcome }) => [...(isAlone ? [] : [`In ${region}:`]), ...gateReport(outcome)])
    .join("\n");
}

/** A failure counts more than a missing result. */
function worst(codes: readonly GateExitCode[]): GateExitCode {
  return ([1, 2] as const).find((code) => codes.includes(code)) ?? 0;
}

function refuseUnknown(
  plan: Pick<PlatformPlan, "name" | "services" | "jobs" | "workerPools" | "preflight">,
  wanted: readonly string[],
): void {
  const { name } = plan;
  if (plan.preflight === undefined)
    throw new UserError(`${name} has no preflight: add the section "preflight" with the probe's image.`);
  const all = checkedWorkloads(plan).map((service) => service.name);
  const known = new Set(all);
  const unknown = wanted.filter((service) => !known.has(service));
  if (all.length === 0)
    throw new UserError(`Nothing of ${name} has dependencies or secrets: there is no preflight.`);
  if (unknown.length === 0) return;
  throw new UserError(
    `${name} has no preflight of ${unknown.join(", ")}: allowed are ${all.join(", ")}; what has neither dependencies nor secrets has none.`,
  );
}
