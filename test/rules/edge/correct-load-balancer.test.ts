import { describe, expect, test } from "@jest/globals";
import { exampleOf } from "../../../rules/examples.ts";
import { rulesOf } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";
import { edge } from "./edge-fixture.ts";

const advice =
  "warning edge/invoker: no roles/run.invoker for the service behind google_compute_backend_service.api is defined here; fails at run time: requests without a token get 403.";

const reported = (resources: Resources) =>
  rulesOf("edge").flatMap((rule) =>
    check(rule, resources).map(({ severity, message }) => `${severity} ${rule.id}: ${message}`),
  );

describe("a correct load balancer", () => {
  test("gets nothing but the advice that nobody may invoke the service without a token", () => {
    expect(reported(edge())).toEqual([advice]);
  });

  test("may be written with short names, self links and the default scheme", () => {
    const link = "https://www.googleapis.com/compute/v1/projects/acme-dev/global/backendServices/api";
    const resources = edge({
      urlMap: { default_service: link },
      httpsProxy: { ssl_certificates: ["edge"], url_map: "edge" },
      backendService: { load_balancing_scheme: "EXTERNAL_MANAGED", timeout_sec: 30 },
    });
    expect(reported(resources)).toEqual([advice]);
  });

  test("each rule of the family has an id of its own, an example and a source", () => {
    expect(new Set(rulesOf("edge").map(({ id }) => id)).size).toBe(rulesOf("edge").length);
    for (const rule of rulesOf("edge")) {
      expect(rule.id).toMatch(/^edge\/[a-z-]+$/);
      expect(rule.source).toMatch(/^https:\/\/docs\.cloud\.google\.com\//);
      expect(exampleOf(rule.id).text).not.toBe("");
    }
  });
});
