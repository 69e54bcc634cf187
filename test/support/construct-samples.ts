import type { Construct } from "constructs";
import { AccountRoles } from "../../constructs/account-roles.ts";
import { CloudNat } from "../../constructs/cloud-nat.ts";
import { CloudRunJob } from "../../constructs/cloud-run-job.ts";
import { CloudRunService } from "../../constructs/cloud-run-service.ts";
import { CloudRunWorkerPool } from "../../constructs/cloud-run-worker-pool.ts";
import { CloudStorageBucket } from "../../constructs/cloud-storage-bucket.ts";
import { ContainerRegistry } from "../../constructs/container-registry.ts";
import { DirectEgressSubnet } from "../../constructs/direct-egress-subnet.ts";
import { BucketBackend } from "../../constructs/edge/bucket-backend.ts";
import { CloudArmorPolicy } from "../../constructs/edge/cloud-armor-policy.ts";
import { HttpsLoadBalancer } from "../../constructs/edge/https-load-balancer.ts";
import { ServerlessBackend } from "../../constructs/edge/serverless-backend.ts";
import { WildcardCertificate } from "../../constructs/edge/wildcard-certificate.ts";
import { EgressFirewall } from "../../constructs/egress-firewall.ts";
import { GithubFederation } from "../../constructs/github-federation.ts";
import { GitlabFederation } from "../../constructs/gitlab-federation.ts";
import { GoogleAccessZone } from "../../constructs/google-access-zone.ts";
import { DeadLetterTopic } from "../../constructs/messaging/dead-letter-topic.ts";
import { EventTrigger } from "../../constructs/messaging/event-trigger.ts";
import { MessageTopic } from "../../constructs/messaging/message-topic.ts";
import { PushSubscription } from "../../constructs/messaging/push-subscription.ts";
import { MysqlDatabase } from "../../constructs/mysql-database.ts";
import { ConnectivityTest } from "../../constructs/operations/connectivity-test.ts";
import { LogMetric } from "../../constructs/operations/log-metric.ts";
import { NotificationChannel } from "../../constructs/operations/notification-channel.ts";
import { ScheduledJob } from "../../constructs/operations/scheduled-job.ts";
import { ServiceObjectives } from "../../constructs/operations/service-objectives.ts";
import { UptimeCheck } from "../../constructs/operations/uptime-check.ts";
import { PostgresDatabase } from "../../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../../constructs/private-dns-zone.ts";
import { PrivateServicesAccess } from "../../constructs/private-services-access.ts";
import { ProjectApis } from "../../constructs/project-apis.ts";
import { RedisCache } from "../../constructs/redis-cache.ts";
import { RollbackWatchdog } from "../../constructs/rollback-watchdog.ts";
import { Secret } from "../../constructs/secret.ts";
import { ServiceConnectionPolicy } from "../../constructs/service-connection-policy.ts";
import { ServiceIdentity } from "../../constructs/service-identity.ts";
import { SqlReadReplica } from "../../constructs/sql-read-replica.ts";
import { ValkeyCache } from "../../constructs/valkey-cache.ts";
import { VpcAccessConnector } from "../../constructs/vpc-access-connector.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { WatchdogGrants } from "../../constructs/watchdog-grants.ts";
import { cidr, seconds } from "../../platform/units.ts";

const project = "acme-project";
const region = "europe-west1";
const network = "projects/acme-project/global/networks/main";
const email = "api@acme-project.iam.gserviceaccount.com";
const agent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
const image = `europe-west1-docker.pkg.dev/acme-project/images/api@sha256:${"0".repeat(64)}`;
const timing = { period: seconds(10), timeout: seconds(5), failureThreshold: 3 };
const probe = { ...timing, path: "/health" };

const sqlInstance = {
  name: "main",
  region,
  version: "POSTGRES_17",
  edition: "ENTERPRISE_PLUS",
  tier: "db-perf-optimized-N-4",
  maxConnections: 300,
  diskGibibytes: 50,
  network,
  allocatedRange: "services",
  protection: false,
  insights: true,
  labels: { team: "data" },
} as const;
const sqlPrimary = {
  availability: "REGIONAL",
  backups: { startHour: 3, retained: 14, logRetentionDays: 7 },
  maintenance: { day: 7, hour: 4 },
  databaseName: "app",
} as const;

