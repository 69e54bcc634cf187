import { domainsOf } from "../edge/domains.ts";
import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { uncovered } from "./hosts.ts";

/** Domains that are each stated once, and redirects that lead to a host of a service. */
export function domains({ edge, hostPlan }: Pick<PlatformPlan, "edge" | "hostPlan">): Issue[] {
  if (edge === undefined) return [];
  return [...twice(edge), ...redirects(edge, hostPlan)];
}

type Edge = NonNullable<PlatformPlan["edge"]>;

function twice(edge: Edge): Issue[] {
  const all = domainsOf(edge);
  return all.flatMap(({ name, path }, index): Issue[] => {
    const first = all.findIndex((other) => other.name === name);
    const other = all[first];
    if (first === index || other === undefined) return [];
    return [
      {
        path,
        value: `"${name}"`,
        allowed: `${other.path.join(".")} has this domain already, and one certificate covers it`,
        fix: "state each domain once",
        uses: [other.path],
      },
    ];
  });
}

function redirects(edge: Edge, hostPlan: PlatformPlan["hostPlan"]): Issue[] {
  const { redirects: all = [] } = edge;
  const served = hostPlan.map(({ host }) => host);
  return all.flatMap(({ host, to }, index): Issue[] => {
    const path = ["edge", "redirects", index];
    const first = all.findIndex((other) => other.host === host);
    return [
      ...uncovered(edge, host, [...path, "host"]),
      ...(first === index
        ? []
        : [
            {
              path: [...path, "host"],
              value: `"${host}"`,
              allowed: `redirects[${first}] redirects this host already, to ${all[first]?.to}`,
              fix: "remove one of them",
              uses: [["edge", "redirects", first, "host"]],
            },
          ]),
      ...(served.includes(host)
        ? [
            {
              path: [...path, "host"],
              value: `"${host}"`,
              allowed: "a service or a bucket has an exposure under this host, which would never be reached",
              fix: "remove the redirect, or the exposure",
              uses: [["services"]],
            },
          ]
        : []),
      ...(served.includes(to)
        ? []
        : [
            {
              path: [...path, "to"],
              value: `"${to}"`,
              allowed: `nothing has an exposure under this host (there are ${served.join(", ") || "none"})`,
              fix: "write one of these hosts",
              uses: [["services"]],
            },
          ]),
    ];
  });
}
