import type { Graph } from "../../graph/index.ts";
import { nearest } from "../../platform/nearest.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Destination, destinationsOf, destined, offeredPorts } from "./destinations.ts";
import { listed } from "./hosts.ts";
import { areTogether, type MeshObject, named, texts, virtualServices } from "./objects.ts";
import { analysis } from "./sources.ts";

/** A route must end at a Service, on one of its ports. */
export const destination: Rule = {
  id: "mesh/destination",
  why: "A route to a Service or port that does not exist answers every request with 503.",
  limit:
    "destination.host is a Service of the namespace (or a full name, or a ServiceEntry), destination.port one of its ports; the port may be left out where there is one only",
  fix: "Write the name and port of the Service as its manifest has them.",
  source: analysis("ist0101"),
  example: `kind: Service
metadata: { name: api-server }
spec: { ports: [{ port: 8080 }] }
---
kind: VirtualService
spec: { http: [{ route: [{ destination: { host: api-server, port: { number: 80 } } }] }] }`,
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
  found: { readonly name: string; readonly beside: readonly MeshObject[] },
): Verdict {
  const meant = nearest(
    found.name,
    found.beside.map(({ name }) => name),
  );
  // Who routes the host itself has written its name twice: the Service is rather made elsewhere than misspelt.
  const own = texts(virtualService.spec, "hosts")?.includes(to.host) === true;
  return {
    resource: virtualService.resource,
    severity: own ? "warning" : "error",
    message: `${named(virtualService)}: ${to.where} leads to "${to.host}", and there is no such Service beside ${listed(found.beside)}: ${own ? "unless somebody else makes it, its requests get 503" : "breaks at run time, its requests get 503"}.`,
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
): Iterable<Verdict> {
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
      message: `${named(virtualService)}: ${to.where} leads to port ${to.port} of "${to.host}", which offers ${numbers}: breaks at run time, its requests get 503.`,
      fix: `Write destination.port.number ${offered[0]?.number}: it is the Service's port, not the container's.`,
    };
  else if (to.block.get("port") === undefined && offered.length > 1)
    yield {
      resource: virtualService.resource,
      severity,
      message: `${named(virtualService)}: ${to.where} leads to "${to.host}" without a port, and it offers ${numbers}: breaks at run time, Istio does not choose one.`,
      fix: "Add destination.port.number.",
    };
}
