import { readFileSync } from "node:fs";
import process from "node:process";
import { Command, InvalidArgumentError, Option } from "commander";
import { measure } from "../mesh/latency/measure.ts";
import { latencyPlans } from "../mesh/latency/plan.ts";
import { type LatencyVerdict, verdict } from "../mesh/latency/verdict.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonText } from "../reporting/escape.ts";
import { colors } from "./colors.ts";
import { exitCodesOf, oneMesh, runCommand } from "./command.ts";
import { proxyEnv } from "./proxy-env.ts";

interface Options {
  readonly host?: string;
  readonly duration?: number;
  readonly rate?: number;
  readonly connectTo?: { readonly address: string; readonly port: number };
  readonly ca?: string;
  readonly format: "text" | "json";
}

export const program = exitCodesOf(new Command("latency"))
  .description("Measures the hosts of an environment behind Istio against its objectives, without k6.")
  .argument("<environment>", "name of the environment")
  .option("--host <host>", "measure this host alone")
  .option("--duration <seconds>", "instead of mesh.latencyTest.duration", wholeNumber)
  .option("--rate <number>", "requests per second, instead of mesh.latencyTest.rate", wholeNumber)
  .option("--connect-to <address:port>", "connect there instead of the address in DNS", addressAndPort)
  .option("--ca <file>", "certificate to trust, PEM")
  .addOption(new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"))
  .addHelpText("after", "\nExit codes: 0 the objectives hold, 1 one does not, 2 usage error.")
  .action((name: string, options: Options) => runCommand(() => main(name, options)));

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("it must be a whole number from 1 up.");
  return value;
}

function addressAndPort(text: string): { address: string; port: number } {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65535)
    throw new InvalidArgumentError("it must be ADDRESS:PORT, for example 127.0.0.1:8443 or [::1]:8443.");
  return { address: String(match[1]).replace(/^\[|\]$/g, ""), port };
}

async function main(name: string, options: Options): Promise<number> {
  const environment = await oneMesh(name);
  const plans = latencyPlans(environment);
  const hosts = [...new Set(plans.map(({ host }) => host))];
  if (options.host !== undefined && !hosts.includes(options.host))
    throw new UserError(`${name} has no host "${options.host}". Its hosts: ${hosts.join(", ")}.`);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  const verdicts: LatencyVerdict[] = [];
  for (const host of hosts.filter((each) => options.host === undefined || each === options.host)) {
    const written = plans.find((plan) => plan.host === host);
    if (written === undefined) continue;
    const plan = {
      ...written,
      duration: options.duration ?? written.duration,
      rate: options.rate ?? written.rate,
    };
    if (options.format === "text")
      console.log(`${plan.url}: ${plan.rate} requests per second for ${plan.duration} s ...`);
    const { connectTo, ca } = options;
    const network = {
      ...(connectTo === undefined ? {} : { resolve: new Map([[host, connectTo]]) }),
      ...(ca === undefined ? {} : { authorities: [readCertificate(ca)] }),
      proxyEnv: proxyEnv(),
    };
    const samples = await measure(plan, network, interrupted.signal);
    if (interrupted.signal.aborted)
      throw new UserError(`Interrupted after ${samples.length} requests to ${host}: no verdict.`);
    const found = verdict(plan, samples);
    verdicts.push(found);
    if (options.format === "text") console.log(lines(found).join("\n"));
  }
  if (options.format === "json") console.log(jsonText(verdicts));
  return verdicts.every(({ breaches }) => breaches.length === 0) ? 0 : 1;
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UserError(`--ca ${file} cannot be read: name a file with a certificate in PEM.`);
  }
}

function lines({ host, requests, failed, p50, p95, slowest, breaches }: LatencyVerdict): string[] {
  const time = (value: number | undefined): string => (value === undefined ? "-" : `${Math.round(value)} ms`);
  const summary = `  ${requests} requests, ${failed} failed, median ${time(p50)}, 95th percentile ${time(p95)}, slowest ${time(slowest)}`;
  if (breaches.length === 0) return [summary, `  ${colors.green(`${host} holds its objectives.`)}`];
  return [summary, ...breaches.map((breach) => `  ${colors.red(`${host}: ${breach}`)}`)];
}
