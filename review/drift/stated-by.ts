/** Which number of an environment states which attribute, by resource type; paths are without list indexes. */
const OWNERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kubernetes_manifest: { "object.spec": "mesh", "object.metadata.labels": "labels" },
  google_vpc_access_connector: {
    min_instances: "network.connector.minInstances",
    max_instances: "network.connector.maxInstances",
    machine_type: "network.connector.machineType",
    ip_cidr_range: "network.addresses.connector",
  },
  google_compute_subnetwork: { ip_cidr_range: "network.addresses.directEgress" },
  google_compute_global_address: {
    address: "network.addresses.privateServices",
    prefix_length: "network.addresses.privateServices",
  },
  google_sql_database_instance: {
    database_version: "database.version",
    deletion_protection: "protection",
    "settings.tier": "database.tier",
    "settings.edition": "database.edition",
    "settings.availability_type": "database.availability",
    "settings.disk_size": "database.diskGibibytes",
    'settings.database_flags["max_connections"].value': "database.maxConnections",
    "settings.database_flags": "database.flags",
    "settings.backup_configuration.start_time": "database.backups.startHour",
    "settings.backup_configuration.backup_retention_settings.retained_backups": "database.backups.retained",
    "settings.backup_configuration.transaction_log_retention_days": "database.backups.logRetentionDays",
    "settings.maintenance_window.day": "database.maintenance.day",
    "settings.maintenance_window.hour": "database.maintenance.hour",
    "settings.insights_config.query_insights_enabled": "database.insights",
    "settings.deletion_protection_enabled": "protection",
  },
  google_redis_instance: {
    memory_size_gb: "cache.memoryGibibytes",
    tier: "cache.tier",
    redis_version: "cache.version",
    transit_encryption_mode: "cache.tls",
    auth_enabled: "cache.auth",
    "redis_configs.maxmemory-policy": "cache.evictionPolicy",
    "maintenance_policy.weekly_maintenance_window.day": "cache.maintenance.day",
    "maintenance_policy.weekly_maintenance_window.start_time": "cache.maintenance.hour",
  },
  google_cloud_run_v2_service: {
    deletion_protection: "protection",
    "template.timeout": "services.SERVICE.requestTimeout",
    "scaling.min_instance_count": "services.SERVICE.instances.min",
    "template.scaling.max_instance_count": "services.SERVICE.instances.max",
    "template.max_instance_request_concurrency": "services.SERVICE.concurrency",
    "template.session_affinity": "services.SERVICE.webSockets",
    "template.containers.image": "services.SERVICE.image",
    "template.containers.ports": "services.SERVICE.port",
    "template.containers.resources.limits.cpu": "services.SERVICE.cpu",
    "template.containers.resources.limits.memory": "services.SERVICE.memory",
    "template.containers.resources.cpu_idle": "services.SERVICE.cpuAlwaysAllocated",
    "template.containers.startup_probe.failure_threshold": "deadlines.startupWindow",
    "template.containers.startup_probe": "services.SERVICE.startupProbe",
    "template.containers.liveness_probe": "services.SERVICE.livenessProbe",
    "template.vpc_access": "services.SERVICE.path",
    'template.containers.env["DATABASE_POOL_SIZE"].value': "services.SERVICE.database.pool",
    'template.containers.env["DATABASE_MAX_OVERFLOW"].value': "services.SERVICE.database.overflow",
    'template.containers.env["REDIS_POOL_SIZE"].value': "services.SERVICE.cache.pool",
    'template.containers.env["DATABASE_CONNECT_TIMEOUT_SECONDS"].value': "deadlines.socketConnect",
    'template.containers.env["DATABASE_INIT_TIMEOUT_SECONDS"].value': "deadlines.databaseInitialization",
    'template.containers.env["DATABASE_STATEMENT_TIMEOUT_SECONDS"].value': "deadlines.databaseStatement",
    "template.containers.env": "services.SERVICE.environment",
  },
};

/**
 * The path in the environment file of what states the attribute; undefined where the code computes it or does not state it.
 *
 * @param stack a service's stack is named after it: "staging-service-backend"
 */
export function statedBy(stack: string, type: string, attribute: string): string | undefined {
  const owners = OWNERS[type] ?? {};
  const plain = attribute.replace(/\.\d+(?=[.[]|$)/g, "");
  const owner = Object.keys(owners)
    .filter((path) => plain === path || plain.startsWith(`${path}.`) || plain.startsWith(`${path}[`))
    .sort((a, b) => b.length - a.length)[0];
  if (owner === undefined) return undefined;
  const service = /-service-(.+)$/.exec(stack)?.[1];
  const path = owners[owner] ?? "";
  if (!path.includes("SERVICE")) return path;
  return service === undefined ? undefined : path.replace("SERVICE", service);
}
