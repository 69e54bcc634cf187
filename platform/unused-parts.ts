import { domainOf, domainsOf } from "./edge/domains.ts";
import { createdConnectors } from "./network/connectors.ts";
import type { PlatformPlan } from "./plan.ts";
import { networkSetting } from "./regions/regions.ts";
import { type Environment, workloads } from "./schema/environment.ts";

/** A part of an environment that nothing of it uses, although it is created, paid or asked of a person. */
export interface UnusedPart {
  /** Where people read it: "edge.furtherDomains.acme.org". */
  readonly setting: string;
  /** What is there for nothing. */
  readonly note: string;
  readonly fix: string;
}

type Parts = Pick<
  PlatformPlan,
  | "edge"
  | "hostPlan"
  | "network"
  | "region"
  | "main"
  | "furtherRegions"
  | "services"
  | "jobs"
  | "workerPools"
  | "databaseInstances"
  | "databaseUses"
  | "cacheInstances"
  | "cacheUses"
  | "secrets"
  | "externalDependencies"
>;

/**
 * What is declared and used by nothing. It is said and not refused: a certificate is made before its hosts move, revisions that still get
 * traffic go through a connector that no service names any more, and stacks of one's own may use the rest.
 */
export function unusedParts(plan: Parts): UnusedPart[] {
  return [
    ...domains(plan),
    ...[plan, ...plan.furtherRegions].flatMap(connectors),
    ...databases(plan),
    ...caches(plan),
    ...dependencies(plan),
    ...secrets(plan),
  ];
}

function domains({ edge, hostPlan }: Pick<Parts, "edge" | "hostPlan">): UnusedPart[] {
  const hosts = [...hostPlan, ...(edge?.redirects ?? [])].map(({ host }) => host);
  const used = hosts.map((host) => domainOf(edge, host)?.name);
  return domainsOf(edge)
    .filter(({ name }) => !used.includes(name))
    .map(({ name, path }) => ({
      setting: `${path.slice(0, 2).join(".")} ${name}`,
      note: "has a certificate, and no host",
      fix: `give a service or a redirect a host under ${name}, or remove it`,
    }));
}

function connectors(place: Pick<Environment, "network" | "region" | "main"> & Parts): UnusedPart[] {
  const through = workloads(place).filter(({ path }) => path === "connector");
  const isUsed = (further: string | undefined) => through.some(({ connector }) => connector === further);
  const all = createdConnectors(place);
  return all
    .filter(({ further }) => !isUsed(further))
    .map(({ further, minInstances }) => ({
      setting: `${networkSetting(place)}.${further === undefined ? "connector" : `furtherConnectors ${further}`}`,
      note: `has ${minInstances} instances that always run, and nothing goes through it`,
      // Further ones are in addition to the own one, and refused without it.
      fix: `${
        further === undefined && all.some((other) => isUsed(other.further))
          ? "write one of furtherConnectors in its place"
          : "remove it"
      } once no revision that goes through it gets traffic`,
    }));
}

function databases({ databaseInstances, databaseUses, ...plan }: Parts): UnusedPart[] {
  const used = workloads(plan).flatMap(databaseUses);
  return (
    databaseInstances
      .filter((instance) => !used.some((use) => use.instance === instance))
      // Its replicas are read from, and need it.
      .filter(({ name }) => !used.some(({ instance }) => instance.replica?.primary === name))
      .map(({ path, name }) => ({
        setting: settingOf(path, name),
        note: "is a Cloud SQL instance that no service, job or worker pool uses",
        fix: "name it where it is used, or remove it",
      }))
  );
}

function caches({ cacheInstances, cacheUses, ...plan }: Parts): UnusedPart[] {
  const used = workloads(plan).flatMap(cacheUses);
  return cacheInstances
    .filter((instance) => !used.some((use) => use.instance === instance))
    .map(({ path, name }) => ({
      setting: settingOf(path, name),
      note: "is a Memorystore instance that no service, job or worker pool uses",
      fix: "name it where it is used, or remove it",
    }));
}

function dependencies({ externalDependencies, ...plan }: Parts): UnusedPart[] {
  const called = workloads(plan).flatMap(({ dependsOn }) => dependsOn);
  return externalDependencies
    .filter(({ name }) => !called.includes(name))
    .map(({ name }) => ({
      setting: `externalDependencies ${name}`,
      note: "is called by nothing",
      fix: `add it to dependsOn of what calls it, or remove it`,
    }));
}

/** Those of other projects are created by nobody here, and no person adds a value. */
function secrets({ databaseInstances, cacheInstances, ...plan }: Parts): UnusedPart[] {
  const read = new Set([
    ...workloads(plan).flatMap(({ secrets: own, sidecars = [] }) => [
      ...own,
      ...sidecars.flatMap((sidecar) => sidecar.secrets),
    ]),
    ...databaseInstances.flatMap(({ settings: { passwordSecret, furtherUsers = [], caSecret } }) => [
      passwordSecret,
      ...furtherUsers.map((user) => user.passwordSecret),
      caSecret,
    ]),
    ...cacheInstances.flatMap(({ settings: { authSecret, caSecret } }) => [authSecret, caSecret]),
  ]);
  return plan.secrets
    .filter(({ name, project }) => project === undefined && !read.has(name))
    .map(({ name }) => ({
      setting: `secrets ${name}`,
      note: "is created, a person adds its value, and nothing reads it",
      fix: "add it to secrets of what reads it, or remove it",
    }));
}

/** "database", or "databases orders" of a list. */
function settingOf(path: readonly (string | number)[], name: string): string {
  return path.length === 1 ? String(path[0]) : `${path[0]} ${name}`;
}
