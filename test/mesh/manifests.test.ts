import { describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { graphFromManifests } from "../../graph/index.ts";
import type { Manifest } from "../../mesh/manifest.ts";
import { manifests } from "../../mesh/manifests.ts";
import { manifestsYaml } from "../../mesh/yaml.ts";
import { runRules } from "../../rules/run.ts";
import { type Draft, meshEnvironment } from "../support/environments.ts";
import type { Json } from "../support/synthesized.ts";

const HOST = "ad-studio-app.us-central1.meta-studio.com";

function of(kind: string, change?: (draft: Draft) => void): Json[] {
  return manifests(meshEnvironment(change)).filter((object) => object.kind === kind);
}

async function findings(objects: readonly Manifest[]) {
  const graph = await graphFromManifests({ "mesh.yaml": manifestsYaml("meta-studio", objects) });
  return runRules(graph).filter(({ severity }) => severity !== "unknown");
}

describe("manifests of meta-studio", () => {
  test("the gateway has the name that the virtual service names, ends TLS on 443 and redirects 80 (I-0)", () => {
    const [gateway] = of("Gateway");
    const [virtualService] = of("VirtualService");
    expect(gateway.metadata).toMatchObject({
      name: "meta-studio-ad-studio-app-spa-gateway",
      namespace: "meta-studio",
    });
    expect(virtualService.spec.gateways).toEqual([gateway.metadata.name]);
    expect(gateway.spec.servers).toEqual([
      {
        port: { number: 80, name: "http-redirect", protocol: "HTTP" },
        hosts: [HOST],
        tls: { httpsRedirect: true },
      },
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: [HOST],
        tls: { mode: "SIMPLE", credentialName: "ad-studio-app-tls", minProtocolVersion: "TLSV1_2" },
      },
    ]);
  });

  test("/api and what is below it goes to api-server, the rest to the visualizer", () => {
    const [{ spec }] = of("VirtualService") as [Json];
    expect(spec.hosts).toEqual([HOST]);
    expect(
      spec.http.map(({ match, route }: Json) => [
        match?.map(({ uri }: Json) => uri),
        route[0].destination.host,
      ]),
    ).toEqual([
      [[{ exact: "/api" }, { prefix: "/api/" }], "api-server.meta-studio.svc.cluster.local"],
      [undefined, "meta-verse-visualizer-main.meta-studio.svc.cluster.local"],
    ]);
  });

  test("a route's timeout covers all its tries, and a connection is shorter than one", () => {
    const [{ spec }] = of("VirtualService", (draft) => {
      draft.mesh.hosts[0].routes[0].tryTimeout = 20;
      draft.mesh.hosts[0].routes[0].retries = 3;
    }) as [Json];
    expect(spec.http[0]).toMatchObject({ timeout: "80s", retries: { attempts: 3, perTryTimeout: "20s" } });
    expect(spec.http[1]).toMatchObject({ timeout: "45s", retries: { attempts: 2, perTryTimeout: "15s" } });
    expect(
      of("DestinationRule").map((rule) => rule.spec.trafficPolicy.connectionPool.tcp.connectTimeout),
    ).toEqual(["5s", "5s"]);
  });

  test("policies admit the gateway's pods to the container's port", () => {
    const [policy] = of("NetworkPolicy");
    expect(policy.spec.podSelector).toEqual({ matchLabels: { app: "api-server" } });
    expect(policy.spec.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
            podSelector: { matchLabels: { istio: "ingressgateway" } },
          },
          { podSelector: {} },
        ],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
    ]);
  });

  test("an issuer makes the certificate where the gateway's pods read it", () => {
    expect(of("Certificate")).toEqual([]);
    expect(
      of("Certificate", (draft) => {
        draft.mesh.hosts[0].tls.issuer = { name: "letsencrypt" };
      }),
    ).toEqual([
      {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { name: "ad-studio-app-tls", namespace: "istio-system" },
        spec: {
          secretName: "ad-studio-app-tls",
          dnsNames: [HOST],
          issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
        },
      },
    ]);
  });

  test("hosts that share a Secret share its Certificate", () => {
    const certificates = of("Certificate", ({ mesh }) => {
      mesh.hosts[0].tls.issuer = { name: "letsencrypt", kind: "Issuer" };
      mesh.hosts.push({
        ...mesh.hosts[0],
        host: "www.meta-studio.com",
        tls: { secret: mesh.hosts[0].tls.secret },
      });
    });
    expect(certificates.map(({ spec }) => [spec.secretName, spec.dnsNames, spec.issuerRef.kind])).toEqual([
      ["ad-studio-app-tls", [HOST, "www.meta-studio.com"], "Issuer"],
    ]);
  });

  test("every host has a VirtualService of its own name, long hosts and those that differ by a dot too", () => {
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.example.com`;
    const names = of("VirtualService", ({ mesh }) => {
      for (const host of ["a-b.example.com", "a.b.example.com", long, long.replace("example", "example2")])
        mesh.hosts.push({ ...mesh.hosts[0], host });
      mesh.hosts.push({ ...mesh.hosts[0], host: "a-b-example.com" });
    }).map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(6);
    expect(names[0]).toBe("ad-studio-app-us-central1-meta-studio-com");
    expect(names.every((name) => /^[a-z0-9]([a-z0-9-]{0,251}[a-z0-9])$/.test(name))).toBe(true);
  });

  test("the rules find nothing in them, in YAML either", async () => {
    expect(await findings(manifests(meshEnvironment()))).toEqual([]);
    const plain = meshEnvironment((draft) => {
      draft.mesh.hosts[0].redirect = false;
    });
    expect((await findings(manifests(plain))).map(({ rule, severity }) => [rule, severity])).toEqual([
      ["mesh/gateway-https", "warning"],
    ]);
  });

  test("YAML says the same as the objects, and the same every time", () => {
    const environment = meshEnvironment();
    const yaml = manifestsYaml("meta-studio", manifests(environment));
    expect(
      parseAllDocuments(yaml)
        .map((document) => document.toJS())
        .filter(Boolean),
    ).toEqual(JSON.parse(JSON.stringify(manifests(environment))));
    expect(manifestsYaml("meta-studio", manifests(meshEnvironment()))).toBe(yaml);
    expect(yaml.match(/^kind: \w+/gm)).toEqual([
      "kind: Gateway",
      "kind: VirtualService",
      "kind: DestinationRule",
      "kind: DestinationRule",
      "kind: NetworkPolicy",
      "kind: NetworkPolicy",
    ]);
  });
});
