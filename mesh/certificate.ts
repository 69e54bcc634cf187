import type { MeshEnvironment, MeshHost } from "../platform/schema/mesh.ts";
import type { Manifest } from "./manifest.ts";

/** cert-manager's Certificate, where the environment names an issuer: in the gateway's namespace, where its pods read Secrets. */
export function certificate(environment: MeshEnvironment, { host, tls }: MeshHost): Manifest[] {
  const { issuer, secret } = tls;
  if (issuer === undefined) return [];
  const { namespace } = environment.mesh.gateway;
  return [
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: secret, namespace },
      spec: {
        secretName: secret,
        dnsNames: [host],
        issuerRef: { group: "cert-manager.io", kind: issuer.kind, name: issuer.name },
      },
    },
  ];
}
