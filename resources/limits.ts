/**
 * What Google Cloud allows, each limit with its source and the month in which that source was read.
 * No other file holds such a number.
 */
export interface Limit<T = number> {
  readonly value: T;
  readonly unit: string;
  readonly source: string;
  /** Month in which the source was read, YYYY-MM. */
  readonly checked: string;
}

function limit<T>(value: T, unit: string, source: string, checked = "2026-10"): Limit<T> {
  return { value, unit, source, checked };
}

const CONNECTOR_DOC = "https://docs.cloud.google.com/vpc/docs/serverless-vpc-access";
const CONNECTOR_REFERENCE =
  "https://docs.cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors";
const DIRECT_DOC = "https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc";
const SQL_SETTINGS = "https://docs.cloud.google.com/sql/docs/postgres/instance-settings";
const SQL_BACKUPS = "https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/backups";
const SQL_INSIGHTS = "https://docs.cloud.google.com/sql/docs/postgres/using-query-insights";
const REDIS_CONFIGS = "https://docs.cloud.google.com/memorystore/docs/redis/supported-redis-configurations";
const REDIS_TIERS = "https://docs.cloud.google.com/memorystore/docs/redis/redis-tiers";
const REDIS_NETWORKING = "https://docs.cloud.google.com/memorystore/docs/redis/networking";
const REDIS_REFERENCE =
  "https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances";
const NAT_DOC = "https://docs.cloud.google.com/nat/docs/ports-and-addresses";
const FIREWALL_DOC = "https://docs.cloud.google.com/firewall/docs/firewalls";
const PROBE_DOC = "https://docs.cloud.google.com/run/docs/configuring/healthchecks";
const TIMEOUT_DOC = "https://docs.cloud.google.com/run/docs/configuring/request-timeout";
const JOB_PROBE_DOC = "https://docs.cloud.google.com/run/docs/configuring/jobs/healthchecks";
const TASK_DOC = "https://docs.cloud.google.com/run/docs/configuring/task-timeout";
const CONTAINER_DOC = "https://docs.cloud.google.com/run/docs/container-contract";
const RUN_QUOTAS = "https://docs.cloud.google.com/run/quotas";
const RUN_REFERENCE = "https://docs.cloud.google.com/run/docs/reference/rest/v2/projects.locations.services";
const SERVERLESS_NEG_DOC = "https://docs.cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts";
const BACKEND_DOC = "https://docs.cloud.google.com/load-balancing/docs/backend-service";
const HEALTH_CHECK_DOC = "https://docs.cloud.google.com/compute/docs/reference/rest/v1/healthChecks";
const CERTIFICATE_DOC =
  "https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs";
const SCHEDULER_DOC =
  "https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs";
const SUBSCRIPTION_DOC = "https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions";
const ALERT_DOC = "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies";
const UPTIME_DOC = "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.uptimeCheckConfigs";
const OBJECTIVE_DOC =
  "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/services.serviceLevelObjectives";
const SECRET_DOC = "https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets";
const SERVICE_ACCOUNT_DOC =
  "https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts";

const ALLOYDB_REFERENCE =
  "https://docs.cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters";
const CLUSTER_LIMITS = "https://docs.cloud.google.com/memorystore/docs/cluster/quotas";
const VALKEY_QUOTAS = "https://docs.cloud.google.com/memorystore/docs/valkey/quotas";
const VALKEY_NETWORKING = "https://docs.cloud.google.com/memorystore/docs/valkey/networking";
const MEMCACHE_DOC = "https://docs.cloud.google.com/memorystore/docs/memcached/memcached-overview";
const FILESTORE_TIERS = "https://docs.cloud.google.com/filestore/docs/service-tiers";
const FILESTORE_REFERENCE =
  "https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.instances";
const VPN_DOC = "https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/topologies";
const ROUTER_DOC = "https://docs.cloud.google.com/compute/docs/reference/rest/v1/routers";
const ATTACHMENT_DOC = "https://docs.cloud.google.com/compute/docs/reference/rest/v1/interconnectAttachments";
const GKE_RANGES = "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips";
const PSC_ENDPOINTS = "https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints";

