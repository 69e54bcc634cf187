import {
  directEgressLimits,
  poisonousRanges,
  privateRanges,
  prohibitedRanges,
} from "../../resources/limits.ts";
import { enumerated } from "../../values/enumerated.ts";
import { contains, overlappingPairs, parseRange, type Range, rangeSize } from "../../values/ranges.ts";
import { writtenCaches } from "../backing-services/caches.ts";
import { writtenDatabases } from "../backing-services/databases.ts";
import { instancesAtMost, tasksAtOnce } from "../budgets/connection-budget.ts";
import type { Issue, Path } from "../issue.ts";
import { inFurther, pathOfNamed, pathOfNetwork } from "../regions/regions.ts";
import { type Environment, isJob, isWorkerPool, pathOf, workloads } from "../schema/environment.ts";
import { isOnOwnConnector } from "./connectors.ts";
import { endpointAddresses } from "./private-service-connect.ts";

/** A range of the network and its owner. */
export interface Allocation {
  /** Slot or owner: "connector", "connector night", "direct egress in europe-west1", "private services", "peered: office-vpn". */
  readonly owner: string;
  readonly range: Range;
  readonly path: Path;
  /** Path of the range as issues print it: "regions.europe-west1.addresses.connector". */
  readonly setting: string;
}

export interface AddressPlan {
  /** Every range of the network, lowest first. */
  readonly allocations: readonly Allocation[];
  /** Addresses that the services on path "direct" need at full scale during a rollout, and the usable ones. */
  readonly directEgress: { readonly needed: number; readonly usable: number };
  readonly issues: readonly Issue[];
}

/** The settings that need addresses. */
export type AddressSettings = Pick<
  Environment,
  | "network"
  | "services"
  | "jobs"
  | "workerPools"
  | "overlappingRevisions"
  | "database"
  | "databases"
  | "cache"
  | "caches"
  | "region"
  | "regions"
  | "main"
>;

type Place = Pick<Environment, "region" | "main">;

function pathOfAddresses(place: Place): Path {
  return [...pathOfNetwork(place), "addresses"];
}

const root: Path = ["network", "addresses"];

/**
 * The owner of every range. Ranges of one network must be disjoint, of the right size, and outside of the ranges that
 * Google prohibits; an overlap names both owners.
 */
export function addressPlan(environment: AddressSettings): AddressPlan {
  const allocations = allocate(environment).sort((a, b) => a.range.first - b.range.first);
  const directEgress = directEgressAddresses(environment);
  // Those of a further region are allocations of the whole environment as well, and judged there.
  const judged = environment.main === undefined ? allocations : [];
  return {
    allocations,
    directEgress,
    issues: [
      ...overlaps(judged),
      ...judged.flatMap(prohibited),
      ...judged.flatMap(notPrivate),
      ...missingSlots(environment),
      ...(environment.main === undefined
        ? [...missingPrivateServices(environment), ...endpointAddresses(environment)]
        : []),
      ...tooFewAddresses(environment, directEgress),
    ],
  };
}

function allocate({ network, region, regions = [], main }: AddressSettings): Allocation[] {
  const { addresses } = network;
  const own = pathOfAddresses({ region, main });
  const where = inFurther({ region, main });
  // Elements of lists by their names, in the order of the path.
  type Named = readonly [owner: string, cidr: string | undefined, path: Path, elements: readonly string[]];
  const ofRegion = main === undefined ? [] : [region];
  const named: readonly Named[] = [
    [`connector${where}`, addresses.connector, [...own, "connector"], ofRegion],
    [`direct egress${where}`, addresses.directEgress, [...own, "directEgress"], ofRegion],
    ...(network.furtherConnectors ?? []).map(
      ({ name, range }, index): Named => [
        `connector ${name}${where}`,
        range,
        [...pathOfNetwork({ region, main }), "furtherConnectors", index, "range"],
        [...ofRegion, name],
      ],
    ),
    ["private services", addresses.privateServices, [...root, "privateServices"], []],
    ["private service connect", addresses.privateServiceConnect, [...root, "privateServiceConnect"], []],
    ...regions.flatMap((further, index): Named[] => [
      [
        `connector in ${further.region}`,
        further.addresses.connector,
        ["regions", index, "addresses", "connector"],
        [further.region],
      ],
      [
        `direct egress in ${further.region}`,
        further.addresses.directEgress,
        ["regions", index, "addresses", "directEgress"],
        [further.region],
      ],
      ...(further.furtherConnectors ?? []).map(
        ({ name, range }, position): Named => [
          `connector ${name} in ${further.region}`,
          range,
          ["regions", index, "furtherConnectors", position, "range"],
          [further.region, name],
        ],
      ),
    ]),
    ...addresses.peered.map(
      (peer, index): Named => [
        `peered: ${peer.name}`,
        peer.range,
        [...root, "peered", index, "range"],
        [peer.name],
      ],
    ),
  ];
  return named.flatMap(([owner, cidr, path, elements]) => {
    const range = parseRange(cidr);
    const names = elements.values();
    const setting = path.map((step) => (typeof step === "number" ? names.next().value : step)).join(".");
    return range === undefined ? [] : [{ owner, range, path, setting }];
  });
}

