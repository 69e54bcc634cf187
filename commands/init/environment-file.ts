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

/** An environment file for a team that has answered the questions: small, complete, and accepted by `npm start`. */
export function environmentFile(answers: Answers, platform: keyof typeof IMPORTS = "package"): string {
  const { environment, project, region, services, domain, stateBucket, without } = answers;
  const text = JSON.stringify;
  const has = (part: Part, lines: string): string => (without.includes(part) ? "" : lines);
  const hasData = !(without.includes("database") && without.includes("cache"));
  const secrets = [
    ...(without.includes("database") ? [] : ["postgres-password"]),
    ...(without.includes("cache") ? [] : ["redis-auth", "redis-ca"]),
  ];
  const prefix = prefixOf(environment);
  return `${IMPORTS[platform]}

/** ${project}: every number of this environment is written here, once. */
export const environment = defineEnvironment({
  project: ${text(project)},
  region: ${text(region)},
${
  prefix === environment
    ? ""
    : `  prefix: ${text(prefix)},
`
}  labels: { environment: ${text(environment)} },
  // true: Terraform and Google refuse to delete database, services and cache.
  protection: ${/^prod/.test(environment)},
  state: { bucket: ${text(stateBucket)} },

  network: {
    addresses: {
      directEgress: cidr("10.10.8.0/22"),
${hasData ? `      privateServices: cidr("10.20.0.0/16"),\n` : ""}    },
  },
${has(
  "database",
  `
  database: {
    name: "postgres",
    version: "POSTGRES_17",
    edition: "ENTERPRISE",
    tier: ${text(tier(services.length))},
    // Two revisions of every service at its maximum, preflight, migrations and reserve; npm start shows the sum.
    maxConnections: ${maxConnections(services.length)},
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
)}
  secrets: [${secrets.map((name) => `{ name: ${text(name)} }`).join(", ")}],

  services: [
${services.map((service, index) => serviceEntry(answers, service, without.includes("edge") ? undefined : index === 0 ? domain : `${service}.${domain}`)).join("\n")}
  ],

${has(
  "edge",
  `  edge: { certificateDomain: ${text(domain)} },

`,
)}${has(
  "database",
  `  deadlines: {
    socketConnect: seconds(10),
    databasePressure: seconds(25),
    databaseInitialization: seconds(60),
    startupWindow: seconds(240),
    databaseStatement: seconds(30),
  },

`,
)}${has(
  "preflight",
  `  preflight: {
    image:
      ${text(image(answers, "preflight"))},
  },

`,
)}  objectives: { availability: 0.995, latency: seconds(2) },
  // Who hears of alerts: { name: "on-call", severity: "page", email: "on-call@example.com" }.
  notifications: [],
});
`;
}

/** The prefix of an environment's names: its own name where that is short enough, "prod" for "production". */
export const prefixOf = (environment: string): string =>
  /^[a-z][a-z0-9]{0,8}$/.test(environment) ? environment : environment.replaceAll("-", "").slice(0, 4);

/** One entry of `services`, public at a host, or internal where there is none. */
export function serviceEntry(
  answers: Pick<Answers, "environment" | "project" | "region" | "without">,
  name: string,
  host: string | undefined,
): string {
  const has = (part: Part, line: string): string => (answers.without.includes(part) ? "" : `\n      ${line}`);
  return `    {
      name: ${JSON.stringify(name)},
      // The digest of zeros stands for the first image: replace it before the first deployment.
      image:
        ${JSON.stringify(image(answers, name))},
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 80,
      instances: { min: 0, max: ${INSTANCES} },
      requestTimeout: seconds(60),
      path: "direct",${[
        has("database", `database: { pool: ${POOL}, overflow: ${OVERFLOW}, via: "socket" },`),
        has("cache", `cache: { pool: ${POOL} },`),
        host === undefined ? "" : `\n      exposure: [{ host: ${JSON.stringify(host)} }],`,
      ].join("")}
    },`;
}

const image = (
  { environment, project, region }: Pick<Answers, "environment" | "project" | "region">,
  name: string,
): string =>
  `${region}-docker.pkg.dev/${project}/${prefixOf(environment)}-services/${name}@sha256:${"0".repeat(64)}`;

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
