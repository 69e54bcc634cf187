import { resourceType } from "../../resources/catalogue.ts";

/** Each slot of `existing`, and the Terraform type of what it takes over. */
const types = {
  network: "google_compute_network",
  directEgress: "google_compute_subnetwork",
  privateServices: "google_compute_global_address",
  privateServicesConnection: "google_service_networking_connection",
  privateServiceConnect: "google_compute_subnetwork",
  serviceConnectionPolicy: "google_network_connectivity_service_connection_policy",
  router: "google_compute_router",
  nat: "google_compute_router_nat",
  natAddresses: "google_compute_address",
  connector: "google_vpc_access_connector",
  connectors: "google_vpc_access_connector",
  database: "google_sql_database_instance",
  databaseName: "google_sql_database",
  databases: "google_sql_database_instance",
  databaseNames: "google_sql_database",
  cache: "google_redis_instance",
  caches: "google_redis_instance",
  privateZone: "google_dns_managed_zone",
  registry: "google_artifact_registry_repository",
  services: "google_cloud_run_v2_service",
  serviceAccounts: "google_service_account",
  secrets: "google_secret_manager_secret",
  edgeAddress: "google_compute_global_address",
} as const;

export type ExistingKind = keyof typeof types;

export const existingKinds = Object.keys(types) as readonly ExistingKind[];

export function typeOf(kind: ExistingKind): string {
  return types[kind];
}

/** The type of a cache by its engine. */
export const cacheTypes = {
  redis: types.cache,
  valkey: "google_memorystore_instance",
} as const;

/** Two slots of one type differ in their purpose. */
const purposes: Partial<Record<ExistingKind, string>> = {
  privateServices: "allocated range",
  privateServiceConnect: "subnet of endpoints",
  edgeAddress: "load balancer address",
};

/** What a person calls it: "Cloud NAT", "allocated range". */
export function labelOf(kind: ExistingKind, type: string = types[kind]): string {
  return purposes[kind] ?? resourceType(type)?.label ?? type;
}

/** What is part of something else and cannot be moved: taken over alone, it would be replaced in a new one. */
export const PART_OF: Partial<Record<ExistingKind, ExistingKind>> = {
  directEgress: "network",
  privateServices: "network",
  privateServicesConnection: "network",
  privateServiceConnect: "network",
  serviceConnectionPolicy: "network",
  router: "network",
  nat: "router",
  connector: "network",
  connectors: "network",
  databaseName: "database",
  cache: "network",
  caches: "network",
};
