/**
 * What Google's list of metrics says of those that the policies watch (https://docs.cloud.google.com/monitoring/api/metrics_gcp,
 * April 2026). Written from that list, not from the code that makes the policies: a second proof.
 */
export interface Descriptor {
  readonly kind: "GAUGE" | "DELTA";
  readonly value: "INT64" | "DOUBLE" | "BOOL" | "DISTRIBUTION";
  readonly labels: readonly string[];
  /** The most that one point can be, where there is such a bound. */
  readonly most?: number;
  /** What is reported while all is well. */
  readonly ordinary: number;
}

/** Where this is not 0: what answers, can fail over or passes reports 1; a certificate has weeks left. */
const ORDINARY: Readonly<Record<string, number>> = {
  "cloudsql.googleapis.com/database/up": 1,
  "cloudsql.googleapis.com/database/available_for_failover": 1,
  "monitoring.googleapis.com/uptime_check/check_passed": 1,
  "monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires": 60,
};

const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  cloud_run_revision: ["project_id", "service_name", "revision_name", "location", "configuration_name"],
  cloud_run_job: ["project_id", "job_name", "location"],
  cloud_run_worker_pool: ["project_id", "worker_pool_name", "revision_name", "location"],
  cloudsql_database: ["project_id", "database_id", "region"],
  redis_instance: ["project_id", "region", "instance_id", "node_id"],
  vpc_access_connector: ["project_id", "location", "connector_name"],
  pubsub_subscription: ["project_id", "subscription_id"],
  nat_gateway: ["project_id", "region", "router_id", "gateway_name"],
  uptime_url: ["project_id", "host"],
  global: ["project_id"],
  https_lb_rule: [
    "project_id",
    "forwarding_rule_name",
    "url_map_name",
    "target_proxy_name",
    "matched_url_path_rule",
    "backend_target_name",
    "backend_target_type",
    "backend_name",
    "backend_type",
    "backend_scope",
    "backend_scope_type",
    "region",
  ],
};

type Row = readonly [
  kind: Descriptor["kind"],
  value: Descriptor["value"],
  labels?: readonly string[],
  most?: number,
];

const CODES = ["response_code", "response_code_class"];
const PROBE = ["probe_action", "is_healthy", "container_name", "is_default", "probe_type"];
const CHECK = ["checker_location", "check_id", "checked_resource_id", "checker_type"];

