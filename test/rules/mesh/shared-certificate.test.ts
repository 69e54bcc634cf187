import { describe, expect, test } from "@jest/globals";
import { sharedCertificate } from "../../../rules/mesh/shared-certificate.ts";
import { checkYaml, gateway, HTTPS } from "./support.ts";

describe("mesh/shared-certificate", () => {
  const second = gateway("two", HTTPS.replace("app.", "api."));

  test("holds for a certificate each, or one gateway", async () => {
    expect(
      await checkYaml(sharedCertificate, gateway("one", HTTPS) + second.replace("app-tls", "api-tls")),
    ).toEqual([]);
    expect(await checkYaml(sharedCertificate, gateway("one", HTTPS) + gateway("one", HTTPS))).toEqual([]);
    expect(
      await checkYaml(
        sharedCertificate,
        gateway("one", HTTPS) + second.replace("ingressgateway", "internal"),
      ),
    ).toEqual([]);
  });

  test("warns of one certificate in two gateways", async () => {
    expect(await checkYaml(sharedCertificate, gateway("one", HTTPS) + second)).toMatchObject([
      {
        severity: "warning",
        address: "Gateway/app/two",
        message: expect.stringContaining('share the certificate "app-tls"'),
      },
    ]);
  });
});
