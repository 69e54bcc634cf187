import { directEgressLimits, memorystoreLimits } from "../../resources/limits.ts";
import { parseRange, rangeSize } from "../../values/ranges.ts";
import { quantity } from "../../values/words.ts";
import { type CacheSections, type WrittenCache, writtenCaches } from "../backing-services/caches.ts";
import type { Issue, Path } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

const path: Path = ["network", "addresses", "privateServiceConnect"];

/** The caches that get endpoints in the network, instead of addresses of the range that is allocated to Google. */
export function cachesWithEndpoints(settings: CacheSections): WrittenCache[] {
  return writtenCaches(settings).filter(({ engine }) => engine.id === "valkey");
}

/** Valkey gets its addresses from a subnet, which must be there and large enough. */
export function endpointAddresses(settings: Pick<Environment, "network"> & CacheSections): Issue[] {
  const caches = cachesWithEndpoints(settings);
  const range = parseRange(settings.network.addresses.privateServiceConnect);
  const uses = caches.map((cache) => cache.path);
  const [first] = caches;
  if (range === undefined)
    return first === undefined
      ? []
      : [
          {
            path,
            value: "missing",
            allowed: `${first.key} is ${first.engine.label} (version "${first.settings.version}"), whose endpoints are in a subnet of the network`,
            fix: 'add privateServiceConnect: cidr("10.3.0.0/28") with a free range, /29 or larger',
            uses,
          },
        ];
  const usable = rangeSize(range) - directEgressLimits.unusableAddresses.value;
  const needed = caches.length * memorystoreLimits.endpointsPerInstance.value;
  if (needed <= usable) return [];
  return [
    {
      path,
      value: range.cidr,
      allowed: `it has ${quantity(usable, "usable addresses")}, and ${caches.length === 1 ? "one instance of Valkey takes" : `${caches.length} instances of Valkey take`} ${needed}`,
      fix: "choose a larger range",
      uses,
    },
  ];
}
