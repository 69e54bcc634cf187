import { describe, expect, test } from "@jest/globals";
import { applyWaivers, type Waiver } from "../../rules/waivers.ts";
import { finding } from "../verification/report/support.ts";

const today = "2026-03-01";
const waiver = {
  rule: "edge/redirect",
  address: "google_compute_url_map.web",
  reason: "ticket 12",
  expires: today,
} satisfies Waiver;
const found = finding({ rule: waiver.rule, address: waiver.address });

describe("waivers", () => {
  test("set a finding aside until the end of their last day", () => {
    const { findings, waived } = applyWaivers([found], [waiver], today);
    expect(findings).toEqual([]);
    expect(waived).toEqual([{ ...found, waiver }]);
  });

  test("cover nothing once expired, and are an error themselves", () => {
    const expired = { ...waiver, expires: "2026-02-28", origin: "verify.waivers.json" };
    const { findings, waived } = applyWaivers([found], [expired], today);
    expect(waived).toEqual([]);
    expect(findings).toEqual([
      found,
      {
        rule: "waiver/expired",
        severity: "error",
        address: waiver.address,
        path: null,
        message: "The waiver of edge/redirect expired on 2026-02-28 (its reason was: ticket 12).",
        fix: "Fix the finding and remove the waiver, or renew it with a later date.",
        source: "docs/RULES.md",
        origin: "verify.waivers.json",
      },
    ]);
  });

  test.each([
    ["rule", { ...waiver, rule: "edge/ssl-policy" }],
    ["address", { ...waiver, address: 'google_compute_url_map.web["a"]' }],
  ])("that match nothing by %s are a warning", (_, needless) => {
    const { findings } = applyWaivers([found], [needless], today);
    expect(findings.map(({ severity, rule }) => [severity, rule])).toEqual([
      ["error", "edge/redirect"],
      ["warning", "waiver/needless"],
    ]);
    expect(findings[1]?.message).toBe(
      `The waiver of ${needless.rule} until 2026-03-01 covers nothing: there is no such finding at this address.`,
    );
  });

  test("one of several for the same finding is enough", () => {
    const expired = { ...waiver, expires: "2026-01-01" };
    const { findings, waived } = applyWaivers([found], [expired, waiver], today);
    expect(waived).toHaveLength(1);
    expect(findings.map(({ rule }) => rule)).toEqual(["waiver/expired"]);
  });
});
