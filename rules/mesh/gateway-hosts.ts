import { boundGateways, type ServedHost, servedHosts, serves } from "../../analysis/mesh/hosts.ts";
import {
  gateways,
  type MeshObject,
  named,
  objects,
  texts,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import { isUnknown } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** The gateway serves the host for the namespace of the virtual service. */
export const gatewayHosts: Rule = {
  id: "mesh/gateway-hosts",
  why: "A VirtualService receives only hosts that a server of its Gateway names: any other host of it gets 404 at the gateway.",
  limit:
    "every host of the VirtualService matches a host of a server, whose NAMESPACE/ prefix, if any, admits it",
  fix: 'Add the host to spec.servers[].hosts of the Gateway, for example hosts: ["api.example.com"], or correct it in the VirtualService.',
  source: analysis("ist0132"),
  *check(graph) {
    const all = [...gateways(graph), ...objects(graph, "gateway.networking.k8s.io/Gateway")];
    for (const virtualService of virtualServices(graph)) {
      const hosts = texts(virtualService.spec, "hosts") ?? [];
      const bound = boundGateways(virtualService, all);
      for (const [gateway, ...alternatives] of bound) {
        const perServer = [gateway, ...alternatives].flatMap(hostsPerServer);
        if (perServer.length === 0 || perServer.includes(undefined)) continue;
        const served = perServer.flatMap((list) => list ?? []);
        // A virtual service for the gateway and the mesh may have hosts for each.
        const inMesh = texts(virtualService.spec, "gateways")?.includes("mesh") === true;
        const lost = hosts.filter(
          (host) => !served.some((candidate) => serves(candidate, host, virtualService.namespace)),
        );
        if (lost.length === 0 || (inMesh && lost.length < hosts.length)) continue;
        const offered = [
          ...new Set(
            served.map(({ namespace, host }) => (namespace === "*" ? host : `${namespace}/${host}`)),
          ),
        ];
        yield {
          resource: virtualService.resource,
          severity: lost.length === hosts.length && bound.length === 1 ? "error" : "warning",
          message: `${named(virtualService)}: hosts has ${lost.map((host) => `"${host}"`).join(", ")}; fails at run time: its Gateway "${named(gateway)}" serves ${offered.map((host) => `"${host}"`).join(", ")} only, and requests get 404.`,
        };
      }
    }
  },
};

/** Servers of Istio's Gateway; listeners of the Gateway API's, which serve every host where they name none. */
function hostsPerServer(gateway: MeshObject): (readonly ServedHost[] | undefined)[] {
  return [
    ...gateway.spec.blocks("servers").map((server) => servedHosts(server, gateway)),
    ...gateway.spec.blocks("listeners").map((listener) => {
      if (isUnknown(listener.get("hostname"))) return undefined;
      return [{ namespace: "*", host: listener.string("hostname") ?? "*" }];
    }),
  ];
}
