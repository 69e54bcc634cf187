import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge } from "./edge-fixture.ts";

const cdnPolicy = ruleById("edge/cdn-policy");

describe("edge/cdn-policy", () => {
  const reported = (policy: object) =>
    check(cdnPolicy, edge({ backendService: { enable_cdn: true, cdn_policy: policy } }));

  test("life times up to the maximum pass", () => {
    expect(
      reported({ cache_mode: "CACHE_ALL_STATIC", default_ttl: 3600, client_ttl: 3600, max_ttl: 3600 }),
    ).toEqual([]);
    expect(reported({ cache_mode: "USE_ORIGIN_HEADERS", default_ttl: 0, max_ttl: 0 })).toEqual([]);
  });

  test("one above it is rejected, and any next to the origin's headers", () => {
    expect(reported({ cache_mode: "CACHE_ALL_STATIC", default_ttl: 3601, max_ttl: 3600 })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "cdn_policy.default_ttl is 3601 and max_ttl is 3600; rejected by the API: default_ttl must be below or equal to max_ttl.",
      },
    ]);
    expect(reported({ cache_mode: "USE_ORIGIN_HEADERS", default_ttl: 60 })).toHaveLength(1);
    expect(reported({ cache_mode: "CACHE_ALL_STATIC", max_ttl: 31622401 })).toHaveLength(1);
  });
});
