import { describe, expect, test } from "@jest/globals";
import { claimRoute } from "../../../rules/mesh/claim-route.ts";
import { checkYaml, object, virtualService } from "./support.ts";

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
        message: expect.stringContaining(
          'a route matches the claim "@request.auth.claims.group"; fails at run time',
        ),
      },
    ]);
  });
});
