import { grants, isAbove, runsAs } from "../../analysis/identity/grants.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

const PRIMITIVE = ["roles/owner", "roles/editor"];

/** A workload runs as a service account of its own, with the roles that it needs. */
export const leastPrivilege: Rule = {
  id: "identity/least-privilege",
  why: "An attacker who takes over a workload has all its roles; a key in the state is a password that never expires.",
  limit: "a service account of the workload's own, without roles/owner and roles/editor, and without keys",
  fix: "Create a google_service_account for the workload and give it the roles that it needs.",
  source: "https://docs.cloud.google.com/run/docs/securing/service-identity",
  exampleSeverity: "warning",
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
        message: `service_account is ${serviceAccount === undefined ? "not set" : `"${written}"`}; is a security risk: the default service account of Compute Engine is shared by other workloads and may be an editor of the project.`,
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
          message: `${String(grant.role)} is granted to the service account of ${user.address}; is a security risk: that is far more than a workload needs.`,
          fix: "Grant the roles that the workload needs, for example roles/cloudsql.client.",
        };
      }
    }
    for (const key of graph.all("google_service_account_key")) {
      yield {
        resource: key,
        severity: "warning",
        message:
          "the private key is in the state; is a security risk: it never expires, and every reader of the state can use it.",
        fix: "Let the workload run as the service account, or use workload identity federation.",
      };
    }
  },
};
