import {
  elements,
  frontEndsBy,
  httpsProxyTypes,
  isExternal,
  schemeOf,
  soleReference,
} from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { references } from "../../analysis/references/text.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const SOURCES = ["ssl_certificates", "certificate_map", "certificate_manager_certificates"] as const;
const MAP_PREFIX = "//certificatemanager.googleapis.com/";

/** An HTTPS proxy has certificates of one kind, and of the kind that its load balancer takes. */
export const proxyCertificates: Rule = {
  id: "edge/proxy-certificates",
  why: "An HTTPS proxy takes classic certificates or a certificate map; a mixture is rejected, or one of the two is silently ignored.",
  limit: `one of ssl_certificates (at most ${loadBalancerLimits.proxyCertificates.value}) and certificate_map`,
  fix: "Keep ssl_certificates for classic certificates, or certificate_map for those of Certificate Manager.",
  source: loadBalancerLimits.proxyCertificates.source,
  *check(graph) {
    const fronts = frontEndsBy(graph, ({ proxy }) => [proxy]);
    for (const proxy of graph.all(...httpsProxyTypes)) {
      const rules = (fronts.get(proxy) ?? []).map((front) => front.rule);
      yield* some(proxy, rules);
      yield* list(graph, proxy);
      yield* map(proxy);
      const internal = rules.find((rule) => schemeOf(rule) === "INTERNAL_MANAGED");
      if (internal !== undefined) yield* ofInternal(graph, proxy, internal);
      const external = rules.find((rule) => isExternal(schemeOf(rule)));
      const global = proxy.type === "google_compute_target_https_proxy";
      if (global && external !== undefined && holds(proxy, "certificate_manager_certificates"))
        yield {
          resource: proxy,
          message: `certificate_manager_certificates is set and ${external.address} is ${schemeOf(external)}; rejected by the API: a global external load balancer takes them through certificate_map.`,
          fix: "Put the certificates into a google_certificate_manager_certificate_map and set certificate_map.",
        };
    }
  },
};

/** Google proves and places certificates for the internet; inside they are of Certificate Manager, or one's own. */
function* ofInternal(graph: Graph, proxy: Resource, rule: Resource): Iterable<Violation> {
  const is = `${rule.address} is INTERNAL_MANAGED`;
  for (const value of elements(proxy.get("ssl_certificates")) ?? []) {
    const classic = follow(graph, value, ["google_compute_managed_ssl_certificate"], proxy);
    if (classic !== undefined)
      yield {
        resource: proxy,
        message: `ssl_certificates contains ${classic.address} and ${is}; rejected by the API: classic managed certificates are for external load balancers.`,
        fix: "Use a google_certificate_manager_certificate in certificate_manager_certificates.",
      };
  }
  if (proxy.type !== "google_compute_target_https_proxy") return;
  for (const value of elements(proxy.get("certificate_manager_certificates")) ?? []) {
    const [found] = references(value)
      .map(({ address }) => graph.at(address, proxy))
      .filter((resource) => resource?.type === "google_certificate_manager_certificate");
    const scope = found?.get("scope") ?? "DEFAULT";
    if (found !== undefined && typeof scope === "string" && scope !== "ALL_REGIONS")
      yield {
        resource: proxy,
        message: `certificate_manager_certificates contains ${found.address} of scope ${scope} and ${is}; rejected by the API: an internal load balancer across regions takes scope ALL_REGIONS.`,
        fix: `Set scope = "ALL_REGIONS" on ${found.address}.`,
        source:
          "https://docs.cloud.google.com/load-balancing/docs/l7-internal/setting-up-l7-cross-reg-internal",
      };
  }
}

function holds(proxy: Resource, name: string): boolean {
  return (elements(proxy.get(name)) ?? []).length > 0;
}

function* some(proxy: Resource, rules: readonly Resource[]): Iterable<Violation> {
  const mesh = rules.some((rule) => schemeOf(rule) === "INTERNAL_SELF_MANAGED");
  if (mesh || isSet(proxy, "server_tls_policy") || SOURCES.some((name) => isSet(proxy, name))) return;
  yield {
    resource: proxy,
    message:
      "none of ssl_certificates, certificate_map and certificate_manager_certificates is set; rejected by the API: an HTTPS proxy has a certificate.",
    fix: "Set ssl_certificates or certificate_map.",
  };
}

function* list(graph: Graph, proxy: Resource): Iterable<Violation> {
  const certificates = elements(proxy.get("ssl_certificates"));
  if (certificates === undefined || certificates.length === 0) return;
  const most = loadBalancerLimits.proxyCertificates.value;
  if (certificates.length > most)
    yield {
      resource: proxy,
      message: `ssl_certificates has ${certificates.length} entries; rejected by the API: a proxy has at most ${most} certificates.`,
      fix: "Use a certificate map for more.",
    };
  for (const value of certificates) {
    const other = follow(graph, referenceOnly(value), ["google_certificate_manager_certificate"], proxy);
    if (other === undefined) continue;
    yield {
      resource: proxy,
      message: `ssl_certificates contains ${other.address}, a certificate of Certificate Manager; rejected by the API: it takes classic certificates only.`,
      fix: "Put the certificate into a google_certificate_manager_certificate_map and set certificate_map.",
    };
  }
}

/** A short name does not show the kind of certificate; a reference or an id does. */
function referenceOnly(value: Value): Value | undefined {
  return typeof value === "string" && !value.includes("/certificates/") ? undefined : value;
}

/** A reference to the id or name of a map, which lack the prefix; a literal is checked by its form. */
function* map(proxy: Resource): Iterable<Violation> {
  const { address = "", attribute = "" } = soleReference(proxy.get("certificate_map")) ?? {};
  const isOfMap = /(^|\.)google_certificate_manager_certificate_map\.[^.]+$/.test(address);
  // A plan knows which map it is, but not what is written around its id.
  if (proxy.change !== undefined || !isOfMap || !/^(id|name)$/.test(attribute)) return;
  yield {
    resource: proxy,
    message: `certificate_map is the ${attribute} of ${address}; rejected by the API: it must begin with "${MAP_PREFIX}".`,
    fix: `Set certificate_map = "${MAP_PREFIX}\${${address}.id}".`,
  };
}
