import { z } from "zod";
import { flag, leaf, text } from "./leaf.ts";
import { secretName } from "./names.ts";
import { section } from "./section.ts";

/** True where the resource has the computed name; otherwise its name or id. */
export type Existing = true | string;

const NAME_OR_ID = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,299}$/;
const ALLOWED = "true (it has the name that the platform computes), or the name or id that it has";

function isExisting(value: unknown): value is Existing {
  return value === true || (typeof value === "string" && NAME_OR_ID.test(value));
}

/** True, or the name or id that it has. */
export const existingOne = (example: string): z.ZodType<Existing, Existing> =>
  leaf<Existing>({
    allowed: `allowed is ${ALLOWED}`,
    placeholder: true,
    check: (value) =>
      isExisting(value)
        ? undefined
        : {
            fix: `write true or for example "${example}"; leave it out where nothing exists`,
            usable: false,
          },
  });

/** By the name of the service, or of the instance. */
export const existingByName = (
  of: string,
  example: string,
): z.ZodType<Record<string, Existing>, Record<string, Existing>> =>
  leaf<Record<string, Existing>>({
    allowed: `allowed is, for each ${of} by its name, ${ALLOWED}`,
    placeholder: {},
    check: (value) => {
      const isFine =
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every(isExisting);
      return isFine ? undefined : { fix: `write for example { ${example} }`, usable: false };
    },
  });

/**
 * Existing resources: the first deployment imports them instead of creating new ones. The platform uses the names
 * stated here. Entries may stay after the import: Terraform ignores them.
 */
export const existing = section({
  network: existingOne("legacy-vpc").optional(),
  /** Subnet of Direct VPC egress. */
  directEgress: existingOne("legacy-run-subnet").optional(),
  /** The range that is allocated to Google for Cloud SQL and Redis. */
  privateServices: existingOne("google-managed-services-legacy-vpc").optional(),
  /** The private services connection of the network, which has no name of its own. */
  privateServicesConnection: flag().optional(),
  /** Subnet of the endpoints of Memorystore for Valkey. */
  privateServiceConnect: existingOne("legacy-endpoints").optional(),
  /** Service connection policy of Memorystore for Valkey; a network has one in each region. */
  serviceConnectionPolicy: existingOne("legacy-memorystore").optional(),
  router: existingOne("legacy-router").optional(),
  nat: existingOne("legacy-nat").optional(),
  /** Static addresses of Cloud NAT, which may be on allow lists of others: as many as exist, at most network.nat.addresses. @default none */
  natAddresses: z.array(existingOne("legacy-nat-1")).default([]),
  connector: existingOne("legacy-connector").optional(),
  /** Connectors of network.furtherConnectors, by their names there; each name replaces the computed one. @default none */
  connectors: existingByName("connector", 'night: "legacy-night"').optional(),
  /** Cloud SQL instance; its name replaces the one made from database.name. */
  database: existingOne("acme-staging:us-central1:legacy-postgres").optional(),
  /** The database within the instance (database.databaseName). */
  databaseName: flag().optional(),
  /** Cloud SQL instances of `databases`, by their names there; each name replaces the computed one. @default none */
  databases: existingByName("database instance", 'orders: "legacy-orders"').optional(),
  /** Databases within instances, further ones of `database` among them: ["orders/app"], instance and database. @default none */
  databaseNames: z
    .array(
      text({
        pattern: /^[a-z][a-z0-9-]*\/[a-z_][a-z0-9_-]*$/,
        allowed: "the name of an instance, a slash and the name of a database in it",
        fix: 'write for example "orders/app"',
      }),
    )
    .optional(),
  /** Redis or Valkey instance; its name replaces the one made from cache.name. */
  cache: existingOne("legacy-redis").optional(),
  /** Redis and Valkey instances of `caches`, by their names there; each name replaces the computed one. @default none */
  caches: existingByName("cache", 'sessions: "legacy-sessions"').optional(),
  /** Private DNS zone. Its domain cannot change: it must be the one that the platform computes. */
  privateZone: existingOne("legacy-internal").optional(),
  /** Artifact Registry repository of the images. */
  registry: existingOne("legacy-images").optional(),
  /** Cloud Run services by their names here. @default none */
  services: existingByName("service", 'backend: "legacy-backend"').default({}),
  /** Service accounts by the names of their services and jobs: account id or e-mail. @default none */
  serviceAccounts: existingByName(
    "service",
    'backend: "backend@acme-staging.iam.gserviceaccount.com"',
  ).default({}),
  /** Secrets by their names, which are those of the environment's secrets. @default none */
  secrets: z.array(secretName).default([]),
  /** External address of the load balancer, which DNS records point to. */
  edgeAddress: existingOne("legacy-lb").optional(),
});
