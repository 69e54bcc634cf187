import type { Graph, Resource } from "../../graph/index.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule } from "../rule.ts";

/** What expressions and depends_on name is declared in the same module. */
export const undeclared: Rule = {
  id: "schema/undeclared",
  why: "Terraform rejects a reference to what its module does not declare: a misspelt name, a resource of another stack, a variable that was forgotten.",
  limit:
    "every resource, data source, module, variable and local value that is referred to is declared in the same module",
  fix: "Declare it, or name one that is declared.",
  source: "https://developer.hashicorp.com/terraform/language/expressions/references",
  *check(graph) {
    for (const resource of graph.all())
      for (const address of graph.undeclared(resource)) {
        const [, call, argument] = /^(.*module\.[^.]+)\.var\.([^.]+)$/.exec(address) ?? [];
        if (call !== undefined && resource.dependsOn.has(address)) {
          yield {
            resource,
            message: `${call} is called with ${argument}; rejected at plan: the module declares no such variable.`,
            fix: `Remove ${argument} from the call, or declare it in the module.`,
          };
          continue;
        }
        const near = nearestAddress(graph, address, resource);
        yield {
          resource,
          severity: near !== undefined || isRootModule(graph, resource) ? "error" : "warning",
          message: `it refers to ${address}; rejected at plan: nothing of that name is declared in its module.`,
          ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }),
        };
      }
  },
};

/** A part of a module, as documentation shows it, neither configures a provider nor requires one. */
function isRootModule(graph: Graph, resource: Resource): boolean {
  return graph.statesProviderVersion(resource) || Object.keys(resource.provider.values).length > 0;
}

/** The nearest one of the same type that is declared. */
function nearestAddress(graph: Graph, address: string, from: Resource): string | undefined {
  const type = address.slice(0, address.lastIndexOf("."));
  const others = graph
    .all(type.slice(type.lastIndexOf(".") + 1))
    .filter((other) => graph.together(other, from) && other.address.startsWith(`${type}.`))
    .map((other) => other.address.replace(/\[.*$/, ""));
  return nearestTo(address, others, (other) => other);
}