const container = {
  name: "api",
  region,
  image,
  cpu: "1",
  memory: "512Mi",
  serviceAccount: email,
  egressPath: { network, subnetwork: `projects/acme-project/regions/${region}/subnetworks/egress` },
  egress: "PRIVATE_RANGES_ONLY",
  cloudSqlInstance: "acme-project:europe-west1:main",
  environment: { LOG_LEVEL: "info" },
  secrets: { API_KEY: { secret: "api-key", version: 3 } },
  labels: { team: "web" },
  mountedBuckets: [{ bucket: "acme-uploads", mount: "/uploads", readOnly: true }],
  inMemoryVolumes: [{ mount: "/tmp/work", size: "128Mi" }],
  containerName: "api",
  startsAfter: ["proxy"],
  sidecars: [
    {
      name: "proxy",
      image,
      command: ["/proxy"],
      args: ["--port", "9000"],
      cpu: "0.5",
      memory: "256Mi",
      port: 9000,
      startsAfter: ["collector"],
      startupProbe: { ...timing, isTcp: true },
      environment: { LOG_LEVEL: "info" },
      secrets: { PROXY_KEY: { secret: "proxy-key", version: 2 } },
      mounts: ["/cloudsql"],
    },
    {
      name: "collector",
      image,
      cpu: "0.5",
      memory: "256Mi",
      startupProbe: { ...timing, grpcService: "collector", port: 4317 },
    },
  ],
} as const;

/** A construct class and props with which it is right, every optional one written. */
export interface Sample {
  readonly name: string;
  readonly props: object;
  /** @param props as the sample's, some values of other kinds */
  build(scope: Construct, id: string, props: object): Construct;
}

function sample<Props extends object>(
  type: new (scope: Construct, id: string, props: Props) => Construct,
  props: Props,
): Sample {
  return { name: type.name, props, build: (scope, id, given) => new type(scope, id, given as Props) };
}

