import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const certificateMap = ruleById("edge/certificate-map");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/certificate-map", () => {
  const map = (entries: object) => ({
    google_certificate_manager_certificate_map: { edge: { name: "edge" } },
    google_certificate_manager_certificate_map_entry: entries as Resources[string],
  });
  const proxy = {
    httpsProxy: {
      ssl_certificates: undefined,
      certificate_map: `//certificatemanager.googleapis.com/${ref("google_certificate_manager_certificate_map.edge.id")}`,
    },
  };
  const entry = { name: "a", map: ref("google_certificate_manager_certificate_map.edge.name") };

  test("an entry for one host, or for all others, passes", () => {
    expect(errors(certificateMap, proxy, map({ a: { ...entry, hostname: "example.com" } }))).toEqual([]);
    expect(errors(certificateMap, proxy, map({ a: { ...entry, matcher: "PRIMARY" } }))).toEqual([]);
    expect(
      errors(certificateMap, proxy, map({ a: { ...entry, map: ref("var.map"), matcher: "PRIMARY" } })),
    ).toEqual([]);
  });

  test("no entry fails at map and proxy", () => {
    expect(errors(certificateMap, proxy, map({}))).toEqual(
      ["google_certificate_manager_certificate_map.edge", "google_compute_target_https_proxy.edge"].map(
        (address) =>
          `${address}: google_certificate_manager_certificate_map.edge, the certificate_map of google_compute_target_https_proxy.edge, has no entry; fails at run time: no TLS handshake succeeds.`,
      ),
    );
  });

  test("an entry for both is rejected", () => {
    expect(
      errors(certificateMap, proxy, map({ a: { ...entry, hostname: "example.com", matcher: "PRIMARY" } })),
    ).toHaveLength(1);
  });
});
