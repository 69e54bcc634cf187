import { defineEnvironment } from "../platform/define.ts";
import { cidr, gibibytes, minutes, seconds } from "../platform/units.ts";
import { incidents } from "./shared/incidents.ts";

/** netra-production: highly available, protected, larger, and on Direct VPC egress; the connector is on standby. */
export const environment = defineEnvironment({
  project: "netra-production",
  region: "us-central1",
  prefix: "prod",
  labels: { environment: "production", team: "platform" },
  protection: true,
  state: { bucket: "netra-production-terraform-state" },

  network: {
    addresses: {
      connector: cidr("10.2.0.0/28"),
      directEgress: cidr("10.2.8.0/22"),
      privateServices: cidr("10.168.0.0/16"),
    },
    connector: { machineType: "e2-standard-4", minInstances: 2, maxInstances: 3 },
    nat: { addresses: 2 },
  },

  database: {
    name: "shared-postgres",
    version: "POSTGRES_16",
    edition: "ENTERPRISE_PLUS",
    tier: "db-perf-optimized-N-16",
    maxConnections: 3000,
    availability: "REGIONAL",
    diskGibibytes: 100,
    backups: { startHour: 3, retained: 30, logRetentionDays: 14 },
    maintenance: { day: 7, hour: 4 },
    databaseName: "netra",
    user: "netra",
    passwordSecret: "postgres-password",
    caSecret: "postgres-ca",
  },

  cache: {
    tier: "STANDARD_HA",
    memoryGibibytes: 16,
    version: "REDIS_7_2",
    authSecret: "redis-auth",
    caSecret: "redis-ca",
    evictionPolicy: "noeviction",
    maintenance: { day: 7, hour: 5 },
  },

  secrets: [
    { name: "postgres-password" },
    { name: "postgres-ca" },
    { name: "redis-auth" },
    { name: "redis-ca" },
    { name: "clickhouse-password" },
    { name: "jwt-signing-key" },
    { name: "session-secret" },
    { name: "oauth-client-id" },
    { name: "oauth-client-secret" },
    { name: "service-token" },
    { name: "llm-api-key" },
  ],

  externalDependencies: [
    { name: "clickhouse", host: "clickhouse.netrasystems.ai", port: 8443, source: "nat" },
  ],

  services: [
    {
      name: "auth",
      image:
        "us-central1-docker.pkg.dev/netra-production/prod-services/auth@sha256:073ea3f7f90c583e7de8389b08981bd3b5990c09312a9f69d83ed621fd32910f",
      cpu: 2,
      memory: gibibytes(2),
      concurrency: 80,
      instances: { min: 3, max: 20 },
      requestTimeout: seconds(60),
      path: "direct",
      database: { pool: 5, overflow: 5, via: "private-ip" },
      cache: { pool: 5 },
      secrets: [
        "jwt-signing-key",
        "session-secret",
        "oauth-client-id",
        "oauth-client-secret",
        "service-token",
      ],
      exposure: [{ host: "api.netrasystems.ai", paths: ["/auth/*"] }],
    },
    {
      name: "backend",
      image:
        "us-central1-docker.pkg.dev/netra-production/prod-services/backend@sha256:2852793d12062ddbf843d73b20262e0c3fafa386c2686d9e647859fd66470760",
      cpu: 4,
      memory: gibibytes(8),
      concurrency: 80,
      instances: { min: 4, max: 40 },
      requestTimeout: minutes(60),
      path: "direct",
      cpuAlwaysAllocated: true,
      webSockets: true,
      database: { pool: 10, overflow: 15, via: "private-ip" },
      cache: { pool: 20 },
      dependsOn: ["auth", "clickhouse"],
      secrets: ["clickhouse-password", "jwt-signing-key", "service-token", "llm-api-key"],
      exposure: [
        { host: "api.netrasystems.ai" },
        { host: "app.netrasystems.ai", paths: ["/health/infrastructure", "/ws", "/ws/*"] },
      ],
    },
    {
      name: "frontend",
      image:
        "us-central1-docker.pkg.dev/netra-production/prod-services/frontend@sha256:5f08ab72218f7eff07c34e1f85250609599b8717c9bcc245331393769347536c",
      cpu: 1,
      memory: gibibytes(2),
      concurrency: 200,
      instances: { min: 2, max: 20 },
      requestTimeout: seconds(60),
      path: "direct",
      dependsOn: ["auth", "backend"],
      exposure: [{ host: "app.netrasystems.ai" }],
    },
  ],

  edge: { certificateDomain: "netrasystems.ai", armor: { requestsPerMinute: 3000, firewall: "preview" } },

  deadlines: {
    socketConnect: seconds(35),
    // Direct VPC egress has no connector to scale, but the standby path does.
    connectorScaling: seconds(30),
    databasePressure: seconds(25),
    databaseInitialization: seconds(75),
    startupWindow: seconds(600),
    databaseStatement: seconds(30),
  },

  preflight: {
    image:
      "us-central1-docker.pkg.dev/netra-production/prod-services/preflight@sha256:6f851dc660025ec06e880e895c7210798b0ab9df426c8de40d378291775bc317",
  },

  differences: [
    {
      from: "staging",
      paths: ["protection", "network.nat.addresses", "database.availability", "database.backups"],
      reason: "Customers' data and traffic: nothing is deleted by mistake, and one zone or address may fail.",
    },
    {
      from: "staging",
      paths: ["objectives", "notifications.on-call"],
      reason: "Customers wait here, and failures page the person on call.",
    },
    {
      from: "staging",
      paths: [
        "network.addresses.directEgress",
        "services.*.cpu",
        "services.*.memory",
        "services.*.instances",
        "database.tier",
        "database.edition",
        "database.maxConnections",
        "database.diskGibibytes",
        "cache.memoryGibibytes",
        "edge.armor.requestsPerMinute",
      ],
      reason: "Sized for the load of production; the budgets prove that the numbers fit together.",
    },
    {
      from: "staging",
      paths: ["network.connector", "services.backend.path", "services.backend.bandwidth"],
      reason: "Every service is on Direct VPC egress; the connector stands by and is smaller but faster.",
    },
    {
      from: "staging",
      paths: ["services.*.database.via", "database.caSecret", "secrets.postgres-ca"],
      reason:
        "The private address saves the hop through the Cloud SQL connector and its limit of 100 an instance.",
    },
    {
      from: "staging",
      paths: ["database.version", "cache.version"],
      reason: "Production was made new; staging keeps the versions that it runs until they are upgraded.",
    },
  ],

  validation: {
    // I-3 names these; /health/infrastructure of the services follows from where they are exposed.
    endpoints: [
      { host: "app.netrasystems.ai" },
      { host: "app.netrasystems.ai", path: "/health/infrastructure" },
      { host: "api.netrasystems.ai" },
    ],
    credentials: ["VALIDATION_TOKEN"],
    // I-1: frontend, auth, backend, WebSocket, chat.
    goldenPath: [
      { name: "frontend", host: "app.netrasystems.ai", path: "/" },
      { name: "auth", host: "api.netrasystems.ai", path: "/auth/health" },
      { name: "backend", host: "api.netrasystems.ai", path: "/health" },
    ],
    webSocket: {
      host: "app.netrasystems.ai",
      headers: { authorization: "Bearer {{VALIDATION_TOKEN}}" },
      send: '{"type":"start_agent","payload":{"user_request":"Answer with one word."}}',
      events: ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"],
    },
  },

  operations: { incidents },
  objectives: { availability: 0.9995, latency: seconds(1) },
  notifications: [
    { name: "on-call", severity: "page", email: "on-call@netrasystems.ai" },
    { name: "platform", severity: "ticket", email: "platform@netrasystems.ai" },
  ],
});
