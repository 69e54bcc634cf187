import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const proxyCertificates = ruleById("edge/proxy-certificates");

describe("edge/proxy-certificates", () => {
  const certificateManager = {
    google_certificate_manager_certificate: { edge: { name: "edge" } },
    google_certificate_manager_certificate_map: { edge: { name: "edge" } },
  };
  const reported = (httpsProxy: object, rule: object = {}) =>
    check(
      proxyCertificates,
      edge({ httpsProxy: { ...httpsProxy }, httpsRule: { ...rule } }, certificateManager),
    );
  const certificate = ref("google_certificate_manager_certificate.edge.id");
  const mapId = ref("google_certificate_manager_certificate_map.edge.id");

  test("classic certificates pass, up to fifteen, and a certificate map by its full name", () => {
    expect(reported({})).toEqual([]);
    const one = ref("google_compute_managed_ssl_certificate.edge.id");
    expect(reported({ ssl_certificates: Array.from({ length: 15 }, () => one) })).toEqual([]);
    expect(reported({ ssl_certificates: Array.from({ length: 16 }, () => one) })).toHaveLength(1);
    const full = `//certificatemanager.googleapis.com/${mapId}`;
    expect(reported({ ssl_certificates: undefined, certificate_map: full })).toEqual([]);
  });

  test("no certificate is rejected", () => {
    expect(reported({ ssl_certificates: undefined })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message:
          "none of ssl_certificates, certificate_map and certificate_manager_certificates is set; rejected by the API: an HTTPS proxy has a certificate.",
      },
    ]);
  });

  test("a certificate of Certificate Manager is rejected in ssl_certificates, and as such before an external rule", () => {
    expect(reported({ ssl_certificates: [certificate] })).toMatchObject([{ severity: "error" }]);
    const own = { ssl_certificates: undefined, certificate_manager_certificates: [certificate] };
    expect(reported(own)).toMatchObject([{ severity: "error" }]);
    expect(reported(own, { load_balancing_scheme: "INTERNAL_MANAGED" })).toMatchObject([
      { message: expect.stringContaining("takes scope ALL_REGIONS") },
    ]);
  });

  test("a certificate map by its bare id is rejected, next to classic certificates it is a warning", () => {
    expect(reported({ ssl_certificates: undefined, certificate_map: mapId })).toMatchObject([
      { severity: "error" },
    ]);
    expect(reported({ certificate_map: `//certificatemanager.googleapis.com/${mapId}` })).toMatchObject([
      { severity: "warning" },
    ]);
  });
});