const METRICS: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  cloud_run_revision: {
    "run.googleapis.com/request_count": ["DELTA", "INT64", CODES],
    "run.googleapis.com/request_latencies": ["DELTA", "DISTRIBUTION", CODES],
    "run.googleapis.com/container/instance_count": ["GAUGE", "INT64", ["state"]],
    "run.googleapis.com/container/startup_latencies": ["DELTA", "DISTRIBUTION"],
    "run.googleapis.com/container/completed_probe_count": ["DELTA", "INT64", PROBE],
    "run.googleapis.com/container/network/throttled_outbound_packets_count": [
      "DELTA",
      "INT64",
      ["network", "transport", "type"],
    ],
    "run.googleapis.com/infrastructure/cloudsql/connection_refused_count": ["DELTA", "INT64"],
  },
  cloud_run_worker_pool: {
    "run.googleapis.com/container/instance_count": ["GAUGE", "INT64", ["state"]],
  },
  cloud_run_job: { "run.googleapis.com/job/completed_execution_count": ["DELTA", "INT64", ["result"]] },
  cloudsql_database: {
    "cloudsql.googleapis.com/database/postgresql/num_backends": ["GAUGE", "INT64", ["database"]],
    "cloudsql.googleapis.com/database/network/connection_attempt_count": [
      "DELTA",
      "INT64",
      ["login_status", "anomaly_detected", "anomalous_connection_throttled"],
    ],
    "cloudsql.googleapis.com/database/cpu/utilization": ["GAUGE", "DOUBLE", [], 1],
    "cloudsql.googleapis.com/database/memory/utilization": ["GAUGE", "DOUBLE", [], 1],
    "cloudsql.googleapis.com/database/disk/utilization": ["GAUGE", "DOUBLE", [], 1],
    "cloudsql.googleapis.com/database/postgresql/transaction_id_utilization": ["GAUGE", "DOUBLE", [], 1],
    "cloudsql.googleapis.com/database/up": ["GAUGE", "INT64", [], 1],
    "cloudsql.googleapis.com/database/available_for_failover": ["GAUGE", "INT64"],
  },
  redis_instance: {
    "redis.googleapis.com/clients/connected": ["GAUGE", "INT64", ["role"]],
    "redis.googleapis.com/stats/memory/usage_ratio": ["GAUGE", "DOUBLE", ["role"], 1],
    "redis.googleapis.com/stats/memory/system_memory_usage_ratio": ["GAUGE", "DOUBLE", ["role"], 1],
    "redis.googleapis.com/stats/reject_connections_count": ["DELTA", "INT64", ["role"]],
    "redis.googleapis.com/stats/evicted_keys": ["DELTA", "INT64", ["role"]],
  },
  vpc_access_connector: {
    "vpcaccess.googleapis.com/connector/cpu/utilizations": ["GAUGE", "DISTRIBUTION", [], 1],
    "vpcaccess.googleapis.com/connector/instances": ["GAUGE", "INT64"],
    "vpcaccess.googleapis.com/connector/sent_bytes_count": ["DELTA", "INT64"],
    "vpcaccess.googleapis.com/connector/received_bytes_count": ["DELTA", "INT64"],
  },
  nat_gateway: {
    "router.googleapis.com/nat/dropped_sent_packets_count": ["DELTA", "INT64", ["ip_protocol", "reason"]],
    "router.googleapis.com/nat/nat_allocation_failed": ["GAUGE", "BOOL"],
    "router.googleapis.com/nat/allocated_ports": ["GAUGE", "INT64", ["nat_ip"]],
    "router.googleapis.com/nat/port_usage": ["GAUGE", "INT64", ["ip_protocol"]],
  },
  pubsub_subscription: {
    "pubsub.googleapis.com/subscription/oldest_unacked_message_age": ["GAUGE", "INT64"],
    "pubsub.googleapis.com/subscription/dead_letter_message_count": ["DELTA", "INT64"],
  },
  https_lb_rule: {
    "loadbalancing.googleapis.com/https/request_count": ["DELTA", "INT64", [...CODES, "cache_result"]],
    "loadbalancing.googleapis.com/https/total_latencies": [
      "DELTA",
      "DISTRIBUTION",
      [...CODES, "cache_result"],
    ],
  },
  uptime_url: {
    "monitoring.googleapis.com/uptime_check/check_passed": ["GAUGE", "BOOL", CHECK],
    "monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires": ["GAUGE", "DOUBLE", CHECK],
  },
};

/** Values that a label has, where Google's list names them. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  login_status: ["successful", "failed"],
  reason: ["OUT_OF_RESOURCES", "ENDPOINT_INDEPENDENCE_CONFLICT"],
  is_healthy: ["true", "false"],
};

/** @throws where a label never has the value */
export function assertReported(label: string, value: string): void {
  if (VALUES[label]?.includes(value) === false)
    throw new Error(`${label} is never "${value}": it never fires`);
}

export function resourceLabels(resource: string): readonly string[] {
  const labels = RESOURCES[resource];
  if (labels === undefined) throw new Error(`there is no monitored resource ${resource}`);
  return labels;
}

export function descriptor(metric: string, resource: string): Descriptor {
  const row = METRICS[resource]?.[metric];
  if (row === undefined) throw new Error(`${resource} does not report ${metric}`);
  const [kind, value, labels = [], most] = row;
  return { kind, value, labels, ordinary: ORDINARY[metric] ?? 0, ...(most === undefined ? {} : { most }) };
}

/** How PromQL spells a metric: by what it would be asked for. */
export function metricSpelled(promql: string, resource: string): string | undefined {
  return Object.keys(METRICS[resource] ?? {}).find((metric) => {
    const slash = metric.indexOf("/");
    const spelled = `${metric.slice(0, slash).replaceAll(".", "_")}:${metric.slice(slash + 1).replaceAll(/\W/g, "_")}`;
    return spelled === promql;
  });
}
