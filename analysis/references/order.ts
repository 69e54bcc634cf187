import type { Graph, Resource } from "../../graph/index.ts";
import { memoize } from "../memoize.ts";

/**
 * True where Terraform creates `later` after `earlier`: a path of references and `depends_on` leads from one to the other,
 * or passes through something that the input does not show (an unread module), which may lead there. Resources of different
 * stacks are ordered by how the stacks are applied.
 */
export function ordered(graph: Graph, later: Resource, earlier: Resource): boolean {
  if (!graph.together(later, earlier)) return true;
  const seen = new Set<string>();
  const queue = waitedFor(later);
  for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
    if (seen.has(address) || /^(var|local|each|count|path|terraform)\./.test(address)) continue;
    seen.add(address);
    if (leadsTo(address, earlier.address)) return true;
    const resource = graph.at(address, later);
    if (resource !== undefined) queue.push(...waitedFor(resource));
    else {
      const within = everyWithin(graph, address).filter((candidate) => graph.together(candidate, later));
      if (within.length === 0 && address.startsWith("module.")) return true;
      queue.push(...within.flatMap(waitedFor));
    }
  }
  return false;
}

/** An output of a module waits for what it is made of and for nothing else of the module, other than `depends_on`. */
function waitedFor({ dependencies, dependsOn }: Resource): string[] {
  const all = [...dependencies];
  const isByOutput = (address: string): boolean =>
    /(^|\.)module\.[^.]+$/.test(address) &&
    !dependsOn.has(address) &&
    all.some((other) => other.startsWith(`${address}.`) || other.startsWith(`${address}[`));
  return all.filter((address) => !isByOutput(address));
}

/** True where both are created by one apply, and nothing makes `later` wait for `earlier`. */
export function unordered(graph: Graph, later: Resource, earlier: Resource): boolean {
  return (
    isCreated(later) && isCreated(earlier) && sameRoot(later, earlier) && !ordered(graph, later, earlier)
  );
}

/** What `later`, or the call of its module, writes in `depends_on`: of another module only the module as a whole. */
export function waitedForBy(later: Resource, earlier: Resource): string {
  const [from, to] = [later.address, earlier.address].map((address) =>
    address.split(/\.(?=module\.|[a-z]+_)/),
  );
  let common = 0;
  while (common < (from ?? []).length - 1 && from?.[common] === to?.[common] && from?.[common] !== undefined)
    common++;
  const [next = earlier.address] = to?.slice(common) ?? [];
  return next.replace(/\[[^\]]*\]$/, "");
}

/** False only where a plan or a state says that it exists already. */
export function isCreated(resource: Resource): boolean {
  return resource.change === undefined
    ? resource.string("id") === undefined
    : resource.change.actions.includes("create");
}

/** Stacks of their own are applied one after the other, and cannot depend on each other's resources. */
function sameRoot(a: Resource, b: Resource): boolean {
  return a.path === null || b.path === null || a.path.split("/")[0] === b.path.split("/")[0];
}

/** An address of a module, or of a resource with several instances, covers everything within. */
function leadsTo(address: string, resource: string): boolean {
  return resource === address || resource.startsWith(`${address}.`) || resource.startsWith(`${address}[`);
}

/** Every resource of a module, or every instance of a resource, whatever the index. */
function everyWithin(graph: Graph, address: string): readonly Resource[] {
  return byPrefix(graph).get(withoutIndexes(address)) ?? [];
}

const byPrefix = memoize((graph: Graph): ReadonlyMap<string, readonly Resource[]> => {
  const index = new Map<string, Resource[]>();
  for (const resource of graph.all()) {
    const plain = withoutIndexes(resource.address);
    const modules = plain.match(/module\.[^.]+(?=\.)/g) ?? [];
    const prefixes = modules.map((_, depth) => modules.slice(0, depth + 1).join("."));
    for (const prefix of [plain, ...prefixes]) {
      const within = index.get(prefix);
      if (within === undefined) index.set(prefix, [resource]);
      else within.push(resource);
    }
  }
  return index;
});

function withoutIndexes(address: string): string {
  return address.replace(/\[[^\]]*\]/g, "");
}
