import { expect, test } from "@jest/globals";
import { recognize } from "../../review/adoption/recognize.ts";
import { graphOf } from "../rules/support.ts";
import { changedShape } from "../support/changed-shape.ts";

const service = (location: string) => ({ name: "two-web", location, template: {} });
const graph = graphOf({
  google_cloud_run_v2_service: { us: service("us-central1"), eu: service("europe-west1") },
});
const recognized = () =>
  recognize(changedShape("two").plan(), graph)
    .matches.filter(({ slot }) => slot.kind === "services")
    .map(({ slot, resource }) => [slot.of, resource.address]);

/** The kind: of two resources of one name, the one in another region is taken. */
test("a service of the main region is not taken for that of the same name in a further one", () => {
  expect(recognized()).toEqual([["web", "google_cloud_run_v2_service.eu"]]);
});
