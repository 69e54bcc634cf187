import { describe, expect, test } from "@jest/globals";
import { gatewayHosts as rule } from "../../../rules/mesh/gateway-hosts.ts";
import { checkFiles, checkYaml, gateway, object, TO_WEB, virtualService } from "./support.ts";

const HOST = "hosts: [app.example.com]";

const serving = (hosts: string, name = "web", namespace = "app"): string =>
  gateway(name, `{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}] }`, namespace);
const routed = (hosts: string, gateways = "web"): string =>
  virtualService("web", `hosts: [${hosts}], gateways: [${gateways}], ${TO_WEB}`);

describe("mesh/gateway-hosts", () => {
  test.each([
    ['"app.example.com"', '"app.example.com"'],
    ['"*"', '"app.example.com"'],
    ['"*.example.com"', '"app.example.com"'],
    ['"app.example.com"', '"*.example.com"'],
    ['"./app.example.com"', '"app.example.com"'],
    ['"*/app.example.com"', '"app.example.com"'],
    ['"app/*.example.com"', '"APP.example.com"'],
  ])("holds where a server of %s meets %s", async (served, wanted) => {
    expect(await checkYaml(rule, serving(served) + routed(wanted))).toEqual([]);
  });

  test.each([
    ['"app.example.com"', '"api.example.com"'],
    ['"*.example.com"', '"example.com"'],
    ['"other/app.example.com"', '"app.example.com"'],
  ])("rejects where no server of %s meets %s", async (served, wanted) => {
    const found = await checkYaml(rule, serving(served) + routed(wanted));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: "error", address: "VirtualService/app/web" });
    expect(found[0]?.message).toContain(
      `hosts has ${wanted}; fails at run time: its Gateway "app/web" serves ${served} only`,
    );
  });

  test("warns where some of the hosts are not served, or another of its gateways may serve them", async () => {
    const some = await checkYaml(
      rule,
      serving('"app.example.com"') + routed('"app.example.com", "api.example.com"'),
    );
    expect(
      some.map(({ severity, message }) => [
        severity,
        message.includes('hosts has "api.example.com"; fails at run time'),
      ]),
    ).toEqual([["warning", true]]);
    const two =
      serving('"app.example.com"') +
      serving('"api.example.com"', "api") +
      routed('"api.example.com"', "web, api");
    expect((await checkYaml(rule, two)).map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test("treats manifests of one name as alternatives", async () => {
    const files = {
      "staging.yaml": serving('"staging.example.com"'),
      "production.yaml": serving('"app.example.com"') + routed('"app.example.com"'),
    };
    expect(await checkFiles(rule, files)).toEqual([]);
  });
});

test("mesh/gateway-hosts reads the listeners of the Gateway API", async () => {
  const listeners = "{ listeners: [{ name: http, hostname: a.example.com, port: 80, protocol: HTTP }] }";
  const yaml =
    object("gateway.networking.k8s.io/v1", "Gateway", "web", listeners) +
    virtualService("web", `${HOST}, gateways: [web], ${TO_WEB}`);
  expect(await checkYaml(rule, yaml)).toMatchObject([
    { severity: "error", message: expect.stringContaining('serves "a.example.com" only') },
  ]);
});
