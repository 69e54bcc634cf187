import { describe, expect, test } from "@jest/globals";
import { environment } from "../support/environments.ts";
import { findings, type Json, resource, resources, synthesized } from "../support/synthesized.ts";

const stacks = synthesized(environment());
const stack = (name: string): Json => stacks[`staging-${name}`];

test("the stacks of staging", () => {
  expect(Object.keys(stacks).sort()).toEqual([
    "staging-data",
    "staging-edge",
    "staging-foundation",
    "staging-network",
    "staging-operations",
    "staging-preflight",
    "staging-service-auth",
    "staging-service-backend",
    "staging-service-frontend",
  ]);
});

test("nothing is found on it", () => expect(findings(environment())).toEqual([]));

test("every stack has the pinned provider and a state of its own beside the output", () => {
  for (const [name, json] of Object.entries(stacks)) {
    expect(json.terraform.required_providers.google).toEqual({ source: "google", version: "6.50.0" });
    expect(json.terraform.backend).toEqual({ local: { path: `../../../terraform.${name}.tfstate` } });
    expect(json.provider.google[0]).toMatchObject({ project: "netra-staging", region: "us-central1" });
  }
});

test("no stack reads another one's state", () => {
  for (const json of Object.values(stacks)) expect(json.data?.terraform_remote_state).toBeUndefined();
});

describe("network", () => {
  const json = stack("network");

  test("connector of incident I-1, with the corrected maximum", () => {
    expect(resource(json, "google_vpc_access_connector")).toMatchObject({
      name: "staging-connector",
      ip_cidr_range: "10.1.0.0/28",
      region: "us-central1",
      min_instances: 3,
      max_instances: 10,
    });
  });

  test("egress is denied except what the plans need (I-2)", () => {
    const egress = resources(json, "google_compute_firewall")
      .filter((rule) => rule.direction === "EGRESS" && rule.target_tags === undefined)
      .map((rule) => [
        rule.name,
        rule.priority,
        rule.destination_ranges,
        (rule.allow ?? rule.deny).flatMap((entry: Json) => entry.ports ?? entry.protocol),
      ]);
    expect(egress.sort()).toEqual([
      ["staging-vpc-egress-deny", 65000, ["0.0.0.0/0"], ["all"]],
      ["staging-vpc-egress-dns-tcp", 1000, ["169.254.169.254/32"], ["53"]],
      ["staging-vpc-egress-dns-udp", 1000, ["169.254.169.254/32"], ["53"]],
      ["staging-vpc-egress-https", 1000, ["0.0.0.0/0"], ["443", "8443"]],
      ["staging-vpc-egress-postgres", 1000, ["10.166.0.0/16"], ["3307"]],
      ["staging-vpc-egress-redis", 1000, ["10.166.0.0/16"], ["6378"]],
    ]);
  });

  test("the range that holds 10.166.204.83 is handed to Google", () => {
    expect(resource(json, "google_compute_global_address")).toMatchObject({
      address: "10.166.0.0",
      prefix_length: 16,
      purpose: "VPC_PEERING",
    });
  });
});

describe("data", () => {
  const json = stack("data");

  test("database: private, encrypted, explicit edition and connections, restorable", () => {
    const database = resource(json, "google_sql_database_instance");
    expect(database).toMatchObject({
      name: "staging-shared-postgres",
      database_version: "POSTGRES_15",
      deletion_protection: false,
      settings: {
        edition: "ENTERPRISE",
        tier: "db-custom-8-30720",
        deletion_protection_enabled: false,
        database_flags: [{ name: "max_connections", value: "1250" }],
        ip_configuration: {
          ipv4_enabled: false,
          private_network: "projects/netra-staging/global/networks/staging-vpc",
          allocated_ip_range: "staging-private-services",
          ssl_mode: "ENCRYPTED_ONLY",
        },
        backup_configuration: {
          enabled: true,
          point_in_time_recovery_enabled: true,
          transaction_log_retention_days: 7,
        },
      },
    });
    expect(database.lifecycle.ignore_changes).toEqual(["settings[0].disk_size"]);
  });

  test("Redis: same network, TLS, AUTH, range by its name", () => {
    expect(resource(json, "google_redis_instance")).toMatchObject({
      tier: "STANDARD_HA",
      connect_mode: "PRIVATE_SERVICE_ACCESS",
      authorized_network: "projects/netra-staging/global/networks/staging-vpc",
      reserved_ip_range: "staging-private-services",
      transit_encryption_mode: "SERVER_AUTHENTICATION",
      auth_enabled: true,
    });
  });

  test("private names for both, on the network", () => {
    expect(resource(json, "google_dns_managed_zone")).toMatchObject({
      dns_name: "staging.internal.",
      visibility: "private",
      private_visibility_config: {
        networks: [{ network_url: "projects/netra-staging/global/networks/staging-vpc" }],
      },
    });
    expect(
      resources(json, "google_dns_record_set")
        .map((record) => record.name)
        .sort(),
    ).toEqual(["postgres.staging.internal.", "redis.staging.internal."]);
  });
});

