import { describe, expect, test } from "@jest/globals";
import { runInvoker } from "../../../rules/identity/run-invoker.ts";
import { check, type Resources } from "../support.ts";

const URI = "${google_cloud_run_v2_service.api.uri}";
const CALLER = "${google_service_account.caller.email}";
const MEMBER = "serviceAccount:${google_service_account.caller.email}";

const said = (resources: Resources) =>
  check(runInvoker, {
    google_service_account: { caller: { account_id: "caller" }, other: { account_id: "other" } },
    google_cloud_run_v2_service: { api: { name: "orders", location: "europe-west1" } },
    ...resources,
  }).map(({ severity, message }) => `${severity}: ${message}`);

const invoker = (member: string, settings: object = {}) => ({
  google_cloud_run_v2_service_iam_member: {
    invoker: {
      name: "${google_cloud_run_v2_service.api.name}",
      location: "europe-west1",
      role: "roles/run.invoker",
      member,
      ...settings,
    },
  },
});
const onProject = (role: string) => ({
  google_project_iam_member: { one: { project: "acme-dev", role, member: MEMBER } },
});
const push = (settings: object = { oidc_token: { service_account_email: CALLER } }) => ({
  google_pubsub_subscription: {
    push: { name: "push", topic: "orders", push_config: { push_endpoint: `${URI}/orders`, ...settings } },
  },
});
const schedule = (settings: object = { oidc_token: { service_account_email: CALLER } }) => ({
  google_cloud_scheduler_job: {
    nightly: { name: "nightly", http_target: { uri: `${URI}/run`, ...settings } },
  },
});

