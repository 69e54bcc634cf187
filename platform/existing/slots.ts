import { importId } from "../../resources/import-id.ts";
import type { CacheInstance } from "../backing-services/caches.ts";
import type { DatabaseInstance } from "../backing-services/databases.ts";
import { hostPlan } from "../edge/routes.ts";
import type { Path } from "../issue.ts";
import type { Named, PlatformNames } from "../names.ts";
import { createdConnectors } from "../network/connectors.ts";
import { hasNetwork } from "../network/has-network.ts";
import { pathOfRegion } from "../regions/regions.ts";
import { type Environment, workloads } from "../schema/environment.ts";
import type { Existing } from "../schema/existing.ts";
import { isForeignSecret } from "../workloads/secret-reference.ts";
import { cacheTypes, type ExistingKind, typeOf } from "./kinds.ts";

/** A resource of an environment that may exist already. */
export interface Slot {
  readonly kind: ExistingKind;
  /** Terraform type. */
  readonly type: string;
  /** Service, secret, or position of the address; "" where there is one of the kind. */
  readonly of: string;
  /** Where it is declared: ["existing", "services", "backend"]. */
  readonly path: Path;
  /** The computed name, or the declared one. */
  readonly name: string;
  /** Import id. */
  readonly id: string;
  /** The declaration in the environment; undefined where it will be created. */
  readonly declared: Existing | undefined;
}

/** The settings that slots are derived from, in addition to the names. */
export type SlotSettings = Named &
  Pick<Environment, "network" | "services" | "jobs" | "workerPools" | "buckets" | "secrets"> & {
    readonly natAddresses: number;
    readonly databaseInstances: readonly DatabaseInstance[];
    readonly cacheInstances: readonly CacheInstance[];
  };

type MakeSlot = (
  kind: ExistingKind,
  name: string,
  declared: Existing | boolean | undefined,
  at?: {
    readonly of?: string;
    readonly step?: string | number;
    readonly parent?: string;
    readonly type?: string;
  },
) => Slot;

/** An instance and its databases: the one of `database`, or one of `databases` by its name. */
function databaseSlots(
  { existing }: Pick<Named, "existing">,
  slot: MakeSlot,
  { name, key, instance, settings, replica }: DatabaseInstance,
): Slot[] {
  const { databases = {}, databaseNames = [] } = existing;
  const { databaseName, furtherDatabases = [] } = settings;
  const isOnly = key === "database";
  const within = (database: string): Slot => {
    const of = `${name}/${database}`;
    const step = databaseNames.indexOf(of);
    return slot("databaseNames", database, step >= 0, { of, step: Math.max(step, 0), parent: instance });
  };
  return [
    isOnly
      ? slot("database", instance, existing.database)
      : slot("databases", instance, Object.hasOwn(databases, name) ? databases[name] : undefined, {
          of: name,
          step: name,
        }),
    // A replica has the databases of its primary.
    ...(replica === undefined
      ? [
          isOnly
            ? slot("databaseName", databaseName, existing.databaseName, { parent: instance })
            : within(databaseName),
          ...furtherDatabases.map(within),
        ]
      : []),
  ];
}

