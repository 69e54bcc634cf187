import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { seconds } from "../../platform/units.ts";
import { type Draft, issues, TODAY } from "../support/environments.ts";
import { sampleJob } from "../support/sample-job.ts";

/** Each wrong input with the sentence that a person reads. */
const cases: [what: string, change: (draft: Draft) => void, sentence: string][] = [
  [
    "a readiness probe that is slower than the restart",
    (d) => {
      d.provider = "8";
      d.services[0].readinessProbe = { period: seconds(30) };
    },
    "services.auth.readinessProbe.period is 30 s: auth: unready instance out of traffic (3 × 30 s), 90 s, must be shorter than the 90 s of its restart by the liveness probe (3 × 30 s). Fix: lower readinessProbe.period or failureThreshold, or raise livenessProbe.period.",
  ],
  [
    "a readiness probe whose attempt is longer than its period",
    (d) => {
      d.provider = "8";
      d.services[0].readinessProbe = { period: seconds(3) };
    },
    "services.auth.readinessProbe.timeout is 5 s: auth: readiness probe attempt, 5 s, must be at most the 3 s of its period.",
  ],
  [
    "more failures of a readiness probe than Cloud Run takes",
    (d) => {
      d.provider = "8";
      d.services[0].readinessProbe = { failureThreshold: 4 };
    },
    "services.auth.readinessProbe.failureThreshold is 4: allowed is a whole number from 1 to 3 (Cloud Run readiness probe).",
  ],
  [
    "a sign-in in front of a service that the gate of a rollout calls",
    (d) => {
      d.provider = "8";
      d.services[2].iap = { members: ["group:staff@example.com"] };
    },
    "services.frontend.iap is set: the gate of a rollout calls it without signing in (preflight), and is sent to the sign-in instead. Fix: remove iap, or what calls the service.",
  ],
  [
    "a sign-in in front of a service that another one calls",
    (d) => {
      d.provider = "8";
      d.services[0].iap = { members: ["group:staff@example.com"] };
    },
    "services.auth.iap is set: backend calls it without signing in, and is sent to the sign-in instead.",
  ],
  [
    "a sign-in for nobody",
    (d) => {
      d.provider = "8";
      d.services[2].iap = { members: [] };
    },
    'services.frontend.iap.members is []: nobody may sign in. Fix: write for example ["group:staff@example.com"], or remove iap.',
  ],
  [
    "a sign-in for everybody",
    (d) => {
      d.provider = "8";
      d.services[2].iap = { members: ["allUsers"] };
    },
    'services.frontend.iap.members[0] is "allUsers": allowed is a user, group, service account or domain. Fix: write for example "group:staff@example.com".',
  ],
  [
    "no run.app address for the gate of a rollout",
    (d) => {
      d.provider = "8";
      d.services[0].defaultUriDisabled = true;
    },
    "services.auth.defaultUriDisabled is true: its run.app address is needed: the gate of a rollout calls a new revision there (preflight). Fix: remove defaultUriDisabled: ingress already keeps others out of that address.",
  ],
  [
    "TLS 1.3 with a profile of TLS 1.2",
    (d) => {
      d.provider = "8";
      d.edge.tls = { minVersion: "TLS_1_3" };
    },
    'edge.tls.minVersion is "TLS_1_3": profile is "MODERN", and the load balancer takes TLS 1.3 as the minimum with "RESTRICTED" only. Fix: write profile: "RESTRICTED", or minVersion: "TLS_1_2".',
  ],
  [
    "a deletion policy where nothing is protected",
    (d) => {
      d.provider = "8";
      d.deletionPolicy = "PREVENT";
    },
    'deletionPolicy is "PREVENT": it is of what protection protects, and protection is false. Fix: write protection: true, or "DELETE", which takes it back.',
  ],
  ...(
    [
      ["9", 'write "8", the newest that the stacks are held against.'],
      ["latest", 'write for example "8".'],
      ["~> 5", 'write "6", or "~> 6.50" for its patches: the stacks use what older versions lack.'],
      [8.0, 'write it in quotes, for example "8".'],
      [">= 7", 'write "8", or a constraint of releases with an upper bound: ">= 6.50.0, < 9".'],
      ["8.0.0-rc1", 'write "8", or a constraint of releases with an upper bound: ">= 6.50.0, < 9".'],
    ] as const
  ).map(([version, fix]): (typeof cases)[number] => [
    `provider ${version}`,
    (d) => {
      d.provider = version;
    },
    `provider is ${JSON.stringify(version)}: allowed is a version of the provider hashicorp/google: "6" (6.50.0), "7" (7.45.0), "8" (8.0.0), or a constraint like "~> 7.19" that stays from 6.50.0 to below 9.0.0. Fix: ${fix}`,
  ]),
  [
    "a step of a rollout that gives less than the one before",
    (d) => {
      d.rollout = { steps: [25, 5, 100] };
    },
    "rollout.steps[1] is 5: the step before is 25, and each step must have more traffic than the one before. Fix: write the steps in ascending order, each once.",
  ],
  [
    "a rollout that never serves everybody",
    (d) => {
      d.rollout = { steps: [5, 25] };
    },
    "rollout.steps is [5,25]: the last step is 100, otherwise the new revision never gets all traffic. Fix: end the list with 100.",
  ],
  [
    "a rollout without steps",
    (d) => {
      d.rollout = { steps: [] };
    },
    "rollout.steps is []: the last step is 100",
  ],
  [
    "a rollout that gives up before its metrics can arrive",
    (d) => {
      d.rollout = { metricLag: 600, inconclusive: 300 };
    },
    "rollout.inconclusive is 300 s: metrics may be 600 s late (rollout.metricLag), so that every step would be aborted while it waits for them.",
  ],
  [
    "a range not in CIDR form",
    (d) => {
      d.network.addresses.connector = "10.1.0.0";
    },
    'network.addresses.connector is "10.1.0.0": allowed is an IPv4 range, exactly /28 (a Serverless VPC Access connector takes a /28). Fix: write cidr("10.1.0.0/28") with your own range.',
  ],
  [
    "host bits",
    (d) => {
      d.network.addresses.connector = "10.1.0.5/28";
    },
    "Fix: write the first address of the range: 10.1.0.0/28.",
  ],
  [
    "IPv6",
    (d) => {
      d.network.addresses.privateServices = "fd00::/8";
    },
    "Fix: write an IPv4 range: connectors, Cloud SQL and Redis have no IPv6.",
  ],
  [
    "a /27 connector",
    (d) => {
      d.network.addresses.connector = "10.1.0.0/27";
    },
    "Fix: choose a range of exactly /28.",
  ],
  [
    "a direct egress subnet smaller than /26",
    (d) => {
      d.network.addresses.directEgress = "10.1.8.0/27";
    },
    "allowed is an IPv4 range, from /16 to /26 (Direct VPC egress needs a /26 or larger)",
  ],
  [
    "an overlap with a peered range",
    (d) => {
      d.network.addresses.peered = [{ name: "office", range: "10.1.0.0/16" }];
    },
    'network.addresses.connector is 10.1.0.0/28: the range of "connector" overlaps 10.1.0.0/16 of "peered: office" (network.addresses.peered.office.range), and ranges of one network must be disjoint.',
  ],
  [
    "Docker's bridge range",
    (d) => {
      d.network.addresses.connector = "172.17.0.0/28";
    },
    'the range of "connector" overlaps 172.17.0.0/16, which is the Docker bridge\'s: Cloud SQL is unreachable from it and in it.',
  ],
  [
    "a range Google refuses",
    (d) => {
      d.network.addresses.directEgress = "199.36.152.0/22";
    },
    "overlaps 199.36.153.4/30, which Google refuses",
  ],
  [
    "a connector maximum of 15 (I-1)",
    (d) => {
      d.network.connector.maxInstances = 15;
    },
    "network.connector.maxInstances is 15: allowed is a whole number from 3 to 10 (Google refuses a connector maximum above 10). Fix: write at most 10; for more throughput choose machineType e2-standard-4 or move services to path direct.",
  ],
  [
    "connector minimum not below its maximum",
    (d) => {
      d.network.connector = { minInstances: 5, maxInstances: 5 };
    },
    "network.connector.minInstances is 5: it must be below maxInstances, 5.",
  ],
  [
    "a path that does not exist",
    (d) => {
      d.services[1].path = "conector";
    },
    'services.backend.path is "conector": allowed is one of "connector", "direct", "none". Fix: did you mean "connector"?',
  ],
  [
    "a path without its range",
    (d) => {
      delete d.network.addresses.directEgress;
    },
    'services.frontend.path is "direct": this environment has no range for Direct VPC egress.',
  ],
  [
    "a path without its connector",
    (d) => {
      delete d.network.connector;
      delete d.network.addresses.connector;
    },
    'services.backend.path is "connector": this environment declares no connector.',
  ],
  [
    "a dependency that does not exist",
    (d) => {
      d.services[1].dependsOn = ["oauth"];
    },
    'services.backend.dependsOn[0] is "oauth": no service or external dependency of this name is declared. Fix: did you mean "auth"?',
  ],
  [
    "a secret that does not exist",
    (d) => {
      d.services[0].secrets[0] = "jwt-signing-kee";
    },
    'no secret of this name is declared. Fix: did you mean "jwt-signing-key"?',
  ],
  [
    "two services of one name",
    (d) => {
      d.services[2].name = "auth";
    },
    'services[2].name is "auth": services[0] has this name already. Fix: give each its own name.',
  ],
  [
    "two services of one host",
    (d) => {
      d.services[2].exposure = [{ host: "api-staging.netrasystems.ai" }];
    },
    "another service has this host and path already (services.backend)",
  ],
  [
    "a host outside of the certificate",
    (d) => {
      d.services[2].exposure = [{ host: "a.b.netrasystems.ai" }];
    },
    "the certificate covers netrasystems.ai and *.netrasystems.ai (one level) only",
  ],
  [
    "a host whose other paths lead nowhere",
    (d) => {
      d.services[1].exposure = [{ host: "api-staging.netrasystems.ai", paths: ["/v1/*"] }];
    },
    'no service has "/*" of this host',
  ],
  [
    "services in a circle",
    (d) => {
      d.services[0].dependsOn = ["frontend"];
    },
    "services.auth.dependsOn is auth -> frontend -> auth: services with cyclic dependencies have no order of deployment.",
  ],
  [
    "pool 0",
    (d) => {
      d.services[1].database.pool = 0;
    },
    "services.backend.database.pool is 0: allowed is a whole number from 1 to 500 (a pool without connections cannot serve). Fix: write a value from 1 to 500.",
  ],
  [
    "min above max",
    (d) => {
      d.services[0].instances = { min: 9, max: 3 };
    },
    "services.auth.instances.min is 9: it is above instances.max, 3. Fix: lower min or raise max.",
  ],
  [
    "a start-up window of 601 s",
    (d) => {
      d.deadlines.startupWindow = 601;
    },
    "deadlines.startupWindow is 601: allowed is a whole number of seconds from 10 to 600 (Cloud Run kills an instance that has not started in 600 s).",
  ],
  [
    'a request timeout of "300"',
    (d) => {
      d.services[1].requestTimeout = "300";
    },
    'services.backend.requestTimeout is "300": allowed is a whole number of seconds from 1 to 3600 (Cloud Run request timeout; the load balancer\'s is fixed at 3,600 s). Fix: write a number without quotes, for example seconds(1).',
  ],
  [
    "memory too small for the CPU",
    (d) => {
      d.services[1].cpu = 4;
      d.services[1].memory = 1024;
    },
    "services.backend.memory is 1Gi: Cloud Run gives 4 CPU from 2Gi to 16Gi. Fix: change memory or cpu so that they fit.",
  ],
  [
    "memory too large for the CPU",
    (d) => {
      d.services[0].memory = 8192;
    },
    "services.auth.memory is 8Gi: Cloud Run gives 1 CPU from 512Mi to 4Gi.",
  ],
  [
    "an image by tag",
    (d) => {
      d.services[0].image = "us-docker.pkg.dev/p/r/auth:latest";
    },
    "allowed is an image by digest (repository/name@sha256:<64 hexadecimal digits>), never by tag",
  ],
  [
    "an image of a registry that Cloud Run does not pull from",
    (d) => {
      d.services[0].image = `quay.io/acme/auth@sha256:${"1".repeat(64)}`;
    },
    "allowed is an image that Cloud Run can pull: of Artifact Registry, or a public image of Docker Hub or ghcr.io. Fix: make a remote repository of Artifact Registry for that registry, and name the image in it: LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@DIGEST.",
  ],
  [
    "an unknown key",
    (d) => {
      d.services[0].concurency = 80;
    },
    'services.auth.concurency is 80: "concurency" is not a known key. Fix: did you mean "concurrency"?',
  ],
  [
    "an expired waiver",
    (d) => {
      d.waivers = [
        {
          rule: "capacity/connector-load",
          address: "x",
          reason: "until the move is done",
          expires: "2026-11-20",
        },
      ];
    },
    "the waiver of capacity/connector-load at x has expired",
  ],
  [
    "a waiver date that does not exist",
    (d) => {
      d.waivers = [{ rule: "a/b", address: "x", reason: "until the move is done", expires: "soon" }];
    },
    "allowed is a date YYYY-MM-DD",
  ],
  [
    "20 s of initialization (I-4)",
    (d) => {
      d.deadlines.databaseInitialization = 20;
    },
    "connector scaling (30 s) and database pressure (25 s) together, 55 s, must be shorter than the 20 s of database initialization",
  ],
  [
    "initialization longer than the window",
    (d) => {
      d.deadlines.initializationAttempts = 8;
    },
    "database initialization × 8 attempts, 600 s, must be shorter than the 600 s of start-up window",
  ],
  [
    "a statement longer than its request",
    (d) => {
      d.deadlines.databaseStatement = 60;
    },
    "auth: database statement, 60 s, must be shorter than the 60 s of its request timeout",
  ],
  [
    "an idle pool at Cloud Run's cut",
    (d) => {
      d.deadlines.poolIdle = 600;
    },
    "idle pool connection, 600 s, must be shorter than the 600 s of Cloud Run's cut of idle outbound connections",
  ],
  [
    "a drain as long as Cloud Run's grace",
    (d) => {
      d.deadlines.shutdownGrace = 10;
    },
    "shutdown drain, 10 s, must be shorter than the 10 s of Cloud Run's kill after SIGTERM",
  ],
  [
    "a probe timeout above its period",
    (d) => {
      d.services[0].startupProbe = { timeout: 11 };
    },
    "auth: start-up probe attempt, 11 s, must be at most the 10 s of its period",
  ],
  [
    "a soak below five minutes",
    (d) => {
      d.deadlines.soak = 299;
    },
    "allowed is a whole number of seconds from 300 to 86400 (a cascade needs five minutes to show)",
  ],
  [
    "1,150 connections for 1,000 (I-3)",
    (d) => {
      d.database.maxConnections = 1000;
    },
    "database.maxConnections is 1000 connections: at full scale 1173 connections are needed: auth 120 (6 instances × 2 revisions × (5 + 5)) + backend 1000 (20 instances × 2 revisions × (10 + 15)) + migration jobs 5",
  ],
  [
    "more than 100 connections through the socket",
    (d) => {
      d.services[0].database = { pool: 51, overflow: 50, via: "socket" };
      d.database.maxConnections = 4000;
    },
    "one Cloud Run instance gets at most 100 connections through the Cloud SQL socket",
  ],
  [
    "more Redis clients than TLS allows before Redis 7",
    (d) => {
      d.cache.version = "REDIS_6_X";
      d.cache.memoryGibibytes = 4;
      d.services[1].cache.pool = 30;
    },
    "at full scale 1295 Redis clients are needed",
  ],
  [
    "more traffic than the connector carries",
    (d) => {
      d.services[1].bandwidth = 30;
    },
    "at full scale 1200 Mbit/s are needed",
  ],
  [
    "too few direct egress addresses",
    (d) => {
      d.services[1].path = "direct";
      d.network.addresses.directEgress = "10.1.8.0/26";
    },
    'it has 60 usable addresses, and the services on path "direct" take 144 while 2 revisions overlap',
  ],
  [
    "a tier that the edition refuses",
    (d) => {
      d.database.edition = "ENTERPRISE_PLUS";
    },
    "edition ENTERPRISE_PLUS takes db-perf-optimized-N-* tiers only",
  ],
  [
    "a custom tier that does not exist",
    (d) => {
      d.database.tier = "db-custom-3-10000";
    },
    "CPUs are 1 or an even number up to 96; memory is a multiple of 256 MiB",
  ],
  [
    "more log days than the edition keeps",
    (d) => {
      d.database.backups = { logRetentionDays: 14 };
    },
    "edition ENTERPRISE keeps the write-ahead log for 1 to 7 days",
  ],
  [
    "max_connections as a flag",
    (d) => {
      d.database.flags = { max_connections: "100" };
    },
    "remove it and write database.maxConnections",
  ],
  [
    "a variable of the contract",
    (d) => {
      d.services[0].environment = { DATABASE_POOL_SIZE: "99" };
    },
    "this variable is written by the platform from the budgets, or reserved by Cloud Run",
  ],
  [
    "a name too long for its service account",
    (d) => {
      d.services[2].name = "frontend-of-the-platform";
    },
    "and Google allows 30",
  ],
  [
    "a name too long for its preflight, where its service account exists already",
    (d) => {
      const name = "frontend-of-the-platform-and-more";
      d.services[2].name = name;
      d.existing.serviceAccounts = { [name]: "frontend@netra-staging.iam.gserviceaccount.com" };
    },
    "has 51 characters, and Cloud Run allows 49",
  ],
  [
    "a missing section",
    (d) => {
      delete d.objectives;
    },
    "objectives is missing: allowed is a group of values in { }. Fix: add it, in the form { availability: ..., latency: ... }.",
  ],
  [
    "services that use a section that is missing: a cache",
    (d) => {
      delete d.cache;
      delete d.existing.cache;
    },
    'services.auth.cache is set: this environment has no section "cache". Fix: add the section "cache", or remove it here.',
  ],
  [
    "services that use a section that is missing: a database",
    (d) => {
      delete d.database;
      delete d.existing.database;
      delete d.existing.databaseName;
    },
    "services.backend.database is set: this environment has no database",
  ],
  [
    "services that use a section that is missing: a load balancer",
    (d) => {
      delete d.edge;
    },
    "services.frontend.exposure is set: this environment has no load balancer",
  ],
  [
    "existing resources of a section that is missing",
    (d) => {
      for (const service of d.services) delete service.cache;
      delete d.cache;
    },
    "existing.cache is true: the environment has no Redis to import it as. Fix: state its numbers in cache, or remove this.",
  ],
  [
    "a database without a range for its address",
    (d) => {
      delete d.network.addresses.privateServices;
    },
    "network.addresses.privateServices is missing: database and cache of this environment get addresses from it",
  ],
  [
    "a choice of many words, which are listed once",
    (d) => {
      d.region = 7;
    },
    '"us-west4" (a region of Google Cloud). Fix: write one of them.',
  ],
  [
    "a section of the wrong type",
    (d) => {
      d.services = "auth";
    },
    'services is "auth": allowed is a list.',
  ],
  [
    "a value that Terraform would evaluate",
    (d) => {
      d.services[0].environment = { GREETING: "Hello ${name}" };
    },
    "Fix: write it without ${ and %{, which Terraform evaluates.",
  ],
  [
    "labels that Google refuses",
    (d) => {
      d.labels = { Environment: "Staging" };
    },
    'labels is {"Environment":"Staging"}: allowed are at most 64 labels',
  ],
  [
    "a region that does not exist",
    (d) => {
      d.region = "us-cental1";
    },
    'Fix: did you mean "us-central1"?',
  ],
  [
    "more connections than the tier's memory carries",
    (d) => {
      d.database.tier = "db-g1-small";
    },
    "these connections take at least 6250 MiB (5 each), and db-g1-small has 1740 MiB",
  ],
  [
    "public addresses for Google's services",
    (d) => {
      d.network.addresses.privateServices = "20.0.0.0/16";
    },
    "must lie within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918)",
  ],
  [
    "a predefined tier that does not exist",
    (d) => {
      d.database.edition = "ENTERPRISE_PLUS";
      d.database.tier = "db-perf-optimized-N-3";
    },
    "there are the tiers db-perf-optimized-N-2, db-perf-optimized-N-4",
  ],
  [
    "a flag whose deadline stands elsewhere",
    (d) => {
      d.database.flags = { statement_timeout: "1000" };
    },
    "deadlines.databaseStatement states this number",
  ],
  [
    "a database that Cloud SQL keeps for itself",
    (d) => {
      d.database.databaseName = "postgres";
    },
    "none that Cloud SQL keeps for itself",
  ],
  [
    "a variable that comes from a dependency",
    (d) => {
      d.services[1].environment = { CLICKHOUSE_URL: "http://elsewhere" };
    },
    "this variable is written by the platform",
  ],
  [
    "a service and an external dependency of one name",
    (d) => {
      d.externalDependencies[0].name = "auth";
    },
    "a service has this name, so that dependsOn would be ambiguous",
  ],
  [
    "a host without paths",
    (d) => {
      d.services[0].exposure[0].paths = [];
    },
    "a host without paths matches no request",
  ],
  [
    "one secret for two values",
    (d) => {
      d.cache.caSecret = "redis-auth";
    },
    "cache.authSecret uses this secret, too, and a secret has one value",
  ],
  [
    "two secrets in one variable",
    (d) => {
      d.secrets.push({ name: "jwt_signing_key" });
    },
    'secret "jwt-signing-key" becomes the same environment variable, JWT_SIGNING_KEY',
  ],
  [
    "an internal service that is called, without the project's number",
    (d) => {
      d.services[0].exposure = [];
      d.services[1].path = "direct";
    },
    'projectNumber is missing: backend calls auth, and the address of auth holds the number of the project. Fix: add it: gcloud projects describe netra-staging --format="value(projectNumber)".',
  ],
  [
    "an internal service that is called through the connector",
    (d) => {
      d.projectNumber = "123456789012";
      d.services[0].exposure = [];
    },
    'services.backend.path is "connector": it calls the internal service auth, which is reached through Private Google Access of a subnet, and a connector\'s own range has none. Fix: write path: "direct".',
  ],
  [
    "a run.app address that leads around the load balancer",
    (d) => {
      d.projectNumber = "123456789012";
      d.services[0].publicUrl = true;
    },
    "services.auth.publicUrl is true: it has an exposure, and its own address would lead around the load balancer and Cloud Armor.",
  ],
  [
    "a job of a service's name",
    (d) => {
      d.jobs = [sampleJob({ name: "auth" })];
    },
    'jobs.auth.name is "auth": a service has this name, and each has an identity of its own that is named after it.',
  ],
  [
    "a job that runs more tasks at once than it has",
    (d) => {
      d.jobs = [sampleJob({ tasks: 2, parallelism: 3 })];
    },
    "jobs.nightly.parallelism is 3: an execution has 2 tasks (tasks), and no more can run at once.",
  ],
  [
    "a job whose task ends before its statement does",
    (d) => {
      d.jobs = [sampleJob({ timeout: 30, database: { pool: 1, overflow: 0, via: "socket" } })];
    },
    "jobs.nightly.timeout is 30 s: nightly: database statement, 30 s, must be shorter than the 30 s of its task timeout.",
  ],
  [
    "a job that opens more connections than there are",
    (d) => {
      d.jobs = [
        sampleJob({ tasks: 100, parallelism: 100, database: { pool: 1, overflow: 0, via: "socket" } }),
      ];
    },
    "at full scale 1274 connections are needed: auth 120 (6 instances × 2 revisions × (5 + 5)) + backend 1000 (20 instances × 2 revisions × (10 + 15)) + nightly 100 (100 tasks × (1 + 0))",
  ],
  [
    "a role that gives rights to everything",
    (d) => {
      d.services[0].roles = ["roles/editor"];
    },
    'services.auth.roles[0] is "roles/editor": allowed is a role of Google Cloud, or a custom one; owner, editor and viewer give rights to everything. Fix: write for example "roles/bigquery.jobUser".',
  ],
  [
    "a schedule that is no cron",
    (d) => {
      d.jobs = [sampleJob({ schedule: "every night" })];
    },
    'jobs.nightly.schedule is "every night"',
  ],
  [
    "a schedule whose numbers Cloud Scheduler rejects",
    (d) => {
      d.jobs = [sampleJob({ schedule: "60 3 * * WED" })];
    },
    'jobs.nightly.schedule is "60 3 * * WED": Cloud Scheduler rejects it: the minute is 60 and must be 0 to 59.',
  ],
  [
    "a job with the name of one of the platform's own",
    (d) => {
      d.jobs = [sampleJob({ name: "preflight-auth" })];
    },
    'jobs.preflight-auth.name is "preflight-auth": staging-preflight-auth is the preflight of auth, a job of the platform\'s own.',
  ],
  [
    "a job that is called",
    (d) => {
      d.jobs = [sampleJob()];
      d.services[0].dependsOn = ["nightly"];
    },
    'services.auth.dependsOn[0] is "nightly": this is a job, which has no address to call it at.',
  ],
  [
    "a key of jobs in a service, which stays a service",
    (d) => {
      d.services[0].tasks = 2;
      d.services[0].instances.min = 1000;
    },
    "services.auth.instances.min is 1000: it is above instances.max, 6.",
  ],
  [
    "a custom role of another project",
    (d) => {
      d.services[0].roles = ["projects/elsewhere/roles/reader"];
    },
    'services.auth.roles[0] is "projects/elsewhere/roles/reader": a custom role of project "elsewhere" cannot be granted in "netra-staging".',
  ],
  [
    "a connector on the way to run.app, where the network leads it to Private Google Access",
    (d) => {
      d.projectNumber = "123456789012";
      d.services[0].exposure = [];
      d.services[2].dependsOn = ["auth"];
      d.externalDependencies = [{ name: "partner", host: "partner-x7.a.run.app" }];
      d.services[1].dependsOn = ["partner"];
    },
    'services.backend.path is "connector": it calls partner-x7.a.run.app, which is reached through Private Google Access of a subnet',
  ],
  [
    "two peered ranges of one name",
    (d) => {
      d.network.addresses.peered = [
        { name: "office", range: "10.50.0.0/16" },
        { name: "office", range: "10.51.0.0/16" },
      ];
    },
    "network.addresses.peered[0] has this name already",
  ],
  [
    "a prefix that Google keeps",
    (d) => {
      d.prefix = "google";
    },
    'and not with "google"',
  ],
  [
    "a waiver until a day that does not exist",
    (d) => {
      d.waivers = [{ rule: "a/b", address: "x", reason: "until the move is done", expires: "2027-02-31" }];
    },
    "this date does not exist",
  ],
  [
    "a private address without the server's CA",
    (d) => {
      d.services[0].database.via = "private-ip";
    },
    'add caSecret: "postgres-ca", and { name: "postgres-ca" } to secrets',
  ],
  [
    "a big integer",
    (d) => {
      d.services[0].cpu = 10n;
    },
    "services.auth.cpu is 10: allowed is one of 1, 2, 4, 6, 8",
  ],
  [
    "a value that cannot be shown",
    (d) => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      d.services[0].cpu = circle;
    },
    "services.auth.cpu is something (object) that cannot be shown",
  ],
];

