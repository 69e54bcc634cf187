import { expect, test } from "@jest/globals";
import { jsonReport } from "../../../verification/report/json.ts";
import { full, report } from "./support.ts";

test("the JSON report has exactly the fields of a finding, what is waived and what was not read", () => {
  const json = JSON.parse(jsonReport(full)) as { findings: object[]; resources: number };
  expect(Object.keys(json)).toEqual(["findings", "resources", "checks", "waived", "unread"]);
  expect(json.resources).toBe(25);
  expect(json.findings).toHaveLength(6);
  expect(json.findings[0]).toEqual({
    rule: "edge/redirect",
    severity: "error",
    address: "google_compute_url_map.web",
    path: null,
    message: "The map sends nowhere: refused at apply.",
    fix: "Write a default_service.",
    source: "https://cloud.example/maps",
    file: "infra/edge.tf",
    line: 12,
  });
});

test("the JSON report of nothing is an empty list", () => {
  expect(JSON.parse(jsonReport(report()))).toEqual({
    findings: [],
    resources: 25,
    checks: { made: 412, open: 0, inputs: [] },
  });
});
