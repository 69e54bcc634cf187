import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const resources = (zone: unknown, region: unknown, type = "google_compute_region_backend_service") => ({
  google_compute_instance_group: { web: { name: "web", zone } },
  google_compute_instance_group_manager: { web: { name: "web", zone } },
  google_compute_region_instance_group_manager: { web: { name: "web", region } },
  [type]: {
    service: {
      name: "web",
      region: "europe-west1",
      backend: [
        { group: "${google_compute_instance_group.web.id}" },
        { group: "${google_compute_instance_group.web.self_link}" },
        { group: "${google_compute_instance_group_manager.web.instance_group}" },
        { group: "${google_compute_region_instance_group_manager.web.instance_group}" },
      ],
    },
  },
});
const reported = (...given: Parameters<typeof resources>) =>
  check(ruleById("edge/group-region"), resources(...given)).map(({ message }) => message);

test("groups of the region serve a regional backend service, and of any region a global one", () => {
  expect(reported("europe-west1-b", "europe-west1")).toEqual([]);
  expect(reported("us-east1-b", "us-east1", "google_compute_backend_service")).toEqual([]);
});

test("groups of another region are rejected, unmanaged or managed, in a zone or a region", () => {
  const group = "google_compute_instance_group.web in us-east1-b";
  const manager = "google_compute_instance_group_manager.web in us-east1-b";
  const regional = "google_compute_region_instance_group_manager.web in us-east1";
  expect(reported("us-east1-b", "us-east1")).toEqual(
    [group, group, manager, regional].map(
      (each) =>
        `it is in europe-west1, and its instance group ${each}; rejected by the API: a regional backend service has groups of its own region.`,
    ),
  );
  expect(reported("europe-west1-b", "us-east1")).toHaveLength(1);
});

test("a place that is not known is not judged", () => {
  expect(reported("${var.zone}", "${var.region}")).toEqual([]);
  expect(reported(undefined, undefined)).toEqual([]);
});