/** Serverless VPC Access connector. */
export const connectorLimits = {
  prefix: limit(28, "prefix length", CONNECTOR_DOC),
  minInstancesLow: limit(2, "instances", CONNECTOR_DOC),
  minInstancesHigh: limit(9, "instances", CONNECTOR_DOC),
  maxInstancesLow: limit(3, "instances", CONNECTOR_DOC),
  maxInstancesHigh: limit(10, "instances", CONNECTOR_DOC),
  minThroughputLow: limit(200, "Mbit/s", CONNECTOR_REFERENCE),
  minThroughputHigh: limit(900, "Mbit/s", CONNECTOR_REFERENCE),
  maxThroughputLow: limit(300, "Mbit/s", CONNECTOR_REFERENCE),
  maxThroughputHigh: limit(1000, "Mbit/s", CONNECTOR_REFERENCE),
  throughputStep: limit(100, "Mbit/s", CONNECTOR_REFERENCE),
  nameLength: limit(25, "characters", CONNECTOR_REFERENCE),
  /** The console's rule, stricter than the API's: each hyphen counts twice. */
  weightedNameLength: limit(
    20,
    "characters plus hyphens",
    "https://docs.cloud.google.com/appengine/docs/standard/connecting-vpc",
  ),
  defaultMachineType: limit("e2-micro", "machine type", CONNECTOR_DOC),
  /** Throughput of one instance by machine type. */
  throughputPerInstance: limit<Readonly<Record<string, number>>>(
    { "f1-micro": 50, "e2-micro": 100, "e2-standard-4": 1600 },
    "Mbit/s",
    CONNECTOR_DOC,
  ),
} as const;

/** Sources that a connector's instances must exchange TCP 667, UDP 665 to 666 and ICMP with. */
export const connectorFirewallRanges = limit(
  {
    serverless: ["35.199.224.0/19", "107.178.230.64/26"],
    healthCheck: ["130.211.0.0/22", "35.191.0.0/16", "108.170.220.0/23"],
  },
  "CIDR",
  "https://docs.cloud.google.com/vpc/docs/configure-serverless-vpc-access",
);

/** Direct VPC egress of Cloud Run. */
export const directEgressLimits = {
  largestPrefix: limit(26, "prefix length", DIRECT_DOC),
  addressBlock: limit(16, "addresses", DIRECT_DOC),
  addressesPerInstance: limit(2, "addresses", "https://docs.cloud.google.com/run/docs/release-notes"),
  /** Network, gateway, second-to-last and broadcast address of every primary range. */
  unusableAddresses: limit(4, "addresses", "https://docs.cloud.google.com/vpc/docs/subnets"),
} as const;

interface ReservedRange {
  readonly range: string;
  /** Completes "which ...". */
  readonly why: string;
}

const SUBNETS_DOC = "https://docs.cloud.google.com/vpc/docs/subnets";

/** Ranges that Google refuses for subnets, wherever they overlap. */
export const prohibitedRanges = limit<readonly ReservedRange[]>(
  [
    { range: "0.0.0.0/8", why: "Google refuses: it is the local network" },
    { range: "127.0.0.0/8", why: "Google refuses: it is the loopback range" },
    { range: "169.254.0.0/16", why: "Google refuses: it is the link-local range" },
    { range: "224.0.0.0/4", why: "Google refuses: it is the multicast range" },
    { range: "255.255.255.255/32", why: "Google refuses: it is the broadcast address" },
    { range: "199.36.153.4/30", why: "Google refuses: it is restricted.googleapis.com" },
    { range: "199.36.153.8/30", why: "Google refuses: it is private.googleapis.com" },
  ],
  "CIDR",
  SUBNETS_DOC,
);

/** Ranges that Google accepts and that break at run time. */
export const poisonousRanges = limit<readonly ReservedRange[]>(
  [
    {
      range: "172.17.0.0/16",
      why: "is the Docker bridge's: Cloud SQL is unreachable from it and in it",
    },
  ],
  "CIDR",
  "https://docs.cloud.google.com/sql/docs/postgres/private-ip",
);

