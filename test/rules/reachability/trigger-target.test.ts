import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Surroundings } from "../support.ts";

const said = (destination: object, trigger: object = {}, surroundings: Surroundings = {}) =>
  check(
    ruleById("reachability/trigger-target"),
    {
      google_cloud_run_v2_service: { orders: { name: "orders", location: "europe-west1" } },
      google_eventarc_trigger: {
        orders: {
          name: "orders",
          location: "europe-west4",
          destination: {
            cloud_run_service: { service: "${google_cloud_run_v2_service.orders.name}", ...destination },
          },
          ...trigger,
        },
      },
    },
    surroundings,
  );

test("a trigger names the region of its service", () => {
  expect(said({ region: "europe-west1" })).toEqual([]);
  expect(said({ region: "${google_cloud_run_v2_service.orders.location}" })).toEqual([]);
  expect(said({ region: "europe-west4" })).toMatchObject([
    {
      severity: "error",
      message:
        "destination.cloud_run_service looks for google_cloud_run_v2_service.orders in europe-west4, and it is in europe-west1; rejected by the API: the service does not exist there.",
    },
  ]);
});

test("without a region it looks in its own location", () => {
  expect(said({}, { location: "europe-west1" })).toEqual([]);
  expect(said({})).toHaveLength(1);
});

test("a name that nothing defines is reported, a region that is not known is not judged", () => {
  expect(said({ service: "order", region: "europe-west1" })).toMatchObject([
    {
      severity: "error",
      message: expect.stringContaining('destination.cloud_run_service.service is "order"'),
    },
  ]);
  expect(said({ region: "${var.region}" })).toEqual([]);
});