function overlaps(allocations: readonly Allocation[]): Issue[] {
  return overlappingPairs(allocations, (allocation) => allocation.range).map(([a, b]) => {
    // A peered range belongs to another network, so that ours is the one to change.
    const [ours, theirs] = a.owner.startsWith("peered") ? [b, a] : [a, b];
    return {
      path: ours.path,
      value: ours.range.cidr,
      allowed: `the range of "${ours.owner}" overlaps ${theirs.range.cidr} of "${theirs.owner}" (${theirs.setting}), and ranges of one network must be disjoint`,
      fix: `choose a range outside ${theirs.range.cidr}`,
      uses: [theirs.path],
    };
  });
}

function prohibited({ range, owner, path }: Allocation): Issue[] {
  const match = [...prohibitedRanges.value, ...poisonousRanges.value].find((entry) => {
    const other = parseRange(entry.range);
    return other !== undefined && (contains(other, range) || contains(range, other));
  });
  if (match === undefined || owner.startsWith("peered")) return [];
  return [
    {
      path,
      value: range.cidr,
      allowed: `the range of "${owner}" overlaps ${match.range}, which ${match.why}`,
      fix: `choose a range outside ${match.range}`,
    },
  ];
}

/** Redis takes no public addresses, and PRIVATE_RANGES_ONLY does not route to them. */
function notPrivate({ range, owner, path }: Allocation): Issue[] {
  const fits = privateRanges.value.some((cidr) => {
    const outer = parseRange(cidr);
    return outer !== undefined && contains(outer, range);
  });
  if (fits || owner.startsWith("peered")) return [];
  return [
    {
      path,
      value: range.cidr,
      allowed: `the range of "${owner}" must lie within ${privateRanges.value.join(", ")} (RFC 1918)`,
      fix: "choose a private range",
    },
  ];
}

function missingSlots(environment: AddressSettings): Issue[] {
  const { addresses, connector } = environment.network;
  const network = pathOfNetwork(environment);
  const own = pathOfAddresses(environment);
  const here = environment.main === undefined ? "this environment" : `region ${environment.region}`;
  const named = environment.main === undefined ? "network" : `regions.${environment.region}`;
  const issues: Issue[] = [];
  if (connector !== undefined && addresses.connector === undefined) {
    issues.push({
      path: [...own, "connector"],
      value: "missing",
      allowed: "the connector needs a /28 of its own",
      fix: 'add connector: cidr("10.1.0.0/28") with a free range',
    });
  }
  if (connector !== undefined && connector.minInstances >= connector.maxInstances) {
    issues.push({
      path: [...network, "connector", "minInstances"],
      value: String(connector.minInstances),
      allowed: `it must be below maxInstances, ${connector.maxInstances}`,
      fix: "lower minInstances or raise maxInstances",
      uses: [[...network, "connector", "maxInstances"]],
    });
  }
  if (connector === undefined && addresses.connector !== undefined) {
    issues.push({
      path: [...network, "connector"],
      value: "missing",
      allowed: `${addresses.connector} is reserved for a connector that is not declared`,
      fix: `add ${named}.connector with its instances, or remove the range`,
    });
  }
  const whole = environment.main ?? environment;
  for (const service of workloads(environment)) {
    const path: Path = [...pathOfNamed(whole, service), "path"];
    if (isOnOwnConnector(service) && connector === undefined) {
      issues.push({
        path,
        value: '"connector"',
        allowed: `${here} declares no connector`,
        fix: `write path: "direct", or add ${named}.connector and ${named}.addresses.connector`,
        uses: [[...network, "connector"]],
      });
    }
    if (service.path === "direct" && addresses.directEgress === undefined) {
      issues.push({
        path,
        value: '"direct"',
        allowed: `${here} has no range for Direct VPC egress`,
        fix: `add ${named}.addresses.directEgress (a /26 or larger), or write path: ${connector === undefined ? '"none", where it needs nothing of the network' : '"connector"'}`,
        uses: [[...own, "directEgress"]],
      });
    }
  }
  return issues;
}

