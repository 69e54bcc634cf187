import type { LogEntry, TimeSeries, World } from "./evaluator/series.ts";
import { type Course, reports, then } from "./worlds.ts";

/** What changes in the second hour; everything else stays as at full scale. Counts are per minute. */
export interface Trouble {
  /** Connections of the database "netra", beside 13 of Google's agents and people. @default 1,160: the budget */
  readonly connections?: number;
  readonly refused?: number;
  readonly failedLogins?: number;
  /** Mbit/s in both directions together. @default 400: the budget */
  readonly megabits?: number;
  readonly connectorCpu?: number;
  /** Requests of the backend that fail, of 17 a minute. @default none */
  readonly backendErrors?: Course;
  /** Latency of the backend in ms. @default 800 */
  readonly latency?: number;
  readonly startup?: number;
  readonly killed?: number;
  /** Checks of /health/infrastructure that pass, at five of six locations. @default 1 */
  readonly infrastructure?: number;
  readonly logs?: readonly LogEntry[];
}

const SERVICES = { "staging-auth": 6, "netra-backend-staging": 20, "staging-frontend": 5 } as const;
const REQUESTS = 17;
const project = "netra-staging";
const location = "us-central1";

/** Staging at full scale while two revisions overlap: everything that budgets allow is used, and nothing is wrong. */
export function staging(trouble: Trouble = {}): World {
  return {
    logs: trouble.logs ?? [],
    series: [
      ...database(trouble),
      ...cache(),
      ...connector(trouble),
      ...Object.entries(SERVICES).flatMap(([name, most]) => service(name, most, trouble)),
      ...edge(trouble),
      ...reports(
        "nat_gateway",
        { project_id: project, region: location, router_id: "1", gateway_name: "staging-nat" },
        [
          ["router.googleapis.com/nat/allocated_ports", { nat_ip: "1" }, () => 2560],
          ["router.googleapis.com/nat/port_usage", { ip_protocol: "6" }, () => 64],
          ["router.googleapis.com/nat/nat_allocation_failed", {}, () => 0],
        ],
      ),
      ...["auth", "backend", "frontend"].flatMap((name) =>
        reports("cloud_run_job", { project_id: project, location, job_name: `staging-preflight-${name}` }, [
          [
            "run.googleapis.com/job/completed_execution_count",
            { result: "succeeded" },
            (minute) => (minute % 5 === 0 ? 1 : undefined),
          ],
        ]),
      ),
    ],
  };
}

function database({ connections = 1160, failedLogins = 0 }: Trouble): TimeSeries[] {
  const of = "cloudsql.googleapis.com/database";
  const backends = `${of}/postgresql/num_backends`;
  return reports(
    "cloudsql_database",
    { project_id: project, region: location, database_id: `${project}:staging-shared-postgres` },
    [
      [backends, { database: "netra" }, then(1160, connections)],
      [backends, { database: "cloudsqladmin" }, () => 8],
      [backends, { database: "postgres" }, () => 5],
      [`${of}/cpu/utilization`, {}, () => 0.7],
      [`${of}/memory/utilization`, {}, () => 0.9],
      [`${of}/disk/utilization`, {}, () => 0.6],
      [`${of}/postgresql/transaction_id_utilization`, {}, () => 0.1],
      // A restart for maintenance, at night.
      [`${of}/up`, {}, (minute) => (minute >= 20 && minute < 24 ? 0 : 1)],
      [`${of}/network/connection_attempt_count`, { login_status: "failed" }, then(1, failedLogins)],
    ],
  );
}

function cache(): TimeSeries[] {
  const instance_id = `projects/${project}/locations/${location}/instances/staging-redis`;
  return reports(
    "redis_instance",
    { project_id: project, region: location, instance_id, node_id: "node-0" },
    [
      ["redis.googleapis.com/clients/connected", { role: "primary" }, () => 885],
      ["redis.googleapis.com/stats/memory/usage_ratio", { role: "primary" }, () => 0.7],
      ["redis.googleapis.com/stats/memory/system_memory_usage_ratio", { role: "primary" }, () => 0.8],
      ["redis.googleapis.com/stats/reject_connections_count", { role: "primary" }, () => 0],
    ],
  );
}