describe("wrong input gets one clear sentence", () => {
  test.each(cases)("%s", (_what, change, sentence) => {
    expect(issues(change).join("\n")).toContain(sentence);
  });

  test.each(cases)("%s, and no other is invented", (_what, change) => {
    expect(issues(change).length).toBeLessThanOrEqual(4);
  });
});

test.each<[written: string, change: (draft: Draft) => void]>([
  [
    "deadlines.databaseInitialization is 20 s",
    (d) => {
      d.deadlines.databaseInitialization = 20;
    },
  ],
  [
    "deadlines.databaseInitialization is 75 s",
    (d) => {
      d.deadlines.initializationAttempts = 8;
    },
  ],
  [
    "services.auth.requestTimeout is 60 s",
    (d) => {
      d.deadlines.databaseStatement = 60;
    },
  ],
  [
    "cache.memoryGibibytes is 4 GiB, which takes 1000 clients",
    (d) => {
      Object.assign(d.cache, { version: "REDIS_6_X", memoryGibibytes: 4 });
      d.services[1].cache.pool = 30;
    },
  ],
  [
    "network.connector.maxInstances is 10, which carry 1000 Mbit/s",
    (d) => {
      d.services[1].bandwidth = 30;
    },
  ],
])("what is shown is what is written there: %s", (written, change) => {
  expect(issues(change).join("\n")).toContain(written);
});

