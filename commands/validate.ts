import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { Command, Option } from "commander";
import { hearTime } from "../google/clock.ts";
import { type PlatformPlan, platformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonText, printable } from "../reporting/escape.ts";
import { cloudRunMetrics } from "../validation/cloud-run-metrics.ts";
import { googleAccess } from "../validation/google-access.ts";
import { junitReport } from "../validation/report/junit.ts";
import { markdownReport, watchSentence } from "../validation/report/markdown.ts";
import { type Report, reportOutcome, reportPassed } from "../validation/report/report.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { google, sleep } from "./google.ts";
import { interruption } from "./interruption.ts";
import { unwritableReport, writeReport } from "./report-file.ts";
import { look } from "./validate/look.ts";
import { networkOptions } from "./validate/network-options.ts";

interface Options {
  readonly watch?: true;
  readonly format: "markdown" | "json" | "junit";
  readonly output?: string;
  readonly connectTo: readonly string[];
  readonly ca: readonly string[];
}

const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value];

export const program = exitCodesOf(new Command("validate"))
  .description(
    "Checks an environment after a deployment: endpoints, certificates, connectivity, start-ups, database, effective settings, WebSocket and golden path.",
  )
  .argument("<environment>", "name of the environment")
  .option("-w, --watch", "continue for validation.watch.duration, and report what degrades and recovers")
  .addOption(
    new Option("--format <format>", "how to report")
      .choices(["markdown", "json", "junit"])
      .default("markdown"),
  )
  .option("-o, --output <file>", "write the report there and print the verdict alone")
  .option(
    "--connect-to <host=address:port>",
    "reach a host at another address, before its DNS record exists; repeatable",
    collect,
    [],
  )
  .option("--ca <file>", "trust the certificates of this PEM file; repeatable", collect, [])
  .addHelpText(
    "after",
    [
      "",
      "Environment variables: GOOGLE_OAUTH_ACCESS_TOKEN (default: application default credentials), and those that",
      "validation.credentials names. List of checks: docs/validation.md.",
      "",
      "Exit codes: 0 passed, 1 failed, 2 usage error, interrupted or could not check.",
    ].join("\n"),
  )
  .action((name: string, options: Options) => runCommand(() => main(name, options)));

async function main(name: string, options: Options): Promise<number> {
  const plan = platformPlan(await oneEnvironment(name));
  if (plan.services.length === 0 && plan.hostPlan.length === 0)
    throw new UserError(`${name} has no services, and nothing else answers requests that could be checked.`);
  const network = networkOptions(options.connectTo, options.ca, hostsOf(plan));
  if (options.output !== undefined) refuseUnwritable(options.output);
  const credentials = credentialsOf(plan);
  const stop = interruption();
  const api = google();
  await hearTime(api, plan.project, stop);
  const clock = { now: api.now, sleep };
  const access = googleAccess(plan, api, clock);
  const metrics = cloudRunMetrics(access.get, access.monitoring, plan.project, clock);
  const context = {
    network,
    clock,
    metrics,
    preflight: access.preflight,
    inside: access.inside,
    further: new Map(
      plan.furtherRegions.map((regional) => [regional.region, googleAccess(regional, api, clock)]),
    ),
    credentials,
  };
  const report = await look(plan, context, options.watch === true, stop);
  write(report, options);
  if (report.watch?.interrupted) throw new UserError("Interrupted: the watch did not reach its end.");
  return reportPassed(report) ? 0 : 1;
}

function credentialsOf({ validation }: Pick<PlatformPlan, "validation">): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of validation.credentials) {
    const value = process.env[name];
    if (value !== undefined && value !== "") found.set(name, value);
  }
  const broken = [...found].filter(([, value]) => /^\s|\s$|\p{Cc}/u.test(value)).map(([name]) => name);
  if (broken.length > 0)
    throw new UserError(
      `${broken.join(", ")} begins or ends with white space, or holds a line break: export the value alone.`,
    );
  const missing = validation.credentials.filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  throw new UserError(
    `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set: export the credentials of the test user that validation.credentials names, or remove them there with what uses them.`,
  );
}

function hostsOf({ validation, hostPlan }: Pick<PlatformPlan, "validation" | "hostPlan">): string[] {
  const { endpoints = [], goldenPath, webSocket } = validation;
  const asked = [...endpoints, ...goldenPath, ...(webSocket === undefined ? [] : [webSocket])];
  return [...new Set([...hostPlan, ...asked].map(({ host }) => host))];
}

/** Checked before half an hour of watching, not after it. */
function refuseUnwritable(output: string): void {
  try {
    const there = statSync(output, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error(output), { code: "EISDIR" });
    accessSync(there === undefined ? path.dirname(output) : output, constants.W_OK);
  } catch (error) {
    throw unwritableReport(output, error);
  }
}

function write(report: Report, { format, output }: Options): void {
  const text = formatted(report, format);
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  writeReport(output, text);
  console.log(printable(`${reportOutcome(report)}: ${report.verdict.why}`));
  if (report.watch !== undefined) console.log(`watch: ${watchSentence(report.watch)}`);
}

function formatted(report: Report, format: Options["format"]): string {
  if (format === "junit") return junitReport(report);
  if (format === "json") return `${jsonText({ passed: reportPassed(report), ...report })}\n`;
  return markdownReport(report);
}
