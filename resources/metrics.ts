import { nearest } from "../values/nearest.ts";
import { uptimeResources } from "./types/monitoring-uptime-check-config.ts";

/** What Cloud Monitoring knows of a metric: how it is measured, and on which resource. */
export interface Metric {
  readonly type: string;
  readonly resources: readonly string[];
  readonly kind: "GAUGE" | "DELTA" | "CUMULATIVE";
  readonly value: "NUMBER" | "DISTRIBUTION" | "BOOL";
  /** The only database engine that reports it. */
  readonly engine?: readonly ("POSTGRES" | "MYSQL" | "SQLSERVER")[];
  /** True for a share between 0 and 1. */
  readonly ratio?: boolean;
  /** The unit of a time. */
  readonly unit?: "ms";
}

type Row = readonly [name: string, kind: Metric["kind"], value: Metric["value"], rest?: Partial<Metric>];

function family(prefix: string, resources: readonly string[], rows: readonly Row[]): Metric[] {
  return rows.map(([name, kind, value, rest]) => ({
    type: `${prefix}/${name}`,
    resources,
    kind,
    value,
    ...rest,
  }));
}

const POSTGRES = { engine: ["POSTGRES"] } as const;
const MYSQL = { engine: ["MYSQL"] } as const;
const RATIO = { ratio: true } as const;
const MILLISECONDS = { unit: "ms" } as const;

const cloudRun = [
  ...family(
    "run.googleapis.com",
    ["cloud_run_revision"],
    [
      ["request_count", "DELTA", "NUMBER"],
      ["request_latencies", "DELTA", "DISTRIBUTION", MILLISECONDS],
      ["container/max_request_concurrencies", "DELTA", "DISTRIBUTION"],
      ["container/startup_latencies", "DELTA", "DISTRIBUTION", MILLISECONDS],
      ["container/completed_probe_count", "DELTA", "NUMBER"],
      ["container/completed_probe_attempt_count", "DELTA", "NUMBER"],
      ["infrastructure/cloudsql/connection_refused_count", "DELTA", "NUMBER"],
      ["infrastructure/cloudsql/connection_request_count", "DELTA", "NUMBER"],
      ["infrastructure/cloudsql/connection_latencies", "DELTA", "DISTRIBUTION"],
    ],
  ),
  ...family(
    "run.googleapis.com",
    ["cloud_run_revision", "cloud_run_worker_pool"],
    [["container/instance_count", "GAUGE", "NUMBER"]],
  ),
  ...family(
    "run.googleapis.com",
    ["cloud_run_revision", "cloud_run_job", "cloud_run_worker_pool"],
    [
      ["container/billable_instance_time", "DELTA", "NUMBER"],
      ["container/cpu/utilizations", "DELTA", "DISTRIBUTION", RATIO],
      ["container/memory/utilizations", "DELTA", "DISTRIBUTION", RATIO],
    ],
  ),
  ...family(
    "run.googleapis.com",
    ["cloud_run_job"],
    [
      ["job/completed_execution_count", "DELTA", "NUMBER"],
      ["job/completed_task_attempt_count", "DELTA", "NUMBER"],
      ["job/running_executions", "GAUGE", "NUMBER"],
    ],
  ),
];

const cloudSql = family(
  "cloudsql.googleapis.com/database",
  ["cloudsql_database"],
  [
    ["cpu/utilization", "GAUGE", "NUMBER", RATIO],
    ["disk/utilization", "GAUGE", "NUMBER", RATIO],
    ["memory/utilization", "GAUGE", "NUMBER", RATIO],
    ["disk/bytes_used", "GAUGE", "NUMBER"],
    ["memory/usage", "GAUGE", "NUMBER"],
    ["network/connections", "GAUGE", "NUMBER", { engine: ["MYSQL", "SQLSERVER"] }],
    ["up", "GAUGE", "NUMBER"],
    ["available_for_failover", "GAUGE", "NUMBER"],
    ["network/connection_attempt_count", "DELTA", "NUMBER"],
    ["replication/replica_lag", "GAUGE", "NUMBER"],
    ["postgresql/num_backends", "GAUGE", "NUMBER", POSTGRES],
    ["postgresql/num_backends_by_state", "GAUGE", "NUMBER", POSTGRES],
    ["postgresql/new_connection_count", "DELTA", "NUMBER", POSTGRES],
    ["postgresql/transaction_count", "DELTA", "NUMBER", POSTGRES],
    ["postgresql/transaction_id_utilization", "GAUGE", "NUMBER", { ...POSTGRES, ...RATIO }],
    ["mysql/queries", "DELTA", "NUMBER", MYSQL],
    ["mysql/questions", "DELTA", "NUMBER", MYSQL],
    ["mysql/innodb_pages_read", "DELTA", "NUMBER", MYSQL],
  ],
);

