import type { Resource } from "../graph/index.ts";

/** True where `ignore_changes` names the attribute or something in it: what is not written may have been set elsewhere. */
export function ignoresChanges(resource: Resource, attribute: string): boolean {
  const written =
    resource.get("lifecycle.ignore_changes") ?? resource.blocks("lifecycle")[0]?.get("ignore_changes");
  const listed: readonly unknown[] = Array.isArray(written) ? written : [written];
  return listed.some(
    (one) => typeof one === "string" && (one === "all" || one.split(/[.[]/)[0] === attribute),
  );
}
