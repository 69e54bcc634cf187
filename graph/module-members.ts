import { Resource } from "./resource.ts";

/** `depends_on` of a module is one of everything in it; of a repeated resource, one of each instance. */
export function withMembers(resources: readonly Resource[]): readonly Resource[] {
  const wanted = new Set(resources.flatMap((resource) => [...resource.dependsOn]));
  if (wanted.size === 0) return resources;
  const members = new Map<string, string[]>();
  for (const { address } of resources) {
    for (const ancestor of ancestors(address)) {
      if (wanted.has(ancestor)) members.set(ancestor, [...(members.get(ancestor) ?? []), address]);
    }
  }
  return resources.map((resource) => {
    const more = [...resource.dependsOn].flatMap((address) => members.get(address) ?? []);
    if (more.length === 0) return resource;
    const dependsOn = new Set([...resource.dependsOn, ...more]);
    return new Resource({
      ...resource,
      dependsOn,
      dependencies: new Set([...resource.dependencies, ...more]),
      emptyPaths: () => resource.emptyPaths,
    });
  });
}

/** The addresses that include this one: its modules, and itself without its index. */
function ancestors(address: string): string[] {
  const found: string[] = [];
  for (const match of address.matchAll(/(?:^|\.)module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)) {
    const module = address.slice(0, match.index + match[0].length);
    found.push(module, withoutLastIndex(module));
  }
  found.push(withoutLastIndex(address));
  return [...new Set(found)].filter((ancestor) => ancestor !== address);
}

function withoutLastIndex(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, "");
}
