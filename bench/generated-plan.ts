/**
 * A plan of any size, as `terraform show -json` writes it: cells of one service each with what belongs to it, over
 * networks and databases that many cells share. Everything in it is correct, so that what is measured is reading and judging.
 */
interface Planned {
  readonly type: string;
  readonly name: string;
  readonly after: { readonly [attribute: string]: unknown };
  /** Attributes known after apply, and the addresses that they refer to. */
  readonly references: { readonly [attribute: string]: string };
}

const PROJECT = "acme-bench";
const REGION = "europe-west1";

/** Cells per network: as many /24 as fit into 10.0.0.0/8, and more than Google allows. */
const CELLS_PER_NETWORK = 2_000;
const CELLS_PER_DATABASE = 20;
const SUBNETS_PER_CELL = 4;

/** @param count at least so many resources, and less than a cell more */
export function generatedPlan(count: number): object {
  const resources: Planned[] = [];
  for (let cell = 0; resources.length < count; cell++) resources.push(...cellOf(cell));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: resources.map(plannedValue) } },
    resource_changes: resources.map(change),
    configuration: {
      provider_config: {
        google: {
          name: "google",
          expressions: { project: { constant_value: PROJECT }, region: { constant_value: REGION } },
        },
      },
      root_module: { resources: resources.map(configuration) },
    },
    complete: true,
    errored: false,
  };
}

function cellOf(cell: number): Planned[] {
  const network = `google_compute_network.n${Math.floor(cell / CELLS_PER_NETWORK)}`;
  const database = `google_sql_database_instance.d${Math.floor(cell / CELLS_PER_DATABASE)}`;
  const service = `c${cell}`;
  return [
    ...(cell % CELLS_PER_NETWORK === 0 ? [networkOf(cell / CELLS_PER_NETWORK)] : []),
    ...(cell % CELLS_PER_DATABASE === 0 ? [databaseOf(cell / CELLS_PER_DATABASE)] : []),
    ...Array.from({ length: SUBNETS_PER_CELL }, (_, index) =>
      subnet((cell % CELLS_PER_NETWORK) * SUBNETS_PER_CELL + index, `s${cell}-${index}`, network),
    ),
    resource("google_service_account", service, { account_id: `account-${service}` }),
    resource(
      "google_project_iam_member",
      service,
      { role: "roles/cloudsql.client" },
      { member: `google_service_account.${service}.email` },
    ),
    cloudRun(service, database),
    resource("google_compute_region_network_endpoint_group", service, {
      name: service,
      region: REGION,
      network_endpoint_type: "SERVERLESS",
      cloud_run: [{ service }],
    }),
    resource(
      "google_compute_backend_service",
      service,
      {
        name: service,
        load_balancing_scheme: "EXTERNAL_MANAGED",
        backend: [{ balancing_mode: "UTILIZATION" }],
      },
      { "backend.group": `google_compute_region_network_endpoint_group.${service}.id` },
    ),
  ];
}

function networkOf(index: number): Planned {
  return resource("google_compute_network", `n${index}`, {
    name: `n${index}`,
    auto_create_subnetworks: false,
  });
}

function databaseOf(index: number): Planned {
  return resource("google_sql_database_instance", `d${index}`, {
    name: `d${index}`,
    region: REGION,
    database_version: "POSTGRES_16",
    settings: [
      {
        tier: "db-custom-2-7680",
        edition: "ENTERPRISE",
        database_flags: [{ name: "max_connections", value: "400" }],
      },
    ],
  });
}

function subnet(position: number, name: string, network: string): Planned {
  const range = `10.${Math.floor(position / 256)}.${position % 256}.0/24`;
  return resource(
    "google_compute_subnetwork",
    name,
    { name, region: REGION, ip_cidr_range: range, private_ip_google_access: true },
    { network: `${network}.id` },
  );
}

function cloudRun(name: string, database: string): Planned {
  const container = {
    image: `${REGION}-docker.pkg.dev/${PROJECT}/apps/app:1`,
    env: [
      { name: "DATABASE_INIT_TIMEOUT_SECONDS", value: "75", value_source: [] },
      { name: "DATABASE_POOL_SIZE", value: "2", value_source: [] },
      {
        name: "CLOUD_SQL_INSTANCE",
        value: `${PROJECT}:${REGION}:${database.split(".")[1]}`,
        value_source: [],
      },
    ],
    startup_probe: [
      { period_seconds: 10, failure_threshold: 30, timeout_seconds: 5, http_get: [{ path: "/health" }] },
    ],
    volume_mounts: [{ name: "cloudsql", mount_path: "/cloudsql" }],
  };
  return resource(
    "google_cloud_run_v2_service",
    name,
    {
      name,
      location: REGION,
      template: [
        {
          timeout: "300s",
          scaling: [{ max_instance_count: 3 }],
          containers: [container],
          volumes: [
            {
              name: "cloudsql",
              cloud_sql_instance: [{ instances: [`${PROJECT}:${REGION}:${database.split(".")[1]}`] }],
            },
          ],
        },
      ],
    },
    { "template.service_account": `google_service_account.${name}.email` },
  );
}

function resource(
  type: string,
  name: string,
  after: object,
  references: { readonly [attribute: string]: string } = {},
): Planned {
  return { type, name, after: { project: PROJECT, ...after }, references };
}

function plannedValue({ type, name, after }: Planned): object {
  const provider_name = "registry.terraform.io/hashicorp/google";
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name,
    schema_version: 0,
    values: after,
  };
}

function change({ type, name, after, references }: Planned): object {
  const unknown = nested(references, () => true);
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/google",
    change: { actions: ["create"], before: null, after, after_unknown: { id: true, ...unknown } },
  };
}

function configuration({ type, name, references }: Planned): object {
  const expressions = nested(references, (reference) => ({
    references: [reference, reference.split(".").slice(0, 2).join(".")],
  }));
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_config_key: "google",
    expressions,
    schema_version: 0,
  };
}

/** "backend.group" as Terraform writes blocks: { backend: [{ group: ... }] }. */
function nested(references: Planned["references"], of: (reference: string) => unknown): object {
  return Object.fromEntries(
    Object.entries(references).map(([attribute, reference]) => {
      const [first = "", second] = attribute.split(".");
      return [first, second === undefined ? of(reference) : [{ [second]: of(reference) }]];
    }),
  );
}
