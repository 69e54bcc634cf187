import type { Rule } from "../../rules/rule.ts";
import { check, type Said } from "./support.ts";

/** A small correct platform as Terraform JSON, which the tests of reachability and identity break in one place each. */

export type Body = { [attribute: string]: unknown };
export type Platform = { [type: string]: { [name: string]: Body } };

const vpc = "${google_compute_network.main.id}";

export function platform(): Platform {
  return {
    google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
    google_compute_subnetwork: {
      direct: {
        name: "direct",
        ip_cidr_range: "10.40.8.0/26",
        network: vpc,
        region: "europe-west1",
        private_ip_google_access: true,
      },
    },
    google_compute_global_address: {
      psa: {
        name: "psa",
        purpose: "VPC_PEERING",
        address_type: "INTERNAL",
        address: "10.60.0.0",
        prefix_length: 16,
        network: vpc,
      },
    },
    google_service_networking_connection: {
      psa: {
        network: vpc,
        service: "servicenetworking.googleapis.com",
        reserved_peering_ranges: ["${google_compute_global_address.psa.name}"],
      },
    },
    google_vpc_access_connector: {
      main: {
        name: "main",
        region: "europe-west1",
        network: "${google_compute_network.main.name}",
        ip_cidr_range: "10.40.0.0/28",
      },
    },
    google_compute_router: { main: { name: "main", network: vpc, region: "europe-west1" } },
    google_compute_router_nat: {
      main: {
        name: "main",
        router: "${google_compute_router.main.name}",
        region: "europe-west1",
        nat_ip_allocate_option: "AUTO_ONLY",
        source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      },
    },
    google_compute_firewall: {
      deny: {
        name: "deny",
        network: vpc,
        direction: "EGRESS",
        priority: 65000,
        destination_ranges: ["0.0.0.0/0"],
        deny: [{ protocol: "all" }],
      },
      redis: {
        name: "redis",
        network: vpc,
        direction: "EGRESS",
        priority: 1000,
        destination_ranges: ["10.60.0.0/16"],
        allow: [{ protocol: "tcp", ports: ["6378"] }],
      },
      postgres: {
        name: "postgres",
        network: vpc,
        direction: "EGRESS",
        priority: 1000,
        destination_ranges: ["10.60.0.0/16"],
        allow: [{ protocol: "tcp", ports: ["5432", "3307"] }],
      },
      web: {
        name: "web",
        network: vpc,
        direction: "EGRESS",
        priority: 1000,
        allow: [{ protocol: "tcp", ports: ["443"] }],
      },
    },
    google_redis_instance: {
      cache: {
        name: "cache",
        memory_size_gb: 2,
        region: "europe-west1",
        authorized_network: vpc,
        connect_mode: "PRIVATE_SERVICE_ACCESS",
        reserved_ip_range: "psa",
        transit_encryption_mode: "SERVER_AUTHENTICATION",
        depends_on: ["google_service_networking_connection.psa"],
      },
    },
    google_sql_database_instance: {
      orders: {
        name: "orders",
        region: "europe-west1",
        database_version: "POSTGRES_16",
        settings: [
          {
            tier: "db-custom-2-7680",
            edition: "ENTERPRISE",
            ip_configuration: [{ ipv4_enabled: false, private_network: vpc }],
          },
        ],
        depends_on: ["google_service_networking_connection.psa"],
      },
    },
    google_sql_database: {
      orders: { name: "orders", instance: "${google_sql_database_instance.orders.name}" },
    },
    google_sql_user: {
      api: {
        name: "api",
        instance: "${google_sql_database_instance.orders.name}",
        password: "${var.password}",
      },
    },
    google_service_account: { api: { account_id: "api-runtime" } },
    google_secret_manager_secret: { db: { secret_id: "db-password", replication: [{ auto: [{}] }] } },
    google_secret_manager_secret_version: {
      db: { secret: "${google_secret_manager_secret.db.id}", secret_data: "${var.password}" },
    },
    google_secret_manager_secret_iam_member: {
      api: {
        secret_id: "${google_secret_manager_secret.db.id}",
        role: "roles/secretmanager.secretAccessor",
        member: "serviceAccount:${google_service_account.api.email}",
      },
    },
    google_project_iam_member: {
      sql: {
        project: "acme-dev",
        role: "roles/cloudsql.client",
        member: "serviceAccount:${google_service_account.api.email}",
      },
    },
    google_cloud_run_v2_service: {
      api: {
        name: "api",
        location: "europe-west1",
        template: [
          {
            service_account: "${google_service_account.api.email}",
            vpc_access: [{ connector: "${google_vpc_access_connector.main.id}", egress: "ALL_TRAFFIC" }],
            containers: [
              {
                image: "europe-west1-docker.pkg.dev/acme-dev/app/api",
                env: [
                  { name: "REDIS_HOST", value: "${google_redis_instance.cache.host}" },
                  { name: "REDIS_PORT", value: "6378" },
                  {
                    name: "POSTGRES_HOST",
                    value: "${google_sql_database_instance.orders.private_ip_address}",
                  },
                  { name: "POSTGRES_PORT", value: "5432" },
                  { name: "POSTGRES_DB", value: "orders" },
                  { name: "POSTGRES_USER", value: "api" },
                  { name: "CLOUD_SQL_INSTANCE", value: "acme-dev:europe-west1:orders" },
                  { name: "PAYMENTS_URL", value: "https://api.stripe.com" },
                  {
                    name: "POSTGRES_PASSWORD",
                    value_source: [
                      {
                        secret_key_ref: [
                          { secret: "${google_secret_manager_secret.db.secret_id}", version: "1" },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
        depends_on: ["google_secret_manager_secret_iam_member.api"],
      },
    },
  };
}

/** The platform with one thing changed. */
export function changed(change: (resources: Parts) => void): Platform {
  const resources = platform();
  change(new Parts(resources));
  return resources;
}

/** What the rule says of the platform with one thing changed. */
export function saidOf(rule: Rule, change: (resources: Parts) => void): Said[] {
  return check(rule, changed(change), { variable: { password: { type: "string", sensitive: true } } });
}

/** The same, as "severity address" without the messages. */
export function verdictsOf(rule: Rule, change: (resources: Parts) => void): string[] {
  return saidOf(rule, change).map(({ severity, address }) => `${severity} ${address}`);
}

/** Short ways to the parts of the platform that tests change. */
export class Parts {
  readonly resources: Platform;

  constructor(resources: Platform) {
    this.resources = resources;
  }

  /** The body of the resource at the address; made empty where there is none. */
  at(address: string): Body {
    const [type = "", name = ""] = address.split(".");
    const named = this.resources[type] ?? {};
    this.resources[type] = named;
    const body = named[name] ?? {};
    named[name] = body;
    return body;
  }

  remove(address: string): void {
    const [type = "", name = ""] = address.split(".");
    delete this.resources[type]?.[name];
    if (Object.keys(this.resources[type] ?? {}).length === 0) delete this.resources[type];
  }

  set(address: string, values: Body): void {
    Object.assign(this.at(address), values);
  }

  /** The template of the service. */
  template(): Body {
    return first(this.at("google_cloud_run_v2_service.api").template);
  }

  container(): Body {
    return first(this.template().containers);
  }

  access(): Body {
    return first(this.template().vpc_access);
  }

  /** Direct VPC egress through the subnet "direct" instead of the connector. */
  direct(networkInterface: Body = { network: "main", subnetwork: "direct", tags: ["api"] }): void {
    this.template().vpc_access = [{ network_interfaces: [networkInterface], egress: "ALL_TRAFFIC" }];
  }

  /** A second network, on which nothing is yet. */
  otherNetwork(): string {
    this.set("google_compute_network.other", { name: "other", auto_create_subnetworks: false });
    return "${google_compute_network.other.id}";
  }

  sql(): Body {
    return first(first(this.at("google_sql_database_instance.orders").settings).ip_configuration);
  }

  /** Sets, adds or (with undefined) removes a variable of the service. */
  env(name: string, value: unknown): void {
    const container = this.container();
    const others = (container.env as Body[]).filter((entry) => entry.name !== name);
    container.env = value === undefined ? others : [...others, { name, value }];
  }

  /** Mounts a Cloud SQL volume of the instances. */
  volume(instances: unknown, mountPath = "/cloudsql"): void {
    this.template().volumes = [{ name: "sql", cloud_sql_instance: [{ instances }] }];
    this.container().volume_mounts = [{ name: "sql", mount_path: mountPath }];
  }
}

function first(list: unknown): Body {
  return (list as Body[])[0] as Body;
}
