import { describe, expect, test } from "@jest/globals";
import { redirectLoop } from "../../../rules/mesh/redirect-loop.ts";
import { checkYaml, gateway, HTTP, HTTPS, virtualService } from "./support.ts";

const web = (route: string): string =>
  virtualService("web", `hosts: [app.example.com], gateways: [web], http: [${route}]`);

describe("mesh/redirect-loop", () => {
  test("finds a redirect to https that applies to requests over https", async () => {
    const yaml = gateway("web", `${HTTP}, ${HTTPS}`) + web("{ redirect: { scheme: https } }");
    expect(await checkYaml(redirectLoop, yaml)).toEqual([
      {
        severity: "error",
        address: "VirtualService/app/web",
        message:
          'app/web: redirect.scheme is https for every request; fails at run time: its Gateway "app/web" terminates TLS for the same host, so https:// redirects to itself.',
        fix: "Set tls.httpsRedirect: true on the HTTP server of the Gateway, and route to the Service.",
      },
    ]);
  });

  test.each([
    ["plain HTTP alone", gateway("web", HTTP) + web("{ redirect: { scheme: https } }")],
    [
      "a match for the port",
      gateway("web", `${HTTP}, ${HTTPS}`) + web("{ match: [{ port: 80 }], redirect: { scheme: https } }"),
    ],
    [
      "another host",
      gateway("web", `${HTTP}, ${HTTPS}`) +
        web("{ redirect: { scheme: https, authority: www.example.com } }"),
    ],
    [
      "another path",
      gateway("web", `${HTTP}, ${HTTPS}`) +
        web("{ match: [{ uri: { exact: / } }], redirect: { scheme: https, uri: /app } }"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(redirectLoop, yaml)).toEqual([]);
  });
});
