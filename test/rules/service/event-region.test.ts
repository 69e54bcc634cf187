import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const BUCKET = "${google_storage_bucket.uploads.name}";
interface Given {
  readonly type?: string;
  readonly bucket?: unknown;
  readonly more?: object;
}
/** What is said of a trigger and, in the same words, of a function. */
const reported = (bucketLocation: unknown, trigger: unknown, given: Given = {}) => {
  const { type = "google.cloud.storage.object.v1.finalized", bucket = BUCKET, more = {} } = given;
  const filter = { attribute: "bucket", value: bucket };
  const buckets = { uploads: { name: "acme-uploads", location: bucketLocation, ...more } };
  const said = (resource: Parameters<typeof check>[1]) =>
    check(ruleById("service/event-region"), { google_storage_bucket: buckets, ...resource }).map(
      ({ message }) => message.replace("event_trigger.trigger_region", "location"),
    );
  const matching_criteria = [{ attribute: "type", value: type }, filter];
  const event_trigger = { trigger_region: trigger, event_type: type, event_filters: [filter] };
  const found = said({ google_eventarc_trigger: { t: { name: "t", location: trigger, matching_criteria } } });
  expect(
    said({ google_cloudfunctions2_function: { f: { name: "f", location: "europe-west1", event_trigger } } }),
  ).toEqual(found);
  return found;
};

test("a trigger at the location of its bucket gets its events", () => {
  expect(reported("europe-west1", "europe-west1")).toEqual([]);
  expect(reported("EUROPE-WEST1", "europe-west1")).toEqual([]);
  expect(reported("EU", "eu")).toEqual([]);
});

test("a trigger elsewhere is rejected, in a region of the multi-region as well", () => {
  expect(reported("EU", "europe-west1")).toEqual([
    'location is europe-west1 and the bucket "acme-uploads" (google_storage_bucket.uploads) is in eu; rejected by the API: events of a bucket are sent to triggers at its own location.',
  ]);
  expect(reported("us-east1", "europe-west1")).toHaveLength(1);
});

test("other events, other buckets and what is not known are not judged", () => {
  const type = "google.cloud.audit.log.v1.written";
  expect(reported("EU", "europe-west1", { type })).toEqual([]);
  expect(reported("EU", "europe-west1", { bucket: "another" })).toEqual([]);
  expect(reported("${var.location}", "europe-west1")).toEqual([]);
  expect(reported("EU", "${var.region}")).toEqual([]);
  const more = { custom_placement_config: [{ data_locations: ["EUROPE-WEST1", "EUROPE-WEST4"] }] };
  expect(reported("EU", "europe-west1", { more })).toEqual([]);
});
