import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { uptime, uptimeAddress } from "./uptime-fixture.ts";

const uptimeTiming = ruleById("observability/uptime-timing");

describe("observability/uptime-timing", () => {
  const found = (changes: object) => check(uptimeTiming, uptime(changes));

  test("1 to 60 s every 60, 300, 600 or 900 s hold", () => {
    for (const period of ["60s", "300s", "600s", "900s", undefined]) expect(found({ period })).toEqual([]);
    expect(found({ timeout: "60s", period: "300s" })).toEqual([]);
    expect(found({ timeout: "60s", period: "$" + "{var.period}" })).toEqual([]);
  });

  test("61 s, and a period of 120 s, are rejected", () => {
    expect(found({ timeout: "61s", period: "300s" })).toMatchObject([
      {
        severity: "error",
        address: uptimeAddress,
        message: "timeout is 61 s; rejected by the API: it must be 1 to 60 s.",
      },
    ]);
    expect(found({ period: "120s" }).map(({ message }) => message)).toEqual([
      'period is "120s"; rejected by the API: it must be one of 60s, 300s, 600s, 900s.',
    ]);
    expect(found({ timeout: "1m" })).toHaveLength(1);
  });

  test("a timeout as long as the period is a warning", () => {
    expect(found({ timeout: "60s" })).toMatchObject([
      {
        severity: "warning",
        message:
          "timeout is 60 s and period is 60 s; fails at run time: a slow response overlaps the next check.",
      },
    ]);
  });

  test("three locations hold, two are rejected, USA is three", () => {
    expect(found({ selected_regions: ["EUROPE", "ASIA_PACIFIC", "USA_OREGON"] })).toEqual([]);
    expect(found({ selected_regions: ["USA"] })).toEqual([]);
    expect(found({ selected_regions: ["EUROPE", "ASIA_PACIFIC"] })).toMatchObject([
      { message: "selected_regions has 2 locations; rejected by the API: a check needs at least 3." },
    ]);
  });
});
