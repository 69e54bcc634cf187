import type { Resource } from "../graph/graph.ts";

/** The domains at the path that are known, without a trailing dot. */
export function domainsOf(resource: Resource, path: string): string[] {
  const list = resource.get(path);
  return (Array.isArray(list) ? list : [list])
    .filter((domain): domain is string => typeof domain === "string")
    .map((domain) => domain.replace(/\.$/, "").toLowerCase());
}

/** True where the list at the path, and every name in it, is known. */
export function allKnown(resource: Resource, path: string): boolean {
  const list = resource.get(path);
  return Array.isArray(list) && list.length > 0 && list.every((domain) => typeof domain === "string");
}

/** True where a certificate for `domain` is good for `host`: a wildcard stands for exactly one label. */
export function covers(domain: string, host: string): boolean {
  if (domain === host) return true;
  return (
    domain.startsWith("*.") && !host.startsWith("*.") && host.slice(host.indexOf(".") + 1) === domain.slice(2)
  );
}
