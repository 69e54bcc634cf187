import { z } from "zod";
import { megabitsPerSecond } from "../units.ts";
import { bucketAccess, inMemoryVolume } from "./bucket.ts";
import { cacheUse, namedCacheUse } from "./cache-use.ts";
import { databaseUse, namedDatabaseUse } from "./database-use.ts";
import { furtherConnectorName } from "./further-connector.ts";
import { imageByDigest } from "./image.ts";
import { choice, count, memory, text, texts, throughput } from "./leaf.ts";
import { name, secretName } from "./names.ts";
import { section } from "./section.ts";

const role = text({
  pattern:
    /^(roles\/(?!(owner|editor|viewer)$)[A-Za-z0-9_.]+|(projects|organizations)\/[a-z0-9-]+\/roles\/[A-Za-z0-9_.]+)$/,
  allowed: "a role of Google Cloud, or a custom one; owner, editor and viewer give rights to everything",
  fix: 'write for example "roles/bigquery.jobUser"',
});

/** Parts that services and jobs have in common; spread, so that editors show their comments. */
export const container = {
  /** Name after the environment's prefix; unique in the environment. */
  name: name("backend"),
  /** Container image by digest: a tag can change without a new revision. */
  image: imageByDigest,
};

const argument = text({
  pattern: /^[^\0]{1,4096}$/,
  allowed: "a text of 1 to 4,096 characters",
  fix: 'write for example "--all"',
});

export const entryPoint = {
  /** Replaces the image's entry point. @default the image's own */
  command: z.array(argument).optional(),
  /** Arguments of the entry point. @default those of the image */
  args: z.array(argument).optional(),
};

export const size = {
  /** CPUs: 1, 2, 4, 6 or 8. */
  cpu: choice([1, 2, 4, 6, 8], "whole CPUs that Cloud Run offers", "vCPU"),
  memory: memory({ from: 512, to: 32768, because: "second-generation execution environment, up to 32 GiB" }),
};

/** Instances of one revision. */
export const instances = section({
  /** Always running. @default 0 */
  min: count({ from: 0, to: 1000, unit: "instances" }).default(0),
  max: count({ from: 1, to: 1000, unit: "instances" }),
});

export const networkPath = {
  /**
   * Path into the VPC network: "connector", "direct" (Direct VPC egress), or "none": it reaches the internet and Google's APIs, and nothing
   * in the network.
   */
  path: choice(["connector", "direct", "none"]),
  /** Name of one of network.furtherConnectors; with path "connector" only. @default the environment's own connector */
  connector: furtherConnectorName.optional(),
  /** Sustained traffic of one instance into the VPC, for the connector's load. @default 5 Mbit/s */
  bandwidth: throughput({ from: 1, to: 1000 }).default(megabitsPerSecond(5)),
};

export const dependencies = {
  /** Its database; leave out where the service does not use one. */
  database: databaseUse.optional(),
  /**
   * Several databases in place of `database`: each has the variables of one, with the name of its instance before them
   * (ORDERS_POSTGRES_HOST). @default none
   */
  databases: z.array(namedDatabaseUse).optional(),
  /** Redis; leave out where the service does not use it. */
  cache: cacheUse.optional(),
  /**
   * Several Redis instances in place of `cache`: each has the variables of one, with the name of its instance before them
   * (SESSIONS_REDIS_HOST). @default none
   */
  caches: z.array(namedCacheUse).optional(),
  /**
   * Names of other services and of external dependencies it calls. It is deployed after them; an internal one
   * admits it by its identity. @default none
   */
  dependsOn: z.array(name("auth")).default([]),
  /** Names of topics that it may publish to; orders-paid is passed as ORDERS_PAID_TOPIC. @default none */
  publishes: z.array(name("orders")).optional(),
  /** Buckets that it may read or write, and no others; the name of uploads is passed as UPLOADS_BUCKET. @default none */
  buckets: z.array(bucketAccess).optional(),
  /** Directories in memory, each with a limit of its size; together they are smaller than `memory`. @default none */
  inMemoryVolumes: z.array(inMemoryVolume).optional(),
  /** Secrets in addition to those of its database and cache; each is passed as an environment variable. @default none */
  secrets: z.array(secretName).default([]),
  /**
   * Roles of its identity in the project, in addition to those that follow from this file:
   * ["roles/bigquery.jobUser"]. @default none
   */
  roles: z.array(role).optional(),
  /**
   * E-mail of a service account that others manage, to run as: "orders@acme-accounts.iam.gserviceaccount.com". Nothing of it is
   * created or imported; what its owner grants is printed. What runs as one account has the rights of all that do.
   * @default an account of its own, created here
   */
  serviceAccount: text({
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/,
    allowed:
      "the e-mail of a service account that somebody created; Google's default accounts have rights to everything",
    fix: 'write for example "orders@acme-accounts.iam.gserviceaccount.com"',
    placeholder: "placeholder@placeholder.iam.gserviceaccount.com",
  }).optional(),
  /** Further plain environment variables. Names of the contract cannot be set here. @default none */
  environment: texts({
    what: "texts by the name of the variable",
    fix: 'write for example { LOG_LEVEL: "info" }',
  }).default({}),
};
