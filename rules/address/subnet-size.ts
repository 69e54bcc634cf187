import { directEgressLimits, vpcLimits } from "../../platform/limits.ts";
import { parseRange } from "../../platform/ranges.ts";
import type { Rule } from "../rule.ts";
import { connectorSubnets, directSubnets } from "./entries.ts";
import { claims } from "./range-fields.ts";
import { SUBNETS } from "./sources.ts";

/** How small a subnet may be. */
export const subnetSize: Rule = {
  id: "address/subnet-size",
  why: "Four addresses of a subnet are never usable, proxies and Cloud Run take theirs in blocks; a range that is too small is refused or runs dry.",
  limit: "subnet /29 or larger; with Direct VPC egress or proxies /26 or larger",
  fix: "Choose a larger range: a smaller number after the slash.",
  source: SUBNETS,
  example: `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name          = "run"
  region        = "us-central1"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.2.0.0/27"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
    }
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}`,
  *check(graph) {
    const smallest = vpcLimits.subnetPrefix.value;
    for (const { resource, what, range, kind } of claims(graph)) {
      if (kind !== "subnet" || range.prefix <= smallest) continue;
      yield {
        resource,
        severity: "error",
        message: `${what} ${range.cidr} is a /${range.prefix}; rejected by the API: the smallest range of a subnet is a /${smallest}.`,
      };
    }
    const forProxies = vpcLimits.proxyOnlyPrefix.value;
    for (const subnet of graph.all("google_compute_subnetwork")) {
      const range = parseRange(subnet.get("ip_cidr_range"));
      const purpose = subnet.string("purpose") ?? "";
      if (range === undefined || range.prefix <= forProxies) continue;
      if (!/^(REGIONAL|GLOBAL)_MANAGED_PROXY$|^INTERNAL_HTTPS_LOAD_BALANCER$/.test(purpose)) continue;
      yield {
        resource: subnet,
        severity: "error",
        message: `the range ${range.cidr} of a subnet for proxies is a /${range.prefix}; rejected by the API: it takes a /${forProxies} or larger.`,
      };
    }
    const forInstances = directEgressLimits.largestPrefix.value;
    const connectors = connectorSubnets(graph);
    for (const { subnet, workloads } of directSubnets(graph)) {
      const range = parseRange(subnet.get("ip_cidr_range"));
      if (range === undefined || range.prefix <= forInstances) continue;
      if (connectors.has(subnet)) continue;
      // A worker pool starts in less: Google's own example is a /28.
      const scales = workloads.some(({ kind }) => kind !== "worker pool");
      yield {
        resource: subnet,
        severity: scales ? "error" : "warning",
        message: `the range ${range.cidr} is a /${range.prefix}, and ${workloads[0]?.resource.address} takes its addresses from it; fails at run time: Direct VPC egress needs a /${forInstances} or larger.`,
        fix: `Choose a range of /${forInstances} or larger.`,
      };
    }
  },
};
