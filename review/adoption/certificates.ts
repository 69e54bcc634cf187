import type { Graph } from "../../graph/index.ts";
import { domainsOf, settingOf } from "../../platform/edge/domains.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Disagreement } from "./findings.ts";

/** Certificates that cover other names than the environment's: they stay, and a new one is created in addition. */
export function certificateDisagreements(plan: Pick<PlatformPlan, "edge">, graph: Graph): Disagreement[] {
  const all = domainsOf(plan.edge);
  const [first] = all;
  if (first === undefined) return [];
  return graph
    .all("google_compute_managed_ssl_certificate", "google_certificate_manager_certificate")
    .flatMap((resource) => {
      const domains = resource.get("managed.domains");
      if (!Array.isArray(domains) || domains.some((name) => typeof name !== "string")) return [];
      const found = domains.map((name) => String(name).replace(/\.$/, ""));
      // One that covers a part of a domain is meant to be that domain's.
      const domain =
        all.find(({ name }) => found.some((one) => one === name || one.endsWith(`.${name}`))) ?? first;
      const stated = [domain.name, `*.${domain.name}`];
      if (stated.every((name) => found.includes(name))) return [];
      return [
        {
          path: settingOf(domain),
          address: resource.address,
          stated: stated.join(", "),
          found: found.join(", "),
          effect: "this certificate stays, and one of Certificate Manager is created in addition",
        },
      ];
    });
}
