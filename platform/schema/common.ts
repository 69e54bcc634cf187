import { z } from "zod";
import { regionNames } from "../../resources/limits.ts";
import { acknowledgement } from "./acknowledgement.ts";
import { dated, terraformAddress } from "./dated.ts";
import { notificationChannel } from "./edge.ts";
import { choice, count, duration, flag, fraction, text, texts } from "./leaf.ts";
import { section } from "./section.ts";

/** A temporarily accepted finding: printed at every synth, an error once it has expired. */
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

/** Id of a Google Cloud project. */
export const projectId = (example: string) =>
  text({
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    allowed: "a Google Cloud project id (6 to 30 lower-case letters, digits and hyphens)",
    fix: `write for example "${example}"`,
    placeholder: "placeholder-project",
  });

/** As text, because it is no quantity. */
export const projectNumber = text({
  pattern: /^[1-9]\d{3,19}$/,
  allowed: "the number of the project, 4 to 20 digits in quotes",
  fix: 'run: gcloud projects describe PROJECT --format="value(projectNumber)"',
});

/** Bucket of Terraform states. */
export const stateBucket = text({
  pattern: /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
  allowed: "a Cloud Storage bucket name",
  fix: 'write for example "acme-staging-terraform-state"',
});

/** Settings of every environment. */
export const common = {
  /** Google Cloud project id. One project holds one environment. */
  project: projectId("acme-staging"),
  /** Number of the project, which is part of the run.app addresses of its services; needed where one is called there. */
  projectNumber: projectNumber.optional(),
  region: choice(regionNames.value, "a region of Google Cloud"),
  /** Prefix of every name in the project. @default the environment's name, which is its file's name */
  prefix: text({
    pattern: /^[a-z][a-z0-9]{0,8}$/,
    allowed: "1 to 9 lower-case letters and digits that start with a letter",
    fix: 'write for example "prod"',
  }).optional(),
  /** Labels of every resource that supports labels. @default none */
  labels: texts({
    what: "at most 64 labels; keys of 1 to 63 and values of 0 to 63 lower-case letters, digits, _ and -, keys starting with a letter",
    key: /^(?!goog-)[a-z][a-z0-9_-]{0,62}$/,
    value: /^[a-z0-9_-]{0,63}$/,
    most: 64,
    fix: 'write for example { team: "platform" }',
  }).default({}),
  /** While true, Terraform and Google refuse to delete database, services and cache; topics, Terraform alone. */
  protection: flag(),
  /** Backend of the Terraform state. @default local files next to cdktf.out */
  state: section({
    /** Bucket of the state, created before the first deployment (docs/deployment.md). */
    bucket: stateBucket,
    /**
     * Bucket of the states of what only an owner applies, which no account of a workflow may write.
     *
     * @default the name of `bucket` with "-owner"
     */
    ownerBucket: stateBucket.optional(),
  }).optional(),
  objectives: section({
    /** Share of requests that must succeed, for example 0.999. */
    availability: fraction({ from: 0.5, to: 0.9999, unit: "of requests" }),
    /** 95th percentile of every endpoint. */
    latency: duration({ from: 1, to: 60 }),
    /** 95th percentile of a simple query, in milliseconds. @default 500 */
    databaseMilliseconds: count({ from: 1, to: 60000, unit: "ms" }).default(500),
    /** Median of a Redis PING, in milliseconds. @default 100 */
    cacheMilliseconds: count({ from: 1, to: 60000, unit: "ms" }).default(100),
  }),
  /** Notification channels of alerts. @default none */
  notifications: z.array(notificationChannel).default([]),
  /** Temporarily accepted findings. @default none */
  waivers: z.array(waiver).default([]),
  /** Accepted destructive changes, for the deployment that makes them. @default none */
  acknowledgements: z.array(acknowledgement).default([]),
};
