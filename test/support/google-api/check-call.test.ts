import { describe, expect, test } from "@jest/globals";
import { endpoints } from "../../../google/endpoints.ts";
import { checkCall, type SentRequest } from "./check-call.ts";
import { documents } from "./documents.ts";
import { googleError, storageError } from "./error-form.ts";

const SERVICE = "/v2/projects/p/locations/l/services/s";
const READ = { method: "GET", url: SERVICE, body: "" };
const traffic = (target: object, mask = "traffic"): SentRequest => ({
  method: "PATCH",
  url: `${SERVICE}?updateMask=${mask}`,
  body: JSON.stringify({ traffic: [target] }),
});
const answered = (body: unknown, status = 200, request: SentRequest = READ): string[] =>
  checkCall(request, { status, body: typeof body === "string" ? body : JSON.stringify(body) });

test("a request and a response that Google documents are right", () => {
  expect(checkCall(traffic({ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }))).toEqual([]);
  expect(answered({ name: "projects/p/locations/l/services/s", generation: "3", traffic: [] })).toEqual([]);
});

describe("a request that Google has not", () => {
  test.each<[string, SentRequest, string]>([
    [
      "a wrong method",
      { ...READ, method: "PUT" },
      "the verb is GET (run.projects.locations.services.get) or PATCH",
    ],
    ["a wrong path", { ...READ, url: "/v2/projects/p/services/s" }, "no called method has this path"],
    [
      "a wrong name in the path",
      { ...READ, url: "/compute/v1/projects/p/regions/US/addresses/a" },
      "no called method",
    ],
    ["an unknown parameter", { ...READ, url: `${SERVICE}?mask=traffic` }, "?mask is no parameter"],
    ["a parameter twice", { ...READ, url: `${SERVICE}?alt=json&alt=json` }, "?alt is given 2 times"],
    [
      "a parameter of another type",
      { ...READ, url: "/v3/projects/p/timeSeries?pageSize=many" },
      "?pageSize is null",
    ],
    [
      "a time in another form",
      { ...READ, url: "/v3/projects/p/timeSeries?interval.endTime=yesterday" },
      '?interval.endTime is "yesterday": google-datetime is expected',
    ],
    [
      "an unknown field",
      traffic({ share: 100 }),
      "body.traffic[0].share is no field: there are percent, revision",
    ],
    ["a wrong word", traffic({ type: "LATEST" }), 'body.traffic[0].type is "LATEST": one of TRAFFIC_TARGET'],
    ["another type", traffic({ percent: "100" }), 'body.traffic[0].percent is "100": int32 is expected'],
    ["a mask of what there is not", traffic({}, "trafic"), "the mask names trafic: trafic is no field"],
    [
      "a mask below a value",
      traffic({}, "template.timeout.seconds"),
      "template.timeout.seconds: seconds is no",
    ],
    [
      "a mask as Terraform writes it",
      traffic({}, "invoker_iam_disabled"),
      "invoker_iam_disabled is no field",
    ],
    [
      "a mask below a list",
      traffic({}, "traffic.percent"),
      "the mask names traffic.percent: percent is no field",
    ],
    ["a mask below a key of a map", traffic({}, "labels.team.name"), "labels.team.name: name is no field"],
    [
      "a key that is no name without its quotes",
      traffic({}, "labels.my-team"),
      "google-fieldmask is expected",
    ],
    ["all fields and another", traffic({}, "*,traffic"), "google-fieldmask is expected"],
    [
      "no body where one is taken, to PATCH",
      { ...traffic({}), body: "" },
      "this method takes a GoogleCloudRunV2Service",
    ],
    [
      "no body where one is taken, to POST",
      { method: "POST", url: "/v2/projects/p/locations/l/jobs/j:run", body: "" },
      "the body is missing: this method takes a GoogleCloudRunV2RunJobRequest",
    ],
    ["a body where none is taken", { ...READ, body: "{}" }, "there is a body: this method takes none"],
    ["a body that is no JSON", { ...traffic({}), body: "traffic=1" }, "the body is no JSON"],
    [
      "an upload that does not say how",
      { method: "POST", url: "/upload/storage/v1/b/b/o?name=o", body: "x" },
      "?uploadType is null: media is expected",
    ],
  ])("%s", (_, request, sentence) => {
    expect(checkCall(request)).toEqual([expect.stringContaining(sentence)]);
  });
});

