import { backendServiceTypes, text } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const TYPES = [
  "google_compute_target_ssl_proxy",
  "google_compute_target_tcp_proxy",
  "google_compute_region_target_tcp_proxy",
];
/** Of backend services behind proxies of HTTP, and of passthrough load balancers. */
const OTHER = /^(HTTP|HTTPS|HTTP2|H2C|GRPC|UDP|UNSPECIFIED)$/;

/** A proxy of connections passes on bytes, not requests. */
export const proxyProtocol: Rule = {
  id: "edge/proxy-protocol",
  why: "A proxy of TCP or SSL passes on connections, and takes a backend service of TCP or SSL only.",
  limit: "protocol TCP or SSL of the backend service of a target TCP or SSL proxy",
  fix: 'Set protocol = "TCP" or "SSL" at the backend service.',
  source: "https://docs.cloud.google.com/load-balancing/docs/tcp",
  *check(graph) {
    for (const proxy of graph.all(...TYPES)) {
      const service = follow(graph, proxy.get("backend_service"), backendServiceTypes, proxy);
      if (service === undefined) continue;
      const written = service.get("protocol");
      const protocol = written === undefined || written === "" ? "HTTP" : text(service, "protocol");
      if (protocol === undefined || !OTHER.test(protocol)) continue;
      // Of a region the default follows from the scheme.
      if (written === undefined && service.type !== "google_compute_backend_service") continue;
      yield {
        resource: proxy,
        message: `protocol of its backend service ${service.address} is ${written === undefined ? "HTTP by default" : protocol}; rejected by the API: ${/ssl/.test(proxy.type) ? "an SSL" : "a TCP"} proxy takes TCP or SSL.`,
      };
    }
  },
};
