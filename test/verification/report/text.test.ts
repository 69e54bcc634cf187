import { describe, expect, test } from "@jest/globals";
import pc from "picocolors";
import { textReport } from "../../../verification/report/text.ts";
import { finding, full, report } from "./support.ts";

const plain = pc.createColors(false);

describe("the text report", () => {
  test("tells all there is, what is wrong first, the totals last", () => {
    expect(textReport(full, plain)).toBe(`Errors (2)

  google_compute_url_map.web  infra/edge.tf:12
    x The map sends nowhere: refused at apply.
      Fix: Write a default_service.
    x It is named twice.
      Fix: Name it once.
      edge/redirect  https://cloud.example/maps

Warnings (1)

  google_compute_target_https_proxy.web  infra/edge.tf:12
    ! The map sends nowhere: refused at apply.
      Fix: Write a default_service.
      edge/ssl-policy  https://cloud.example/maps

Unknown (3)
  address/overlap at google_compute_subnetwork.a, google_compute_subnetwork.b: Write a default_service.
  time/drift at x.y: The timeout is known after apply. Write a default_service.

Waived (1)
  time/soak at google_x.y until 2026-12-31: ticket 12

Not read (1)
  module.vpc comes from a registry and was not read

2 errors, 1 warning, 3 unknown, 1 waived.
412 checks were made.
Read 25 resources of plan.json.
--explain RULE shows why, with an example.`);
  });

  test("lists what is a security risk apart from what breaks", () => {
    const open = finding({ rule: "identity/open-database", category: "security", message: "Open to all." });
    const text = textReport(report({ findings: [finding({}), open] }), plain);
    expect(text).toContain("Errors (1)\n");
    expect(text).toMatch(
      /Security errors \(1\)\n\n {2}google_compute_url_map\.web .*\n {4}x Open to all\.\n/,
    );
    expect(text).toContain("\n1 error, 1 security error.\n");
  });

  test("says so where nothing was found", () => {
    expect(textReport(report({ resources: 1 }), plain)).toBe(
      "Nothing found.\n412 checks were made.\nRead 1 resource of plan.json.",
    );
  });

  test("shows the construct path where there is one, and the file only with its line", () => {
    const path = textReport(report({ findings: [finding({ path: "staging-edge/Map" })] }), plain);
    expect(path).toContain("  google_compute_url_map.web  staging-edge/Map\n");
    const file = textReport(report({ findings: [finding({ origin: "plan.json" })] }), plain);
    expect(file).toContain("  google_compute_url_map.web\n");
  });

  test("cuts repeated advice short, errors never", () => {
    const five = Array.from({ length: 5 }, (_, index) => finding({ message: `Number ${index}.` }));
    const errors = textReport(report({ findings: five }), plain);
    expect(errors.match(/Number/g)).toHaveLength(5);
    const warnings = textReport(
      report({ findings: five.map((one) => ({ ...one, severity: "warning" as const })) }),
      plain,
    );
    expect(warnings.match(/Number/g)).toHaveLength(3);
    expect(warnings).toContain("      and 2 more like these\n");
  });

  test("names five addresses of what one rule cannot tell, and counts the rest", () => {
    const seven = Array.from({ length: 7 }, (_, index) =>
      finding({ severity: "unknown", address: `a.b${index}` }),
    );
    expect(textReport(report({ findings: seven }), plain)).toContain(
      "edge/redirect at a.b0, a.b1, a.b2, a.b3, a.b4 and 2 more: Write a default_service.\n",
    );
  });

  test("says how many checks could not be made, and what would settle most of them", () => {
    const inputs = ["variable a", "variable b", "c", "d", "e", "f"].map((name, i) => [name, 9 - i] as const);
    expect(textReport(report({ checks: { made: 1, open: 39, inputs } }), plain)).toContain(
      "\n1 check was made, 39 could not be. They depend on variable a (9), variable b (8), c (7), d (6), e (5) and 1 more.\n",
    );
  });

  test("has colour only where it is wanted", () => {
    expect(textReport(full, plain)).not.toContain("\u001b[");
    expect(textReport(full, pc.createColors(true))).toContain("\u001b[31m");
  });
});
