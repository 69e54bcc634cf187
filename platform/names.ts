import { shortened } from "../values/shortened.ts";
import { givenName, givenNameOf } from "./existing/given-name.ts";
import { networkProject } from "./network/network-project.ts";
import { regionalName } from "./regions/regions.ts";
import type { Environment } from "./schema/environment.ts";
import { foreignAccountOf } from "./workloads/service-accounts.ts";

/** The part of an environment that names are made from. */
export type Named = Pick<
  Environment,
  "project" | "region" | "main" | "prefix" | "existing" | "network" | "services" | "jobs" | "workerPools"
>;

/**
 * Every name that Google lets us choose, computed from the environment, so that each stack can be planned by
 * itself: no stack reads another one's state. An existing resource keeps its name; of a section that the environment lacks,
 * it is the name that nothing has. What others manage has the names that they gave it. Those of Cloud SQL
 * and Redis instances are in `databaseInstances` and `cacheInstances`.
 */
export function platformNames(environment: Named) {
  const { project, region, prefix, existing } = environment;
  const { unmanaged } = environment.network;
  const ofNetwork = networkProject(environment);
  const network = unmanaged?.network ?? givenName(existing.network) ?? `${prefix}-vpc`;
  // One of our own on a subnet of others is in this project.
  const ofConnector = unmanaged?.connector === undefined ? project : ofNetwork;
  const connector = unmanaged?.connector ?? givenName(existing.connector) ?? `${prefix}-connector`;
  const directEgress =
    unmanaged?.directEgress ?? givenName(existing.directEgress) ?? `${prefix}-direct-egress`;
  const furtherConnector = (name: string): string =>
    givenNameOf(existing.connectors ?? {}, name) ?? `${prefix}-${name}`;
  const privateServiceConnect =
    unmanaged?.privateServiceConnect ??
    givenName(existing.privateServiceConnect) ??
    `${prefix}-private-service-connect`;
  const nat = unmanaged?.nat?.name ?? givenName(existing.nat) ?? `${prefix}-nat`;
  const serviceAccount = (name: string): string =>
    givenNameOf(existing.serviceAccounts, name) ?? `${prefix}-${name}-run`;
  const accountEmail = (accountId: string): string => `${accountId}@${project}.iam.gserviceaccount.com`;
  const domain = `${prefix}.internal`;
  return {
    network,
    /** Prefix of firewall rules, whose longest suffix is "-connector-ingress-health-check"; an existing network may have a long name. */
    firewall: shortened(network, 32),
    networkId: `projects/${ofNetwork}/global/networks/${network}`,
    router: unmanaged?.nat?.router ?? givenName(existing.router) ?? `${prefix}-router`,
    nat,
    /** Static address of Cloud NAT, counted from 1. */
    natAddress: (position: number) =>
      unmanaged?.nat?.addresses[position - 1] ??
      givenName(existing.natAddresses[position - 1]) ??
      shortened(`${nat}-${position}`, 63),
    connector,
    connectorId: `projects/${ofConnector}/locations/${region}/connectors/${connector}`,
    /** Connector of furtherConnectors, of the network or of a further region. */
    furtherConnector,
    furtherConnectorId: (name: string) =>
      `projects/${project}/locations/${region}/connectors/${furtherConnector(name)}`,
    directEgress,
    directEgressId: `projects/${ofNetwork}/regions/${region}/subnetworks/${directEgress}`,
    privateServices:
      unmanaged?.privateServices ?? givenName(existing.privateServices) ?? `${prefix}-private-services`,
    /** Subnet of the endpoints of Memorystore for Valkey, and the policy that lets Google create them. */
    privateServiceConnect,
    privateServiceConnectId: `projects/${ofNetwork}/regions/${region}/subnetworks/${privateServiceConnect}`,
    serviceConnectionPolicy: givenName(existing.serviceConnectionPolicy) ?? `${prefix}-memorystore`,
    privateZone: givenName(existing.privateZone) ?? `${prefix}-internal`,
    /** Private zone of the addresses of Cloud Run services. */
    runAppZone: `${prefix}-run-app`,
    /** Private DNS domain, without the trailing dot. */
    domain,
    registry: givenName(existing.registry) ?? `${prefix}-services`,
    service: (name: string) => givenNameOf(existing.services, name) ?? `${prefix}-${name}`,
    job: (name: string) => `${prefix}-${name}`,
    workerPool: (name: string) => `${prefix}-${name}`,
    topic: (name: string) => `${prefix}-${name}`,
    topicId: (name: string) => `projects/${project}/topics/${prefix}-${name}`,
    /** Topic of what could not be delivered from a topic, and the subscription that keeps it. */
    deadLetters: (topic: string) => `${prefix}-${topic}-dead-letters`,
    deadLettersId: (topic: string) => `projects/${project}/topics/${prefix}-${topic}-dead-letters`,
    /** Subscription of a service to a topic. */
    subscription: (topic: string, service: string) => `${prefix}-${topic}-${service}`,
    /** Trigger of Eventarc. */
    trigger: (event: string) => `${prefix}-${event}`,
    /** Names of buckets are unique in the world: the project, whose id is, comes first. */
    bucket: (name: string) => `${project}-${prefix}-${name}`,
    /** Account id of the identity of a service or a job: 6 to 30 characters; the suffix guarantees the minimum. */
    serviceAccount,
    /** Of the account that a service or a job runs as, its own or that of others. */
    serviceAccountEmail: (name: string) =>
      foreignAccountOf(environment, name) ?? accountEmail(serviceAccount(name)),
    /** E-mail of a service account by its account id. */
    accountEmail,
    /** The load balancer's external address. */
    edgeAddress: givenName(existing.edgeAddress) ?? `${prefix}-edge-lb`,
    /** Cloud Run job that runs the preflight of a service. */
    preflightJob: (name: string) => `${prefix}-preflight-${name}`,
    /** Cloud Run job, schedule and account id of the watchdog that rolls back where a rollout's process has died. */
    watchdog: `${prefix}-rollout-guard`,
    /** Account id of the identity that runs scheduled jobs. */
    scheduler: `${prefix}-scheduler`,
    /** Account ids and workload identity pools of the GitHub workflows. */
    planner: `${prefix}-planner`,
    deployer: `${prefix}-deployer`,
    planPool: `${prefix}-plan`,
    deployPool: `${prefix}-deploy`,
    /** Managed certificate and DNS authorization of a domain. */
    certificate: (certificateDomain: string) =>
      `${prefix}-edge-certificate-${certificateDomain.replaceAll(".", "-")}`,
    edge: (part: string) => `${prefix}-edge-${part}`,
    /** Each further region has stacks of its own, so that one region can be deployed while another is down. */
    stack: (part: string) => regionalName(environment, `${prefix}-${part}`),
  };
}

export type PlatformNames = ReturnType<typeof platformNames>;

/** The environment variable that carries a secret: jwt-signing-key -> JWT_SIGNING_KEY. */
export function secretVariable(secret: string): string {
  return secret.toUpperCase().replaceAll("-", "_");
}
