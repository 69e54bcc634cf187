import { z } from "zod";
import { megabitsPerSecond } from "../units.ts";
import { imageByDigest } from "./image.ts";
import { choice, count, memory, texts, throughput } from "./leaf.ts";
import { name, secretName } from "./names.ts";
import { section } from "./section.ts";

/** Parts that services and jobs have in common; spread, so that editors show their comments. */
export const container = {
  /** Name after the environment's prefix; unique in the environment. */
  name: name("backend"),
  /** Container image by digest: a tag can change without a new revision. */
  image: imageByDigest,
};

export const size = {
  /** CPUs: 1, 2, 4, 6 or 8. */
  cpu: choice([1, 2, 4, 6, 8], "whole CPUs that Cloud Run offers", "vCPU"),
  memory: memory({ from: 512, to: 32768, because: "second-generation execution environment, up to 32 GiB" }),
};

export const networkPath = {
  /** Path into the VPC network: "connector" or "direct" (Direct VPC egress). */
  path: choice(["connector", "direct"]),
  /** Sustained traffic of one instance into the VPC, for the connector's load. @default 5 Mbit/s */
  bandwidth: throughput({ from: 1, to: 1000 }).default(megabitsPerSecond(5)),
};

export const dependencies = {
  /** PostgreSQL; leave out where the service does not use it. */
  database: section({
    /** Size of the connection pool. */
    pool: count({
      from: 1,
      to: 500,
      because: "a pool without connections cannot serve",
      unit: "connections",
    }),
    /** Connections beyond the pool under load. */
    overflow: count({ from: 0, to: 500, unit: "connections" }),
    /** "socket": the built-in Cloud SQL connector under /cloudsql (port 3307); "private-ip": TLS to port 5432. */
    via: choice(["socket", "private-ip"]),
  }).optional(),
  /** Redis; leave out where the service does not use it. */
  cache: section({
    /** Connections that one instance opens. */
    pool: count({ from: 1, to: 1000, unit: "connections" }),
  }).optional(),
  /**
   * Names of other services and of external dependencies it calls. It is deployed after them; an internal one
   * admits it by its identity. @default none
   */
  dependsOn: z.array(name("auth")).default([]),
  /** Secrets in addition to those of its database and cache; each is passed as an environment variable. @default none */
  secrets: z.array(secretName).default([]),
  /** Further plain environment variables. Names of the contract cannot be set here. @default none */
  environment: texts({
    what: "texts by the name of the variable",
    fix: 'write for example { LOG_LEVEL: "info" }',
  }).default({}),
};