/** Cloud SQL and Redis get their addresses from the range that is allocated to Google. */
function missingPrivateServices(settings: AddressSettings): Issue[] {
  const { network } = settings;
  const written = [
    ...writtenDatabases(settings),
    ...writtenCaches(settings).filter(({ engine }) => engine.id === "redis"),
  ];
  const users = [...new Set(written.map(({ path }) => String(path[0])))];
  if (network.addresses.privateServices !== undefined || users.length === 0) return [];
  return [
    {
      path: [...root, "privateServices"],
      value: "missing",
      allowed: `${enumerated(users)} of this environment ${users.length === 1 ? "gets its address" : "get addresses"} from it`,
      fix: 'add privateServices: cidr("10.2.0.0/16") with a free range, /16 to /20',
      uses: users.map((user): Path => [user]),
    },
  ];
}

/**
 * Cloud Run takes two addresses for each instance and one for each task of a job, reserves them in blocks of 16, and keeps the old revision's
 * while the new one starts.
 */
export function directEgressNeeded(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "overlappingRevisions">,
): number {
  const { overlappingRevisions } = plan;
  const { addressBlock, addressesPerInstance } = directEgressLimits;
  const block = addressBlock.value;
  return workloads(plan)
    .filter((workload) => workload.path === "direct")
    .map((workload) =>
      isJob(workload)
        ? tasksAtOnce(workload)
        : instancesAtMost(workload) * overlappingRevisions * addressesPerInstance.value,
    )
    .reduce((sum, addresses) => sum + Math.ceil(addresses / block) * block, 0);
}

function directEgressAddresses(environment: AddressSettings): AddressPlan["directEgress"] {
  const range = parseRange(environment.network.addresses.directEgress);
  return {
    needed: directEgressNeeded(environment),
    usable:
      range === undefined ? 0 : Math.max(0, rangeSize(range) - directEgressLimits.unusableAddresses.value),
  };
}

function tooFewAddresses(environment: AddressSettings, addresses: AddressPlan["directEgress"]): Issue[] {
  const range = environment.network.addresses.directEgress;
  if (range === undefined || addresses.needed <= addresses.usable) return [];
  const whole = environment.main ?? environment;
  const direct = workloads(environment).filter(({ path }) => path === "direct");
  const hasJobs = direct.some(isJob);
  const hasPools = direct.some(isWorkerPool);
  const who = enumerated(["services", ...(hasJobs ? ["jobs"] : []), ...(hasPools ? ["worker pools"] : [])]);
  const scale = [
    "instances.max",
    ...(hasJobs ? ["parallelism"] : []),
    ...(hasPools ? ["instanceCount"] : []),
  ];
  return [
    {
      path: [...pathOfAddresses(environment), "directEgress"],
      value: range,
      allowed: `it has ${addresses.usable} usable addresses, and the ${who} on path "direct"${inFurther(environment)} take ${addresses.needed} while ${environment.overlappingRevisions} revisions overlap (2 for each instance${hasJobs ? ", 1 for each task" : ""}, in blocks of 16)`,
      fix: `choose a larger range, lower ${enumerated(scale, "or")}, or move a service to the connector`,
      uses: workloads(whole).map((workload) => pathOf(whole, workload)),
    },
  ];
}
