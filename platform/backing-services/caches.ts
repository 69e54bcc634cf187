import { givenName, givenNameOf } from "../existing/given-name.ts";
import type { Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import type { Cache, Environment, Workload } from "../schema/environment.ts";
import { type CacheEngine, cacheEngineOf } from "./cache-engines.ts";

/** The settings of a cache, and where they are written. */
export interface WrittenCache {
  /** Name by which services refer to it. */
  readonly name: string;
  readonly path: Path;
  /** As sentences write it: "cache", "caches.sessions". */
  readonly key: string;
  readonly settings: Cache;
  readonly engine: CacheEngine;
}

/** A cache of an environment, with its names. */
export interface CacheInstance extends WrittenCache {
  /** What ids of its constructs and triggers start with: "cache", or "cache-sessions" where there may be several. */
  readonly id: string;
  /** Name in Google Cloud. */
  readonly instance: string;
  /** Its id; of Redis the label instance_id of its metrics, of Valkey its import id. */
  readonly instanceId: string;
  /** Label of its record in the private zone, which ids of its alerts and tests start with: "redis", "valkey-sessions". */
  readonly record: string;
  /** Private DNS name. */
  readonly host: string;
  readonly port: number;
}

/** One cache that a service or a job uses. */
export interface CacheUse {
  readonly instance: CacheInstance;
  /** Where it is written, within the service: ["cache"]. */
  readonly path: Path;
  /** Starts the names of its variables: "", or "SESSIONS_". */
  readonly prefix: string;
  readonly pool: number;
}

export type CacheSections = Pick<Environment, "cache" | "caches">;
type CacheUser = Pick<Workload, "cache" | "caches">;
type Named = CacheSections & Pick<Environment, "project" | "region" | "main" | "prefix" | "existing">;

/** Every instance that is written: the one of `cache`, or those of `caches`. */
export function writtenCaches({ cache, caches = [] }: CacheSections): WrittenCache[] {
  return [
    ...(cache === undefined
      ? []
      : [{ name: cache.name, path: ["cache"], key: "cache", settings: cache, engine: cacheEngineOf(cache) }]),
    ...caches.map((settings, index) => ({
      name: settings.name,
      path: ["caches", index],
      key: `caches.${settings.name}`,
      settings,
      engine: cacheEngineOf(settings),
    })),
  ];
}

/** The instance that a use without a name means: the only one. */
export function impliedCache(all: readonly Pick<WrittenCache, "name">[]): string | undefined {
  const [first, ...more] = all;
  return more.length === 0 ? first?.name : undefined;
}

/** Every cache, with the names that follow from the environment; an existing one keeps its own. */
export function cacheInstances(environment: Named): CacheInstance[] {
  const { project, main, prefix, existing } = environment;
  const region = main?.region ?? environment.region;
  return writtenCaches(environment).map((written) => {
    const isOnly = written.key === "cache";
    const { name, settings, engine } = written;
    const given = isOnly ? givenName(existing.cache) : givenNameOf(existing.caches ?? {}, name);
    const instance = given ?? `${prefix}-${name}`;
    const record = isOnly ? engine.id : `${engine.id}-${name}`;
    return {
      ...written,
      id: isOnly ? "cache" : `cache-${name}`,
      instance,
      instanceId: `projects/${project}/locations/${region}/instances/${instance}`,
      record,
      host: `${record}.${prefix}.internal`,
      port: engine.port(settings),
    };
  });
}

/** The caches that a service or a job uses; one that is not declared is left out. */
export function cacheUses(instances: readonly CacheInstance[], workload: CacheUser): CacheUse[] {
  const { cache, caches = [] } = workload;
  const all = [
    ...(cache === undefined
      ? []
      : [{ ...cache, instance: cache.instance ?? impliedCache(instances), path: ["cache"], prefix: "" }]),
    ...caches.map((use, index) => ({
      ...use,
      path: ["caches", index],
      prefix: `${secretVariable(use.as ?? use.instance)}_`,
    })),
  ];
  return all.flatMap(({ path, prefix, pool, ...use }): CacheUse[] => {
    const instance = instances.find(({ name }) => name === use.instance);
    return instance === undefined ? [] : [{ instance, path, prefix, pool }];
  });
}

/** Clients that one instance of a service, or one task of a job, opens through these. */
export function clientsOf(uses: readonly Pick<CacheUse, "pool">[]): number {
  return uses.reduce((sum, { pool }) => sum + pool, 0);
}

/** Whether a service or a job uses any cache. */
export function usesCache({ cache, caches = [] }: CacheUser): boolean {
  return cache !== undefined || caches.length > 0;
}
