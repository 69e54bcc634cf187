import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";

/**
 * True where Terraform creates `later` after `earlier`: a path of references and `depends_on` leads from one to the other,
 * or passes through something that the input does not show (an unread module), which may lead there. Resources of different
 * stacks are ordered by how the stacks are applied.
 */
export function ordered(graph: Graph, later: Resource, earlier: Resource): boolean {
  if (!graph.together(later, earlier)) return true;
  const seen = new Set<string>();
  const queue = [...later.dependencies];
  for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
    if (seen.has(address)) continue;
    seen.add(address);
    if (leadsTo(address, earlier.address)) return true;
    const resource = graph.at(address, later);
    if (resource !== undefined) queue.push(...resource.dependencies);
    else {
      const within = graph.all().filter((candidate) => leadsTo(address, candidate.address));
      if (within.length === 0 && address.startsWith("module.")) return true;
      queue.push(...within.flatMap((candidate) => [...candidate.dependencies]));
    }
  }
  return false;
}

/** An address of a module, or of a resource with several instances, stands for everything within. */
function leadsTo(address: string, resource: string): boolean {
  return resource === address || resource.startsWith(`${address}.`) || resource.startsWith(`${address}[`);
}
