import type { Environment } from "./schema/environment.ts";

/** The part of an environment that names are made from. */
export type Named = Pick<Environment, "project" | "region" | "prefix" | "database" | "cache">;

/**
 * Every name that Google lets us choose, computed from the environment, so that each stack can be planned by
 * itself: no stack reads another one's state.
 */
export function platformNames(environment: Named) {
  const { project, region, prefix } = environment;
  const network = `${prefix}-vpc`;
  const connector = `${prefix}-connector`;
  const directEgress = `${prefix}-direct-egress`;
  const database = `${prefix}-${environment.database.name}`;
  const domain = `${prefix}.internal`;
  return {
    network,
    networkId: `projects/${project}/global/networks/${network}`,
    router: `${prefix}-router`,
    nat: `${prefix}-nat`,
    connector,
    connectorId: `projects/${project}/locations/${region}/connectors/${connector}`,
    directEgress,
    directEgressId: `projects/${project}/regions/${region}/subnetworks/${directEgress}`,
    privateServices: `${prefix}-private-services`,
    database,
    /** What Cloud Run and the Cloud SQL connectors call the instance: project:region:instance. */
    connectionName: `${project}:${region}:${database}`,
    redis: `${prefix}-${environment.cache.name}`,
    privateZone: `${prefix}-internal`,
    /** Private DNS domain, without the final dot. */
    domain,
    postgresHost: `postgres.${domain}`,
    redisHost: `redis.${domain}`,
    registry: `${prefix}-services`,
    service: (name: string) => `${prefix}-${name}`,
    /** Account id of a service's identity: 6 to 30 characters, which the suffix guarantees at the lower end. */
    serviceAccount: (name: string) => `${prefix}-${name}-run`,
    serviceAccountEmail: (name: string) => `${prefix}-${name}-run@${project}.iam.gserviceaccount.com`,
    edge: (part: string) => `${prefix}-edge-${part}`,
    stack: (part: string) => `${environment.prefix}-${part}`,
  };
}

export type PlatformNames = ReturnType<typeof platformNames>;

/** The environment variable that carries a secret: jwt-signing-key -> JWT_SIGNING_KEY. */
export function secretVariable(secret: string): string {
  return secret.toUpperCase().replaceAll("-", "_");
}
