import type { Graph } from "../../graph/index.ts";
import { nearest } from "../../platform/nearest.ts";
import type { Rule, Verdict } from "../rule.ts";
import { gateways, type MeshObject, named, objects, texts } from "./objects.ts";
import { endsTls, serverName } from "./servers.ts";
import { analysis } from "./sources.ts";
import { workloadNamespace } from "./workloads.ts";

/** The certificate is a Secret beside the gateway's pods, under the name that the gateway says. */
export const credential: Rule = {
  id: "mesh/credential",
  why: "A gateway without its Secret has no certificate: clients get a reset connection on 443.",
  limit:
    "tls.credentialName is a Secret of type kubernetes.io/tls (tls.crt and tls.key), or the secretName of a Certificate, in the namespace of the gateway's pods",
  fix: "Put the Secret, or the Certificate that makes it, into the namespace of the gateway's pods under that name.",
  source: analysis("ist0161"),
  example: `kind: Certificate
metadata: { namespace: istio-ingress }
spec: { secretName: app-tls }
---
kind: Gateway
spec: { servers: [{ tls: { mode: SIMPLE, credentialName: app-cert } }] } # no such Secret`,
  *check(graph) {
    for (const gateway of gateways(graph)) {
      for (const server of gateway.spec.blocks("servers")) {
        if (!endsTls(server)) continue;
        const names = [
          server.string("tls.credentialName") ?? "",
          ...(texts(server, "tls.credentialNames") ?? []),
        ];
        for (const name of names.filter(Boolean)) yield* judge(graph, gateway, serverName(server), name);
      }
    }
  },
};

function* judge(graph: Graph, gateway: MeshObject, where: string, name: string): Iterable<Verdict> {
  const made = credentials(graph);
  const namespace = workloadNamespace(graph, gateway);
  const found = made.filter((candidate) => candidate.name === name);
  const shown = `${named(gateway)}: ${where} takes its certificate from "${name}"`;
  if (found.length === 0) {
    const near = nearest(
      name,
      made.map((candidate) => candidate.name),
    );
    // Secrets are often made by hand or by an operator; only a name that is nearly right is certainly meant.
    if (near !== undefined)
      yield {
        resource: gateway.resource,
        severity: "warning",
        message: `${shown}, and the input makes "${near}" only: without a Secret of that name clients get a reset connection on 443.`,
        fix: `Write credentialName "${near}", or make the Secret "${name}".`,
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
        severity: "error",
        message: `the Secret "${named(object)}" is the certificate of "${named(gateway)}", and has ${[...keys].join(", ") || "no keys"}: breaks at run time, it must have tls.crt and tls.key.`,
        fix: "Make it with `kubectl create secret tls`.",
      };
  }
  const elsewhere = found.every(({ object }) => object.namespace !== "" && object.namespace !== namespace);
  if (namespace !== undefined && elsewhere)
    yield {
      resource: gateway.resource,
      severity: "error",
      message: `${shown}, which is in namespace "${found[0]?.object.namespace}", and the gateway's pods are in "${namespace}": breaks at run time, a gateway reads Secrets of its own namespace only.`,
      fix: `Put the Secret or Certificate into namespace "${namespace}".`,
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
