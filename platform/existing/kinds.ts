/** How a kind of resource that can be taken over is called, and the id that Terraform imports it by. */
export interface Kind {
  /** Terraform type. */
  readonly type: string;
  /** For people: "VPC network". */
  readonly what: string;
  /**
   * Import id with {project}, {region}, {parent} and {name} filled in, as the page of the type in the provider's
   * documentation gives it (`importSource`).
   */
  readonly id: string;
}

export const existingKinds = {
  network: {
    type: "google_compute_network",
    what: "VPC network",
    id: "projects/{project}/global/networks/{name}",
  },
  directEgress: {
    type: "google_compute_subnetwork",
    what: "subnet",
    id: "projects/{project}/regions/{region}/subnetworks/{name}",
  },
  privateServices: {
    type: "google_compute_global_address",
    what: "allocated range",
    id: "projects/{project}/global/addresses/{name}",
  },
  privateServicesConnection: {
    type: "google_service_networking_connection",
    what: "private services connection",
    id: "projects/{project}/global/networks/{name}:servicenetworking.googleapis.com",
  },
  router: {
    type: "google_compute_router",
    what: "Cloud Router",
    id: "projects/{project}/regions/{region}/routers/{name}",
  },
  nat: {
    type: "google_compute_router_nat",
    what: "Cloud NAT",
    id: "projects/{project}/regions/{region}/routers/{parent}/{name}",
  },
  natAddresses: {
    type: "google_compute_address",
    what: "static address",
    id: "projects/{project}/regions/{region}/addresses/{name}",
  },
  connector: {
    type: "google_vpc_access_connector",
    what: "VPC connector",
    id: "projects/{project}/locations/{region}/connectors/{name}",
  },
  database: {
    type: "google_sql_database_instance",
    what: "Cloud SQL instance",
    id: "projects/{project}/instances/{name}",
  },
  databaseName: {
    type: "google_sql_database",
    what: "database",
    id: "projects/{project}/instances/{parent}/databases/{name}",
  },
  cache: {
    type: "google_redis_instance",
    what: "Redis instance",
    id: "projects/{project}/locations/{region}/instances/{name}",
  },
  privateZone: {
    type: "google_dns_managed_zone",
    what: "private DNS zone",
    id: "projects/{project}/managedZones/{name}",
  },
  registry: {
    type: "google_artifact_registry_repository",
    what: "Artifact Registry repository",
    id: "projects/{project}/locations/{region}/repositories/{name}",
  },
  services: {
    type: "google_cloud_run_v2_service",
    what: "Cloud Run service",
    id: "projects/{project}/locations/{region}/services/{name}",
  },
  serviceAccounts: {
    type: "google_service_account",
    what: "service account",
    id: "projects/{project}/serviceAccounts/{name}@{project}.iam.gserviceaccount.com",
  },
  secrets: {
    type: "google_secret_manager_secret",
    what: "secret",
    id: "projects/{project}/secrets/{name}",
  },
  edgeAddress: {
    type: "google_compute_global_address",
    what: "load balancer address",
    id: "projects/{project}/global/addresses/{name}",
  },
} as const satisfies Record<string, Kind>;

export type ExistingKind = keyof typeof existingKinds;

/** What lives in something else, and cannot be moved: taken over alone, it would be replaced in a new one. */
export const LIVES_IN: Partial<Record<ExistingKind, ExistingKind>> = {
  directEgress: "network",
  privateServices: "network",
  privateServicesConnection: "network",
  router: "network",
  nat: "router",
  connector: "network",
  databaseName: "database",
  cache: "network",
};

/** What fills the placeholders of an import id. */
export interface Place {
  readonly project: string;
  readonly region: string;
  /** The router of a NAT, the instance of a database; "" where the kind has none. */
  readonly parent: string;
  readonly name: string;
}

/** The id that Terraform imports the resource by. */
export function importId(kind: ExistingKind, place: Place): string {
  return existingKinds[kind].id.replace(/\{(\w+)\}/g, (_, key: string) => place[key as keyof Place]);
}

/** Where the provider documents it. */
export function importSource(type: string): string {
  return `https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/${type.replace("google_", "")}#import`;
}

/**
 * Reads an id as Google and gcloud print it: a self link, a path from "projects/" on, project:region:instance, or an
 * e-mail. Undefined where it has not the form of the kind's ids.
 */
export function readId(kind: ExistingKind, id: string): Partial<Place> | undefined {
  const path = asPath(kind, id);
  const keys: string[] = [];
  const pattern = existingKinds[kind].id
    .split(/\{(\w+)\}/)
    .map((piece, index) => {
      if (index % 2 === 0) return piece.replaceAll(".", "\\.");
      if (keys.includes(piece)) return `\\${keys.indexOf(piece) + 1}`;
      keys.push(piece);
      return "([^/@]+)";
    })
    .join("");
  const found = new RegExp(`^${pattern}$`).exec(path);
  return found === null
    ? undefined
    : Object.fromEntries(keys.map((key, index) => [key, found[index + 1] ?? ""]));
}

function asPath(kind: ExistingKind, id: string): string {
  const connection = /^([^/]+):([^/:]+):([^/:]+)$/.exec(id);
  if (kind === "database" && connection !== null)
    return `projects/${connection[1]}/instances/${connection[3]}`;
  const email = /^[^/@]+@([^/@]+)\.iam\.gserviceaccount\.com$/.exec(id);
  if (kind === "serviceAccounts" && email !== null) return `projects/${email[1]}/serviceAccounts/${id}`;
  const start = id.indexOf("projects/");
  return start < 0 ? id : id.slice(start);
}
