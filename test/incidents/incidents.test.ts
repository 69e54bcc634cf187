import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import type { Severity } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";

const here = path.join("test", "incidents");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "incidents-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a person reads of the Terraform in a file: address, what is wrong, what to do. */
async function read(file: string, severity: Severity = "error"): Promise<string[]> {
  return runRules(await readGraph([file]))
    .filter((finding) => finding.severity === severity)
    .map(({ rule, address, message, fix }) => `${address}: ${message} ${fix} (${rule})`);
}

function fixture(incident: string, file: "reported" | "corrected"): string {
  return path.join(here, incident, `${file}.tf`);
}

/** Each incident as it was reported, and every refusal that would have been read before the apply. */
const incidents: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "I-0: routing that names a gateway of another name is refused (in Terraform; the mesh itself stands below)",
    "gateway",
    [
      'google_compute_target_http_proxy.app: url_map is "meta-studio-ad-studio-app-spa-gateway"; rejected by the API: it is not defined; the nearest is google_compute_url_map.app ("meta-studio-gateway"). Refer to google_compute_url_map.app.id instead of a name. (edge/part-missing)',
    ],
  ],
  [
    "I-1: a connector maximum of 15 is refused",
    "connector-capacity",
    [
      "google_vpc_access_connector.staging: max_instances is 15; rejected by the API: it must be 3 to 10 instances. Set max_instances to 10 instances or less, for example 10. (capacity/connector-instances)",
    ],
  ],
  [
    "I-2: Redis in another network, its port denied, and a service without a way in are refused",
    "redis-unreachable",
    [
      'google_compute_firewall.deny_egress: it denies TCP 6379 to Redis "staging-redis" at priority 65000, which google_cloud_run_v2_service.backend needs on network "staging-vpc", and no allow rule comes before it; fails at run time: connections time out silently. Add an EGRESS rule that allows tcp:6379 to the server\'s range with a priority number below 65000. (reachability/firewall-egress)',
      'google_redis_instance.cache: authorized_network is not set, which means network "default", but google_cloud_run_v2_service.backend enters network "staging-vpc"; fails at run time: every connection to Redis "staging-redis" times out. Put it on network "staging-vpc". (reachability/same-network)',
      'google_cloud_run_v2_service.auth: environment variable REDIS_HOST leads to Redis "staging-redis" (google_redis_instance.cache), which has a private address only, but there is no vpc_access; fails at run time: every connection fails. Add vpc_access with a connector or a network interface on that server\'s network. (reachability/vpc-access)',
    ],
  ],
  [
    "I-3: 46 x 25 connections, ALL_TRAFFIC without NAT and settings that no serverless backend takes are refused",
    "connection-multiplication",
    [
      "google_cloud_run_v2_service.backend: at full scale 1150 connections are opened to google_sql_database_instance.shared: google_cloud_run_v2_service.backend 1150 (23 instances x 2 revisions x 25), above 397 (max_connections 400 less 3 reserved); fails at run time: remaining connection slots are reserved. Lower the pool, the overflow or the maximum of instances, or raise max_connections with a tier that carries it. (capacity/database-connections)",
      "google_sql_database_instance.shared: at full scale 1150 connections are opened to google_sql_database_instance.shared: google_cloud_run_v2_service.backend 1150 (23 instances x 2 revisions x 25), above 397 (max_connections 400 less 3 reserved); fails at run time: remaining connection slots are reserved. Lower the pool, the overflow or the maximum of instances, or raise max_connections with a tier that carries it. (capacity/database-connections)",
      'google_compute_managed_ssl_certificate.staging: managed.domains contains "*.netrasystems.ai"; rejected by the API: a classic managed certificate has no wildcards. Use google_certificate_manager_certificate with a google_certificate_manager_dns_authorization of the domain, through a certificate map. (edge/certificate-domains)',
      "google_compute_backend_service.backend: timeout_sec is 600; rejected by the API: requests to a serverless NEG (google_compute_region_network_endpoint_group.backend) end with the timeout of its Cloud Run service. Remove timeout_sec and set the request timeout of the Cloud Run service. (edge/serverless-settings)",
      "google_compute_backend_service.backend: health_checks is set; rejected by the API: a serverless NEG (google_compute_region_network_endpoint_group.backend) has no health check. Remove health_checks; the probes of the Cloud Run service do this work. (edge/serverless-settings)",
      'google_cloud_run_v2_service.backend: google_service_account.backend has no roles/cloudsql.client, but google_cloud_run_v2_service.backend has a Cloud SQL volume of Cloud SQL instance "staging-shared-postgres" and runs as it; fails at run time: the connection is not authorized. Grant roles/cloudsql.client to google_service_account.backend. (identity/sql-client)',
      'google_cloud_run_v2_service.backend: egress is ALL_TRAFFIC into network "staging-vpc" in us-central1, but there is no Cloud NAT; fails at run time: Cloud SQL instance "staging-shared-postgres", which has a public address only, cannot be reached. Add a Cloud NAT for network "staging-vpc" in us-central1, or set egress = "PRIVATE_RANGES_ONLY". (reachability/nat)',
      'google_cloud_run_v2_service.backend: egress is ALL_TRAFFIC, but its Cloud SQL volume reaches "staging-shared-postgres" (google_sql_database_instance.shared) by its public address, the only one it has; fails at run time: the socket does not connect. Give the instance a private address and connect to it on TCP 5432, or use PRIVATE_RANGES_ONLY. (reachability/public-socket)',
    ],
  ],
  [
    "I-4: 20 s in force where 75 s are configured, and a database of two names, are refused",
    "timeout-drift",
    [
      'google_cloud_run_v2_service.auth: CLOUD_SQL_INSTANCE names the Cloud SQL instance "netra-staging:us-central1:netra-staging-db", which is not defined; the nearest is google_sql_database_instance.shared ("staging-shared-postgres"); fails at run time: there is no such instance. Use google_sql_database_instance.shared.connection_name. (reachability/connection-name)',
      "google_cloud_run_v2_service.backend: DATABASE_INIT_TIMEOUT_SECONDS is 20 s, below the 30 s of connector scaling + 25 s of Cloud SQL pressure = 55 s; fails at run time: start-up gives up before the connection through the connector stands. Set DATABASE_INIT_TIMEOUT_SECONDS to 55 or more, with a margin (75), and the start-up window above it. (time/connector-pressure)",
      "google_cloud_run_v2_service.backend: DATABASE_INIT_TIMEOUT_SECONDS is 20 s here and 75 s in google_cloud_run_v2_service.chat for the same database; fails at run time: the shorter one gives up within the 55 s that a first connection may take. State the deadline once and derive every environment from it. (time/drift)",
    ],
  ],
];

