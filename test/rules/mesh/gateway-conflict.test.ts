import { describe, expect, test } from "@jest/globals";
import { gatewayConflict as rule } from "../../../rules/mesh/gateway-conflict.ts";
import { checkFiles, checkYaml, gateway, HTTP, HTTPS, object } from "./support.ts";

describe("mesh/gateway-conflict", () => {
  test.each([
    ["other hosts", gateway("one", HTTPS) + gateway("two", HTTPS.replace("app.", "api."))],
    ["another port", gateway("one", HTTPS) + gateway("two", HTTPS.replace("443", "8443"))],
    ["other pods", gateway("one", HTTPS) + gateway("two", HTTPS).replace("ingressgateway", "internal")],
    [
      "another address",
      gateway("one", HTTPS) + gateway("two", HTTPS.replace("{ port", '{ bind: "10.0.0.1", port')),
    ],
    ["one name, two versions", gateway("one", HTTPS) + gateway("one", HTTPS)],
    [
      "hosts for different namespaces",
      gateway("one", HTTPS.replace("app.", "a/app.")) + gateway("two", HTTPS.replace("app.", "b/app.")),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(rule, yaml)).toEqual([]);
  });

  test("steps in folders of their own are not applied together", async () => {
    expect(
      await checkFiles(rule, {
        "one/gateway.yaml": gateway("one", HTTPS),
        "two/gateway.yaml": gateway("two", HTTPS),
      }),
    ).toEqual([]);
  });

  test("rejects one host and port on the same pods, at the later gateway", async () => {
    expect(await checkYaml(rule, gateway("one", HTTPS) + gateway("two", HTTPS))).toMatchObject([
      {
        severity: "error",
        address: "Gateway/app/two",
        message:
          'app/two and app/one both serve "app.example.com" on port 443 of the same pods; fails at run time: one of them is ignored.',
      },
    ]);
  });

  test("warns for plain HTTP, whose routes Istio merges", async () => {
    expect(await checkYaml(rule, gateway("one", HTTP) + gateway("two", HTTP))).toMatchObject([
      { severity: "warning" },
    ]);
  });
});

test("mesh/gateway-conflict looks within one Gateway, and at selectors that hold one another", async () => {
  const twice = gateway("web", `${HTTPS}, ${HTTPS.replace("name: https", "name: again")}`);
  expect(await checkYaml(rule, twice)).toMatchObject([
    {
      severity: "error",
      message: expect.stringContaining(
        'two servers on port 443 serve "app.example.com" or have different protocols; fails at run time',
      ),
    },
  ]);
  const narrower = object(
    "networking.istio.io/v1",
    "Gateway",
    "two",
    `{ selector: { istio: ingressgateway, app: x }, servers: [${HTTPS}] }`,
  );
  expect(await checkYaml(rule, gateway("web", HTTPS) + narrower)).toMatchObject([
    { severity: "error", address: "Gateway/app/two" },
  ]);
});