/** Cloud SQL for PostgreSQL. */
export const cloudSqlLimits = {
  superuserReservedConnections: limit(
    3,
    "connections",
    "https://docs.cloud.google.com/sql/docs/postgres/flags",
  ),
  connectionsPerCloudRunInstance: limit(
    100,
    "connections",
    "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  ),
  /**
   * `max_connections` of PostgreSQL where no flag sets it: the first row whose memory, in MiB, is above the tier's. The page, read in
   * December 2026: tiny (~0.5 GB) 25, small (~1.7) 50, from 3.75 to 100, 6 to 200, 7.5 to 400, 15 to 500, 30 to 600, 60 to 800, >= 120 to 1,000.
   */
  defaultConnectionsByMemory: limit<readonly (readonly [below: number, connections: number])[]>(
    [
      [1024, 25],
      [3840, 50],
      [6144, 100],
      [7680, 200],
      [15360, 400],
      [30720, 500],
      [61440, 600],
      [122880, 800],
      [Number.POSITIVE_INFINITY, 1000],
    ],
    "connections",
    "https://docs.cloud.google.com/sql/docs/postgres/flags",
  ),
  /** Memory of the tiers whose name does not state it, in MiB. */
  tierMemory: limit<Readonly<Record<string, number>>>(
    { "db-f1-micro": 614, "db-g1-small": 1740 },
    "MiB",
    SQL_SETTINGS,
  ),
  maxConnectionsLow: limit(14, "connections", "https://docs.cloud.google.com/sql/docs/postgres/flags"),
  maxConnectionsHigh: limit(262143, "connections", "https://docs.cloud.google.com/sql/docs/postgres/flags"),
  customCpusHigh: limit(96, "CPUs", SQL_SETTINGS),
  customMemoryLow: limit(3840, "MiB", SQL_SETTINGS),
  customMemoryStep: limit(256, "MiB", SQL_SETTINGS),
  customMemoryPerCpuLow: limit(0.9, "GiB", SQL_SETTINGS),
  customMemoryPerCpuHigh: limit(6.5, "GiB", SQL_SETTINGS),
  diskLow: limit(10, "GB", SQL_SETTINGS),
  hyperdiskLow: limit(20, "GB", SQL_SETTINGS),
  diskHigh: limit(65536, "GB", "https://docs.cloud.google.com/sql/docs/quotas"),
  /** The first major version of PostgreSQL whose edition is ENTERPRISE_PLUS where none is written. */
  enterprisePlusByDefault: limit(
    16,
    "major version",
    "https://docs.cloud.google.com/sql/docs/postgres/editions-intro",
  ),
  logRetentionHigh: limit(7, "days", SQL_BACKUPS),
  logRetentionHighEnterprisePlus: limit(35, "days", SQL_BACKUPS),
  retainedBackupsHigh: limit(365, "backups", SQL_BACKUPS),
  denyMaintenanceDaysHigh: limit(90, "days", "https://docs.cloud.google.com/sql/docs/postgres/maintenance"),
  perfOptimizedCpus: limit<readonly number[]>([2, 4, 8, 16, 32, 48, 64, 80, 96, 128], "CPUs", SQL_SETTINGS),
  queryStringLow: limit(256, "bytes", SQL_INSIGHTS),
  queryStringHigh: limit(4500, "bytes", SQL_INSIGHTS),
  queryPlansHigh: limit(20, "plans per minute", SQL_INSIGHTS),
  queryPlansHighEnterprisePlus: limit(200, "plans per minute", SQL_INSIGHTS),
  nameLength: limit(98, "characters of project:instance", SQL_SETTINGS),
  /** NAMEDATALEN of PostgreSQL less the zero byte: users and databases. */
  identifierLength: limit(63, "bytes", "https://www.postgresql.org/docs/current/limits.html"),
  postgresPort: limit(5432, "TCP port", SQL_SETTINGS),
  /** Port of the pooler where managed connection pooling is enabled. */
  poolerPort: limit(
    6432,
    "TCP port",
    "https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling",
  ),
  /** CPUs of an instance for each of its poolers; the smallest have one as well. */
  cpusPerPooler: limit(
    4,
    "CPUs",
    "https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling",
  ),
  /**
   * MySQL itself takes 1 to 100,000. That Cloud SQL takes 10 and more is not confirmed by a page that could be read: environments are held to it,
   * Terraform of others is not. `gcloud sql flags list --database-version=MYSQL_8_0` has the range in force.
   */
  mysqlMaxConnectionsLow: limit(10, "connections", "https://docs.cloud.google.com/sql/docs/mysql/flags"),
  mysqlMaxConnectionsHigh: limit(
    100_000,
    "connections",
    "https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_max_connections",
  ),
  /** Names of accounts of MySQL. */
  mysqlUserLength: limit(32, "characters", "https://dev.mysql.com/doc/refman/8.0/en/user-names.html"),
  mysqlPort: limit(3306, "TCP port", "https://docs.cloud.google.com/sql/docs/mysql/instance-settings"),
  sqlServerPort: limit(
    1433,
    "TCP port",
    "https://docs.cloud.google.com/sql/docs/sqlserver/instance-settings",
  ),
  /** Sockets, Auth Proxy and connectors of every language. */
  connectorPort: limit(3307, "TCP port", "https://docs.cloud.google.com/sql/docs/postgres/sql-proxy"),
  /** sun_path of Linux is 108 bytes, the last of them zero. */
  socketPathLength: limit(107, "bytes", "https://man7.org/linux/man-pages/man7/unix.7.html"),
} as const;

/** Memorystore for Redis. */
export const redisLimits = {
  port: limit(6379, "TCP port", REDIS_NETWORKING),
  tlsPort: limit(
    6378,
    "TCP port",
    "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  ),
  maxClients: limit(65000, "clients", REDIS_CONFIGS),
  /** Before Redis 7: clients of a TLS instance by the largest memory in GiB that the cap holds for. */
  tlsClientsByMemory: limit<readonly (readonly [memory: number, clients: number])[]>(
    [
      [4, 1000],
      [10, 2500],
      [35, 15000],
      [100, 30000],
      [300, 65000],
    ],
    "clients",
    "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  ),
  memoryLow: limit(1, "GiB", REDIS_TIERS),
  memoryHigh: limit(300, "GiB", REDIS_TIERS),
  readReplicasMemoryLow: limit(5, "GiB", REDIS_TIERS),
  replicasHigh: limit(5, "replicas", REDIS_TIERS),
  defaultReadReplicas: limit(2, "replicas", REDIS_TIERS),
  nameLength: limit(40, "characters", REDIS_REFERENCE),
  reservedPrefix: limit(29, "prefix length", REDIS_NETWORKING),
  reservedPrefixWithReplicas: limit(28, "prefix length", REDIS_NETWORKING),
  /** `timeout` of redis_configs is 0 or at least this. */
  idleTimeoutLow: limit(120, "seconds", REDIS_CONFIGS),
  databasesHigh: limit(100, "databases", REDIS_CONFIGS),
  versions: limit<readonly string[]>(
    ["REDIS_3_2", "REDIS_4_0", "REDIS_5_0", "REDIS_6_X", "REDIS_7_0", "REDIS_7_2"],
    "version",
    REDIS_REFERENCE,
  ),
} as const;

/** Default ports of schemes and protocols. */
export const wellKnownPorts = limit(
  { http: 80, https: 443, ws: 80, wss: 443, dns: 53 },
  "TCP port",
  "https://www.iana.org/assignments/service-names-port-numbers",
);

/** VPC networks, private services access and Cloud NAT. */
export const vpcLimits = {
  /** The smallest primary range of a subnet. */
  subnetPrefix: limit(29, "prefix length", SUBNETS_DOC),
  /** The smallest subnet for the proxies of regional load balancers. */
  proxyOnlyPrefix: limit(
    26,
    "prefix length",
    "https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets",
  ),
  /** The smallest range that one service of private services access takes in a region. */
  privateServicesPrefix: limit(
    24,
    "prefix length",
    "https://docs.cloud.google.com/sql/docs/postgres/configure-private-services-access",
  ),
  /** Range of the subnets of an auto mode network. */
  autoModeRange: limit("10.128.0.0/9", "CIDR", SUBNETS_DOC),
  firewallPriorityHigh: limit(65535, "priority", FIREWALL_DOC),
  defaultFirewallPriority: limit(1000, "priority", FIREWALL_DOC),
  natPortsPerAddress: limit(64512, "ports", NAT_DOC),
  natDefaultPorts: limit(64, "ports per VM", NAT_DOC),
  natDefaultDynamicPorts: limit(32, "ports per VM", NAT_DOC),
  natDynamicPortsLow: limit(32, "ports per VM", NAT_DOC),
  natPortsHigh: limit(65536, "ports per VM", NAT_DOC),
} as const;

/** Where a revision writes no maximum. */
export const defaultMaxInstances = limit(
  100,
  "instances",
  "https://docs.cloud.google.com/run/docs/configuring/max-instances",
);

/** Old and new revision both run while a rollout moves the traffic. */
export const overlappingRevisions = limit(
  2,
  "revisions",
  "https://docs.cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration",
);

/** Cloud Run probes and requests. */
export const cloudRunLimits = {
  startupWindow: limit(600, "seconds", PROBE_DOC),
  startupWindowWithGpu: limit(1800, "seconds", JOB_PROBE_DOC),
  probeField: limit(240, "seconds", PROBE_DOC),
  livenessField: limit(3600, "seconds", PROBE_DOC),
  /** "failure_threshold must be a number between 0 and 3." */
  readinessThreshold: limit(
    3,
    "failures",
    "https://runway-docs-4jdf82.runway.gitlab.net/runtimes/cloud-run/healthchecks",
  ),
  defaultProbePeriod: limit(10, "seconds", PROBE_DOC),
  defaultProbeTimeout: limit(1, "seconds", PROBE_DOC),
  defaultProbeThreshold: limit(3, "failures", PROBE_DOC),
  /** The TCP probe that Cloud Run adds where a container has no start-up probe: one attempt of this length. */
  defaultStartupWindow: limit(240, "seconds", PROBE_DOC),
  requestTimeout: limit(3600, "seconds", TIMEOUT_DOC),
  defaultRequestTimeout: limit(300, "seconds", TIMEOUT_DOC),
  taskTimeout: limit(604800, "seconds", TASK_DOC),
  defaultTaskTimeout: limit(600, "seconds", TASK_DOC),
  functionTimeout: limit(540, "seconds", "https://docs.cloud.google.com/functions/quotas"),
  defaultFunctionTimeout: limit(
    60,
    "seconds",
    "https://docs.cloud.google.com/functions/docs/configuring/timeout",
  ),
  shutdownGrace: limit(10, "seconds", CONTAINER_DOC),
  outboundIdle: limit(600, "seconds", CONTAINER_DOC),
  connectorScaling: limit(30, "seconds", CONNECTOR_DOC),
  databasePressure: limit(25, "seconds", "https://docs.cloud.google.com/sql/docs/postgres/connect-run"),
  serviceNameLength: limit(49, "characters", RUN_REFERENCE),
  revisionNameLength: limit(63, "characters", RUN_REFERENCE),
  descriptionLength: limit(512, "characters", RUN_REFERENCE),
  environmentValueLength: limit(32768, "bytes", RUN_REFERENCE),
  /** Where nothing else is written. */
  defaultPort: limit(8080, "port", CONTAINER_DOC, "2026-11"),
  ports: limit(1, "ports per service", CONTAINER_DOC),
  portHigh: limit(65535, "port number", CONTAINER_DOC),
  containers: limit(
    10,
    "containers per instance",
    "https://docs.cloud.google.com/run/docs/deploying#sidecars",
  ),
  concurrency: limit(1000, "requests per instance", RUN_QUOTAS),
  tasks: limit(10000, "tasks per execution", RUN_QUOTAS),
  taskRetries: limit(
    10,
    "retries per task",
    "https://docs.cloud.google.com/run/docs/configuring/max-retries",
  ),
  defaultTaskRetries: limit(
    3,
    "retries per task",
    "https://docs.cloud.google.com/run/docs/configuring/max-retries",
  ),
  defaultConcurrency: limit(80, "requests per instance", RUN_QUOTAS),
  trafficTotal: limit(
    100,
    "percent",
    "https://docs.cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration",
  ),
} as const;

/** External Application Load Balancer and its health checks, certificates and names. */
export const loadBalancerLimits = {
  serverlessTimeout: limit(3600, "seconds", SERVERLESS_NEG_DOC),
  /** What the provider reads back where `timeout_sec` is not written; the only value that a serverless NEG lets pass. */
  defaultBackendTimeout: limit(30, "seconds", BACKEND_DOC),
  serverlessNegsPerRegion: limit(1, "NEGs per region", SERVERLESS_NEG_DOC),
  keepAliveLow: limit(5, "seconds", BACKEND_DOC),
  keepAliveHigh: limit(1200, "seconds", BACKEND_DOC),
  /** From where load balancers check VMs; passthrough load balancers from the internet have further ones. */
  healthCheckSources: limit(
    ["130.211.0.0/22", "35.191.0.0/16"],
    "CIDR",
    "https://docs.cloud.google.com/load-balancing/docs/health-check-concepts",
  ),
  healthCheckIntervalHigh: limit(300, "seconds", HEALTH_CHECK_DOC),
  healthCheckThresholdHigh: limit(10, "checks", HEALTH_CHECK_DOC),
  defaultHealthCheckInterval: limit(5, "seconds", HEALTH_CHECK_DOC),
  defaultHealthCheckTimeout: limit(5, "seconds", HEALTH_CHECK_DOC),
  managedCertificateDomains: limit(100, "domains", CERTIFICATE_DOC),
  /** Google starts to renew a managed certificate this long before it expires. */
  managedCertificateRenewal: limit(30, "days", CERTIFICATE_DOC),
  proxyCertificates: limit(15, "certificates", "https://docs.cloud.google.com/load-balancing/docs/quotas"),
  sourceRegions: limit(3, "regions", HEALTH_CHECK_DOC),
  sourceRegionsInterval: limit(30, "seconds", HEALTH_CHECK_DOC),
  cacheTtlHigh: limit(31622400, "seconds", "https://docs.cloud.google.com/cdn/docs/using-ttl-overrides"),
  affinityCookieTtl: limit(1209600, "seconds", BACKEND_DOC),
  drainingTimeoutHigh: limit(3600, "seconds", BACKEND_DOC),
  nameLength: limit(63, "characters", "https://docs.cloud.google.com/compute/docs/naming-resources"),
  portHigh: limit(
    65535,
    "port number",
    "https://docs.cloud.google.com/load-balancing/docs/forwarding-rule-concepts",
  ),
} as const;

/** What calls a service: Cloud Scheduler and Pub/Sub. */
export const deliveryLimits = {
  attemptDeadlineLow: limit(15, "seconds", SCHEDULER_DOC),
  attemptDeadlineHigh: limit(1800, "seconds", SCHEDULER_DOC),
  ackDeadlineLow: limit(10, "seconds", SUBSCRIPTION_DOC),
  ackDeadlineHigh: limit(600, "seconds", SUBSCRIPTION_DOC),
  messageRetentionLow: limit(600, "seconds", SUBSCRIPTION_DOC),
  messageRetentionHigh: limit(2_678_400, "seconds", SUBSCRIPTION_DOC),
  /** Of a subscription that states none. */
  messageRetentionDefault: limit(604_800, "seconds", SUBSCRIPTION_DOC, "2026-11"),
  expirationLow: limit(86_400, "seconds", SUBSCRIPTION_DOC),
  deliveryAttemptsLow: limit(5, "attempts", SUBSCRIPTION_DOC),
  deliveryAttemptsHigh: limit(100, "attempts", SUBSCRIPTION_DOC),
  /** Of a retry policy that states none. */
  retryBackoffLowDefault: limit(10, "seconds", SUBSCRIPTION_DOC, "2026-11"),
  retryBackoffHigh: limit(600, "seconds", SUBSCRIPTION_DOC),
} as const;

/** Cloud Storage. */
export const storageLimits = {
  /** Of a bucket that states none: how long what is deleted for good can still be restored. */
  softDeleteDefault: limit(
    604_800,
    "seconds",
    "https://docs.cloud.google.com/storage/docs/soft-delete",
    "2026-11",
  ),
} as const;

const TASKS_DOC = "https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues";

/** Cloud Tasks. */
export const taskLimits = {
  dispatchesHigh: limit(500, "tasks a second", TASKS_DOC, "2026-11"),
  concurrentDispatchesHigh: limit(5000, "tasks", TASKS_DOC, "2026-11"),
} as const;

/** Cloud Monitoring: alert policies, uptime checks and objectives. */
export const monitoringLimits = {
  alignmentLow: limit(60, "seconds", ALERT_DOC),
  alignmentHigh: limit(90000, "seconds", ALERT_DOC),
  /** A duration, and an alignment period, is a multiple of this. */
  durationStep: limit(60, "seconds", ALERT_DOC),
  absenceDurationLow: limit(120, "seconds", ALERT_DOC),
  absenceDurationHigh: limit(
    84_600,
    "seconds",
    "https://docs.cloud.google.com/monitoring/alerts/metric-absence",
    "2026-11",
  ),
  promqlIntervalStep: limit(30, "seconds", ALERT_DOC),
  autoCloseLow: limit(1800, "seconds", ALERT_DOC),
  autoCloseHigh: limit(
    604_800,
    "seconds",
    "https://docs.cloud.google.com/monitoring/alerts/concepts-indepth",
    "2026-11",
  ),
  conditions: limit(6, "conditions", ALERT_DOC),
  filterLength: limit(2048, "characters", ALERT_DOC),
  displayNameLength: limit(512, "characters", ALERT_DOC),
  documentationLength: limit(8192, "characters", ALERT_DOC),
  uptimeTimeoutLow: limit(1, "seconds", UPTIME_DOC),
  uptimeTimeoutHigh: limit(60, "seconds", UPTIME_DOC),
  uptimePeriods: limit<readonly number[]>([60, 300, 600, 900], "seconds", UPTIME_DOC),
  defaultUptimePeriod: limit(300, "seconds", UPTIME_DOC),
  uptimeRegions: limit(3, "locations", UPTIME_DOC),
  uptimeContentLength: limit(1024, "bytes", UPTIME_DOC),
  objectiveGoalHigh: limit(0.9999, "ratio", OBJECTIVE_DOC),
  objectiveRollingDaysHigh: limit(30, "days", OBJECTIVE_DOC),
  /** An alert cannot look further back at the burn rate of an objective. */
  burnRateLookbackHigh: limit(
    86400,
    "seconds",
    "https://docs.cloud.google.com/stackdriver/docs/solutions/slo-monitoring/alerting-on-budget-burn-rate",
  ),
} as const;

const DASHBOARD_DOC = "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards";

/** Cloud Monitoring: dashboards in a mosaic layout. */
export const dashboardLimits = {
  columnsHigh: limit(48, "columns", DASHBOARD_DOC),
} as const;

const MEMORY_DOC = "https://docs.cloud.google.com/run/docs/configuring/services/memory-limits";

/** Memory that Cloud Run accepts for each number of CPUs, in MiB. Below one CPU see `fractionalCpuMemory`. */
export const cloudRunMemoryByCpu: Limit<Readonly<Record<number, readonly [low: number, high: number]>>> =
  limit(
    {
      1: [128, 4096],
      2: [128, 8192],
      4: [2048, 16384],
      6: [4096, 24576],
      8: [4096, 32768],
    },
    "MiB",
    MEMORY_DOC,
  );

/** Below one CPU: the least CPU, and the most memory in MiB below half a CPU and from there on. */
export const fractionalCpuMemory = limit(
  { lowestCpu: 0.08, lowest: 128, belowHalfMemory: 512, halfCpuMemory: 1024 },
  "CPU and MiB",
  MEMORY_DOC,
);

/** What a container with a GPU takes at least. */
export const gpuMinimum = limit(
  { cpus: 4, mebibytes: 16384 },
  "CPU and MiB",
  "https://docs.cloud.google.com/run/docs/configuring/services/gpu",
);

/** The second-generation execution environment needs at least this much memory. */
export const secondGenerationMemory = limit(512, "MiB", MEMORY_DOC);

/** Secret Manager. */
export const secretLimits = {
  idLength: limit(255, "characters", SECRET_DOC),
  payload: limit(65536, "bytes", "https://docs.cloud.google.com/secret-manager/quotas"),
  aliasLength: limit(63, "characters", SECRET_DOC),
  aliases: limit(50, "aliases", SECRET_DOC),
} as const;

/** IAM: service accounts and policies. */
export const iamLimits = {
  accountIdLow: limit(6, "characters", SERVICE_ACCOUNT_DOC),
  accountIdHigh: limit(30, "characters", SERVICE_ACCOUNT_DOC),
  accountDescription: limit(256, "bytes", SERVICE_ACCOUNT_DOC),
  accountDisplayName: limit(100, "bytes", SERVICE_ACCOUNT_DOC),
} as const;

const PROJECT_DOC = "https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects";

/** Ids of projects. */
export const projectLimits = {
  idLow: limit(6, "characters", PROJECT_DOC),
  idHigh: limit(30, "characters", PROJECT_DOC),
} as const;

/** Directories in which Cloud Run mounts no volume. */
export const reservedMounts = limit<readonly string[]>(
  ["/dev", "/proc", "/sys"],
  "directories",
  "https://docs.cloud.google.com/run/docs/configuring/services/cloud-storage-volume-mounts",
  "2026-11",
);

/** Regions of Google Cloud that run Cloud Run, Cloud SQL and Memorystore. */
export const regionNames = limit<readonly string[]>(
  [
    "africa-south1",
    "asia-east1",
    "asia-east2",
    "asia-northeast1",
    "asia-northeast2",
    "asia-northeast3",
    "asia-south1",
    "asia-south2",
    "asia-southeast1",
    "asia-southeast2",
    "asia-southeast3",
    "australia-southeast1",
    "australia-southeast2",
    "europe-central2",
    "europe-north1",
    "europe-north2",
    "europe-southwest1",
    "europe-west1",
    "europe-west10",
    "europe-west12",
    "europe-west2",
    "europe-west3",
    "europe-west4",
    "europe-west6",
    "europe-west8",
    "europe-west9",
    "me-central1",
    "me-central2",
    "me-west1",
    "northamerica-northeast1",
    "northamerica-northeast2",
    "northamerica-south1",
    "southamerica-east1",
    "southamerica-west1",
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west3",
    "us-west4",
  ],
  "region",
  "https://docs.cloud.google.com/run/docs/locations",
);

/** Ranges without owners on the internet. */
export const privateRanges = limit<readonly string[]>(
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  "CIDR",
  "https://www.rfc-editor.org/rfc/rfc1918",
);

/** What Cloud Run sends through the network where it sends private ranges only. */
export const internalRanges = limit<readonly string[]>(
  [...privateRanges.value, "100.64.0.0/10"],
  "CIDR",
  "https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc",
);

/** private.googleapis.com: every API of Google and *.run.app, through Private Google Access. */
export const googleAccessAddresses = limit<readonly string[]>(
  ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"],
  "addresses",
  "https://docs.cloud.google.com/vpc/docs/configure-private-google-access#domain-options",
);

/** The least that one PostgreSQL connection takes of the instance's memory. */
export const memoryOfConnection = limit(5, "MiB", "https://docs.cloud.google.com/sql/docs/postgres/flags");

/** The least that one MySQL connection takes: the stack of its thread (thread_stack). */
export const memoryOfMysqlConnection = limit(
  1,
  "MiB",
  "https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_thread_stack",
);

/** Memory of the predefined ENTERPRISE_PLUS tiers, db-perf-optimized-N-<CPUs>, in MiB. */
export const performanceTierMemory = limit<Readonly<Record<string, number>>>(
  Object.fromEntries(
    [2, 4, 8, 16, 32, 48, 64, 80, 96, 128].map((cpus) => [
      `db-perf-optimized-N-${cpus}`,
      // The largest has less for each CPU than the others.
      (cpus === 128 ? 864 : cpus * 8) * 1024,
    ]),
  ),
  "MiB",
  "https://docs.cloud.google.com/sql/docs/postgres/flags",
);

/** AlloyDB for PostgreSQL. */
export const alloyDbLimits = {
  port: limit(5432, "TCP port", ALLOYDB_REFERENCE),
  idLength: limit(63, "characters", ALLOYDB_REFERENCE),
  /** Of all machine series together; which of them a region has is not judged. */
  cpus: limit([1, 2, 4, 8, 16, 32, 48, 64, 72, 96, 128], "vCPUs", ALLOYDB_REFERENCE),
  nodesHigh: limit(20, "nodes", "https://docs.cloud.google.com/alloydb/docs/instance-read-pool-create"),
  recoveryWindowHigh: limit(35, "days", "https://docs.cloud.google.com/alloydb/docs/backup/configure"),
} as const;

/** Memorystore for Redis Cluster, for Valkey and for Memcached. */
export const memorystoreLimits = {
  port: limit(6379, "TCP port", CLUSTER_LIMITS),
  nameLength: limit(63, "characters", CLUSTER_LIMITS),
  shardsHigh: limit(250, "shards", CLUSTER_LIMITS),
  replicasHigh: limit(5, "replicas", CLUSTER_LIMITS),
  /** Clients that one node of Valkey takes, where `maxclients` is not configured. */
  valkeyClientsByNode: limit<Readonly<Record<string, number>>>(
    {
      SHARED_CORE_NANO: 5000,
      CUSTOM_PICO: 16_000,
      CUSTOM_MICRO: 16_000,
      CUSTOM_MINI: 16_000,
      STANDARD_SMALL: 16_000,
      HIGHMEM_MEDIUM: 32_000,
      HIGHCPU_MEDIUM: 32_000,
      STANDARD_LARGE: 32_000,
      HIGHMEM_XLARGE: 64_000,
      HIGHMEM_2XLARGE: 64_000,
    },
    "clients",
    VALKEY_QUOTAS,
  ),
  /** Nodes of all shards together, replicas included. */
  valkeyNodesHigh: limit(250, "nodes", VALKEY_QUOTAS),
  /** Ports of the nodes, behind the port of the instance. */
  nodePorts: limit(
    "11000-13047",
    "TCP ports",
    "https://docs.cloud.google.com/memorystore/docs/valkey/connect-instance",
  ),
  /** Addresses that one instance takes of the subnet of its service connection policy. */
  endpointsPerInstance: limit(2, "addresses", VALKEY_NETWORKING),
  policyPrefixHigh: limit(29, "prefix length", VALKEY_NETWORKING),
  memcacheNodesHigh: limit(20, "nodes", MEMCACHE_DOC),
  memcacheCpusHigh: limit(32, "vCPUs", MEMCACHE_DOC),
  memcacheMemoryLow: limit(1024, "MiB", MEMCACHE_DOC),
  memcacheMemoryHigh: limit(256 * 1024, "MiB", MEMCACHE_DOC),
} as const;

/** Sizes of a Filestore tier in GiB, smallest and largest, with the step in which it grows. */
interface FilestoreSizes {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** Filestore. */
export const filestoreLimits = {
  port: limit(2049, "TCP port", "https://docs.cloud.google.com/filestore/docs/configuring-firewall"),
  sizes: limit<Readonly<Record<string, readonly FilestoreSizes[]>>>(
    {
      STANDARD: [{ low: 1024, high: 65_433, step: 1 }],
      BASIC_HDD: [{ low: 1024, high: 65_433, step: 1 }],
      PREMIUM: [{ low: 2560, high: 65_433, step: 1 }],
      BASIC_SSD: [{ low: 2560, high: 65_433, step: 1 }],
      HIGH_SCALE_SSD: [{ low: 10_240, high: 102_400, step: 2560 }],
      ZONAL: [
        { low: 1024, high: 9984, step: 256 },
        { low: 10_240, high: 102_400, step: 2560 },
      ],
      REGIONAL: [
        { low: 1024, high: 9984, step: 256 },
        { low: 10_240, high: 102_400, step: 2560 },
      ],
      ENTERPRISE: [{ low: 1024, high: 10_240, step: 256 }],
    },
    "GiB",
    FILESTORE_TIERS,
  ),
  /** Prefix lengths of reserved_ip_range by tier. */
  prefix: limit<Readonly<Record<string, number>>>(
    { STANDARD: 29, PREMIUM: 29, BASIC_HDD: 29, BASIC_SSD: 29, HIGH_SCALE_SSD: 27, ENTERPRISE: 26 },
    "prefix length",
    FILESTORE_REFERENCE,
  ),
  shareNameLength: limit(16, "characters", FILESTORE_REFERENCE),
} as const;

/** Cloud VPN, Cloud Interconnect and the BGP sessions of Cloud Router. */
export const hybridLimits = {
  gatewayInterfaces: limit(2, "interfaces", VPN_DOC),
  peerInterfaces: limit<Readonly<Record<string, number>>>(
    { SINGLE_IP_INTERNALLY_REDUNDANT: 1, TWO_IPS_REDUNDANCY: 2, FOUR_IPS_REDUNDANCY: 4 },
    "interfaces",
    VPN_DOC,
  ),
  privateAsn: limit(
    [
      [64_512, 65_534],
      [4_200_000_000, 4_294_967_294],
    ] as const,
    "ASN",
    ROUTER_DOC,
  ),
  partnerAsn: limit(16_550, "ASN", ATTACHMENT_DOC),
  sessionRange: limit("169.254.0.0/16", "IPv4 range", ROUTER_DOC),
  keepaliveLow: limit(20, "seconds", ROUTER_DOC),
  keepaliveHigh: limit(60, "seconds", ROUTER_DOC),
  vlanLow: limit(2, "VLAN tag", ATTACHMENT_DOC),
  vlanHigh: limit(4093, "VLAN tag", ATTACHMENT_DOC),
  mtu: limit([1440, 1460, 1500, 8896], "bytes", ATTACHMENT_DOC),
} as const;

/** Kubernetes Engine. */
export const gkeLimits = {
  controlPlanePrefix: limit(28, "prefix length", GKE_RANGES),
  podsPerNodeLow: limit(8, "pods", GKE_RANGES),
  podsPerNodeHigh: limit(256, "pods", GKE_RANGES),
  podsPerNode: limit(110, "pods", GKE_RANGES),
} as const;

/** Endpoint of Private Service Connect for Google APIs. */
export const pscLimits = {
  googleApisNameLength: limit(20, "characters", PSC_ENDPOINTS),
} as const;
