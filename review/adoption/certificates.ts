import type { Graph } from "../../graph/index.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Disagreement } from "./findings.ts";

/** Certificates that cover other names than the environment's: they stay, and a new one is created in addition. */
export function certificateDisagreements(plan: Pick<PlatformPlan, "edge">, graph: Graph): Disagreement[] {
  const domain = plan.edge?.certificateDomain;
  if (domain === undefined) return [];
  const stated = [domain, `*.${domain}`];
  return graph
    .all("google_compute_managed_ssl_certificate", "google_certificate_manager_certificate")
    .flatMap((resource) => {
      const domains = resource.get("managed.domains");
      if (!Array.isArray(domains) || domains.some((name) => typeof name !== "string")) return [];
      const found = domains.map((name) => String(name).replace(/\.$/, ""));
      if (stated.every((name) => found.includes(name))) return [];
      return [
        {
          path: "edge.certificateDomain",
          address: resource.address,
          stated: stated.join(", "),
          found: found.join(", "),
          effect: "this certificate stays, and one of Certificate Manager is created in addition",
        },
      ];
    });
}
