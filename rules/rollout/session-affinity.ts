import type { Rule } from "../rule.ts";
import { services } from "../workload/index.ts";

/** A share of the traffic is a share only where clients do not stick to a revision. */
export const sessionAffinity: Rule = {
  id: "rollout/session-affinity",
  why: "Session affinity keeps a client at its instance and overrides the split: 5% of the traffic is not 5% of the requests, so a canary states nothing.",
  limit: "no percentages between revisions of a service with session affinity",
  fix: "Send all of the traffic at once, after the new revision was tried at its tag, or switch session affinity off while it is split.",
  source: "https://cloud.google.com/run/docs/configuring/session-affinity",
  example: `resource "google_cloud_run_v2_service" "chat" {
  name     = "chat"
  location = "us-central1"
  traffic {
    type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "chat-00001"
    percent = 95
  }
  traffic {
    type = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 5
  }
  template {
    service_account = "chat@acme.iam.gserviceaccount.com"
    session_affinity = true
    containers { image = "us-docker.pkg.dev/acme/apps/chat:1" }
  }
}`,
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, sessionAffinity, traffic } of services(graph)) {
      if (!sessionAffinity) continue;
      const parts = traffic.flatMap(({ percent = 0 }) => (percent > 0 ? [percent] : []));
      if (parts.length < 2) continue;
      yield {
        resource,
        severity: "warning",
        message: `the traffic is split ${parts.join("/")} with session affinity: clients stay where they are, and the shares do not hold.`,
      };
    }
  },
};
