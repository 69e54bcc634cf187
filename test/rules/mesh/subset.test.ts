import { describe, expect, test } from "@jest/globals";
import { subset as rule } from "../../../rules/mesh/subset.ts";
import { checkYaml, object, virtualService } from "./support.ts";

const rules = (host: string, subsets: string, namespace = "app"): string =>
  object(
    "networking.istio.io/v1",
    "DestinationRule",
    "reviews",
    `{ host: ${host}, subsets: [${subsets}] }`,
    namespace,
  );
const to = (host: string, subset: string): string =>
  virtualService(
    "web",
    `hosts: ["app.example.com"], http: [{ route: [{ destination: { host: ${host}, subset: ${subset} } }] }]`,
  );
const V1 = "{ name: v1, labels: { version: v1 } }";

describe("mesh/subset", () => {
  test.each([
    ["a defined subset", rules("reviews", V1) + to("reviews", "v1")],
    ["a full name and a short one", rules("reviews.app.svc.cluster.local", V1) + to("reviews", "v1")],
    ["a host whose rules the input does not hold", rules("other", V1) + to("reviews", "v2")],
    ["the same name in another namespace", rules("reviews", V1, "other") + to("reviews", "v2")],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(rule, yaml)).toEqual([]);
  });

  test("rejects a subset that nothing defines, and names the nearest", async () => {
    expect(await checkYaml(rule, rules("reviews", V1) + to("reviews", "v2"))).toMatchObject([
      {
        severity: "error",
        address: "VirtualService/app/web",
        message:
          'app/web: route http 1 leads to the subset "v2" of "reviews"; fails at run time: "app/reviews" defines "v1" only, and requests get 503.',
        fix: 'Write subset "v1", or define "v2".',
      },
    ]);
    expect((await checkYaml(rule, rules("reviews", "") + to("reviews", "v2")))[0]?.message).toContain(
      "defines none",
    );
  });
});