describe("backend service", () => {
  const service = resource(stack("service-backend"), "google_cloud_run_v2_service");
  const [container] = service.template.containers;
  const variables = Object.fromEntries(
    container.env.map((variable: Json) => [
      variable.name,
      variable.value ?? variable.value_source.secret_key_ref,
    ]),
  );

  test("the deadlines written are the ones in force (I-4)", () => {
    expect(variables).toMatchObject({
      DATABASE_CONNECT_TIMEOUT_SECONDS: "35",
      DATABASE_INIT_TIMEOUT_SECONDS: "75",
      DATABASE_STATEMENT_TIMEOUT_SECONDS: "30",
      REQUEST_TIMEOUT_SECONDS: "3600",
      SHUTDOWN_GRACE_SECONDS: "9",
    });
    expect(service.template.timeout).toBe("3600s");
    expect(container.startup_probe).toEqual({
      failure_threshold: 60,
      http_get: { path: "/health", port: 8080 },
      initial_delay_seconds: 0,
      period_seconds: 10,
      timeout_seconds: 5,
    });
  });

  test("pool, socket and Redis come from the budgets and the plan", () => {
    expect(variables).toMatchObject({
      DATABASE_POOL_SIZE: "10",
      DATABASE_MAX_OVERFLOW: "15",
      POSTGRES_HOST: "/cloudsql/netra-staging:us-central1:staging-shared-postgres",
      CLOUD_SQL_INSTANCE: "netra-staging:us-central1:staging-shared-postgres",
      REDIS_HOST: "redis.staging.internal",
      REDIS_PORT: "6378",
      REDIS_TLS: "true",
      CLICKHOUSE_URL: "https://clickhouse.netrasystems.ai:8443",
      AUTH_URL: "https://api-staging.netrasystems.ai/auth",
    });
  });

  test("secrets are pinned and hold no value", () => {
    expect(variables.POSTGRES_PASSWORD).toEqual({ secret: "postgres-password", version: "1" });
    expect(variables.LLM_API_KEY).toEqual({ secret: "llm-api-key", version: "1" });
  });

  test("everything else that must be explicit", () => {
    expect(service).toMatchObject({
      // The name of the revisions in I-1: the running service is taken over, never doubled.
      name: "netra-backend-staging",
      ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      traffic: [{ percent: 100 }, { percent: 0, tag: "candidate" }],
      lifecycle: { ignore_changes: ["client", "client_version"] },
      scaling: { min_instance_count: 2, scaling_mode: "AUTOMATIC" },
      template: {
        session_affinity: true,
        service_account: "staging-backend-run@netra-staging.iam.gserviceaccount.com",
        scaling: { max_instance_count: 20 },
        vpc_access: {
          connector: "projects/netra-staging/locations/us-central1/connectors/staging-connector",
          egress: "ALL_TRAFFIC",
        },
        volumes: [
          {
            name: "cloudsql",
            cloud_sql_instance: { instances: ["netra-staging:us-central1:staging-shared-postgres"] },
          },
        ],
      },
    });
    expect(container.resources).toEqual({
      cpu_idle: false,
      limits: { cpu: "2", memory: "4Gi" },
      startup_cpu_boost: true,
    });
    expect(container.image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  test("moving a service to the other path is one line", () => {
    const moved = synthesized(
      environment((draft) => {
        draft.services[1].path = "direct";
      }),
    );
    const { vpc_access } = resource(moved["staging-service-backend"], "google_cloud_run_v2_service").template;
    expect(vpc_access).toEqual({
      egress: "ALL_TRAFFIC",
      network_interfaces: [
        {
          network: "projects/netra-staging/global/networks/staging-vpc",
          subnetwork: "projects/netra-staging/regions/us-central1/subnetworks/staging-direct-egress",
        },
      ],
    });
  });
});

describe("foundation", () => {
  const json = stack("foundation");

  test("ten secrets by name, and no version of any", () => {
    expect(
      resources(json, "google_secret_manager_secret")
        .map((secret) => secret.secret_id)
        .sort(),
    ).toHaveLength(10);
    expect(json.resource.google_secret_manager_secret_version).toBeUndefined();
  });

  test("each service reads its own secrets and no other", () => {
    const readers = (service: string): string[] =>
      Object.keys(json.resource.google_secret_manager_secret_iam_member).filter((name) =>
        name.includes(`Reader-${service}_`),
      );
    expect([readers("auth").length, readers("backend").length, readers("frontend").length]).toEqual([
      8, 7, 0,
    ]);
  });

  test("only services that open the Cloud SQL socket get a role in the project", () => {
    expect(
      resources(json, "google_project_iam_member")
        .map((member) => [member.role, member.member])
        .sort(),
    ).toEqual([
      ["roles/cloudsql.client", expect.stringContaining("identity-auth")],
      ["roles/cloudsql.client", expect.stringContaining("identity-backend")],
    ]);
  });

  test("APIs come before what needs them, and are never switched off", () => {
    for (const api of resources(json, "google_project_service")) expect(api.disable_on_destroy).toBe(false);
    for (const secret of resources(json, "google_secret_manager_secret")) {
      expect(secret.depends_on).toEqual(expect.arrayContaining([expect.stringContaining("secretmanager")]));
    }
  });
});

describe("edge", () => {
  const json = stack("edge");

  test("the wildcard is Certificate Manager's, proven by DNS", () => {
    expect(resource(json, "google_certificate_manager_certificate").managed.domains).toEqual([
      "netrasystems.ai",
      "*.netrasystems.ai",
    ]);
    expect(resource(json, "google_compute_target_https_proxy").certificate_map).toMatch(
      /^\/\/certificatemanager\.googleapis\.com\//,
    );
    expect(json.resource.google_compute_managed_ssl_certificate).toBeUndefined();
  });

  test("backends have nothing that a serverless NEG refuses", () => {
    const backends = resources(json, "google_compute_backend_service");
    expect(backends).toHaveLength(3);
    for (const backend of backends) {
      expect(backend.load_balancing_scheme).toBe("EXTERNAL_MANAGED");
      for (const refused of [
        "timeout_sec",
        "health_checks",
        "port_name",
        "session_affinity",
        "outlier_detection",
      ])
        expect(backend[refused]).toBeUndefined();
      expect(Object.keys(backend.backend[0])).toEqual(["group"]);
    }
  });

  test("hosts and paths lead to their services", () => {
    const maps = resources(json, "google_compute_url_map");
    const served = maps.find((map) => map.name === "staging-edge-lb");
    expect(served.host_rule).toEqual([
      { hosts: ["api-staging.netrasystems.ai"], path_matcher: "host-api-staging-netrasystems-ai" },
      { hosts: ["staging.netrasystems.ai"], path_matcher: "host-staging-netrasystems-ai" },
    ]);
    expect(
      served.path_matcher.map((matcher: Json) => [
        matcher.default_service,
        matcher.path_rule.map((rule: Json) => [rule.paths, rule.service]),
      ]),
    ).toEqual([
      [expect.stringContaining("backend-backend"), [[["/auth/*"], expect.stringContaining("backend-auth")]]],
      [
        expect.stringContaining("backend-frontend"),
        [[["/health/infrastructure", "/ws", "/ws/*"], expect.stringContaining("backend-backend")]],
      ],
    ]);
    expect(maps.find((map) => map.name === "staging-edge-lb-http").default_url_redirect).toEqual({
      https_redirect: true,
      redirect_response_code: "MOVED_PERMANENTLY_DEFAULT",
      strip_query: false,
    });
  });
});
