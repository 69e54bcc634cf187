import { describe, expect, test } from "@jest/globals";
import { gatewayReferenceRule as rule } from "../../../rules/mesh/gateway-reference.ts";
import { checkYaml, gateway, HTTPS, object, TO_WEB, virtualService } from "./support.ts";

const routed = (gateways: string, namespace = "app"): string =>
  virtualService("web", `hosts: ["app.example.com"], gateways: [${gateways}], ${TO_WEB}`, namespace);

describe("mesh/gateway-reference", () => {
  test("holds where the gateway has the name, in the own or the named namespace", async () => {
    expect(await checkYaml(rule, gateway("web", HTTPS) + routed("web"))).toEqual([]);
    expect(await checkYaml(rule, gateway("web", HTTPS, "ingress") + routed("ingress/web"))).toEqual([]);
    expect(await checkYaml(rule, gateway("web", HTTPS) + routed("mesh, web"))).toEqual([]);
    expect(await checkYaml(rule, routed(""))).toEqual([]);
  });

  test("holds for a gateway of the Gateway API", async () => {
    const kubernetes = object(
      "gateway.networking.k8s.io/v1",
      "Gateway",
      "web",
      "{ gatewayClassName: istio }",
    );
    expect(await checkYaml(rule, kubernetes + routed("web"))).toEqual([]);
  });

  test("holds where a manifest leaves the namespace to kubectl", async () => {
    expect(await checkYaml(rule, gateway("web", HTTPS, "") + routed("web"))).toEqual([]);
    expect(await checkYaml(rule, gateway("web", HTTPS) + routed("web", ""))).toEqual([]);
  });

  test("refuses another name and tells the nearest (I-0)", async () => {
    expect(await checkYaml(rule, gateway("web-gateway", HTTPS) + routed("web-gatway"))).toEqual([
      {
        severity: "error",
        address: "VirtualService/app/web",
        message:
          'app/web names the Gateway "web-gatway", which does not exist; there is "app/web-gateway": breaks at run time, no route of it is applied and every request gets 404 or no answer.',
        fix: 'Write "web-gateway" in spec.gateways, or rename that Gateway to "web-gatway".',
      },
    ]);
  });

  test("refuses the right name in the wrong namespace", async () => {
    const [said] = await checkYaml(rule, gateway("web", HTTPS, "ingress") + routed("web"));
    expect(said).toMatchObject({
      severity: "error",
      message: expect.stringContaining('one of that name is in namespace "ingress"'),
      fix: 'Write "ingress/web" in spec.gateways.',
    });
  });

  test("cannot tell where the input holds no gateway of that namespace", async () => {
    const said = await checkYaml(rule, gateway("other", HTTPS, "elsewhere") + routed("ingress/public"));
    expect(said.map(({ severity }) => severity)).toEqual(["unknown"]);
    expect(said[0]?.message).toContain('no Gateway of namespace "ingress"');
  });
});
