import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { grants, isAbove, runsAs } from "./grants.ts";

const PRIMITIVE = ["roles/owner", "roles/editor"];

/** A workload runs as an account of its own, with the roles that it needs. */
export const leastPrivilege: Rule = {
  id: "identity/least-privilege",
  why: "What a workload may do is what an attacker may do who got into it; a key in the state is a password that never expires.",
  limit: "a service account of the workload's own, without roles/owner and roles/editor, and without keys",
  fix: "Create a google_service_account for the workload and give it the roles that it needs.",
  source: "https://docs.cloud.google.com/run/docs/securing/service-identity",
  example: `resource "google_project_iam_member" "api" {
  project = "acme"
  role    = "roles/editor"
  member  = google_service_account.api.member
}`,
  *check(graph) {
    const accounts = new Map(
      workloads(graph).flatMap((workload) => {
        const account = runsAs(graph, workload.serviceAccount, workload.resource);
        return account === undefined ? [] : [[account, workload.resource] as const];
      }),
    );
    for (const { resource, serviceAccount } of workloads(graph)) {
      const written = typeof serviceAccount === "string" ? serviceAccount : "";
      if (serviceAccount !== undefined && !/-compute@developer\.gserviceaccount\.com$/.test(written))
        continue;
      yield {
        resource,
        severity: "warning",
        message: `it runs as the default service account of Compute Engine${serviceAccount === undefined ? ", because none is written" : ""}, which other workloads share and which may be an editor of the project.`,
      };
    }
    for (const grant of grants(graph)) {
      if (!isAbove(grant) || !PRIMITIVE.includes(String(grant.role))) continue;
      for (const who of grant.principals) {
        const user = typeof who === "object" ? accounts.get(who) : undefined;
        if (user === undefined) continue;
        yield {
          resource: grant.resource,
          severity: "warning",
          message: `it gives ${String(grant.role)} to the service account of ${user.address}, far more than a workload needs.`,
          fix: "Give the roles that the workload needs, one by one.",
        };
      }
    }
    for (const key of graph.all("google_service_account_key")) {
      yield {
        resource: key,
        severity: "warning",
        message: "it puts a private key that does not expire into the state.",
        fix: "Let the workload run as the service account, or use workload identity federation.",
      };
    }
  },
};
