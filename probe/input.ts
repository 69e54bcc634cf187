import net from "node:net";
import type { NamedCache, NamedDatabase, PreflightPlan } from "../platform/preflight/preflight.ts";
import { isRecord } from "../values/is-record.ts";
import type { Check, Context, ContractExpectation, SampledAddress } from "./check.ts";
import { wrongUrls } from "./checks/dependencies.ts";

/** The program was started wrongly; its message is one sentence for a person, and holds no value of a variable. */
export class WrongUse extends Error {}

export interface Input extends Context {
  /** Categories, targets and checks to run; empty for all. */
  readonly only: readonly string[];
  readonly id: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the variables that this program is given beside those of the service. */
export function readInput(variables: Variables, started: number): Input {
  const plan = readPlan(variables.PREFLIGHT_PLAN);
  const missing = required(plan).filter((name) => (variables[name] ?? "") === "");
  if (missing.length > 0)
    throw new WrongUse(
      `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set: give the preflight the same variables as service ${plan.service} (docs/environments lists them).`,
    );
  const wrong = wrongUrls({ plan, variables });
  if (wrong.length > 0) throw new WrongUse(`${wrong.join(", ")} must hold a URL such as https://host:port.`);
  const ports = portsOf(plan).filter((name) => !isPort(variables[name] ?? ""));
  if (ports.length > 0) throw new WrongUse(`${ports.join(", ")} must hold a port from 1 to 65535.`);
  return {
    plan,
    variables,
    started,
    only: list(variables.PREFLIGHT_ONLY),
    id: variables.PREFLIGHT_ID || undefined,
    expectedAddresses: readAddresses(variables.PREFLIGHT_EXPECTED_ADDRESSES),
    contracts: readContracts(variables.PREFLIGHT_CONTRACTS),
    samples: readSamples(variables.PREFLIGHT_SAMPLES),
  };
}

function readPlan(text: string | undefined): PreflightPlan {
  if (text === undefined || text === "")
    throw new WrongUse(
      "PREFLIGHT_PLAN is not set: start the preflight as the platform's Cloud Run job, or with npm run preflight -- ENVIRONMENT SERVICE.",
    );
  const plan = parse("PREFLIGHT_PLAN", text);
  if (!isRecord(plan) || plan.version !== 1 || !isPlan(plan))
    throw new WrongUse(
      "PREFLIGHT_PLAN is not a plan of version 1: the image and the platform are of different versions; build the image of this checkout and write its digest.",
    );
  return plan as unknown as PreflightPlan;
}

function isPlan(plan: Record<string, unknown>): boolean {
  return (
    typeof plan.service === "string" &&
    typeof plan.environment === "string" &&
    typeof plan.privateServices === "string" &&
    isRecord(plan.categories) &&
    ["settings", "contract"].every((category) => category in Object(plan.categories)) &&
    isRecord(plan.seconds) &&
    Object.values(plan.seconds).every((value) => typeof value === "number" && value > 0) &&
    ["connect", "ready", "statement", "request", "total"].every((key) => key in Object(plan.seconds)) &&
    isRecord(plan.certificateDays) &&
    isRecord(plan.settings) &&
    isListOfNamed(plan.databases) &&
    isListOfNamed(plan.caches) &&
    Array.isArray(plan.secrets) &&
    Array.isArray(plan.dependencies)
  );
}

/** What there are several of has a target and a prefix each. */
function isListOfNamed(list: unknown): boolean {
  if (list === undefined) return true;
  const fits = (each: unknown): boolean =>
    isRecord(each) && typeof each.target === "string" && typeof each.prefix === "string";
  return Array.isArray(list) && list.every(fits);
}

/** Plain variables without which nothing can be tried; secrets are judged by their own checks. */
function required(plan: PreflightPlan): string[] {
  return [
    ...databasesOf(plan).flatMap(({ prefix, ...database }) =>
      variablesOf(database).map((name) => `${prefix}${name}`),
    ),
    ...cachesOf(plan).flatMap(({ prefix }) =>
      ["REDIS_HOST", "REDIS_PORT", "REDIS_TLS"].map((name) => `${prefix}${name}`),
    ),
    ...plan.dependencies.map(({ variable }) => variable),
  ];
}

/** Each database, with what its variables start with. */
function databasesOf({
  database,
  databases = [],
}: PreflightPlan): Pick<NamedDatabase, "prefix" | "engine" | "via">[] {
  return [...(database === undefined ? [] : [{ ...database, prefix: "" }]), ...databases];
}

function cachesOf({ cache, caches = [] }: PreflightPlan): Pick<NamedCache, "prefix">[] {
  return [...(cache === undefined ? [] : [{ prefix: "" }]), ...caches];
}

function variablesOf({ engine, via }: Pick<NamedDatabase, "engine" | "via">): string[] {
  if (engine !== "mysql") return ["POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER"];
  const address = via === "socket" ? ["MYSQL_SOCKET"] : ["MYSQL_HOST", "MYSQL_PORT"];
  return [...address, "MYSQL_DATABASE", "MYSQL_USER"];
}

function portsOf(plan: PreflightPlan): string[] {
  return [
    ...databasesOf(plan).flatMap(({ prefix, ...database }) =>
      variablesOf(database).flatMap((name) => (name.endsWith("_PORT") ? [`${prefix}${name}`] : [])),
    ),
    ...cachesOf(plan).map(({ prefix }) => `${prefix}REDIS_PORT`),
  ];
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function readAddresses(text: string | undefined): string[] {
  const addresses = list(text);
  if (addresses.some((address) => net.isIP(address) === 0))
    throw new WrongUse("PREFLIGHT_EXPECTED_ADDRESSES must list IP addresses, divided by commas.");
  return addresses;
}

function readContracts(text: string | undefined): ContractExpectation[] {
  if (text === undefined || text === "") return [];
  const contracts = parse("PREFLIGHT_CONTRACTS", text);
  const fits = (entry: unknown): entry is ContractExpectation =>
    isRecord(entry) &&
    typeof entry.service === "string" &&
    typeof entry.url === "string" &&
    URL.canParse(entry.url) &&
    isRecord(entry.expected) &&
    ["string", "undefined"].includes(typeof entry.revision) &&
    isAddressOrNothing(entry.webSocket) &&
    Array.isArray(entry.expected.inForce) &&
    Array.isArray(entry.expected.dependencies);
  if (!Array.isArray(contracts) || !contracts.every(fits))
    throw new WrongUse("PREFLIGHT_CONTRACTS must be a JSON list of { service, url, expected }.");
  return contracts;
}

function readSamples(text: string | undefined): SampledAddress[] {
  if (text === undefined || text === "") return [];
  const samples = parse("PREFLIGHT_SAMPLES", text);
  const numbers = ["perSecond", "seconds", "answer", "slow", "outage"];
  const fits = (entry: unknown): entry is SampledAddress =>
    isRecord(entry) &&
    typeof entry.name === "string" &&
    entry.url !== undefined &&
    isAddressOrNothing(entry.url) &&
    isAddressOrNothing(entry.webSocket) &&
    numbers.every((name) => typeof entry[name] === "number" && entry[name] > 0);
  if (!Array.isArray(samples) || !samples.every(fits))
    throw new WrongUse(`PREFLIGHT_SAMPLES must be a JSON list of { name, url, ${numbers.join(", ")} }.`);
  return samples;
}

function isAddressOrNothing(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && URL.canParse(value));
}

/** The error of JSON.parse quotes what it read, which may be anything. */
function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongUse(`${name} is not valid JSON.`);
  }
}

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((entry) => (entry.trim() === "" ? [] : [entry.trim()]));
}

/** The checks that PREFLIGHT_ONLY names, by category, target or name, with those that they need. */
export function chosenChecks(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  if (only.length === 0) return checks;
  const names = (check: Check): string[] => [check.category, check.name, check.name.split("/")[0] ?? ""];
  const known = new Set(checks.flatMap(names));
  const unknown = only.filter((word) => !known.has(word));
  if (unknown.length > 0)
    throw new WrongUse(
      `PREFLIGHT_ONLY names ${unknown.join(", ")}, which this plan does not have: allowed are ${[...known].sort().join(", ")}.`,
    );
  const chosen = new Set(checks.filter((check) => names(check).some((name) => only.includes(name))));
  for (const check of chosen)
    for (const other of checks) if (check.needs.includes(other.name)) chosen.add(other);
  return checks.filter((check) => chosen.has(check));
}
