import { expect, test } from "@jest/globals";
import { readinessWindow } from "../../../rules/time/readiness-window.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const reported = (readiness: object | undefined, liveness: object | undefined) =>
  check(
    readinessWindow,
    withService({
      container: {
        ...(readiness === undefined ? {} : { readiness_probe: { http_get: {}, ...readiness } }),
        ...(liveness === undefined ? {} : { liveness_probe: { http_get: {}, ...liveness } }),
      },
    }),
  );

test("an instance that is out of traffic before it is restarted passes", () => {
  expect(reported({ period_seconds: 9 }, { period_seconds: 10 })).toEqual([]);
  expect(reported({ period_seconds: 20, failure_threshold: 1 }, {})).toEqual([]);
});

test("one that is restarted at the same time or before is a warning, the defaults included", () => {
  expect(reported({}, {})).toMatchObject([
    {
      severity: "warning",
      message:
        "the readiness probe takes 3 x 10 s = 30 s, and the liveness probe restarts the container after 3 x 10 s = 30 s; fails at run time: an instance is restarted before it is taken out of traffic.",
    },
  ]);
});

test("with one probe alone, or where a number is not known, nothing is reported", () => {
  expect([
    ...reported({}, undefined),
    ...reported(undefined, {}),
    ...reported({ period_seconds: "${var.period}" }, {}),
  ]).toEqual([]);
});
