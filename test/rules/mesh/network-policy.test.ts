import { describe, expect, test } from "@jest/globals";
import { networkPolicy as rule } from "../../../rules/mesh/network-policy.ts";
import { checkYaml, gateway, HTTPS, object, service, TO_WEB, virtualService } from "./support.ts";

const PODS = object(
  "apps/v1",
  "Deployment",
  "ingress",
  "{ template: { metadata: { labels: { istio: ingressgateway } } } }",
  "istio-system",
);
const ROUTED =
  PODS +
  gateway("web", HTTPS) +
  virtualService("web", `hosts: ["app.example.com"], gateways: [web], ${TO_WEB}`) +
  service("web", "{ port: 80, targetPort: 8080 }");
const policy = (ingress: string, pods = "{ matchLabels: { app: web } }", name = "web"): string =>
  object("networking.k8s.io/v1", "NetworkPolicy", name, `{ podSelector: ${pods}, ingress: ${ingress} }`);
const namespace = (name: string): string =>
  `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;

describe("mesh/network-policy", () => {
  test.each([
    ["no policy", ""],
    ["a policy of other pods", policy("[]", "{ matchLabels: { app: other } }")],
    ["everybody", policy("[{}]")],
    ["the gateway's namespace", policy(`[{ from: [{ ${namespace("istio-system")} }] }]`)],
    [
      "the gateway's pods on the container's port",
      policy(
        `[{ from: [{ ${namespace("istio-system")}, podSelector: { matchLabels: { istio: ingressgateway } } }], ports: [{ port: 8080 }] }]`,
      ),
    ],
    [
      "a range of ports",
      policy(`[{ from: [{ ${namespace("istio-system")} }], ports: [{ port: 8000, endPort: 8080 }] }]`),
    ],
    ["every namespace", policy("[{ from: [{ namespaceSelector: {} }] }]")],
    ["a range of addresses", policy('[{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }]')],
    [
      "a second policy that admits it",
      policy("[]") + policy(`[{ from: [{ ${namespace("istio-system")} }] }]`, "{}", "gateway"),
    ],
    [
      "egress alone",
      object("networking.k8s.io/v1", "NetworkPolicy", "out", "{ podSelector: {}, policyTypes: [Egress] }"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(rule, ROUTED + yaml)).toEqual([]);
  });

  test.each([
    ["nobody", policy("[]")],
    ["its own namespace alone", policy("[{ from: [{ podSelector: {} }] }]")],
    ["another namespace", policy(`[{ from: [{ ${namespace("monitoring")} }] }]`)],
    [
      "other pods of the gateway's namespace",
      policy(
        `[{ from: [{ ${namespace("istio-system")}, podSelector: { matchLabels: { istio: egressgateway } } }] }]`,
      ),
    ],
    [
      "the Service's port instead of the container's",
      policy(`[{ from: [{ ${namespace("istio-system")} }], ports: [{ port: 80 }] }]`),
    ],
    ["a range that ends too early", policy(`[{ ports: [{ port: 8000, endPort: 8079 }] }]`)],
    ["nobody, for all pods of the namespace", policy("[]", "{}")],
  ])("rejects a policy that admits %s", async (_, yaml) => {
    const found = await checkYaml(rule, ROUTED + yaml);
    expect(found).toMatchObject([{ severity: "error", address: "NetworkPolicy/app/web" }]);
    expect(found[0]?.message).toBe(
      '"app/web" selects the pods of "app/web" and does not admit the pods of the Gateway "app/web", which "app/web" routes from; fails at run time: its requests get 503.',
    );
  });

  test("warns where the gateway's pods are not in the input", async () => {
    const unknown = ROUTED.replace(PODS, "");
    const monitoring = policy(`[{ from: [{ ${namespace("monitoring")} }] }]`);
    const found = await checkYaml(rule, unknown + monitoring);
    expect(found).toMatchObject([{ severity: "warning", address: "NetworkPolicy/app/web" }]);
    expect(found[0]?.message).toContain("unless those run in a namespace that it names");
    expect(
      await checkYaml(rule, unknown + policy(`[{ from: [{ ${namespace("istio-ingress")} }] }]`)),
    ).toEqual([]);
    expect(await checkYaml(rule, unknown + policy("[]"))).toMatchObject([{ severity: "error" }]);
  });
});
