import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const invoker = ruleById("edge/invoker");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/invoker", () => {
  const grant = (name: string) => ({
    name: ref(`google_cloud_run_v2_service.${name}.name`),
    role: "roles/run.invoker",
    member: "allUsers",
  });
  const grants = (...names: string[]) => ({
    google_cloud_run_v2_service: { web: service({ service: { name: "web" } }) },
    google_cloud_run_v2_service_iam_member: Object.fromEntries(names.map((name) => [name, grant(name)])),
  });

  test("a grant, a disabled check or IAP passes", () => {
    expect(check(invoker, edge({}, grants("api", "web")))).toEqual([]);
    expect(check(invoker, edge({ service: { invoker_iam_disabled: true } }, grants("web")))).toEqual([]);
    expect(check(invoker, edge({ backendService: { iap: { enabled: true } } }, grants("web")))).toEqual([]);
  });

  test("the one that was forgotten fails", () => {
    expect(check(invoker, edge({}, grants("web")))).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "no roles/run.invoker for the service behind google_compute_backend_service.api, while google_cloud_run_v2_service.web has a grant; fails at run time: every request gets 403.",
      },
    ]);
  });

  test("where no grant is defined at all it is a warning", () => {
    expect(check(invoker, edge())).toMatchObject([{ severity: "warning" }]);
  });

  test("a grant that cannot be followed may be this one's", () => {
    const unknown = {
      google_cloud_run_v2_service_iam_member: { any: { ...grant("web"), name: ref("var.name") } },
    };
    expect(check(invoker, edge({}, unknown))).toEqual([]);
  });

  test("a grant stands where its service runs", () => {
    const grant = (location: string) => ({
      google_cloud_run_v2_service_iam_member: {
        all: { name: "api", location, role: "roles/run.invoker", member: "allUsers" },
      },
    });
    expect(errors(invoker, {}, grant("europe-west1"))).toEqual([]);
    expect(errors(invoker, {}, grant("us-central1"))).toEqual([
      "google_cloud_run_v2_service_iam_member.all: location is us-central1 and google_cloud_run_v2_service.api is in europe-west1; rejected by the API: there is no such service in us-central1.",
    ]);
  });
});