describe("sensible variants are accepted", () => {
  test.each<[what: string, change: (draft: Draft) => void]>([
    [
      "no connector",
      (d) => {
        delete d.network.connector;
        delete d.network.addresses.connector;
        delete d.existing.connector;
        d.services[1].path = "direct";
      },
    ],
    [
      "no direct egress",
      (d) => {
        delete d.network.addresses.directEgress;
        d.services[0].path = "connector";
        d.services[2].path = "connector";
      },
    ],
    [
      "BASIC Redis without TLS and AUTH",
      (d) => {
        Object.assign(d.cache, { tier: "BASIC", tls: false, auth: false });
      },
    ],
    [
      "a service that is internal and called by nobody",
      (d) => {
        d.services[2].exposure = [];
        d.services[1].exposure.push({ host: "staging.netrasystems.ai" });
        d.services[1].exposure.splice(1, 1);
      },
    ],
    [
      "PostgreSQL names with underscores",
      (d) => {
        d.database.databaseName = "netra_prod";
        d.database.user = "netra_app";
      },
    ],
    [
      "secrets in capitals",
      (d) => {
        d.secrets.push({ name: "STRIPE_KEY" });
        d.services[0].secrets.push("STRIPE_KEY");
      },
    ],
    [
      "variables that only begin like reserved ones",
      (d) => {
        d.services[0].environment = { PORTAL_URL: "https://x", REDIS_DB: "1" };
      },
    ],
    [
      "a zone for the domain",
      (d) => {
        d.edge.dnsZone = "netrasystems-ai";
      },
    ],
    [
      "no minimum",
      (d) => {
        d.services[0].instances.min = 0;
      },
    ],
    [
      "another region",
      (d) => {
        d.region = "europe-west12";
      },
    ],
  ])("%s", (_what, change) => expect(issues(change)).toEqual([]));
});

test("all mistakes come together", () => {
  const all = issues((draft) => {
    delete draft.objectives;
    draft.network.addresses.connector = "10.1.0.0/27";
    draft.services[1].database.pool = 0;
    draft.services[1].requestTimeout = "300";
    draft.deadlines.databaseInitialization = 20;
    draft.connectr = {};
  });
  for (const path of [
    "objectives is",
    "network.addresses.connector is",
    "services.backend.database.pool is",
    "services.backend.requestTimeout is",
    "deadlines.databaseInitialization is",
    "connectr is",
  ]) {
    expect(all.filter((line) => line.startsWith(path)).length).toBeGreaterThan(0);
  }
});

test.each([undefined, null, 5, "staging", [], {}, { services: [null, 5, {}] }])(
  "%p is refused without a crash",
  (input) => {
    const parsed = parseEnvironment("staging", input, TODAY);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok)
      for (const issue of parsed.issues)
        expect(formatIssue(issue)).toMatch(/^[^\n]+ is [^\n]+: [^\n]+ Fix: [^\n]+$/);
  },
);
