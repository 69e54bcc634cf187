import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge } from "./edge-fixture.ts";

const partMissing = ruleById("edge/part-missing");

describe("edge/part-missing", () => {
  test("a literal that names no part is rejected, the nearest is named", () => {
    expect(check(partMissing, edge())).toEqual([]);
    expect(check(partMissing, edge({ httpsProxy: { url_map: "edges" } }))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message:
          'url_map is "edges"; rejected by the API: it is not defined; the nearest is google_compute_url_map.edge ("edge").',
      },
    ]);
    expect(
      check(
        partMissing,
        edge({ urlMap: { default_service: "projects/acme-dev/global/backendServices/apis" } }),
      ),
    ).toHaveLength(1);
  });

  test("declared external it is not reported, nor is another project's", () => {
    const external = ["google_compute_url_map:edges"];
    expect(check(partMissing, edge({ httpsProxy: { url_map: "edges" } }), { external })).toEqual([]);
    const other = edge({ urlMap: { default_service: "projects/other/global/backendServices/web" } });
    expect(check(partMissing, other)).toEqual([]);
  });
});