describe("identity/run-invoker", () => {
  test("the account of a push subscription may invoke the service", () => {
    expect(said(push())).toEqual([
      'error: push_config calls the service "orders" (google_cloud_run_v2_service.api) as google_service_account.caller, which has no roles/run.invoker on it; fails at run time: every request gets 403.',
    ]);
    expect(
      said({ ...push(), ...invoker("serviceAccount:${google_service_account.other.email}") }),
    ).toHaveLength(1);
    expect(said({ ...push(), ...invoker(MEMBER, { role: "roles/run.viewer" }) })).toHaveLength(1);
    expect(said({ ...push(), ...invoker(MEMBER) })).toEqual([]);
    expect(said({ ...push(), ...onProject("roles/run.invoker") })).toEqual([]);
    expect(said({ ...push(), ...onProject("projects/acme-dev/roles/caller") })).toEqual([]);
    expect(said({ ...push(), ...invoker("allUsers") })).toEqual([]);
  });

  test("a schedule and an Eventarc trigger likewise", () => {
    expect(said(schedule())).toHaveLength(1);
    expect(said({ ...schedule(), ...invoker(MEMBER) })).toEqual([]);
    const trigger = {
      google_eventarc_trigger: {
        one: {
          name: "one",
          service_account: CALLER,
          destination: { cloud_run_service: { service: "${google_cloud_run_v2_service.api.name}" } },
        },
      },
    };
    expect(said(trigger)).toHaveLength(1);
    expect(said({ ...trigger, ...invoker(MEMBER) })).toEqual([]);
  });

  test("a schedule that runs a job, too", () => {
    const scheduled = (uri: string) => ({
      google_cloud_run_v2_job: { nightly: { name: "nightly", location: "europe-west1" } },
      google_cloud_scheduler_job: {
        nightly: { name: "nightly", http_target: { uri, oauth_token: { service_account_email: CALLER } } },
      },
    });
    const BASE = "https://run.googleapis.com/v2";
    const byName = scheduled(`${BASE}/projects/acme-dev/locations/europe-west1/jobs/nightly:run`);
    const byId = scheduled(`${BASE}/\${google_cloud_run_v2_job.nightly.id}:run`);
    const mayRun = (role: string, name = "nightly") => ({
      google_cloud_run_v2_job_iam_member: { one: { name, location: "europe-west1", role, member: MEMBER } },
    });
    for (const schedule of [byName, byId]) {
      expect(said(schedule)).toEqual([
        'error: http_target runs the job "nightly" (google_cloud_run_v2_job.nightly) as google_service_account.caller, which has no roles/run.invoker on it; fails at run time: every request gets 403.',
      ]);
      expect(said({ ...schedule, ...mayRun("roles/run.invoker") })).toEqual([]);
      expect(said({ ...schedule, ...mayRun("roles/run.jobsExecutor") })).toEqual([]);
      expect(said({ ...schedule, ...mayRun("roles/run.viewer") })).toHaveLength(1);
      expect(said({ ...schedule, ...onProject("roles/run.invoker") })).toEqual([]);
      // A grant on the service of that name is none on the job.
      expect(said({ ...schedule, ...invoker(MEMBER) })).toHaveLength(1);
    }
  });

  test("Identity-Aware Proxy calls the service that it protects as its service agent", () => {
    const proxied = (settings: object = {}) => ({
      google_cloud_run_v2_service: {
        api: { name: "orders", location: "europe-west1", iap_enabled: true, ...settings },
      },
    });
    const AGENT = "serviceAccount:service-1@gcp-sa-iap.iam.gserviceaccount.com";
    expect(said(proxied())).toEqual([
      "warning: iap_enabled is true, and the service agent of Identity-Aware Proxy has no roles/run.invoker on it; fails at run time: every request gets 403.",
    ]);
    expect(said({ ...proxied(), ...invoker(AGENT) })).toEqual([]);
    expect(said({ ...proxied(), ...invoker("${var.member}") })).toEqual([]);
    expect(said(proxied({ invoker_iam_disabled: true }))).toEqual([]);
    expect(said(proxied({ iap_enabled: false }))).toEqual([]);
  });

  test("requests without a token reach a public service only", () => {
    expect(said(push({}))).toEqual([
      'warning: push_config calls the service "orders" (google_cloud_run_v2_service.api) without oidc_token, and only accounts may invoke it; fails at run time: every request gets 403.',
    ]);
    expect(said({ ...push({}), ...invoker(MEMBER) })[0]).toMatch(/^error: /);
    expect(said({ ...push({}), ...invoker("allUsers") })).toEqual([]);
    expect(said({ ...schedule({}), ...invoker(MEMBER) })[0]).toMatch(/^error: /);
    const open = { google_cloud_run_v2_service: { api: { name: "orders", invoker_iam_disabled: true } } };
    expect(said({ ...push({}), ...open })).toEqual([]);
  });

  test("a service that calls another is one of its invokers", () => {
    const caller = (service_account?: string) => ({
      google_cloud_run_v2_service: {
        api: { name: "orders", location: "europe-west1" },
        web: {
          name: "web",
          location: "europe-west1",
          template: { service_account, containers: { image: "web", env: [{ name: "API_URL", value: URI }] } },
        },
      },
    });
    const message =
      'environment variable API_URL calls the service "orders" (google_cloud_run_v2_service.api) as google_service_account.caller, which has no roles/run.invoker on it; fails at run time: every request gets 403.';
    expect(said(caller(CALLER))).toEqual([`warning: ${message}`]);
    const others = invoker("serviceAccount:${google_service_account.other.email}");
    expect(said({ ...caller(CALLER), ...others })).toEqual([`error: ${message}`]);
    expect(said({ ...caller(CALLER), ...invoker(MEMBER) })).toEqual([]);
    expect(said({ ...caller(), ...others })).toEqual([]);
  });

  test("for_each and a service of the first generation", () => {
    const repeated = {
      google_cloud_run_v2_service: {
        api: { for_each: { a: "orders", b: "stock" }, name: "${each.value}", location: "europe-west1" },
      },
      google_pubsub_subscription: {
        push: {
          name: "push",
          push_config: {
            push_endpoint: '${google_cloud_run_v2_service.api["a"].uri}',
            oidc_token: { service_account_email: CALLER },
          },
        },
      },
    };
    const grant = (key: string) =>
      invoker(MEMBER, { name: `\${google_cloud_run_v2_service.api["${key}"].name}` });
    expect(said({ ...repeated, ...grant("b") })).toHaveLength(1);
    expect(said({ ...repeated, ...grant("a") })).toEqual([]);
    const knative = {
      google_cloud_run_service: { api: { name: "orders", location: "europe-west1" } },
      google_pubsub_subscription: {
        push: {
          name: "push",
          push_config: {
            push_endpoint: "${google_cloud_run_service.api.status[0].url}",
            oidc_token: { service_account_email: CALLER },
          },
        },
      },
    };
    expect(said(knative)).toHaveLength(1);
    expect(
      said({
        ...knative,
        google_cloud_run_service_iam_member: {
          one: { service: "${google_cloud_run_service.api.name}", role: "roles/run.invoker", member: MEMBER },
        },
      }),
    ).toEqual([]);
  });
});