/** Every resource of the environment that could be imported instead, in the order of `existing`. */
export function existingSlots(plan: SlotSettings & { readonly names: PlatformNames }): Slot[] {
  const {
    project,
    region,
    existing,
    network,
    services,
    secrets,
    databaseInstances,
    cacheInstances,
    names,
    natAddresses,
  } = plan;
  const slot: MakeSlot = (kind, name, declared, { type = typeOf(kind), ...at } = {}) => ({
    kind,
    type,
    of: at.of ?? "",
    path: ["existing", kind, ...(at.step === undefined ? [] : [at.step])],
    name,
    id: importId(type, { project, region, name, parent: at.parent ?? "" }),
    declared: declared === false ? undefined : declared,
  });
  const isPublic = hostPlan(plan).length > 0;
  const own = (declared: Readonly<Record<string, Existing>>, name: string): Existing | undefined =>
    Object.hasOwn(declared, name) ? declared[name] : undefined;
  // What others manage is never imported.
  const ofNetwork = (): Slot[] => [
    ...(hasNetwork(plan) ? [slot("network", names.network, existing.network)] : []),
    ...(network.addresses.directEgress === undefined
      ? []
      : [slot("directEgress", names.directEgress, existing.directEgress)]),
    ...(network.addresses.privateServices === undefined
      ? []
      : [
          slot("privateServices", names.privateServices, existing.privateServices),
          slot("privateServicesConnection", names.network, existing.privateServicesConnection),
        ]),
    ...(network.addresses.privateServiceConnect === undefined
      ? []
      : [
          slot("privateServiceConnect", names.privateServiceConnect, existing.privateServiceConnect),
          slot("serviceConnectionPolicy", names.serviceConnectionPolicy, existing.serviceConnectionPolicy),
        ]),
    ...(natAddresses === 0
      ? []
      : [
          slot("router", names.router, existing.router),
          slot("nat", names.nat, existing.nat, { parent: names.router }),
        ]),
    ...Array.from({ length: natAddresses }, (_, index) =>
      slot("natAddresses", names.natAddress(index + 1), existing.natAddresses[index], {
        of: String(index + 1),
        step: index,
      }),
    ),
  ];
  return [
    ...(network.unmanaged === undefined ? ofNetwork() : []),
    ...createdConnectors(plan).map(({ further }) =>
      further === undefined
        ? slot("connector", names.connector, existing.connector)
        : slot("connectors", names.furtherConnector(further), own(existing.connectors ?? {}, further), {
            of: further,
            step: further,
          }),
    ),
    ...databaseInstances.flatMap((instance) => databaseSlots(plan, slot, instance)),
    ...cacheInstances.map(({ name, key, instance, engine }) => {
      const type = cacheTypes[engine.id];
      return key === "cache"
        ? slot("cache", instance, existing.cache, { type })
        : slot("caches", instance, own(existing.caches ?? {}, name), { of: name, step: name, type });
    }),
    ...(databaseInstances.length + cacheInstances.length === 0
      ? []
      : [slot("privateZone", names.privateZone, existing.privateZone)]),
    ...(workloads(plan).length === 0 ? [] : [slot("registry", names.registry, existing.registry)]),
    ...services.map(({ name }) =>
      slot("services", names.service(name), own(existing.services, name), { of: name, step: name }),
    ),
    ...workloads(plan)
      .filter(({ serviceAccount }) => serviceAccount === undefined)
      .map(({ name }) =>
        slot("serviceAccounts", names.serviceAccount(name), own(existing.serviceAccounts, name), {
          of: name,
          step: name,
        }),
      ),
    ...secrets
      .filter((secret) => !isForeignSecret(secret))
      .map(({ name }) =>
        slot("secrets", name, existing.secrets.includes(name) ? true : undefined, {
          of: name,
          step: Math.max(existing.secrets.indexOf(name), 0),
        }),
      ),
    ...(isPublic ? [slot("edgeAddress", names.edgeAddress, existing.edgeAddress)] : []),
  ];
}

/** Kinds of what each region has for itself. */
export const REGIONAL: readonly ExistingKind[] = [
  "directEgress",
  "router",
  "nat",
  "natAddresses",
  "connector",
  "connectors",
  "services",
];

/** The slots of a further region, declared in its own section `existing`. */
export function regionalSlots(plan: SlotSettings & { readonly names: PlatformNames }): Slot[] {
  const further = plan.main?.regions?.find(({ region }) => region === plan.region);
  const services = further?.existing?.services ?? [];
  return existingSlots(plan)
    .filter(({ kind }) => REGIONAL.includes(kind))
    .map((slot) => ({
      ...slot,
      path: [...pathOfRegion(plan), ...slot.path],
      declared: slot.kind !== "services" ? slot.declared : services.includes(slot.of) ? true : undefined,
    }));
}
