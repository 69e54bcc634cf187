import { expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../graph/index.ts";

const notes = (resource: object, more: object = {}) =>
  graphFromTerraformJson([{ origin: "test", json: { resource, ...more } }]).notes.filter((note) =>
    note.includes("other providers"),
  );

/** The kind: resources of which no rule knows anything were counted as read, and nothing was said. */
test("resources of other providers are named", () => {
  expect(notes({ aws_instance: { a: {} } })).toEqual([
    "1 resource of other providers was read and not judged: no rule knows aws_instance.",
  ]);
  const many = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((number) => [`aws_${number}`, { a: {}, b: {} }]));
  expect(notes(many)).toEqual([
    "14 resources of other providers were read and not judged: no rule knows aws_1, aws_2, aws_3, aws_4, aws_5 and 2 more.",
  ]);
  expect(notes({ [`x_${"y".repeat(1000)}`]: { a: {} } })[0]?.length).toBeLessThan(200);
});

test("what is judged, what makes nothing outside, and data sources are not", () => {
  expect(
    notes(
      {
        google_storage_bucket: { a: { name: "acme" } },
        random_password: { a: {} },
        terraform_data: { a: {} },
        kubernetes_manifest: { a: { manifest: {} } },
        time_sleep: { a: {} },
      },
      { data: { aws_region: { here: {} } } },
    ),
  ).toEqual([]);
});
