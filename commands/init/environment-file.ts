import type { Workload } from "../../platform/schema/environment.ts";
import type { Answers, Part } from "./answers.ts";

/** Instances of one revision, and what one of them opens to the database. */
const INSTANCES = 5;
const POOL = 5;
const OVERFLOW = 5;

/** By where the platform is, what an environment file imports: a dependency, or rooms beside the file. */
const IMPORTS = {
  package: `import { cidr, defineEnvironment, gibibytes, seconds } from "single-source-platform";`,
  rooms: `import { defineEnvironment } from "../platform/define.ts";
import { cidr, gibibytes, seconds } from "../platform/units.ts";`,
} as const;

/** An environment file for a team that has answered the questions: complete, without defaults, and accepted by `npm start`. */
export function environmentFile(answers: Answers, platform: keyof typeof IMPORTS = "package"): string {
  const { environment, project, projectNumber, region, services, internal, domain, stateBucket, without } =
    answers;
  const text = JSON.stringify;
  const has = (part: Part, lines: string): string => (without.includes(part) ? "" : lines);
  const hasData = !(without.includes("database") && without.includes("cache"));
  const secrets = [
    ...(without.includes("database") ? [] : ["postgres-password"]),
    ...(without.includes("cache") ? [] : ["redis-auth", "redis-ca"]),
  ];
  const prefix = prefixOf(environment);
  const publicServices = services.filter((service) => !internal.includes(service));
  const hostOf = (service: string): string | undefined => {
    if (without.includes("edge") || internal.includes(service)) return undefined;
    return service === publicServices[0] ? domain : `${service}.${domain}`;
  };
  const entry = (service: string): string =>
    serviceEntry({
      name: service,
      image: inRegistry(service),
      without,
      path: "direct",
      host: hostOf(service),
      dependsOn: internal.includes(service) ? [] : internal,
    });
  return `${IMPORTS[platform]}

${registryConstant(answers)}

/** ${project}: every number once. A digest of zeros stands for an image that is not built yet. */
export const environment = defineEnvironment({
  project: ${text(project)},
${projectNumber === undefined ? "" : `  projectNumber: ${text(projectNumber)},\n`}  region: ${text(region)},
${prefix === environment ? "" : `  prefix: ${text(prefix)},\n`}  protection: ${/^prod/.test(environment)}, // true: Terraform and Google refuse to delete data and services
  state: { bucket: ${text(stateBucket)} },
  network: { addresses: { directEgress: cidr("10.10.8.0/22")${hasData ? `, privateServices: cidr("10.20.0.0/16")` : ""} } },
${has(
  "database",
  `
  database: {
    name: "postgres",
    version: "POSTGRES_17",
    edition: "ENTERPRISE",
    tier: ${text(tier(services.length))},
    maxConnections: ${maxConnections(services.length)}, // two revisions of all services; npm start prints the sum
    availability: "ZONAL",
    maintenance: { day: 7, hour: 4 },
    databaseName: "app",
    user: "app",
    passwordSecret: "postgres-password",
  },
`,
)}${has(
  "cache",
  `
  cache: {
    tier: "BASIC",
    memoryGibibytes: 1,
    version: "REDIS_7_2",
    authSecret: "redis-auth",
    caSecret: "redis-ca",
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 7, hour: 5 },
  },
`,
)}  secrets: [${secrets.map((name) => `{ name: ${text(name)} }`).join(", ")}],

  services: [
${services.map(entry).join("\n")}
  ],
${has("edge", `  edge: { certificateDomain: ${text(domain)} },\n`)}${has(
  "preflight",
  `  preflight: {
    image: ${inRegistry("preflight")},
  },
`,
)}  objectives: { availability: 0.995, latency: seconds(2) },
  notifications: [], // of alerts, for example { name: "on-call", severity: "page", email: "on-call@example.com" }
});
`;
}

/** The prefix of an environment's names: its own name where that is short enough, "prod" for "production". */
export const prefixOf = (environment: string): string =>
  /^[a-z][a-z0-9]{0,8}$/.test(environment) ? environment : environment.replaceAll("-", "").slice(0, 4);

/** One entry of `services`: public at a host, internal where there is none. */
export function serviceEntry(service: {
  readonly name: string;
  /** An expression of TypeScript. */
  readonly image: string;
  readonly without: readonly Part[];
  readonly path: Workload["path"];
  readonly host: string | undefined;
  /** Internal services that it calls. */
  readonly dependsOn: readonly string[];
}): string {
  const { name, image, without, path, host, dependsOn } = service;
  const lines = [
    `name: ${JSON.stringify(name)},`,
    `image:${image.startsWith("\n") ? "" : " "}${image},`,
    "cpu: 1,",
    "memory: gibibytes(1),",
    "concurrency: 80,",
    `instances: { max: ${INSTANCES} },`,
    "requestTimeout: seconds(60),",
    `path: ${JSON.stringify(path)},`,
    ...(without.includes("database")
      ? []
      : [`database: { pool: ${POOL}, overflow: ${OVERFLOW}, via: "socket" },`]),
    ...(without.includes("cache") ? [] : [`cache: { pool: ${POOL} },`]),
    ...(dependsOn.length === 0 ? [] : dependencyLines(dependsOn)),
    ...(host === undefined ? [] : [`exposure: [{ host: ${JSON.stringify(host)} }],`]),
  ];
  return ["    {", ...lines.map((line) => `      ${line}`), "    },"].join("\n");
}

/** On one line where it fits. */
function dependencyLines(names: readonly string[]): string[] {
  const quoted = names.map((name) => JSON.stringify(name));
  const line = `dependsOn: [${quoted.join(", ")}],`;
  return line.length <= 104 ? [line] : ["dependsOn: [", ...quoted.map((name) => `  ${name},`), "],"];
}

type Place = Pick<Answers, "environment" | "project" | "region">;

/** Where the images of an environment are. */
const registryOf = ({ environment, project, region }: Place): string =>
  `${region}-docker.pkg.dev/${project}/${prefixOf(environment)}-services`;

const atFirst = (name: string): string => `${name}@sha256:${"0".repeat(64)}`;
const inRegistry = (name: string): string => `\`\${registry}/${atFirst(name)}\``;
const registryConstant = (place: Place): string => `const registry = ${JSON.stringify(registryOf(place))};`;

/** The first image of a service in a file with this text, as an expression. */
export const firstImage = (place: Place, name: string, text: string): string =>
  text.includes(registryConstant(place))
    ? inRegistry(name)
    : `\n        ${JSON.stringify(`${registryOf(place)}/${atFirst(name)}`)}`;

/** The smallest of three tiers whose memory carries the connections, at 5 MiB each and as much for everything else. */
function tier(services: number): string {
  const needed = maxConnections(services) * 5;
  if (needed <= 5000) return "db-custom-2-7680";
  return needed <= 10_000 ? "db-custom-4-15360" : "db-custom-8-30720";
}

/** Two revisions of each service, its preflight, migrations and reserve, rounded up to the next fifty. */
function maxConnections(services: number): number {
  const connections = POOL + OVERFLOW;
  return Math.ceil((services * (2 * INSTANCES + 1) * connections + 20) / 50) * 50;
}
