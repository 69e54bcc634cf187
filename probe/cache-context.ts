import type { NamedCache } from "../platform/preflight/preflight.ts";
import type { Context } from "./check.ts";

/** What the checks of one Redis need to know. */
export interface CacheContext extends Context {
  readonly cache: NamedCache;
}

/** One for each Redis of the service: the only one, whose variables have no name before them, or several. */
export function cacheContexts(context: Context): CacheContext[] {
  const { cache, caches = [] } = context.plan;
  return [...(cache === undefined ? [] : [{ target: "cache", prefix: "", ...cache }]), ...caches].map(
    (each) => ({ ...context, cache: each }),
  );
}

/** The name of a variable of this Redis: SESSIONS_REDIS_HOST. */
export function cacheVariable({ cache }: Pick<CacheContext, "cache">, name: string): string {
  return `${cache.prefix}${name}`;
}

/** Its value; undefined where it is not set. */
export function cacheValue(context: CacheContext, name: string): string | undefined {
  return context.variables[cacheVariable(context, name)];
}
