import { internalRanges } from "../../resources/limits.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { Issue } from "../issue.ts";
import { reachOf } from "../network/peered.ts";
import type { PlatformPlan } from "../plan.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<PlatformPlan, "network" | "externalDependencies">;

/** Networks of others that are declared, and dependencies in them that traffic of this network gets to. */
export function peeredNetworks({ network, externalDependencies }: Plan): Issue[] {
  const { peered } = network.addresses;
  const declared = {
    noun: "network",
    section: "network.addresses.peered",
    names: peered.map(({ name }) => name),
  };
  const own = ["network", "addresses", "peered"];
  return [
    ...peered.flatMap(({ name, behind }, index): Issue[] => {
      if (behind === undefined) return [];
      const path = [...own, index, "behind"];
      if (behind === name)
        return [
          {
            path,
            value: `"${behind}"`,
            allowed: "a network is not behind itself",
            fix: "name the network that it is connected to, or remove this",
          },
        ];
      return undeclared(declared, behind, path).map((issue) => ({ ...issue, uses: [own] }));
    }),
    ...externalDependencies.flatMap((dependency, index): Issue[] => {
      if (dependency.network === undefined) return [];
      const path = ["externalDependencies", index];
      const position = peered.findIndex(({ name }) => name === dependency.network);
      const found = peered[position];
      if (found === undefined)
        return undeclared(declared, dependency.network, [...path, "network"]).map((issue) => ({
          ...issue,
          uses: [own],
        }));
      const where = [...own, position];
      const reach = reachOf(peered, found);
      return [
        ...(reach.isReached
          ? []
          : [
              {
                path: [...path, "network"],
                value: `"${found.name}"`,
                allowed: `${found.range} is out of reach: ${reach.because}`,
                fix: `connect this network to "${found.name}" and remove its behind, or make both spokes of one hub (by: "ncc")`,
                uses: [where],
              },
            ]),
        ...(isRouted(found.range) || dependency.source === "nat"
          ? []
          : [
              {
                path: [...path, "network"],
                value: `"${found.name}"`,
                allowed: `Cloud Run sends only ${internalRanges.value.join(", ")} through the network, and ${found.range} is none of them`,
                fix: 'write source: "nat", which sends all traffic of its callers through the network',
                uses: [where, [...path, "source"]],
              },
            ]),
      ];
    }),
  ];
}

/** With PRIVATE_RANGES_ONLY. */
function isRouted(cidr: string): boolean {
  const inner = parseRange(cidr);
  return internalRanges.value.some((range) => {
    const outer = parseRange(range);
    return inner !== undefined && outer !== undefined && contains(outer, inner);
  });
}
