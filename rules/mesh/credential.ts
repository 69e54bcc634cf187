import { gateways, type MeshObject, named, objects, texts } from "../../analysis/mesh/objects.ts";
import { serverName, terminatesTls } from "../../analysis/mesh/servers.ts";
import { workloadNamespace } from "../../analysis/mesh/workloads.ts";
import type { Graph } from "../../graph/index.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { analysis } from "./sources.ts";

/** The certificate is a Secret in the namespace of the gateway's pods, with the name that the gateway refers to. */
export const credential: Rule = {
  id: "mesh/credential",
  why: "A gateway without its Secret has no certificate: TLS connections to port 443 are reset.",
  limit:
    "tls.credentialName is a Secret of type kubernetes.io/tls (tls.crt and tls.key), or the secretName of a Certificate, in the namespace of the gateway's pods",
  fix: "Create the Secret, or its Certificate, with that name in the namespace of the gateway's pods, for example istio-ingress.",
  source: analysis("ist0161"),
  exampleSeverity: "warning",
  *check(graph) {
    for (const gateway of gateways(graph)) {
      for (const server of gateway.spec.blocks("servers")) {
        if (!terminatesTls(server)) continue;
        const names = [
          server.string("tls.credentialName") ?? "",
          ...(texts(server, "tls.credentialNames") ?? []),
        ];
        for (const name of names.filter(Boolean)) yield* evaluate(graph, gateway, serverName(server), name);
      }
    }
  },
};

function* evaluate(graph: Graph, gateway: MeshObject, where: string, name: string): Iterable<Violation> {
  const known = credentials(graph);
  const namespace = workloadNamespace(graph, gateway);
  const found = known.filter((candidate) => candidate.name === name);
  const shown = `${named(gateway)}: ${where} has tls.credentialName "${name}"`;
  if (found.length === 0) {
    const near = nearest(
      name,
      known.map((candidate) => candidate.name),
    );
    // Secrets are often made by hand or by an operator; only a name that is nearly right is certainly a misspelling.
    if (near !== undefined)
      yield {
        resource: gateway.resource,
        severity: "warning",
        message: `${shown}; fails at run time unless there is such a Secret: the input has "${near}" only, and TLS connections are reset.`,
        fix: `Write credentialName "${near}", or create the Secret "${name}".`,
      };
    return;
  }
  for (const { object, keys } of found) {
    if (
      keys !== undefined &&
      !(keys.has("tls.crt") && keys.has("tls.key")) &&
      !(keys.has("cert") && keys.has("key"))
    )
      yield {
        resource: object.resource,
        message: `the Secret "${named(object)}" of "${named(gateway)}" has ${[...keys].join(", ") || "no keys"}; fails at run time: a certificate needs tls.crt and tls.key.`,
        fix: "Create it with `kubectl create secret tls`.",
      };
  }
  const elsewhere = found.every(({ object }) => object.namespace !== "" && object.namespace !== namespace);
  if (namespace !== undefined && elsewhere)
    yield {
      resource: gateway.resource,
      message: `${shown}, which is in namespace "${found[0]?.object.namespace}"; fails at run time: the gateway's pods are in "${namespace}" and read Secrets of their own namespace only.`,
      fix: `Create the Secret or Certificate in namespace "${namespace}".`,
    };
}

interface Credential {
  readonly name: string;
  readonly object: MeshObject;
  /** Keys of the Secret; undefined where they are not known. */
  readonly keys: ReadonlySet<string> | undefined;
}

function credentials(graph: Graph): Credential[] {
  return [
    ...objects(graph, "core/Secret").map((object) => {
      const written = ["data", "stringData"].flatMap((part) => object.manifest.blocks(part));
      return {
        name: object.name,
        object,
        keys: written.length === 0 ? undefined : new Set(written.flatMap((part) => Object.keys(part.values))),
      };
    }),
    ...objects(graph, "cert-manager.io/Certificate").map((object) => ({
      name: object.spec.string("secretName") ?? "",
      object,
      keys: undefined,
    })),
  ];
}
