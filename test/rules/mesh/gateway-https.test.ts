import { describe, expect, test } from "@jest/globals";
import { gatewayHttps as rule } from "../../../rules/mesh/gateway-https.ts";
import { checkYaml, gateway, HTTP, HTTPS, object, REDIRECT, virtualService } from "./support.ts";

describe("mesh/gateway-https", () => {
  test("holds where another server, or another gateway on the same pods, serves the host over HTTPS", async () => {
    expect(await checkYaml(rule, gateway("web", `${REDIRECT}, ${HTTPS}`))).toEqual([]);
    expect(await checkYaml(rule, gateway("web", REDIRECT) + gateway("tls", HTTPS))).toEqual([]);
    const wide = HTTPS.replace("app.example.com", "*.example.com");
    expect(await checkYaml(rule, gateway("web", `${REDIRECT}, ${wide}`))).toEqual([]);
  });

  test("warns of a host that only plain HTTP serves: something before the gateway may terminate TLS", async () => {
    const found = await checkYaml(rule, gateway("web", HTTP));
    expect(found).toHaveLength(1);
    expect(found[0]?.severity).toBe("warning");
    expect(found[0]?.message).toBe(
      'app/web: server 80 (http) serves "app.example.com" over plain HTTP only; fails at run time unless something before the gateway terminates TLS: https:// is unreachable.',
    );
  });

  test.each([
    ["the gateway redirects to it", gateway("web", REDIRECT), "although it redirects to HTTPS"],
    [
      "a certificate is made for the host",
      gateway("web", HTTP) +
        object(
          "cert-manager.io/v1",
          "Certificate",
          "app",
          '{ secretName: app-tls, dnsNames: ["app.example.com"] }',
        ),
      'although the Certificate "app/app" is for it',
    ],
    [
      "a route redirects to it",
      gateway("web", HTTP) +
        virtualService(
          "web",
          'hosts: ["app.example.com"], gateways: [web], http: [{ redirect: { scheme: https } }]',
        ),
      'although "app/web" redirects to https',
    ],
  ])("rejects a host without HTTPS where %s", async (_, yaml, why) => {
    const found = await checkYaml(rule, yaml);
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
    expect(found[0]?.message).toContain(why);
    expect(found[0]?.message).toContain("https:// is unreachable");
  });

  test("warns where plain HTTP does not redirect; a written false is a decision", async () => {
    const found = await checkYaml(rule, gateway("web", `${HTTP}, ${HTTPS}`));
    expect(found).toMatchObject([
      { severity: "warning", fix: "Set tls: { httpsRedirect: true } on the HTTP server." },
    ]);
    const decided = REDIRECT.replace("true", "false");
    expect(await checkYaml(rule, gateway("web", `${decided}, ${HTTPS}`))).toEqual([]);
  });
});
