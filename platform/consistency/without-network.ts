import { isInternal } from "../edge/service-address.ts";
import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { pathOf, workloads } from "../schema/environment.ts";

/** What a workload with path "none" uses, and is only in the network, or only reached through it. */
export function withoutNetwork(
  plan: Pick<
    PlatformPlan,
    "services" | "jobs" | "workerPools" | "databaseUses" | "cacheUses" | "externalDependencies" | "network"
  >,
): Issue[] {
  const { services, externalDependencies } = plan;
  return workloads(plan)
    .filter(({ path }) => path === "none")
    .flatMap((workload): Issue[] => {
      const own = pathOf(plan, workload);
      const needs = [
        ...plan.databaseUses(workload).map(({ path, instance }) => ({
          what: `it uses ${instance.name}, which has a private address only`,
          use: path,
        })),
        ...plan.cacheUses(workload).map(({ path, instance }) => ({
          what: `it uses ${instance.name}, which has a private address only`,
          use: path,
        })),
        ...workload.dependsOn.flatMap((name) => {
          const use = ["dependsOn"];
          const callee = services.find((service) => service.name === name);
          if (callee !== undefined && isInternal(callee))
            return [{ what: `it calls ${name}, which is internal and reached from the network only`, use }];
          const external = externalDependencies.find((dependency) => dependency.name === name);
          if (external?.source === "nat")
            return [{ what: `it calls ${name} from the addresses of Cloud NAT (source "nat")`, use }];
          if (external?.network !== undefined)
            return [{ what: `it calls ${name}, which is in the network "${external.network}"`, use }];
          return [];
        }),
      ];
      const [first] = needs;
      if (first === undefined) return [];
      return [
        {
          path: [...own, "path"],
          value: '"none"',
          allowed: needs.map(({ what }) => what).join(", and "),
          fix: 'write path: "direct", with a range in network.addresses.directEgress',
          uses: needs.map(({ use }) => [...own, ...use]),
        },
      ];
    });
}
