import { describe, expect, test } from "@jest/globals";
import { backendService } from "../../../rules/edge/backend-service.ts";
import { cloudArmor } from "../../../rules/edge/cloud-armor.ts";
import { ingressRule } from "../../../rules/edge/ingress.ts";
import { invoker } from "../../../rules/edge/invoker.ts";
import { knativeService, service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

describe("edge/backend-service", () => {
  const said = (body: object, rest: object = {}) =>
    check(backendService, edge({ backendService: { ...body }, ...rest }));

  test("CDN or IAP hold, both are refused", () => {
    expect(said({ enable_cdn: true })).toEqual([]);
    expect(said({ enable_cdn: true, iap: { enabled: false } })).toEqual([]);
    expect(said({ enable_cdn: true, iap: { enabled: true } })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message: "enable_cdn and iap are both on: refused at apply, a cache cannot ask who is there.",
      },
    ]);
  });

  test("outlier detection needs EXTERNAL_MANAGED", () => {
    const detection = { outlier_detection: { consecutive_errors: 5 } };
    expect(said(detection)).toEqual([]);
    expect(said({ ...detection, load_balancing_scheme: undefined })).toMatchObject([{ severity: "error" }]);
  });

  test("no backend beside an idle endpoint group breaks, alone it is advice", () => {
    expect(check(backendService, edge({ backend: null }))).toMatchObject([
      {
        severity: "error",
        message:
          "the backend service has no backend, while google_compute_region_network_endpoint_group.api is in no backend service: breaks at run time, it answers 503.",
      },
    ]);
    const alone = { google_compute_backend_service: { api: { name: "api" } } };
    expect(check(backendService, alone)).toMatchObject([{ severity: "warning" }]);
  });

  test("draining takes an hour at most", () => {
    expect(said({ connection_draining_timeout_sec: 3600 })).toEqual([]);
    expect(said({ connection_draining_timeout_sec: 3601 })).toHaveLength(1);
  });
});

describe("edge/cloud-armor", () => {
  const said = (body: object, policy: object) =>
    check(
      cloudArmor,
      edge(
        { backendService: { ...body } },
        { google_compute_security_policy: { waf: { name: "waf", ...policy } } },
      ),
    );
  const waf = ref("google_compute_security_policy.waf.id");

  test("a backend policy as security_policy holds, an edge policy is refused", () => {
    expect(said({ security_policy: waf }, {})).toEqual([]);
    expect(said({ edge_security_policy: waf }, { type: "CLOUD_ARMOR_EDGE" })).toEqual([]);
    expect(said({ security_policy: waf }, { type: "CLOUD_ARMOR_EDGE" })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "security_policy names google_compute_security_policy.waf, whose type is CLOUD_ARMOR_EDGE: refused at apply, it takes CLOUD_ARMOR.",
      },
    ]);
  });

  test("two rules of one priority are refused", () => {
    const rule = { action: "allow", priority: 2147483647 };
    expect(said({}, { rule: [rule, { ...rule, priority: 1 }] })).toEqual([]);
    expect(said({}, { rule: [rule, rule] })).toHaveLength(1);
  });
});

describe("edge/ingress", () => {
  const said = (body: object, rest: object = {}) =>
    check(ingressRule, edge({ service: { ...body }, ...rest }));

  test("ingress for the load balancer holds", () => {
    expect(said({})).toEqual([]);
  });

  test("internal only behind an external load balancer breaks", () => {
    expect(said({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" })).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "ingress is internal only, but google_compute_backend_service.api serves it through google_compute_region_network_endpoint_group.api to the internet: breaks at run time, every request gets 404.",
      },
    ]);
  });

  test("open to all is advice, behind an internal load balancer nothing is said", () => {
    expect(said({ ingress: "INGRESS_TRAFFIC_ALL" })).toMatchObject([{ severity: "warning" }]);
    const internal = { backendService: { load_balancing_scheme: "INTERNAL_MANAGED" } };
    expect(said({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }, internal)).toEqual([]);
    expect(said({ ingress: ref("var.ingress") })).toEqual([]);
  });

  test("the first generation says it in an annotation", () => {
    const body = {
      ...knativeService(),
      metadata: { annotations: { "run.googleapis.com/ingress": "internal" } },
    };
    const resources = edge(
      { neg: { cloud_run: { service: ref("google_cloud_run_service.old.name") } } },
      { google_cloud_run_service: { old: { ...body, name: "old" } } },
    );
    expect(check(ingressRule, resources)).toMatchObject([
      { severity: "error", address: "google_cloud_run_service.old" },
    ]);
  });
});

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

  test("a grant, a disabled check or IAP holds", () => {
    expect(check(invoker, edge({}, grants("api", "web")))).toEqual([]);
    expect(check(invoker, edge({ service: { invoker_iam_disabled: true } }, grants("web")))).toEqual([]);
    expect(check(invoker, edge({ backendService: { iap: { enabled: true } } }, grants("web")))).toEqual([]);
  });

  test("the one that was forgotten breaks", () => {
    expect(check(invoker, edge({}, grants("web")))).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "nobody may invoke the service that google_compute_backend_service.api shows to the internet, while google_cloud_run_v2_service.web has a grant of its own: breaks at run time, every request gets 403.",
      },
    ]);
  });

  test("where no grant is defined at all it is advice", () => {
    expect(check(invoker, edge())).toMatchObject([{ severity: "warning" }]);
  });

  test("a grant that cannot be followed may be this one's", () => {
    const unknown = {
      google_cloud_run_v2_service_iam_member: { any: { ...grant("web"), name: ref("var.name") } },
    };
    expect(check(invoker, edge({}, unknown))).toEqual([]);
  });
});
