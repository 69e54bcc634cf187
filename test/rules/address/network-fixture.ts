import type { Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

const NETWORK = "${google_compute_network.main.id}";

/** A subnet of the network `main`. */
export function subnet(ip_cidr_range: unknown, more: Json = {}): Json {
  return { name: "app", region: "europe-west1", network: NETWORK, ip_cidr_range, ...more };
}

/** A connector of the network `main`. */
export function connector(ip_cidr_range: unknown, more: Json = {}): Json {
  return {
    name: "main",
    region: "europe-west1",
    network: "${google_compute_network.main.name}",
    ip_cidr_range,
    min_instances: 2,
    max_instances: 3,
    ...more,
  };
}

/** A range for private services access in the network `main`. */
export function allocated(address: unknown, prefix_length: unknown): Json {
  return {
    name: "services",
    purpose: "VPC_PEERING",
    address_type: "INTERNAL",
    network: NETWORK,
    address,
    prefix_length,
  };
}

/** A Cloud SQL instance with a private address in the network `main`. */
export function database(more: Json = {}): Json {
  return {
    name: "orders",
    region: "europe-west1",
    database_version: "POSTGRES_15",
    settings: {
      tier: "db-custom-2-7680",
      ip_configuration: { ipv4_enabled: false, private_network: NETWORK },
    },
    ...more,
  };
}

/** A Cloud Run service whose instances take addresses from the subnet `app`. */
export function directService(more: Json = {}): Json {
  return {
    name: "api",
    location: "europe-west1",
    template: {
      containers: [{ image: "i" }],
      vpc_access: { network_interfaces: { subnetwork: "${google_compute_subnetwork.app.id}" } },
      ...more,
    },
  };
}

/** The resources in the custom mode network `main`. */
export function inNetwork(resources: Resources): Resources {
  return {
    google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
    ...resources,
  };
}
