import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { attachmentOf, networkOf, same } from "./network.ts";

/** With ALL_TRAFFIC Google's own APIs are reached through Private Google Access of the subnet. */
export const googleAccess: Rule = {
  id: "reachability/google-access",
  why: "With ALL_TRAFFIC the APIs of Google are reached through the subnet, which needs Private Google Access where there is no Cloud NAT.",
  limit:
    "private_ip_google_access = true on the subnet of Direct VPC egress with ALL_TRAFFIC and without Cloud NAT",
  fix: "Set private_ip_google_access = true on the subnet.",
  source: "https://docs.cloud.google.com/run/docs/configuring/networking-best-practices",
  example: `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name          = "run"
  region        = "us-central1"
  network       = google_compute_network.main.id # private_ip_google_access is not set
  ip_cidr_range = "10.2.0.0/24"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
      egress = "ALL_TRAFFIC"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "BUCKET_URL"
        value = "https://storage.googleapis.com/acme"
      }
    }
  }
}`,
  exampleSeverity: "warning",
  *check(graph) {
    const reported = new Set<Resource>();
    for (const workload of workloads(graph)) {
      const attachment = attachmentOf(graph, workload);
      const subnet = attachment?.subnetwork;
      if (workload.vpcAccess.egress !== "ALL_TRAFFIC" || !attachment?.direct || subnet === undefined)
        continue;
      const access = subnet.get("private_ip_google_access");
      if (access !== undefined && subnet.boolean("private_ip_google_access") !== false) continue;
      const hasNat = graph.all("google_compute_router_nat").some((nat) => {
        const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
        if (router.kind !== "resource") return true;
        return same(networkOf(graph, router.resource.get("network"), router.resource), attachment.network);
      });
      if (hasNat || reported.has(subnet)) continue;
      reported.add(subnet);
      yield {
        resource: subnet,
        severity: "warning",
        message: `private_ip_google_access is ${access === undefined ? "not set" : "false"}, and ${workload.resource.address} sends ALL_TRAFFIC through this subnet without Cloud NAT; Google's own APIs may not be reachable.`,
      };
    }
  },
};
