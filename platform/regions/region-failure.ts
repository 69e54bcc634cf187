import { enumerated } from "../../values/enumerated.ts";
import type { CapacityPath } from "../budgets/capacity-load.ts";
import { pathsOfRegion, pathsToData } from "../budgets/capacity-plan.ts";
import type { PlatformPlan } from "../plan.ts";
import type { Service } from "../schema/environment.ts";
import { bucketsOf, dataOf, servedBuckets } from "./region-data.ts";

/** What remains of the platform while one region is out. */
export interface RegionFailure {
  readonly region: string;
  /** Services that fail with it in every region, and why. */
  readonly lost: readonly { readonly name: string; readonly why: string }[];
  /** Buckets of which the load balancer serves nothing but what its cache keeps. */
  readonly buckets: readonly string[];
  /**
   * Share of full scale that the other regions carry with the instances that they may have, by service: of those that run in
   * this region as well and are not lost.
   */
  readonly carried: readonly { readonly name: string; readonly share: number }[];
  /** Instances that a service needs in another region to take over all of its load; undefined where it is lost or not there. */
  readonly instances: (name: string, region: string) => number | undefined;
  /** What a path needs then, by its name; undefined where it is in the region that is out. */
  readonly paths: ReadonlyMap<string, number>;
}

type Parts = PlatformPlan;

/** One for each region, the main one first; none where there is one region. */
export function regionFailures(plan: Parts): RegionFailure[] {
  if (plan.furtherRegions.length === 0) return [];
  const places = [plan, ...plan.furtherRegions];
  return places.map((place) => failureOf(plan, places, place.region));
}

function failureOf(plan: Parts, places: readonly Parts[], region: string): RegionFailure {
  const rest = places.filter((place) => place.region !== region);
  const lost = lostWith(plan, rest, region);
  const isLost = (name: string): boolean => lost.some((one) => one.name === name);
  const total = (name: string, among: readonly Parts[]): number =>
    among.reduce((sum, place) => sum + (serviceIn(place, name)?.instances.max ?? 0), 0);
  const instances = (name: string, where: string): number | undefined => {
    const there = rest.find((place) => place.region === where);
    const service = there === undefined ? undefined : serviceIn(there, name);
    if (service === undefined || isLost(name)) return undefined;
    return Math.ceil((service.instances.max * total(name, places)) / total(name, rest));
  };
  const takenOver = (place: Parts): Service[] =>
    place.services.flatMap((service) => {
      const max = instances(service.name, place.region);
      return max === undefined ? [] : [{ ...service, instances: { ...service.instances, max } }];
    });
  const paths: CapacityPath[] = [
    ...rest.flatMap((place) => pathsOfRegion(place, takenOver(place))),
    ...(region === plan.region ? [] : pathsToData(plan, rest.flatMap(takenOver))),
  ];
  return {
    region,
    lost,
    buckets: region === plan.region ? servedBuckets(plan) : [],
    carried: plan.services
      .filter(
        ({ name }) =>
          !isLost(name) && places.some((place) => place.region === region && serviceIn(place, name)),
      )
      .map(({ name }) => ({ name, share: total(name, rest) / total(name, places) })),
    instances,
    paths: new Map(paths.map((path) => [path.name, path.needed(1)])),
  };
}

function serviceIn(place: Pick<Parts, "services">, name: string): Service | undefined {
  return place.services.find((service) => service.name === name);
}

/** Services that run nowhere else, use the data of the region, or call one of these. */
function lostWith(plan: Parts, rest: readonly Parts[], region: string): RegionFailure["lost"] {
  const reasons = new Map<string, string>();
  for (const service of plan.services) {
    const data = [
      ...dataOf(service).map((section) => `the ${section}`),
      ...bucketsOf(service).map((bucket) => `the bucket ${bucket}`),
    ];
    if (region === plan.region && data.length > 0)
      reasons.set(service.name, `uses ${enumerated(data)} there`);
    else if (rest.every((place) => serviceIn(place, service.name) === undefined))
      reasons.set(service.name, "runs nowhere else");
  }
  for (let found = true; found; ) {
    found = false;
    for (const { name, dependsOn } of plan.services) {
      const called = dependsOn.find((one) => reasons.has(one));
      if (reasons.has(name) || called === undefined) continue;
      reasons.set(name, `calls ${called}`);
      found = true;
    }
  }
  return plan.services.flatMap(({ name }) => {
    const why = reasons.get(name);
    return why === undefined ? [] : [{ name, why }];
  });
}
