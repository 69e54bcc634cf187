import {
  type Block,
  type Graph,
  isUnknown,
  type Reference,
  type Resource,
  Unknown,
  type Value,
} from "../../graph/index.ts";
import { resourceType, type Validity } from "../../resources/index.ts";
import { follow } from "../references/follow.ts";

export const backendServiceTypes = [
  "google_compute_backend_service",
  "google_compute_region_backend_service",
] as const;
export const negTypes = [
  "google_compute_region_network_endpoint_group",
  "google_compute_network_endpoint_group",
  "google_compute_global_network_endpoint_group",
] as const;
export const urlMapTypes = ["google_compute_url_map", "google_compute_region_url_map"] as const;
export const httpProxyTypes = [
  "google_compute_target_http_proxy",
  "google_compute_region_target_http_proxy",
] as const;
export const httpsProxyTypes = [
  "google_compute_target_https_proxy",
  "google_compute_region_target_https_proxy",
] as const;
export const proxyTypes = [...httpProxyTypes, ...httpsProxyTypes];
export const forwardingRuleTypes = [
  "google_compute_global_forwarding_rule",
  "google_compute_forwarding_rule",
] as const;

export const loadBalancerTypes = [
  ...forwardingRuleTypes,
  ...proxyTypes,
  ...urlMapTypes,
  ...backendServiceTypes,
];

/**
 * The elements of a list. A plan knows nothing of a list with an element that is known after apply, except
 * which resources its expression refers to: each of them then represents an element.
 */
export function elements(value: Value | undefined): readonly Value[] | undefined {
  if (Array.isArray(value)) return value as readonly Value[];
  if (!isUnknown(value) || value.why !== "known after apply" || value.references.length === 0)
    return undefined;
  return value.references.map((reference) => new Unknown([reference], value.why));
}

/** The attribute of another resource that the value is, where it is nothing else. */
export function soleReference(value: Value | undefined): Reference | undefined {
  if (!isUnknown(value) || value.parts.length > 0 || value.references.length !== 1) return undefined;
  return value.references[0];
}

/** Text of an attribute; empty is the same as not written. */
export function text(block: Block, name: string): string | undefined {
  return block.string(name) || undefined;
}

export interface Backend {
  readonly block: Block;
  /** The endpoint group, where the input defines it. */
  readonly group: Resource | undefined;
}

/** The backends of a backend service. */
export function backendsOf(graph: Graph, service: Resource): Backend[] {
  return service
    .blocks("backend")
    .map((block) => ({ block, group: follow(graph, block.get("group"), negTypes, service) }));
}

export function isServerless(group: Resource | undefined): group is Resource {
  if (group?.type !== "google_compute_region_network_endpoint_group") return false;
  const kind = group.get("network_endpoint_type");
  return kind === undefined || kind === "" || kind === "SERVERLESS";
}

/** Backend services with at least one serverless NEG, and those NEGs. */
export function* serverlessServices(
  graph: Graph,
): Iterable<{ service: Resource; backends: readonly Backend[]; negs: readonly Resource[] }> {
  for (const service of graph.all(...backendServiceTypes)) {
    const backends = backendsOf(graph, service);
    const negs = backends.map(({ group }) => group).filter(isServerless);
    if (negs.length > 0) yield { service, backends, negs };
  }
}

/** A load balancing scheme, and the provider versions in which the resource has it. */
export interface Scheme {
  readonly name: string;
  readonly versions: Validity;
  /** " by default", or nothing where it is written. */
  readonly byDefault: string;
}

/** The load balancing schemes that the resource may have: several where provider versions differ, none where unknown. */
export function schemesOf(resource: Resource): readonly Scheme[] {
  const written = resource.get("load_balancing_scheme");
  // Written as empty, a forwarding rule has no scheme: it is an endpoint of Private Service Connect.
  if (written === undefined || (written === "" && !/forwarding_rule$/.test(resource.type)))
    return (resourceType(resource.type)?.defaults?.load_balancing_scheme ?? []).map(
      ({ value, ...versions }) => ({ name: value, versions, byDefault: " by default" }),
    );
  return typeof written === "string" ? [{ name: written, versions: {}, byDefault: "" }] : [];
}

/** The scheme where one is known: by default the one of the newest provider, which is external wherever an older one is. */
export function schemeOf(resource: Resource): string | undefined {
  return schemesOf(resource).at(-1)?.name;
}

export function isExternal(scheme: string | undefined): boolean {
  return scheme === "EXTERNAL" || scheme === "EXTERNAL_MANAGED";
}

/** Everything in a URL map, or in one block of it, that names a backend. */
export function routedValues(block: Block): Value[] {
  const values: (Value | undefined)[] = [block.get("default_service"), block.get("service")];
  for (const action of [...block.blocks("default_route_action"), ...block.blocks("route_action")])
    for (const weighted of action.blocks("weighted_backend_services"))
      values.push(weighted.get("backend_service"));
  for (const inner of ["path_matcher", "path_rule", "route_rules"])
    for (const nested of block.blocks(inner)) values.push(...routedValues(nested));
  return values.filter((value): value is Value => value !== undefined && value !== "");
}

/** The backend services to which a URL map can send a request. */
function routedServices(graph: Graph, urlMap: Resource): Resource[] {
  const found = routedValues(urlMap).map((value) => follow(graph, value, backendServiceTypes, urlMap));
  return [...new Set(found.filter((service): service is Resource => service !== undefined))];
}

export interface FrontEnd {
  readonly rule: Resource;
  readonly proxy: Resource | undefined;
  readonly urlMap: Resource | undefined;
  readonly services: readonly Resource[];
}

const known = new WeakMap<Graph, readonly FrontEnd[]>();

/** Every forwarding rule with what it leads to, as far as the input defines it; read once for all rules. */
export function frontEnds(graph: Graph): readonly FrontEnd[] {
  const found = known.get(graph) ?? graph.all(...forwardingRuleTypes).map((rule) => frontEnd(graph, rule));
  known.set(graph, found);
  return found;
}

function frontEnd(graph: Graph, rule: Resource): FrontEnd {
  const proxy = follow(graph, rule.get("target"), proxyTypes, rule);
  const urlMap = proxy === undefined ? undefined : follow(graph, proxy.get("url_map"), urlMapTypes, proxy);
  const direct = follow(graph, rule.get("backend_service"), backendServiceTypes, rule);
  const services =
    urlMap === undefined ? (direct === undefined ? [] : [direct]) : routedServices(graph, urlMap);
  return { rule, proxy, urlMap, services };
}

/** The front ends by each of the resources that `things` picks from them. */
export function frontEndsBy<T>(
  graph: Graph,
  things: (front: FrontEnd) => readonly (T | undefined)[],
): ReadonlyMap<T, readonly FrontEnd[]> {
  const found = new Map<T, FrontEnd[]>();
  for (const front of frontEnds(graph)) {
    for (const thing of things(front)) {
      if (thing === undefined) continue;
      const list = found.get(thing);
      if (list === undefined) found.set(thing, [front]);
      else list.push(front);
    }
  }
  return found;
}

export function isHttps(proxy: Resource | undefined): boolean {
  return httpsProxyTypes.some((type) => type === proxy?.type);
}
