import { cidr, defineEnvironment, gibibytes, seconds } from "single-source-platform";

const registry = "europe-west1-docker.pkg.dev/acme-staging/staging-services";

/** acme-staging: every number once. A digest of zeros stands for an image that is not built yet. */
export const environment = defineEnvironment({
  project: "acme-staging",
  region: "europe-west1",
  protection: false, // true: Terraform and Google refuse to delete data and services
  state: { bucket: "acme-staging-terraform-state" },
  network: { addresses: { directEgress: cidr("10.10.8.0/22"), privateServices: cidr("10.20.0.0/16") } },

  database: {
    name: "postgres",
    version: "POSTGRES_17",
    edition: "ENTERPRISE",
    tier: "db-custom-2-7680",
    maxConnections: 250, // two revisions of all services; npm start prints the sum
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
      image: `${registry}/web@sha256:0000000000000000000000000000000000000000000000000000000000000000`,
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 80,
      instances: { max: 5 },
      requestTimeout: seconds(60),
      path: "direct",
      database: { pool: 5, overflow: 5, via: "socket" },
      cache: { pool: 5 },
      exposure: [{ host: "staging.acme.example" }],
    },
    {
      name: "api",
      image: `${registry}/api@sha256:0000000000000000000000000000000000000000000000000000000000000000`,
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 80,
      instances: { max: 5 },
      requestTimeout: seconds(60),
      path: "direct",
      database: { pool: 5, overflow: 5, via: "socket" },
      cache: { pool: 5 },
      exposure: [{ host: "api.staging.acme.example" }],
    },
  ],
  edge: { certificateDomain: "staging.acme.example" },
  preflight: {
    image: `${registry}/preflight@sha256:0000000000000000000000000000000000000000000000000000000000000000`,
  },
  objectives: { availability: 0.995, latency: seconds(2) },
  notifications: [], // of alerts, for example { name: "on-call", severity: "page", email: "on-call@example.com" }
});
