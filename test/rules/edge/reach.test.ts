import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const reach = ruleById("edge/reach");

describe("edge/reach", () => {
  test("a global map with a regional backend service is rejected", () => {
    const resources = edge(
      { urlMap: { default_service: ref("google_compute_region_backend_service.api.id") } },
      { google_compute_region_backend_service: { api: { name: "regional", region: "europe-west1" } } },
    );
    expect(check(reach, edge())).toEqual([]);
    expect(check(reach, resources)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_url_map.edge",
        message:
          "a route is google_compute_region_backend_service.api, which is regional; rejected by the API: a global part takes global parts only.",
      },
    ]);
  });
});