const redis = family(
  "redis.googleapis.com",
  ["redis_instance"],
  [
    ["clients/connected", "GAUGE", "NUMBER"],
    ["clients/blocked", "GAUGE", "NUMBER"],
    ["stats/memory/usage", "GAUGE", "NUMBER"],
    ["stats/memory/usage_ratio", "GAUGE", "NUMBER", RATIO],
    ["stats/memory/system_memory_usage_ratio", "GAUGE", "NUMBER", RATIO],
    ["stats/cache_hit_ratio", "GAUGE", "NUMBER", RATIO],
    ["stats/evicted_keys", "DELTA", "NUMBER"],
    ["stats/reject_connections_count", "DELTA", "NUMBER"],
    ["server/uptime", "GAUGE", "NUMBER"],
  ],
);

const valkey = family(
  "memorystore.googleapis.com/instance",
  ["memorystore.googleapis.com/Instance"],
  [
    ["clients/average_connected_clients", "GAUGE", "NUMBER"],
    ["clients/maximum_connected_clients", "GAUGE", "NUMBER"],
    ["clients/total_connected_clients", "GAUGE", "NUMBER"],
    ["stats/total_connections_received_count", "DELTA", "NUMBER"],
    ["stats/total_rejected_connections_count", "DELTA", "NUMBER"],
    ["stats/total_evicted_keys_count", "DELTA", "NUMBER"],
    ["memory/average_utilization", "GAUGE", "NUMBER", RATIO],
    ["memory/maximum_utilization", "GAUGE", "NUMBER", RATIO],
    ["cpu/average_utilization", "GAUGE", "NUMBER", RATIO],
    ["cpu/maximum_utilization", "GAUGE", "NUMBER", RATIO],
  ],
);

const connector = family(
  "vpcaccess.googleapis.com/connector",
  ["vpc_access_connector"],
  [
    ["cpu/utilizations", "GAUGE", "DISTRIBUTION", RATIO],
    ["instances", "GAUGE", "NUMBER"],
    ["received_bytes_count", "DELTA", "NUMBER"],
    ["received_packets_count", "DELTA", "NUMBER"],
    ["sent_bytes_count", "DELTA", "NUMBER"],
    ["sent_packets_count", "DELTA", "NUMBER"],
  ],
);

const nat = family(
  "router.googleapis.com/nat",
  ["nat_gateway"],
  [
    ["allocated_ports", "GAUGE", "NUMBER"],
    ["dropped_received_packets_count", "DELTA", "NUMBER"],
    ["dropped_sent_packets_count", "DELTA", "NUMBER"],
    ["nat_allocation_failed", "GAUGE", "BOOL"],
    ["new_connections_count", "DELTA", "NUMBER"],
    ["open_connections", "GAUGE", "NUMBER"],
    ["port_usage", "GAUGE", "NUMBER"],
  ],
);

const loadBalancer = family(
  "loadbalancing.googleapis.com/https",
  ["https_lb_rule"],
  [
    ["request_count", "DELTA", "NUMBER"],
    ["backend_request_count", "DELTA", "NUMBER"],
    ["request_bytes_count", "DELTA", "NUMBER"],
    ["response_bytes_count", "DELTA", "NUMBER"],
    ["backend_latencies", "DELTA", "DISTRIBUTION", MILLISECONDS],
    ["total_latencies", "DELTA", "DISTRIBUTION", MILLISECONDS],
    ["frontend_tcp_rtt", "DELTA", "DISTRIBUTION"],
  ],
);

const uptime = family("monitoring.googleapis.com/uptime_check", uptimeResources, [
  ["check_passed", "GAUGE", "BOOL"],
  ["time_until_ssl_cert_expires", "GAUGE", "NUMBER"],
]);

const METRICS: ReadonlyMap<string, Metric> = new Map(
  [...cloudRun, ...cloudSql, ...redis, ...valkey, ...connector, ...nat, ...loadBalancer, ...uptime].map(
    (metric) => [metric.type, metric],
  ),
);

/** Services of which every metric is listed here, so that another name does not exist. */
const CLOSED = ["vpcaccess.googleapis.com/connector/"] as const;

export function metricNamed(type: string): Metric | undefined {
  return METRICS.get(type);
}

/** A listed metric that was probably meant, where the name certainly belongs to none. */
export function misspelled(type: string): string | undefined {
  if (METRICS.has(type)) return undefined;
  const candidates = [...METRICS.keys()];
  const prefix = CLOSED.find((closed) => type.startsWith(closed));
  if (prefix !== undefined) {
    const ofFamily = candidates.filter((known) => known.startsWith(prefix));
    return nearest(type, ofFamily) ?? ofFamily[0];
  }
  byLetters ??= new Map(candidates.toReversed().map((known) => [letters(known), known]));
  return byLetters.get(letters(type));
}

/** The first of the listed metrics with these letters. */
let byLetters: ReadonlyMap<string, string> | undefined;

/** Two names that differ only in a plural or in separators are one name, spelled wrong. */
function letters(type: string): string {
  return type.replaceAll(/s?(\/|$)/g, "$1").replaceAll(/[_-]/g, "");
}
