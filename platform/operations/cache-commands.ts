import type { CacheInstance } from "../backing-services/caches.ts";
import type { OperationsContext } from "./context.ts";

/** gcloud for the instances of an engine: "gcloud redis instances VERB --region=... --project=...". */
export function cacheCommand(
  { engine }: Pick<CacheInstance, "engine">,
  verb: string,
  { region, projectFlag }: Pick<OperationsContext, "region" | "projectFlag">,
): string {
  return `gcloud ${engine.gcloud.command} instances ${verb} ${engine.gcloud.region}=${region} ${projectFlag}`;
}

/** One instance in full, several in a table of each engine. */
export function describeCaches(
  context: Pick<OperationsContext, "cacheInstances" | "region" | "projectFlag">,
): string {
  const [first, ...more] = context.cacheInstances;
  if (first !== undefined && more.length === 0)
    return cacheCommand(first, `describe ${first.instance}`, context);
  const lists = context.cacheInstances.map((cache) => cacheCommand(cache, "list", context));
  return [...new Set(lists)].join("; ");
}
