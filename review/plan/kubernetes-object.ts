import { Block } from "../../graph/index.ts";

/** The type of Terraform's resource that holds any Kubernetes object. */
export const KUBERNETES_MANIFEST = "kubernetes_manifest";

/** What of the object is written; of one that was imported, what the cluster holds. Empty where there is none. */
export function objectIn(resource: Block): Block {
  const [written] = [...resource.blocks("manifest"), ...resource.blocks("object")];
  return written ?? new Block({});
}

export function kindOf(resource: Block): string | undefined {
  return objectIn(resource).string("kind");
}

/** One `servers` entry of a Gateway. */
export interface Server {
  readonly protocol: string;
  readonly port: number | undefined;
  /** Without the optional namespace before a slash. */
  readonly hosts: readonly string[];
  readonly secret: string | undefined;
  readonly redirects: boolean;
}

export function serversOf(gateway: Block): Server[] {
  return objectIn(gateway)
    .blocks("spec.servers")
    .map((server) => ({
      protocol: server.string("port.protocol") ?? "",
      port: server.number("port.number"),
      hosts: texts(server, "hosts").map((host) => host.slice(host.indexOf("/") + 1)),
      secret: server.string("tls.credentialName"),
      redirects: server.boolean("tls.httpsRedirect") === true,
    }));
}

/** The names that a Gateway or VirtualService serves, each once. */
export function hostsOf(resource: Block): string[] {
  const own = texts(objectIn(resource), "spec.hosts");
  return [...new Set([...own, ...serversOf(resource).flatMap(({ hosts }) => hosts)])];
}

/** One HTTP route of a VirtualService, in words. */
export interface Route {
  readonly name: string;
  /** "/api and /api/*"; "everything else" without a match. */
  readonly takes: string;
  /** "api-server:80", with the weight where there are several. */
  readonly leadsTo: string;
  readonly timeout: string | undefined;
  readonly retries: string | undefined;
}

export function routesOf(virtualService: Block): Route[] {
  return objectIn(virtualService)
    .blocks("spec.http")
    .map((route, index) => {
      const matches = route.blocks("match").map(matched);
      const takes = matches.length === 0 ? "everything else" : matches.join(" and ");
      return {
        name: route.string("name") ?? (matches.length === 0 ? "the last" : `no. ${index + 1}`),
        takes,
        leadsTo: destinations(route),
        timeout: route.string("timeout"),
        retries: route.string("retries.attempts"),
      };
    });
}

function matched(match: Block): string {
  const [uri] = match.blocks("uri");
  const prefix = uri?.string("prefix");
  const path =
    prefix === undefined ? (uri?.string("exact") ?? uri?.string("regex")) : `${prefix.replace(/\/$/, "")}/*`;
  const others = Object.entries(match.values).flatMap(([name, value]) =>
    name === "uri" || value === null ? [] : [name],
  );
  return [path ?? "every path", ...others.map((name) => `with ${name}`)].join(" ");
}

function destinations(route: Block): string {
  const redirect = route.blocks("redirect").length > 0 ? ["a redirect"] : [];
  const all = route.blocks("route").map((entry) => {
    const port = entry.string("destination.port.number");
    const subset = entry.string("destination.subset");
    const weight = entry.string("weight");
    // Within the cluster, short names are enough.
    const host = (entry.string("destination.host") ?? "?").replace(/\.svc\.cluster\.local$/, "");
    return `${host}${port === undefined ? "" : `:${port}`}${subset === undefined ? "" : ` (${subset})`}${weight === undefined ? "" : ` ${weight} %`}`;
  });
  return [...redirect, ...all].join(" and ") || "nothing";
}

/** The known texts of a list. */
export function texts(block: Block, path: string): string[] {
  const value = block.get(path);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
