import { z } from "zod";
import { regionNames } from "../limits.ts";
import { acknowledgement } from "./acknowledgement.ts";
import { cache } from "./cache.ts";
import { database } from "./database.ts";
import { dated, terraformAddress } from "./dated.ts";
import { deadlines } from "./deadlines.ts";
import { edge, externalDependency, notificationChannel } from "./edge.ts";
import { existing } from "./existing.ts";
import { choice, count, duration, flag, fraction, text, texts } from "./leaf.ts";
import { secretName } from "./names.ts";
import { network } from "./network.ts";
import { preflight } from "./preflight.ts";
import { section } from "./section.ts";
import { service } from "./service.ts";

const secret = section({
  /** Secret Manager id. A service gets it as an environment variable: jwt-signing-key becomes JWT_SIGNING_KEY. */
  name: secretName,
  /** Version that services read, pinned so that a rotation is a reviewed change. @default 1 */
  version: count({ from: 1, to: 1000000, because: "a number; never latest" }).default(1),
});

/** A finding that is accepted for a while: printed at every synth, an error once it has expired. */
const waiver = section({
  /** Rule id, for example "capacity/connector-load". */
  rule: text({
    pattern: /^[a-z]+\/[a-z0-9-]+$/,
    allowed: "a rule id like address/overlap",
    fix: "docs/RULES.md lists them",
  }),
  /** Terraform address of the finding, as the report prints it. */
  address: terraformAddress,
  ...dated,
});

export const environmentSchema = section({
  /** Google Cloud project id. One project holds one environment. */
  project: text({
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    allowed: "a Google Cloud project id (6 to 30 lower-case letters, digits and hyphens)",
    fix: 'write for example "acme-staging"',
    placeholder: "placeholder-project",
  }),
  region: choice(regionNames.value, "a region of Google Cloud"),
  /** Starts every name in the project. @default the environment's name, which is its file's name */
  prefix: text({
    pattern: /^[a-z][a-z0-9]{0,8}$/,
    allowed: "1 to 9 lower-case letters and digits that start with a letter",
    fix: 'write for example "prod"',
  }).optional(),
  /** Labels of every resource that takes some. @default none */
  labels: texts({
    what: "at most 64 labels; keys of 1 to 63 and values of 0 to 63 lower-case letters, digits, _ and -, keys starting with a letter",
    key: /^(?!goog-)[a-z][a-z0-9_-]{0,62}$/,
    value: /^[a-z0-9_-]{0,63}$/,
    most: 64,
    fix: 'write for example { team: "platform" }',
  }).default({}),
  /** The one switch against destruction: Terraform and Google both refuse to delete database, services and cache while it is true. */
  protection: flag(),
  /** Where the Terraform state lives. @default local files beside cdktf.out */
  state: section({
    /** Bucket for the state, made by a person before the first deployment (docs/deployment.md). */
    bucket: text({
      pattern: /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
      allowed: "a Cloud Storage bucket name",
      fix: 'write for example "acme-staging-terraform-state"',
    }),
  }).optional(),
  network,
  database,
  cache,
  /** Every secret of the environment, by name: values are added by a person and are never in code or state. */
  secrets: z.array(secret),
  /** What services call outside the VPC network. @default none */
  externalDependencies: z.array(externalDependency).default([]),
  services: z.array(service),
  edge,
  deadlines,
  objectives: section({
    /** Share of requests that must succeed, for example 0.999. */
    availability: fraction({ from: 0.5, to: 0.9999 }),
    /** 95th percentile of every endpoint. */
    latency: duration({ from: 1, to: 60 }),
  }),
  /** Who hears of trouble. @default nobody */
  notifications: z.array(notificationChannel).default([]),
  /** Cloud Run revisions that may run at once during a rollout. @default 2 */
  overlappingRevisions: choice([2, 3], "an old and a new revision always overlap").default(2),
  preflight,
  /** What runs already, and is imported instead of created. @default nothing */
  existing: existing.default({ natAddresses: [], services: {}, serviceAccounts: {}, secrets: [] }),
  /** Findings that are accepted for a while. @default none */
  waivers: z.array(waiver).default([]),
  /** Destructive changes that are wanted, for the deployment that makes them. @default none */
  acknowledgements: z.array(acknowledgement).default([]),
});

/** What a person writes in environments/<name>.ts. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** A complete environment: defaults filled in, its name and prefix known. */
export type Environment = z.output<typeof environmentSchema> & {
  readonly name: string;
  readonly prefix: string;
};
export type Service = Environment["services"][number];
export type Deadlines = Environment["deadlines"];
