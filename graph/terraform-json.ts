import { moduleSource } from "./configuration/module-source.ts";
import { readConfiguration } from "./configuration/read-configuration.ts";
import { withCrossStackValues } from "./cross-stack.ts";
import type { Graph, GraphOptions } from "./graph.ts";
import { objectOf } from "./json.ts";
import { statedVersions } from "./provider-versions.ts";
import { ResourceGraph } from "./resource-graph.ts";
import type { TerraformDocument } from "./terraform-document.ts";

/**
 * The graph of Terraform JSON documents in memory, each one a root module of its own. Modules that they call
 * are not read: there is no folder to read them from.
 */
export function graphFromTerraformJson(
  documents: readonly TerraformDocument[],
  options: GraphOptions = {},
): Graph {
  const inputs = withCrossStackValues(documents).map((document) => {
    const source = moduleSource([document]);
    for (const [name, body] of source.calls)
      source.children.set(name, `comes from ${String(objectOf(body).source)}`);
    const read = readConfiguration(source, new Map(), "apply");
    const {
      resources,
      unread,
      sensitive,
      gaveUp,
      notes,
      versionConstraints,
      undeclared,
      dropped,
      rejections,
    } = read;
    const stated = statedVersions(document.origin, versionConstraints);
    return {
      name: document.origin,
      resources,
      unread,
      sensitive,
      gaveUp,
      rejections: [...rejections, ...read.declarationIssues],
      undeclared,
      dropped,
      providers: stated.providers,
      notes: [...notes, ...stated.notes],
    };
  });
  return new ResourceGraph(inputs, options);
}
