import { describe, expect, test } from "@jest/globals";
import { claimRoute } from "../../../rules/mesh/claim-route.ts";
import { gatewayPort } from "../../../rules/mesh/gateway-port.ts";
import { gatewayReferenceRule } from "../../../rules/mesh/gateway-reference.ts";
import { meshHosts } from "../../../rules/mesh/mesh-hosts.ts";
import { sharedCertificate } from "../../../rules/mesh/shared-certificate.ts";
import { checkYaml, gateway, HTTPS, object, TO_WEB, virtualService } from "./support.ts";

describe("mesh/mesh-hosts", () => {
  const ofMesh = (name: string, hosts: string, more = ""): string =>
    virtualService(name, `hosts: [${hosts}], ${more}${TO_WEB}`);

  test.each([
    ["other hosts", ofMesh("one", "ratings") + ofMesh("two", "reviews")],
    ["a narrower host", ofMesh("one", '"*.example.com"') + ofMesh("two", '"a.example.com"')],
    ["one for a gateway", ofMesh("one", "ratings") + ofMesh("two", "ratings", "gateways: [web], ")],
    [
      "one of another namespace's own",
      ofMesh("one", "ratings") + virtualService("two", `hosts: [ratings], ${TO_WEB}`, "other"),
    ],
    [
      "each for its own namespace",
      ofMesh("one", "ratings.example.com", 'exportTo: ["."], ') +
        virtualService("two", `hosts: [ratings.example.com], exportTo: ["."], ${TO_WEB}`, "other"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(meshHosts, yaml)).toEqual([]);
  });

  test("warns of one host in two, short name and full name alike", async () => {
    const said = await checkYaml(
      meshHosts,
      ofMesh("one", "ratings") + ofMesh("two", "ratings.app.svc.cluster.local"),
    );
    expect(said).toMatchObject([{ severity: "warning", address: "VirtualService/app/two" }]);
    expect(said[0]?.message).toContain(
      'app/two and app/one both say how sidecars reach "ratings.app.svc.cluster.local"',
    );
    expect(
      await checkYaml(
        meshHosts,
        ofMesh("one", "ratings") + ofMesh("two", "ratings", "gateways: [web, mesh], "),
      ),
    ).toHaveLength(1);
  });
});

describe("mesh/gateway-port", () => {
  const pods = object(
    "apps/v1",
    "Deployment",
    "ingress",
    "{ template: { metadata: { labels: { istio: ingressgateway, app: ingress } } } }",
    "istio-ingress",
  );
  const before = (ports: string): string =>
    object("v1", "Service", "ingress", `{ selector: { app: ingress }, ports: [${ports}] }`, "istio-ingress");

  test.each([
    ["the Service's port", before("{ port: 443, targetPort: 8443 }")],
    ["the target port", before("{ port: 9443, targetPort: 443 }")],
    ["a named target port", before("{ port: 9443, targetPort: https }")],
    ["no Service in the input", ""],
  ])("holds for %s", async (_, service) => {
    expect(await checkYaml(gatewayPort, pods + service + gateway("web", HTTPS))).toEqual([]);
  });

  test("refuses a port that the Service does not lead to", async () => {
    const said = await checkYaml(
      gatewayPort,
      pods + before("{ port: 80, targetPort: 8080 }") + gateway("web", HTTPS),
    );
    expect(said).toMatchObject([{ severity: "error", address: "Gateway/app/web" }]);
    expect(said[0]?.message).toContain(
      'the Service "istio-ingress/ingress" of its pods does not lead to (80, 8080)',
    );
  });
});

describe("mesh/shared-certificate", () => {
  const second = gateway("two", HTTPS.replace("app.", "api."));

  test("holds for a certificate each, or one gateway", async () => {
    expect(
      await checkYaml(sharedCertificate, gateway("one", HTTPS) + second.replace("app-tls", "api-tls")),
    ).toEqual([]);
    expect(await checkYaml(sharedCertificate, gateway("one", HTTPS) + gateway("one", HTTPS))).toEqual([]);
    expect(
      await checkYaml(
        sharedCertificate,
        gateway("one", HTTPS) + second.replace("ingressgateway", "internal"),
      ),
    ).toEqual([]);
  });

  test("warns of one certificate in two gateways", async () => {
    expect(await checkYaml(sharedCertificate, gateway("one", HTTPS) + second)).toMatchObject([
      {
        severity: "warning",
        address: "Gateway/app/two",
        message: expect.stringContaining('share the certificate "app-tls"'),
      },
    ]);
  });
});

describe("mesh/claim-route", () => {
  const byClaim = virtualService(
    "web",
    'hosts: ["a.example.com"], gateways: [web], http: [{ match: [{ headers: { "@request.auth.claims.group": { exact: admin } } }], route: [{ destination: { host: web } }] }]',
  );

  test("holds where tokens are verified, or no claim is asked for", async () => {
    expect(
      await checkYaml(
        claimRoute,
        byClaim + object("security.istio.io/v1", "RequestAuthentication", "jwt", "{}"),
      ),
    ).toEqual([]);
    expect(await checkYaml(claimRoute, byClaim.replace("@request.auth.claims.group", "group"))).toEqual([]);
  });

  test("warns where nothing verifies tokens", async () => {
    expect(await checkYaml(claimRoute, byClaim)).toMatchObject([
      {
        severity: "warning",
        message: expect.stringContaining('routes by the claim "@request.auth.claims.group"'),
      },
    ]);
  });
});

test("a gateway that Istio makes for itself is not to be named", async () => {
  const yaml = virtualService(
    "web",
    `hosts: ["a.example.com"], gateways: [web-istio-autogenerated-k8s-gateway-https], ${TO_WEB}`,
  );
  expect(await checkYaml(gatewayReferenceRule, yaml)).toMatchObject([
    { severity: "error", message: expect.stringContaining("a Gateway that Istio makes for itself") },
  ]);
});