describe("the incidents", () => {
  test.each(incidents)("%s", async (_, incident, refusals) => {
    expect(await read(fixture(incident, "reported"))).toEqual(refusals);
  });

  test.each(incidents)("%s; corrected, nothing is", async (_, incident) => {
    const file = fixture(incident, "corrected");
    expect(await read(file)).toEqual([]);
    expect(await read(file, "unknown")).toEqual([]);
  });

  test("I-1: the connector as it ran is within its bounds, and its load over two revisions is told", async () => {
    const proposed = readFileSync(fixture("connector-capacity", "reported"), "utf8");
    const ran = path.join(folder, "ran.tf");
    writeFileSync(ran, proposed.replace(/min_instances = 3\b/, "min_instances = 2").replace("= 15", "= 10"));
    expect(await read(ran)).toEqual([]);
    expect(await read(ran, "warning")).toContain(
      "google_vpc_access_connector.staging: at full scale 46 instances share its 1000 Mbit/s: google_cloud_run_v2_service.backend 46 (23 instances x 2 revisions x 1); that is 21 Mbit/s for each, and beyond it packets are dropped. Raise max_instances (at most 10), choose machine_type e2-standard-4, or move a service to Direct VPC egress. (capacity/connector-load)",
    );
  });

  test("I-0 in the mesh: both gateways are named, and the missing HTTPS is told", async () => {
    const reported = path.join(here, "mesh-ingress", "reported.yaml");
    expect(await read(reported)).toEqual([
      'VirtualService/meta-studio/ad-studio-app: meta-studio/ad-studio-app: gateways has "meta-studio-ad-studio-app-spa-gateway"; fails at run time: there is no such Gateway, only "meta-studio/meta-studio-gateway", no route is applied and requests get 404 or no response. Write "meta-studio-gateway" in spec.gateways, or rename that Gateway to "meta-studio-ad-studio-app-spa-gateway". (mesh/gateway-reference)',
    ]);
    expect(await read(reported, "warning")).toEqual([
      'Gateway/meta-studio/meta-studio-gateway: meta-studio/meta-studio-gateway: server 80 (http) serves "ad-studio-app.us-central1.meta-studio.com" over plain HTTP only; fails at run time unless something before the gateway terminates TLS: https:// is unreachable. Add a server with port 443, protocol HTTPS, tls.mode SIMPLE and credentialName, and set tls.httpsRedirect: true on the HTTP server. (mesh/gateway-https)',
    ]);
    const corrected = path.join(here, "mesh-ingress", "corrected.yaml");
    for (const severity of ["error", "warning", "unknown"] as const)
      expect(await read(corrected, severity)).toEqual([]);
  });
});