test.each(["*", "", "labels.team", "labels,traffic", "labels.`my-team`", "template.labels.`a.b,c`,traffic"])(
  "the mask %j is one of Google's",
  (mask) => {
    expect(checkCall(traffic({}, encodeURIComponent(mask)))).toEqual([]);
  },
);

test("a body of a method that takes none may be missing, and one that was cut off is not checked", () => {
  expect(checkCall(READ)).toEqual([]);
  expect(checkCall({ ...traffic({}), body: undefined })).toEqual([]);
  expect(checkCall({ ...traffic({}, "trafic"), body: undefined })).toEqual([
    expect.stringContaining("the mask names trafic"),
  ]);
});

describe("a response that Google never gives", () => {
  test.each<[string, unknown, number, string]>([
    ["an unknown field", { state: "READY" }, 200, "response.state is no field"],
    [
      "a 64-bit number that is no text",
      { generation: 3 },
      200,
      "response.generation is 3: int64 is expected",
    ],
    [
      "a wrong word",
      { ingress: "ALL" },
      200,
      'response.ingress is "ALL": one of INGRESS_TRAFFIC_UNSPECIFIED',
    ],
    ["an object for a list", { traffic: {} }, 200, "response.traffic is {}: a list is expected"],
    ["a list for an object", { template: [] }, 200, "response.template is []: an object is expected"],
    ["no JSON", "<html>", 200, "the response is no JSON: <html>"],
    ["an error without its form", {}, 404, "error error: "],
    ["an error of another status", googleError(404), 403, "error.code is 404, and the status 403"],
    ["an error by another name", googleError(404, "gone", "notFound"), 404, "error.status is notFound"],
  ])("%s", (_, body, status, sentence) => {
    expect(answered(body, status)).toContainEqual(expect.stringContaining(sentence));
  });

  test("an operation whose metadata does not say what it is, or is something else than it says", () => {
    const run = { method: "POST", url: "/v2/projects/p/locations/l/jobs/j:run", body: "{}" };
    const type = "type.googleapis.com/google.cloud.run.v2.Execution";
    expect(answered({ metadata: { name: "e" } }, 200, run)).toEqual([
      expect.stringContaining("response.metadata has no @type"),
    ]);
    expect(answered({ metadata: { "@type": type, ended: true } }, 200, run)).toEqual([
      expect.stringContaining("response.metadata.ended is no field"),
    ]);
    expect(answered({ metadata: { "@type": type, name: "e" } }, 200, run)).toEqual([]);
  });
});

test("errors of both forms, content itself, and requests of OAuth's clients are right", () => {
  expect(answered(googleError(503), 503)).toEqual([]);
  const object = { ...READ, url: "/storage/v1/b/b/o/a%2Fb" };
  expect(answered(storageError(404, "No such object", "notFound"), 404, object)).toEqual([]);
  expect(answered('"anything"', 200, { ...object, url: `${object.url}?alt=media&generation=1` })).toEqual([]);
  const exchange = {
    method: "POST",
    url: "/v1/token",
    contentType: "application/x-www-form-urlencoded;charset=UTF-8",
    body: "grant_type=x&subject_token=y",
  };
  expect(answered({ access_token: "t", expires_in: 3600 }, 200, exchange)).toEqual([]);
});

test("Google's own addresses are those of its documents", () => {
  const roots = documents().map(({ root }) => root.replace(/\/$/, ""));
  expect(roots).toEqual(expect.arrayContaining(Object.values(endpoints())));
});
