import type { MeshEnvironment } from "../platform/schema/mesh.ts";
import type { Manifest } from "./manifest.ts";

/**
 * cert-manager's Certificates, one for each Secret that names an issuer, for every host that shares it: in the gateway's
 * namespace, where its pods read Secrets.
 */
export function certificates({ mesh }: MeshEnvironment): Manifest[] {
  const { namespace } = mesh.gateway;
  const secrets = [...new Set(mesh.hosts.map(({ tls }) => tls.secret))];
  return secrets.flatMap((secret) => {
    const sharing = mesh.hosts.filter(({ tls }) => tls.secret === secret);
    const issuer = sharing.find(({ tls }) => tls.issuer !== undefined)?.tls.issuer;
    if (issuer === undefined) return [];
    return [
      {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { name: secret, namespace },
        spec: {
          secretName: secret,
          dnsNames: sharing.map(({ host }) => host),
          issuerRef: { group: "cert-manager.io", kind: issuer.kind, name: issuer.name },
        },
      },
    ];
  });
}