/** One of each construct, apart from those that draw what the model has derived. */
export const samples: readonly Sample[] = [
  sample(CloudNat, { name: "nat", routerName: "router", network, region, addresses: 2 }),
  sample(CloudRunJob, { ...container, taskTimeout: seconds(600), command: ["/job"], protection: false }),
  sample(CloudRunService, {
    ...container,
    protection: false,
    port: 8080,
    http2: true,
    concurrency: 80,
    minInstances: 0,
    maxInstances: 5,
    stable: "none",
    requestTimeout: seconds(300),
    startupProbe: probe,
    livenessProbe: { ...probe, period: seconds(20) },
    readinessProbe: { ...probe, successThreshold: 1 },
    defaultUriDisabled: false,
    iapMembers: ["group:staff@example.com"],
    public: true,
  }),
  sample(EventTrigger, {
    name: "uploaded",
    region,
    criteria: { type: "google.cloud.storage.object.v1.finalized", bucket: "acme-uploads" },
    service: "api",
    path: "/uploads",
    serviceAccount: email,
    topic: "projects/acme-project/topics/orders",
    labels: { team: "web" },
  }),
  sample(CloudRunWorkerPool, {
    ...container,
    instanceCount: 3,
    port: 8090,
    startupProbe: { ...timing, isTcp: true },
    livenessProbe: probe,
    protection: false,
  }),
  sample(CloudStorageBucket, {
    name: "acme-project-uploads",
    region,
    versioning: true,
    deleteAfterDays: 90,
    readers: { report: email },
    writers: { api: email },
    labels: { team: "web" },
    protection: false,
  }),
  sample(ContainerRegistry, { name: "images", region }),
  sample(DirectEgressSubnet, { name: "egress", network, region, range: cidr("10.9.0.0/26") }),
  sample(CloudArmorPolicy, { name: "armor", requestsPerMinute: 600, firewall: "enforce" }),
  sample(HttpsLoadBalancer, {
    name: "lb",
    addressName: "lb-address",
    tls: { profile: "RESTRICTED", minVersion: "TLS_1_2" },
    routes: [{ host: "api.example.com", fallback: "api", paths: [{ paths: ["/auth/*"], backend: "auth" }] }],
    redirects: { "example.com": "api.example.com" },
    defaultBackend: "api",
    certificateMap: "projects/acme-project/locations/global/certificateMaps/main",
  }),
  sample(ServerlessBackend, { name: "api", service: "api", regions: [region], securityPolicy: "armor" }),
  sample(BucketBackend, {
    name: "assets",
    bucket: "acme-project-assets",
    reader: "service-123456789012@https-lb.iam.gserviceaccount.com",
    cache: {
      mode: "FORCE_CACHE_ALL",
      ttl: seconds(600),
      negativeCaching: true,
      queryParameters: ["version"],
    },
  }),
  sample(WildcardCertificate, { name: "certificate", domain: "example.com" }),
  sample(EgressFirewall, {
    prefix: "main",
    network,
    allow: [{ name: "redis", protocol: "tcp", ports: ["6378"], ranges: ["10.20.0.0/16"] }],
    connector: true,
  }),
  sample(GithubFederation, {
    pool: "github-deploy",
    provider: "github",
    accountId: "deployer",
    displayName: "Deploys",
    repositoryId: "123456",
    ownerId: "654321",
    only: { branch: "main", environment: "production" },
  }),
  sample(GitlabFederation, {
    pool: "gitlab-deploy",
    provider: "gitlab",
    accountId: "deployer",
    displayName: "Deploys",
    projectId: "42",
    namespaceId: "7",
    issuer: "https://gitlab.example.com",
    only: { branch: "main", environment: "production" },
  }),
  sample(DeadLetterTopic, { name: "orders-dead-letters", agent, labels: { team: "web" }, protection: false }),
  sample(MessageTopic, {
    name: "orders",
    retention: seconds(86_400),
    publishers: { api: email },
    labels: { team: "web" },
    protection: false,
  }),
  sample(PushSubscription, {
    name: "orders-invoices",
    topic: `projects/${project}/topics/orders`,
    service: "https://invoices-123456789012.europe-west1.run.app",
    path: "/orders",
    serviceAccount: email,
    deadline: seconds(60),
    deadLetterTopic: `projects/${project}/topics/orders-dead-letters`,
    attempts: 10,
    agent,
    labels: { team: "web" },
  }),
  sample(ConnectivityTest, {
    name: "to-redis",
    description: "Redis is reached",
    project,
    network,
    source: "10.9.0.2",
    port: 6378,
    destination: { ipAddress: "10.20.0.3" },
  }),
  sample(LogMetric, {
    name: "failures",
    description: "Failures",
    filter: 'textPayload:"failed"',
    labels: { reason: "EXTRACT(jsonPayload.reason)" },
  }),
  sample(NotificationChannel, { displayName: "On call", email: "oncall@example.com", severity: "page" }),
  sample(ScheduledJob, {
    name: "nightly",
    description: "Every night",
    project,
    region,
    job: "report",
    schedule: "0 3 * * *",
    deadline: seconds(60),
    serviceAccount: email,
  }),
  sample(ServiceObjectives, {
    serviceId: "api",
    displayName: "api",
    objectives: [
      {
        id: "latency",
        displayName: "Fast",
        goal: 0.99,
        days: 28,
        indicator: { distribution: 'metric.type="run.googleapis.com/request_latencies"', milliseconds: 500 },
      },
    ],
  }),
  sample(UptimeCheck, {
    displayName: "api",
    project,
    host: "api.example.com",
    path: "/health",
    period: seconds(60),
    timeout: seconds(10),
    regions: ["EUROPE", "USA", "ASIA_PACIFIC"],
    content: { path: "$.status", text: "ok" },
  }),
  sample(PostgresDatabase, {
    ...sqlInstance,
    ...sqlPrimary,
    flags: { log_min_duration_statement: "1000" },
    pooler: { poolSize: 50 },
  }),
  sample(MysqlDatabase, {
    ...sqlInstance,
    ...sqlPrimary,
    version: "MYSQL_8_4",
    furtherDatabases: ["audit"],
    flags: { long_query_time: "1" },
  }),
  sample(SqlReadReplica, {
    ...sqlInstance,
    primary: "main",
    flags: { log_min_duration_statement: "1000" },
  }),
  sample(GoogleAccessZone, { name: "run-app", domain: "run.app", network }),
  sample(PrivateDnsZone, {
    name: "private",
    domain: "acme.internal",
    network,
    records: { redis: "10.20.0.3" },
  }),
  sample(PrivateServicesAccess, { name: "services", network, range: cidr("10.20.0.0/16") }),
  sample(ProjectApis, { project, apis: ["run.googleapis.com"] }),
  sample(RedisCache, {
    name: "cache",
    region,
    tier: "STANDARD_HA",
    memoryGibibytes: 5,
    version: "REDIS_7_2",
    network,
    allocatedRange: "services",
    tls: true,
    auth: true,
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 7, hour: 4 },
    protection: false,
    deletionProtection: true,
  }),
  sample(RollbackWatchdog, {
    name: "watchdog",
    project,
    region,
    image,
    environment: { LEDGER: "bucket" },
    protection: false,
  }),
  sample(Secret, { name: "api-key", readers: { api: email } }),
  sample(AccountRoles, { account: email, project, roles: ["roles/cloudsql.client"] }),
  sample(ServiceConnectionPolicy, {
    name: "memorystore",
    subnetName: "endpoints",
    network,
    region,
    range: cidr("10.20.32.0/28"),
    serviceClass: "gcp-memorystore",
    labels: { team: "acme" },
  }),
  sample(ServiceIdentity, {
    accountId: "api-service",
    displayName: "api",
    project,
    roles: ["roles/cloudsql.client"],
  }),
  sample(ValkeyCache, {
    name: "valkey",
    region,
    project,
    network,
    version: "VALKEY_8_0",
    nodeType: "STANDARD_SMALL",
    shards: 3,
    replicas: 1,
    tls: true,
    auth: true,
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 7, hour: 4 },
    protection: false,
    deletionProtection: true,
    labels: { team: "acme" },
  }),
  sample(VpcAccessConnector, {
    name: "connector",
    network,
    region,
    range: cidr("10.8.0.0/28"),
    machineType: "e2-micro",
    minInstances: 2,
    maxInstances: 3,
  }),
  sample(VpcNetwork, { name: "main" }),
  sample(WatchdogGrants, {
    project,
    region,
    roleId: "guard",
    watchdog: email,
    bucket: "acme-states",
    ledger: "rollout/staging.json",
    services: { api: "api" },
    identities: { api: email },
  }),
];
