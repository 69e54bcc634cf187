import { runsAs } from "../../analysis/identity/grants.ts";
import { directSubnets } from "../../analysis/network/entries.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { type ExistingKind, typeOf } from "../../platform/existing/kinds.ts";
import { REGIONAL, type Slot } from "../../platform/existing/slots.ts";
import type { PlatformPlan } from "../../platform/plan.ts";

/** What was found for one slot of the environment. */
export interface Match {
  readonly slot: Slot;
  readonly resource: Resource;
  /** Its name in Google Cloud. */
  readonly name: string;
  /** How it was recognized. */
  readonly by: "name" | "role";
}

export interface Recognition {
  readonly matches: readonly Match[];
  /** Slots that match several resources. */
  readonly ambiguous: readonly { readonly slot: Slot; readonly candidates: readonly Resource[] }[];
  /** Slots for which nothing was found. */
  readonly missing: readonly Slot[];
}

/** Other Terraform types of the same thing. */
const ALSO: Partial<Record<ExistingKind, readonly string[]>> = { services: ["google_cloud_run_service"] };

type Parts = Pick<
  PlatformPlan,
  "existingSlots" | "names" | "network" | "databaseInstances" | "region" | "main" | "regions"
>;

/**
 * Finds the resources of the slots of an environment, or of one of its further regions: by name, else by their purpose.
 *
 * @param taken resources that match slots of other regions; those that are found are added
 */
export function recognize(plan: Parts, graph: Graph, taken: Set<Resource> = new Set()): Recognition {
  // Of what each region has for itself, that of another region has the same name, and is declared there.
  const elsewhere = new Set(plan.regions?.map(({ region }) => region));
  const regional = new Set(REGIONAL.map(typeOf));
  const isElsewhere = (resource: Resource): boolean => {
    if (!regional.has(resource.type)) return false;
    const region = graph.region(resource);
    return plan.main === undefined ? elsewhere.has(region ?? "") : region !== plan.region;
  };
  const slots = plan.existingSlots;
  const found = new Map<Slot, Match>();
  const take = (slot: Slot, resource: Resource, by: Match["by"]): void => {
    found.set(slot, { slot, resource, name: nameIn(slot.kind, resource) ?? slot.name, by });
    taken.add(resource);
  };
  const free = (slot: Slot): Resource[] =>
    graph
      .all(slot.type, ...(ALSO[slot.kind] ?? []))
      .filter(
        (resource) => !taken.has(resource) && !isElsewhere(resource) && hasEngine(plan, slot, resource),
      );
  for (const slot of slots) {
    const named = free(slot).find(
      (resource) =>
        nameIn(slot.kind, resource) === slot.name && isInItsInstance(graph, slot, resource, slots),
    );
    if (named !== undefined && hasRole(slot.kind, named)) take(slot, named, "name");
  }
  const ambiguous: { slot: Slot; candidates: Resource[] }[] = [];
  for (const slot of slots) {
    if (found.has(slot)) continue;
    const candidates = free(slot).filter((resource) => servesPurpose(plan, graph, slot, resource, found));
    const [only] = candidates;
    const isEnough = candidates.length === 1 || slot.kind === "natAddresses";
    if (only !== undefined && isEnough) take(slot, only, "role");
    else if (candidates.length > 1) ambiguous.push({ slot, candidates });
  }
  return {
    matches: slots.flatMap((slot) => found.get(slot) ?? []),
    ambiguous,
    missing: slots.filter((slot) => !found.has(slot) && !ambiguous.some((other) => other.slot === slot)),
  };
}

/** The short name of a resource; undefined where only Google knows it. */
function nameIn(kind: ExistingKind, resource: Resource): string | undefined {
  if (kind === "secrets") return resource.string("secret_id");
  if (kind === "registry") return resource.string("repository_id");
  if (kind === "serviceAccounts") return resource.string("account_id");
  if (resource.type === "google_memorystore_instance") return resource.string("instance_id");
  if (kind === "privateServicesConnection") return resource.string("network")?.split("/").at(-1);
  return resource.string("name");
}

/** Memorystore for Valkey, in service connection policies. */
const VALKEY_CLASS = "gcp-memorystore";

/** A reserved range and an outside address are of one type. */
function hasRole(kind: ExistingKind, resource: Resource): boolean {
  if (kind === "privateServices") return resource.string("purpose") === "VPC_PEERING";
  if (kind === "edgeAddress")
    return resource.string("purpose") !== "VPC_PEERING" && resource.string("address_type") !== "INTERNAL";
  if (kind === "natAddresses") return resource.string("address_type") !== "INTERNAL";
  if (kind === "serviceConnectionPolicy") return resource.string("service_class") === VALKEY_CLASS;
  if (kind === "privateZone") return resource.string("visibility") === "private";
  if (kind === "database") return isPrimary(resource);
  return true;
}

