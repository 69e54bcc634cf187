import { cidr, defineEnvironment, gibibytes, seconds } from "single-source-platform";

/** acme-staging: every number of this environment is written here, once. */
export const environment = defineEnvironment({
  project: "acme-staging",
  region: "europe-west1",
  labels: { environment: "staging" },
  // true: Terraform and Google refuse to delete database, services and cache.
  protection: false,
  state: { bucket: "acme-staging-terraform-state" },

  network: {
    addresses: {
      directEgress: cidr("10.10.8.0/22"),
      privateServices: cidr("10.20.0.0/16"),
    },
  },

  database: {
    name: "postgres",
    version: "POSTGRES_17",
    edition: "ENTERPRISE",
    tier: "db-custom-2-7680",
    // Two revisions of every service at its maximum, preflight, migrations and reserve; npm start shows the sum.
    maxConnections: 250,
    availability: "ZONAL",
    maintenance: { day: 7, hour: 4 },
    databaseName: "app",
    user: "app",
    passwordSecret: "postgres-password",
  },

  cache: {
    tier: "BASIC",
    memoryGibibytes: 1,
    version: "REDIS_7_2",
    authSecret: "redis-auth",
    caSecret: "redis-ca",
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 7, hour: 5 },
  },

  secrets: [{ name: "postgres-password" }, { name: "redis-auth" }, { name: "redis-ca" }],

  services: [
    {
      name: "web",
      // The digest of zeros stands for the first image: replace it before the first deployment.
      image:
        "europe-west1-docker.pkg.dev/acme-staging/staging-services/web@sha256:0000000000000000000000000000000000000000000000000000000000000000",
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 80,
      instances: { min: 0, max: 5 },
      requestTimeout: seconds(60),
      path: "direct",
      database: { pool: 5, overflow: 5, via: "socket" },
      cache: { pool: 5 },
      exposure: [{ host: "staging.acme.example" }],
    },
    {
      name: "api",
      // The digest of zeros stands for the first image: replace it before the first deployment.
      image:
        "europe-west1-docker.pkg.dev/acme-staging/staging-services/api@sha256:0000000000000000000000000000000000000000000000000000000000000000",
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 80,
      instances: { min: 0, max: 5 },
      requestTimeout: seconds(60),
      path: "direct",
      database: { pool: 5, overflow: 5, via: "socket" },
      cache: { pool: 5 },
      exposure: [{ host: "api.staging.acme.example" }],
    },
  ],

  edge: { certificateDomain: "staging.acme.example" },

  deadlines: {
    socketConnect: seconds(10),
    databasePressure: seconds(25),
    databaseInitialization: seconds(60),
    startupWindow: seconds(240),
    databaseStatement: seconds(30),
  },

  preflight: {
    image:
      "europe-west1-docker.pkg.dev/acme-staging/staging-services/preflight@sha256:0000000000000000000000000000000000000000000000000000000000000000",
  },

  objectives: { availability: 0.995, latency: seconds(2) },
  // Who hears of alerts: { name: "on-call", severity: "page", email: "on-call@example.com" }.
  notifications: [],
});