function connector({ megabits = 400, connectorCpu = 0.6 }: Trouble): TimeSeries[] {
  const of = "vpcaccess.googleapis.com/connector";
  // Half of it in each direction, in bytes a minute.
  const bytes = (each: number): number => (each * 1e6 * 60) / 8 / 2;
  return reports(
    "vpc_access_connector",
    { project_id: project, location, connector_name: "staging-connector" },
    [
      [`${of}/sent_bytes_count`, {}, then(bytes(400), bytes(megabits))],
      [`${of}/received_bytes_count`, {}, then(bytes(400), bytes(megabits))],
      [`${of}/instances`, {}, () => 10],
      [`${of}/cpu/utilizations`, {}, then([0.5, 0.6], [0.5, connectorCpu])],
    ],
  );
}

function service(name: string, most: number, trouble: Trouble): TimeSeries[] {
  const backend = name === "netra-backend-staging";
  const labels = (revision: string) => ({
    project_id: project,
    location,
    service_name: name,
    revision_name: `${name}-${revision}`,
    configuration_name: name,
  });
  const errors: Course = (minute) => (backend ? (trouble.backendErrors?.(minute) ?? 0) : 0);
  const { refused = 0, latency = 800, startup = 60_000, killed = 0 } = backend ? trouble : {};
  return [
    ...reports("cloud_run_revision", labels("00749-6tr"), [
      ["run.googleapis.com/container/instance_count", { state: "active" }, () => most],
    ]),
    ...reports("cloud_run_revision", labels("00750-69k"), [
      ["run.googleapis.com/container/instance_count", { state: "active" }, () => most - 1],
      ["run.googleapis.com/container/instance_count", { state: "idle" }, () => 1],
      [
        "run.googleapis.com/request_count",
        { response_code_class: "2xx" },
        (minute) => REQUESTS - Number(errors(minute)),
      ],
      ["run.googleapis.com/request_count", { response_code_class: "5xx" }, errors],
      ["run.googleapis.com/request_latencies", { response_code_class: "2xx" }, then([800], [latency])],
      ["run.googleapis.com/container/startup_latencies", {}, then([60_000], [startup])],
      ["run.googleapis.com/container/completed_probe_count", { is_healthy: "true" }, () => 20],
      ["run.googleapis.com/container/completed_probe_count", { is_healthy: "false" }, then(0, killed)],
      ["run.googleapis.com/infrastructure/cloudsql/connection_refused_count", {}, then(0, refused)],
    ]),
  ];
}

function edge({ backendErrors, latency = 800, infrastructure = 1 }: Trouble): TimeSeries[] {
  const errors = (name: string): Course =>
    name === "backend" && backendErrors !== undefined ? backendErrors : () => 0;
  const of = "loadbalancing.googleapis.com/https";
  const requests = ["auth", "backend", "frontend"].flatMap((name) =>
    reports(
      "https_lb_rule",
      { project_id: project, url_map_name: "staging-edge-lb", backend_target_name: `staging-edge-${name}` },
      [
        [
          `${of}/request_count`,
          { response_code_class: "200" },
          (minute) => REQUESTS - Number(errors(name)(minute) ?? 0),
        ],
        [`${of}/request_count`, { response_code_class: "500" }, errors(name)],
        [
          `${of}/total_latencies`,
          { response_code_class: "200" },
          then([800], [name === "backend" ? latency : 800]),
        ],
      ],
    ),
  );
  const checks = ["health", "infrastructure"].flatMap((check_id) =>
    Array.from({ length: 6 }, (_, checker) =>
      reports("uptime_url", { project_id: project, host: "staging.netrasystems.ai" }, [
        [
          "monitoring.googleapis.com/uptime_check/check_passed",
          { check_id, checker_location: String(checker) },
          // One location of six has trouble of its own, all the time.
          then(checker === 0 ? 0 : 1, checker === 0 ? 0 : check_id === "health" ? 1 : infrastructure),
        ],
        [
          "monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires",
          { check_id, checker_location: String(checker) },
          () => 31,
        ],
      ]),
    ).flat(),
  );
  return [...requests, ...checks];
}