/** A replica can never become the platform's database. */
function isPrimary(resource: Resource): boolean {
  return (resource.get("master_instance_name") ?? "") === "";
}

/** An instance of another engine can never become one of this, nor a replica a primary. What is not known does not rule it out. */
function hasEngine(plan: Pick<PlatformPlan, "databaseInstances">, slot: Slot, resource: Resource): boolean {
  if (slot.kind !== "database" && slot.kind !== "databases") return true;
  const stated = plan.databaseInstances.find(({ instance }) => instance === slot.name);
  const [found = ""] = (resource.string("database_version") ?? "").split("_");
  if (stated === undefined) return true;
  return stated.settings.version.startsWith(found) && isPrimary(resource) === (stated.replica === undefined);
}

/** Two instances may each have a database of one name. What is not known of its instance does not rule it out. */
function isInItsInstance(graph: Graph, slot: Slot, resource: Resource, slots: readonly Slot[]): boolean {
  if (slot.kind !== "databaseNames") return true;
  const [of = ""] = slot.of.split("/");
  const instance = slots.find(
    ({ kind, of: other }) => kind === "database" || (kind === "databases" && other === of),
  );
  const written = resource.string("instance");
  const target = graph.target(resource.get("instance"), ["google_sql_database_instance"], resource);
  const found = target.kind === "resource" ? target.resource.string("name") : written;
  return found === undefined || instance === undefined || found === instance.name;
}

/** Whether a resource of the right type serves the purpose of the slot, under any name. */
function servesPurpose(
  plan: Pick<Parts, "names" | "network" | "main">,
  graph: Graph,
  slot: Slot,
  resource: Resource,
  found: ReadonlyMap<Slot, Match>,
): boolean {
  if (!hasRole(slot.kind, resource)) return false;
  switch (slot.kind) {
    // Named by the environment: another name is another resource.
    case "secrets":
    case "databaseName":
    case "databaseNames":
      return false;
    case "databases":
    case "caches":
      return wordsOf(nameIn(slot.kind, resource)).includes(slot.of);
    case "privateServiceConnect":
      return resource.string("ip_cidr_range") === plan.network.addresses.privateServiceConnect;
    case "directEgress":
      return (
        resource.string("ip_cidr_range") === plan.network.addresses.directEgress ||
        hasDirectInstances(graph, resource)
      );
    case "natAddresses":
      return isNatAddress(graph, resource);
    case "privateZone":
      return resource.string("dns_name") === `${plan.names.domain}.`;
    case "services":
      // In a further region it has the name that it has in the main one.
      return plan.main === undefined && wordsOf(resource.string("name")).includes(slot.of);
    case "connector":
      return furtherOf(plan, resource) === undefined;
    case "connectors":
      return furtherOf(plan, resource) === slot.of;
    case "serviceAccounts": {
      const service = [...found.values()].find(
        (match) => match.slot.kind === "services" && match.slot.of === slot.of,
      );
      return service === undefined
        ? wordsOf(resource.string("account_id")).includes(slot.of)
        : running(graph, resource).length === 1 && running(graph, resource)[0] === service.resource;
    }
    default:
      return true;
  }
}

/** The further connector that has this range, else that is a word of its name; undefined where it is none of them. */
function furtherOf({ network }: Pick<Parts, "network">, connector: Resource): string | undefined {
  const { furtherConnectors = [], addresses } = network;
  const [range, words] = [connector.string("ip_cidr_range"), wordsOf(connector.string("name"))];
  if (range !== undefined && range === addresses.connector) return undefined;
  return (
    furtherConnectors.find((further) => further.range === range) ??
    furtherConnectors.find(({ name }) => words.includes(name))
  )?.name;
}

function wordsOf(name: string | undefined): readonly string[] {
  return name?.split("-") ?? [];
}

/** The workloads that run as the account; an account of several cannot become the identity of one. */
function running(graph: Graph, account: Resource): Resource[] {
  return workloads(graph).flatMap(({ resource, serviceAccount }) =>
    runsAs(graph, serviceAccount, resource) === account ? [resource] : [],
  );
}

function hasDirectInstances(graph: Graph, subnet: Resource): boolean {
  return directSubnets(graph).some((direct) => direct.subnet === subnet);
}

function isNatAddress(graph: Graph, address: Resource): boolean {
  return graph.all("google_compute_router_nat").some((nat) => {
    const addresses = nat.get("nat_ips");
    return (Array.isArray(addresses) ? addresses : []).some((value) => {
      const target = graph.target(value, [address.type], nat);
      return target.kind === "resource" && target.resource === address;
    });
  });
}
