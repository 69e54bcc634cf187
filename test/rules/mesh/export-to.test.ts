import { describe, expect, test } from "@jest/globals";
import { exportTo as rule } from "../../../rules/mesh/export-to.ts";
import { checkYaml, gateway, HTTPS, object, TO_WEB, virtualService } from "./support.ts";

const routed = (exported: string): string =>
  virtualService(
    "web",
    `hosts: ["app.example.com"], gateways: [ingress/public], exportTo: [${exported}], ${TO_WEB}`,
  );
const PUBLIC = gateway("public", HTTPS, "ingress");
const entry = (exported: string): string =>
  object(
    "networking.istio.io/v1",
    "ServiceEntry",
    "web",
    `{ hosts: ["web"], exportTo: [${exported}] }`,
    "shared",
  );

describe("mesh/export-to", () => {
  test.each([
    ["to everybody", PUBLIC + routed('"*"')],
    ["to nobody in particular", PUBLIC + routed("")],
    ["to the gateway's namespace", PUBLIC + routed("ingress")],
    ["an entry to the namespace of the route", entry("app") + PUBLIC + routed('"*"')],
    [
      "an entry that another one replaces",
      entry('"."') + entry("app").replace("name: web,", "name: web2,") + PUBLIC + routed('"*"'),
    ],
  ])("holds for what is exported %s", async (_, yaml) => {
    expect(await checkYaml(rule, yaml)).toEqual([]);
  });

  test("rejects routes that the gateway does not see", async () => {
    expect(await checkYaml(rule, PUBLIC + routed('"."'))).toMatchObject([
      {
        severity: "error",
        address: "VirtualService/app/web",
        message:
          'app/web: exportTo is ["."]; fails at run time: it lacks namespace "ingress" of the Gateway "ingress/public", which never gets its routes.',
        fix: 'Add "ingress" to spec.exportTo, or leave exportTo out.',
      },
    ]);
  });

  test("rejects an entry that the route does not see, at the entry", async () => {
    const [found] = await checkYaml(rule, entry('"."') + PUBLIC + routed('"*"'));
    expect(found).toMatchObject({ severity: "error", address: "ServiceEntry/shared/web" });
    expect(found?.message).toContain('"shared/web" is exported to ["."] only');
  });

  test("rejects a service whose annotation keeps it to other namespaces", async () => {
    const kept = `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shared, annotations: { networking.istio.io/exportTo: "shared, other" } }
spec: { ports: [{ port: 80 }] }
`;
    const yaml =
      kept +
      virtualService(
        "web",
        'hosts: ["a.example.com"], http: [{ route: [{ destination: { host: web.shared.svc.cluster.local } }] }]',
      );
    expect(await checkYaml(rule, yaml)).toMatchObject([{ severity: "error", address: "Service/shared/web" }]);
  });
});
