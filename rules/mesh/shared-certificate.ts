import { areTogether, gateways, isSameObject, labels, named, selects } from "../../analysis/mesh/objects.ts";
import { terminatesTls } from "../../analysis/mesh/servers.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** Browsers reuse a connection for every host of its certificate, whichever gateway served it first. */
export const sharedCertificate: Rule = {
  id: "mesh/shared-certificate",
  why: "Browsers reuse an HTTP/2 connection for every host of its certificate: where two Gateways share one, requests reach the wrong one and get 404.",
  limit: "each certificate belongs to one Gateway of the same pods",
  fix: "Serve all hosts of the certificate from one Gateway, or give each its own certificate, for example credentialName: api-tls.",
  source: analysis("ist0138"),
  exampleSeverity: "warning",
  *check(graph) {
    const all = gateways(graph);
    for (const [index, gateway] of all.entries()) {
      const mine = credentials(gateway.spec.blocks("servers"));
      const pods = labels(gateway.spec, "selector");
      for (const earlier of all.slice(0, index)) {
        const others = labels(earlier.spec, "selector");
        if (isSameObject(gateway, earlier) || !areTogether(gateway, earlier)) continue;
        if (!selects(pods, others) && !selects(others, pods)) continue;
        const shared = credentials(earlier.spec.blocks("servers")).find((name) => mine.includes(name));
        if (shared === undefined) continue;
        yield {
          resource: gateway.resource,
          severity: "warning",
          message: `${named(gateway)} and ${named(earlier)} share the certificate "${shared}"; fails at run time: browsers send requests for hosts of one over connections to the other, which returns 404.`,
        };
      }
    }
  },
};

function credentials(servers: Parameters<typeof terminatesTls>[0][]): string[] {
  return servers.filter(terminatesTls).flatMap((server) => server.string("tls.credentialName") ?? []);
}
