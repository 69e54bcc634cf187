import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, reportedFor } from "../support.ts";
import { edge } from "./edge-fixture.ts";

const keepAlive = ruleById("edge/keep-alive");

describe("edge/keep-alive", () => {
  const reported = (seconds: unknown, rule: object = {}) =>
    check(keepAlive, edge({ httpsProxy: { http_keep_alive_timeout_sec: seconds }, httpsRule: { ...rule } }));

  test("5 to 1200 s pass", () => {
    expect([...reported(5), ...reported(1200), ...reported(0)]).toEqual([]);
    expect(reported(1201)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message: "http_keep_alive_timeout_sec is 1201; rejected by the API: it must be 5 to 1200 seconds.",
      },
    ]);
    expect(reported(4)).toHaveLength(1);
  });

  test("a classic load balancer ignores the setting", () => {
    expect(reported(600, { load_balancing_scheme: "EXTERNAL" })).toMatchObject([{ severity: "warning" }]);
    const withDefault = edge({
      httpsProxy: { http_keep_alive_timeout_sec: 600 },
      httpsRule: { load_balancing_scheme: undefined },
    });
    expect(reportedFor("6.50.0", keepAlive, withDefault)).toHaveLength(1);
    expect(reportedFor("8.0.0", keepAlive, withDefault)).toEqual([]);
  });
});
