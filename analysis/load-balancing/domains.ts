import type { Resource } from "../../graph/index.ts";

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

/** True where a certificate for one of the domains is good for `host`: a wildcard covers exactly one label. */
export function isCovered(
  domains: ReadonlySet<string> | ReadonlyMap<string, unknown>,
  host: string,
): boolean {
  return domains.has(host) || domains.has(wildcardOf(host));
}

/** The wildcard that covers the host. */
export function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf("."))}`;
}

/** The last two labels: domains that share them belong to the same organization. */
export function parentOf(domain: string): string {
  return domain.split(".").slice(-2).join(".");
}
