import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (expression: string, grant: object = {}, type = "google_project_iam_member") =>
  check(ruleById("identity/condition"), {
    [type]: {
      one: {
        project: "acme-dev",
        role: "roles/storage.objectViewer",
        member: "user:ops@example.com",
        condition: { title: "limited", expression },
        ...grant,
      },
    },
  }).map(({ message }) => message);

const LIMITED = 'resource.name.startsWith("projects/_/buckets/acme")';

test("functions have the spelling of IAM, whatever a text between quotes holds", () => {
  expect(said(LIMITED)).toEqual([]);
  expect(
    said('request.time < timestamp("2027-01-01T00:00:00Z") && resource.matchTag("acme/env", "dev")'),
  ).toEqual([]);
  expect(
    said('api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly(["roles/viewer"])'),
  ).toEqual([]);
  expect(said("resource.name.endsWith('startswith()')")).toEqual([]);
  expect(said("myOwn(resource.name)")).toEqual([]);
  expect(said('resource.name.startswith("a")')).toEqual([
    "condition.expression calls startswith(); rejected by the API: there is no such function, the nearest is startsWith().",
  ]);
  expect(said('resource.name.endWith("a") && request.time < timestmp("b")')).toHaveLength(2);
});

test("basic roles and public members take no condition", () => {
  expect(said(LIMITED, { role: "roles/editor" })).toEqual([
    "roles/editor is granted with a condition; rejected by the API: basic roles take no conditions.",
  ]);
  const members = { member: undefined, members: ["user:ops@example.com", "allUsers"] };
  expect(said(LIMITED, members, "google_storage_bucket_iam_binding")).toEqual([
    "allUsers is granted a role with a condition; rejected by the API: a public grant takes no condition.",
  ]);
  expect(said(LIMITED, { condition: undefined, role: "roles/editor" })).toEqual([]);
});
