import { describe, expect, test } from "@jest/globals";
import { gatewayPort } from "../../../rules/mesh/gateway-port.ts";
import { checkYaml, gateway, HTTPS, object } from "./support.ts";

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

  test("rejects a port that the Service does not forward to", async () => {
    const found = await checkYaml(
      gatewayPort,
      pods + before("{ port: 80, targetPort: 8080 }") + gateway("web", HTTPS),
    );
    expect(found).toMatchObject([{ severity: "error", address: "Gateway/app/web" }]);
    expect(found[0]?.message).toContain(
      'fails at run time: the Service "istio-ingress/ingress" of its pods forwards to 80, 8080 only',
    );
  });
});
