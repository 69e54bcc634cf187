import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { planned } from "../data/plan-fixture.ts";

const rule = ruleById("rollout/revision-name");

describe("rollout/revision-name", () => {
  const service = (revision: string | null, image: string, more: object = {}) => ({
    name: "api",
    ...more,
    template: [{ revision, containers: [{ image, env: [{ name: "A", value: "1", value_source: [] }] }] }],
  });
  const update = (before: object, after: object, type = "google_cloud_run_v2_service") =>
    planned(rule, type, { actions: ["update"], before, after });

  test("a fixed name with another template is a conflict", () => {
    expect(update(service("api-v1", "api:1"), service("api-v1", "api:2"))).toEqual([
      {
        severity: "error",
        message:
          'template.revision stays "api-v1" and the plan changes template.containers.image; rejected by the API (409): a revision of that name exists with another template.',
      },
    ]);
  });

  test("a new name, no name, and a change outside of the template pass", () => {
    expect(update(service("api-v1", "api:1"), service("api-v2", "api:2"))).toEqual([]);
    expect(update(service(null, "api:1"), service(null, "api:2"))).toEqual([]);
    expect(update(service("api-v1", "api:1"), service("api-v1", "api:1", { labels: { a: "b" } }))).toEqual(
      [],
    );
  });

  test("Knative services too, unless the provider makes the name", () => {
    const knative = (image: string, more: object = {}) => ({
      ...more,
      template: [{ metadata: [{ name: "api-1" }], spec: [{ containers: [{ image }] }] }],
    });
    const type = "google_cloud_run_service";
    expect(update(knative("api:1"), knative("api:2"), type)).toMatchObject([
      { message: expect.stringContaining('template.metadata.name stays "api-1"') },
    ]);
    const generated = { autogenerate_revision_name: true };
    expect(update(knative("api:1", generated), knative("api:2", generated), type)).toEqual([]);
  });
});
