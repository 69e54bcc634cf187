import { describe, expect, test } from "@jest/globals";
import { credential as rule } from "../../../rules/mesh/credential.ts";
import { checkYaml, gateway, HTTPS, object } from "./support.ts";

const secret = (name: string, keys: string, namespace: string): string =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${namespace} }\ntype: kubernetes.io/tls\ndata: { ${keys} }\n`;
const KEYS = "tls.crt: YQ==, tls.key: YQ==";
const PODS = object(
  "apps/v1",
  "Deployment",
  "ingress",
  "{ template: { metadata: { labels: { istio: ingressgateway, app: ingress } } } }",
  "istio-ingress",
);
const WEB = gateway("web", HTTPS);

describe("mesh/credential", () => {
  test.each([
    ["a Secret beside the gateway's pods", PODS + WEB + secret("app-tls", KEYS, "istio-ingress")],
    [
      "a Certificate that makes it there",
      PODS +
        WEB +
        object("cert-manager.io/v1", "Certificate", "app", "{ secretName: app-tls }", "istio-ingress"),
    ],
    ["a Secret where the pods are not known", WEB + secret("app-tls", KEYS, "istio-ingress")],
    ["a Secret that the input does not make", PODS + WEB],
    [
      "a Secret with Istio's own keys",
      PODS + WEB + secret("app-tls", "cert: YQ==, key: YQ==", "istio-ingress"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(rule, yaml)).toEqual([]);
  });

  test("rejects a Secret in another namespace than the gateway's pods", async () => {
    const found = await checkYaml(rule, PODS + WEB + secret("app-tls", KEYS, "app"));
    expect(found).toMatchObject([
      {
        severity: "error",
        address: "Gateway/app/web",
        fix: 'Create the Secret or Certificate in namespace "istio-ingress".',
      },
    ]);
    expect(found[0]?.message).toContain(
      'which is in namespace "app"; fails at run time: the gateway\'s pods are in "istio-ingress"',
    );
  });

  test("rejects a Secret without a key, at the Secret", async () => {
    const found = await checkYaml(rule, WEB + secret("app-tls", "tls.cert: YQ==, tls.key: YQ==", "app"));
    expect(found).toMatchObject([{ severity: "error", address: "Secret/app/app-tls" }]);
    expect(found[0]?.message).toContain(
      "has tls.cert, tls.key; fails at run time: a certificate needs tls.crt and tls.key",
    );
  });

  test("warns of a name that is nearly right", async () => {
    expect(await checkYaml(rule, WEB + secret("ap-tls", KEYS, "app"))).toMatchObject([
      { severity: "warning", fix: 'Write credentialName "ap-tls", or create the Secret "app-tls".' },
    ]);
  });
});
