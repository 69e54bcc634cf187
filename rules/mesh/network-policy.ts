import { type Destination, destinationsOf, destined } from "../../analysis/mesh/destinations.ts";
import { boundGateways } from "../../analysis/mesh/hosts.ts";
import {
  gateways,
  labels,
  type MeshObject,
  named,
  objects,
  selects,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import { workloadNamespace } from "../../analysis/mesh/workloads.ts";
import type { Block, Graph } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { NETWORK_POLICY_DOC } from "./sources.ts";

/** Pods that a policy selects accept only what some policy admits; the gateway is a client like any other. */
export const networkPolicy: Rule = {
  id: "mesh/network-policy",
  why: "Once a NetworkPolicy selects the pods of a Service, the gateway reaches them only where a policy admits it: otherwise requests time out with 503.",
  limit:
    "some policy of the pods admits the namespace and labels of the gateway's pods on the container's port",
  fix: "Add an ingress rule from the gateway's namespace on the container's port, for example from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-ingress } } }].",
  source: NETWORK_POLICY_DOC,
  *check(graph) {
    const all = gateways(graph);
    const reported = new Set<string>();
    for (const virtualService of virtualServices(graph)) {
      for (const [gateway] of boundGateways(virtualService, all)) {
        for (const to of destinationsOf(virtualService)) {
          const found = destined(graph, to.host, virtualService);
          if (found.kind !== "service") continue;
          const policies = policiesOf(graph, found.service);
          const [first] = policies;
          if (first === undefined) continue;
          const answers = policies.flatMap((policy) => admissions(graph, policy, gateway, found.service, to));
          if (answers.includes("maybe")) continue;
          const key = `${graph.key(first.resource.address, first.resource)} ${named(found.service)} ${named(gateway)}`;
          if (reported.has(key)) continue;
          reported.add(key);
          const one = policies.length === 1;
          const blocked = `${policies.map((policy) => `"${named(policy)}"`).join(" and ")} ${one ? "selects" : "select"} the pods of "${named(found.service)}" and ${one ? "does" : "do"} not admit the pods of the Gateway "${named(gateway)}", which "${named(virtualService)}" routes from`;
          const certain = !answers.includes("hardly");
          yield {
            resource: first.resource,
            severity: certain ? "error" : "warning",
            message: certain
              ? `${blocked}; fails at run time: its requests get 503.`
              : `${blocked}; fails at run time unless those run in a namespace that it names: its requests get 503.`,
          };
        }
      }
    }
  },
};

/** Policies for incoming traffic that certainly select the pods of the Service. */
function policiesOf(graph: Graph, service: MeshObject): MeshObject[] {
  const known = labels(service.spec, "selector");
  if (known.size === 0) return [];
  return objects(graph, "networking.k8s.io/NetworkPolicy").filter((policy) => {
    const types = policy.spec.get("policyTypes");
    const isIngress = types === undefined || (Array.isArray(types) && types.includes("Ingress"));
    return (
      isIngress &&
      policy.namespace === service.namespace &&
      policy.spec.get("podSelector.matchExpressions") === undefined &&
      selects(labels(policy.spec, "podSelector.matchLabels"), known)
    );
  });
}

/** Whether a rule admits the gateway: "hardly" where its pods would have to run in an unusual namespace. */
type Admission = "maybe" | "hardly" | "no";

function admissions(
  graph: Graph,
  policy: MeshObject,
  gateway: MeshObject,
  service: MeshObject,
  to: Destination,
): Admission[] {
  return policy.spec
    .blocks("ingress")
    .filter((rule) => mayBePort(rule.blocks("ports"), service, to))
    .flatMap((rule): Admission[] => {
      const from = rule.blocks("from");
      return from.length === 0 ? ["maybe"] : from.map((peer) => admission(graph, peer, policy, gateway));
    });
}

function admission(graph: Graph, peer: Block, policy: MeshObject, gateway: MeshObject): Admission {
  if (peer.get("ipBlock") !== undefined) return "maybe";
  const pods = labels(gateway.spec, "selector");
  const wanted = labels(peer, "podSelector.matchLabels");
  // The selector has some labels of the pods, not all.
  if ([...wanted].some(([key, value]) => pods.has(key) && pods.get(key) !== value)) return "no";
  const namespace = workloadNamespace(graph, gateway);
  if (peer.get("namespaceSelector") === undefined) return isNamespace(policy.namespace, namespace);
  if (peer.get("namespaceSelector.matchExpressions") !== undefined) return "maybe";
  const named = labels(peer, "namespaceSelector.matchLabels").get("kubernetes.io/metadata.name");
  return named === undefined ? "maybe" : isNamespace(named, namespace);
}

/** Gateways run in a namespace of their own, whose name says so; where the input has their pods it is known. */
function isNamespace(admitted: string, ofGateway: string | undefined): Admission {
  if (ofGateway !== undefined) return admitted === ofGateway ? "maybe" : "no";
  return admitted === "" || /istio|ingress|gateway|edge/.test(admitted) ? "maybe" : "hardly";
}

function mayBePort(ports: readonly Block[], service: MeshObject, to: Destination): boolean {
  if (ports.length === 0) return true;
  const offered = service.spec.blocks("ports");
  const port = offered.find((each) => to.port === undefined || each.number("port") === to.port);
  const target = port?.get("targetPort") ?? port?.get("port");
  return ports.some((each) => {
    if (!["TCP", undefined].includes(each.string("protocol"))) return false;
    const admitted = each.get("port");
    if (typeof admitted === "string" && typeof target === "string") return admitted === target;
    // Named ports are defined in the pods, which the input may not have.
    if (typeof admitted !== "number" || typeof target !== "number") return true;
    const last = each.number("endPort") ?? admitted;
    return admitted <= target && target <= last;
  });
}
