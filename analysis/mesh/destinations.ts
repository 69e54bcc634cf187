import { type Block, type Graph, isUnknown } from "../../graph/index.ts";
import { hostsMeet } from "./hosts.ts";
import {
  areTogether,
  exportsOf,
  isExported,
  type MeshObject,
  mayShare,
  serviceEntries,
  services,
  texts,
} from "./objects.ts";

/** A destination of a route. */
export interface Destination {
  readonly block: Block;
  /** "route api, destination 1" for messages. */
  readonly where: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly subset: string | undefined;
}

/** The destinations of all routes (HTTP, TLS, TCP and mirrors) whose host is known. */
export function destinationsOf(virtualService: MeshObject): Destination[] {
  return ["http", "tls", "tcp"].flatMap((kind) =>
    virtualService.spec.blocks(kind).flatMap((route, index) => {
      const name = route.string("name") ?? `${kind} ${index + 1}`;
      const mirrors = [
        ...route.blocks("mirror"),
        ...route.blocks("mirrors").flatMap((each) => each.blocks("destination")),
      ];
      return [
        ...route
          .blocks("route")
          .flatMap((each) => each.blocks("destination"))
          .map((block) => ({ block, where: `route ${name}` })),
        ...mirrors.map((block) => ({ block, where: `mirror of route ${name}` })),
      ].flatMap(({ block, where }) => {
        const host = block.string("host");
        if (host === undefined) return [];
        return [{ block, where, host, port: block.number("port.number"), subset: block.string("subset") }];
      });
    }),
  );
}

/** What the host of a destination is: a Service, an entry for something external, or nothing that the input has. */
export type Destined =
  | { readonly kind: "service"; readonly service: MeshObject }
  | { readonly kind: "entry"; readonly entry: MeshObject }
  /** The virtual service's own namespace and folder hold Services, and none of that name. */
  | { readonly kind: "missing"; readonly name: string; readonly others: readonly MeshObject[] }
  | { readonly kind: "unknown" };

/** A Service of this cluster by its full name; other suffixes are those of other clusters. */
export const CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** Follows a host as Istio does: a short name is a Service in the virtual service's own namespace. */
export function destined(graph: Graph, host: string, from: MeshObject): Destined {
  const inCluster = CLUSTER.exec(host);
  const isShort = !host.includes(".");
  const name = inCluster?.[1] ?? host;
  const namespace = inCluster?.[2] ?? from.namespace;
  const others =
    isShort || inCluster !== null
      ? services(graph).filter((each) => mayShare(each.namespace, namespace))
      : [];
  const service = others.find((candidate) => candidate.name === name);
  if (service !== undefined) return { kind: "service", service };
  const entries = serviceEntries(graph).filter((candidate) =>
    (texts(candidate.spec, "hosts") ?? ["*"]).some((offered) => hostsMeet(offered, host)),
  );
  const entry =
    entries.find((each) => isExported(exportsOf(each), each.namespace, from.namespace)) ?? entries[0];
  if (entry !== undefined) return { kind: "entry", entry };
  const own = others.filter(
    (candidate) =>
      candidate.namespace === from.namespace && namespace === from.namespace && areTogether(candidate, from),
  );
  return own.length === 0 ? { kind: "unknown" } : { kind: "missing", name, others: own };
}

/** The ports that a Service or ServiceEntry offers; undefined where they are not known. */
export function offeredPorts(
  object: MeshObject,
): readonly { readonly number: number; readonly name: string }[] | undefined {
  if (isUnknown(object.spec.get("ports"))) return undefined;
  const ports = object.spec.blocks("ports").map((port) => ({
    number: port.number("port") ?? port.number("number") ?? Number.NaN,
    name: port.string("name") ?? "",
  }));
  return ports.some(({ number }) => Number.isNaN(number)) ? undefined : ports;
}
