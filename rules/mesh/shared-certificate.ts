import type { Rule } from "../rule.ts";
import { areTogether, gateways, isSameObject, labels, named, selects } from "./objects.ts";
import { endsTls } from "./servers.ts";
import { analysis } from "./sources.ts";

/** Browsers reuse a connection for every host of its certificate, whichever gateway answered first. */
export const sharedCertificate: Rule = {
  id: "mesh/shared-certificate",
  why: "Browsers reuse an HTTP/2 connection for every host of its certificate: where two Gateways share one, requests reach the wrong one and get 404.",
  limit: "one certificate belongs to one Gateway of the same pods",
  fix: "Serve all hosts of the certificate from one Gateway, or give each its own certificate.",
  source: analysis("ist0138"),
  example: `kind: Gateway
metadata: { name: one }
spec: { servers: [{ hosts: ["a.example.com"], tls: { mode: SIMPLE, credentialName: wildcard } }] }
---
kind: Gateway
metadata: { name: two }
spec: { servers: [{ hosts: ["b.example.com"], tls: { mode: SIMPLE, credentialName: wildcard } }] }`,
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
          message: `${named(gateway)} and ${named(earlier)} share the certificate "${shared}": browsers send requests for the hosts of one over connections to the other, which answers 404.`,
        };
      }
    }
  },
};

function credentials(servers: Parameters<typeof endsTls>[0][]): string[] {
  return servers.filter(endsTls).flatMap((server) => server.string("tls.credentialName") ?? []);
}
