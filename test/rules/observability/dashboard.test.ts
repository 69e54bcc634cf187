import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { dashboards } from "./dashboard-fixture.ts";

const dashboard = ruleById("observability/dashboard");

describe("observability/dashboard", () => {
  const found = (json: string) => check(dashboard, dashboards(json));

  test("JSON holds, an extra comma is rejected, a zero is a warning", () => {
    expect(found('{"displayName":"all","mosaicLayout":{"columns":12}}')).toEqual([]);
    expect(found('{"displayName":"all",}')).toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(/^dashboard_json is not JSON; rejected at plan: .+\.$/),
      },
    ]);
    expect(found('{"displayName":"all","xPos":0}')).toMatchObject([
      {
        severity: "warning",
        message:
          "dashboard_json has xPos = 0; fails at run time: Monitoring drops it, and every plan shows a difference.",
      },
    ]);
  });
});
