import {
  type Destination,
  destinationsOf,
  destined,
  offeredPorts,
} from "../../analysis/mesh/destinations.ts";
import { listed } from "../../analysis/mesh/hosts.ts";
import { areTogether, type MeshObject, named, texts, virtualServices } from "../../analysis/mesh/objects.ts";
import type { Graph } from "../../graph/index.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { analysis } from "./sources.ts";

/** A route leads to a Service and one of its ports. */
export const destination: Rule = {
  id: "mesh/destination",
  why: "A route to a Service or port that does not exist returns 503 for every request.",
  limit:
    "destination.host is a Service of the namespace (or a full name, or a ServiceEntry), destination.port one of its ports; the port may be left out where there is one only",
  fix: "Write the name and port of the Service as in its manifest, for example host: api-server and port: { number: 8080 }.",
  source: analysis("ist0101"),
  *check(graph) {
    for (const virtualService of virtualServices(graph)) {
      for (const to of destinationsOf(virtualService)) {
        const found = destined(graph, to.host, virtualService);
        if (found.kind === "missing") yield missing(virtualService, to, found);
        if (found.kind === "service") yield* port(graph, virtualService, to, found.service);
        if (found.kind === "entry") yield* port(graph, virtualService, to, found.entry);
      }
    }
  },
};

function missing(
  virtualService: MeshObject,
  to: Destination,
  found: { readonly name: string; readonly others: readonly MeshObject[] },
): Violation {
  const meant = nearest(
    found.name,
    found.others.map(({ name }) => name),
  );
  // A name that spec.hosts has as well is probably that of a Service of another input, and no misspelling.
  const own = texts(virtualService.spec, "hosts")?.includes(to.host) === true;
  return {
    resource: virtualService.resource,
    severity: own ? "warning" : "error",
    message: `${named(virtualService)}: ${to.where} leads to "${to.host}"; fails at run time${own ? " unless it exists elsewhere" : ""}: there is no such Service, only ${listed(found.others)}, and its requests get 503.`,
    ...(meant === undefined
      ? {}
      : { fix: `Write "${meant}" as the host, or add the Service "${found.name}".` }),
  };
}

function* port(
  graph: Graph,
  virtualService: MeshObject,
  to: Destination,
  target: MeshObject,
): Iterable<Violation> {
  const offered = offeredPorts(target);
  if (offered === undefined || offered.length === 0) return;
  // A patch that was not read may change a Service of another folder.
  const severity = graph.complete || areTogether(virtualService, target) ? "error" : "warning";
  const numbers = offered
    .map(({ number, name }) => (name === "" ? String(number) : `${number} (${name})`))
    .join(", ");
  if (to.port !== undefined && !offered.some(({ number }) => number === to.port))
    yield {
      resource: virtualService.resource,
      severity,
      message: `${named(virtualService)}: ${to.where} leads to port ${to.port} of "${to.host}"; fails at run time: it has ${numbers}, and requests get 503.`,
      fix: `Write destination.port.number ${offered[0]?.number}, the port of the Service and not of the container.`,
    };
  else if (to.block.get("port") === undefined && offered.length > 1)
    yield {
      resource: virtualService.resource,
      severity,
      message: `${named(virtualService)}: ${to.where} leads to "${to.host}" without a port; fails at run time: it has ${numbers}, and Istio does not choose one.`,
      fix: `Add destination.port.number, for example ${offered[0]?.number}.`,
    };
}
