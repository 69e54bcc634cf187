import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const EMAIL = "${google_service_account.runner.id}";
const URI = "${google_cloud_run_v2_service.api.uri}";

/** A workflow next to a service that only accounts may invoke. */
const platform = (source_contents: string, role = "roles/run.invoker"): Resources => ({
  google_service_account: { runner: { account_id: "flow-runner" } },
  google_cloud_run_v2_service: {
    api: { name: "api", location: "europe-west1", template: { containers: {} } },
  },
  google_cloud_run_v2_service_iam_member: {
    runner: {
      name: "${google_cloud_run_v2_service.api.name}",
      role,
      member: "${google_service_account.runner.member}",
    },
  },
  google_workflows_workflow: {
    flow: { name: "flow", region: "europe-west1", service_account: EMAIL, source_contents },
  },
});
const said = (rule: string, source: string, role?: string) =>
  check(ruleById(rule), platform(source, role)).map(({ message }) => message);

const post = (url: string, auth?: string) =>
  JSON.stringify({
    main: {
      steps: [
        {
          send: { call: "http.post", args: { url, ...(auth === undefined ? {} : { auth: { type: auth } }) } },
        },
      ],
    },
  });
const steps = (...list: object[]) => JSON.stringify({ main: { steps: list } });

/** The kind: a definition that is read only when it is deployed. */
describe("service/workflow", () => {
  test.each([
    "main:\n  params: [event]\n  steps:\n    - a:\n        call: sys.log\n        args:\n          text: $${event.id}\n        next: b\n    - b:\n        return: ok\n",
    steps({ a: { call: "helper", next: "end" } }).replace(/}$/, ',"helper":{"steps":[{"x":{"return":1}}]}}'),
    steps({ a: { for: { value: "v", in: [1], steps: [{ b: { next: "continue" } }] } } }),
    steps({ a: { switch: [{ condition: true, next: "b" }] } }, { b: { return: 1 } }),
    steps({
      a: {
        try: { call: "http.get", args: { url: "https://a.example" } },
        except: { as: "e", steps: [{ b: { raise: "e" } }] },
      },
    }),
    steps({ a: { call: "googleapis.bigquery.v2.jobs.query", args: {} } }),
    JSON.stringify([{ a: { return: 1 } }]),
    // A line that is not known may be any steps.
    "main:\n  steps:\n    - a:\n        next: b\n${google_cloud_run_v2_service.api.uri}\n  - c:\n        return: ok\n",
  ])("reads %s", (source) => {
    expect(said("service/workflow", source)).toEqual([]);
  });

  test.each([
    ["main:\n  params: [event\n  steps: []\n", "cannot be read"],
    ["send:\n  steps: []\n", "there is no main"],
    [steps({ a: { call: "sys.log", next: "finish" } }), 'goes on with "finish"'],
    [steps({ a: { call: "send_it" } }), "no such subworkflow"],
    [steps({ a: { call: "http.send" } }), "no such function"],
    [steps({ a: { assign: [{ x: "$${1 + 2" }] } }), "has ${ without its }"],
    [
      steps({ a: { parallel: { branches: [{ one: { steps: [{ b: { next: "nowhere" } }] } }] } } }),
      '"nowhere"',
    ],
  ])("rejects %s", (source, message) => {
    expect(said("service/workflow", source).join()).toContain(message);
  });

  test("does not judge what is not known", () => {
    expect(said("service/workflow", "${var.source}")).toEqual([]);
    expect(said("service/workflow", "main:\n  steps:\n    - a: {return: $${b}}\n")).toEqual([]);
    expect(said("service/workflow", steps({ a: { call: "${var.name}", next: "${var.next}" } }))).toEqual([]);
  });
});

/** The kind: a request of a workflow without the token, or the right, that its target asks for. */
describe("requests of a workflow", () => {
  test("carry a token of the kind that the target takes", () => {
    const token = (source: string) => said("identity/target-token", source);
    expect(token(post(`${URI}/a`, "OIDC"))).toEqual([]);
    expect(token(post("https://bigquery.googleapis.com/a", "OAuth2"))).toEqual([]);
    expect(token(post("https://api.example.com/a"))).toEqual([]);
    expect(token(post(`${URI}/a`, "OAuth2"))[0]).toContain("takes OpenID Connect tokens only");
    expect(token(post(`${URI}/a`))[0]).toContain("without auth, and only accounts may invoke it");
    expect(token(post("https://bigquery.googleapis.com/a", "OIDC"))[0]).toContain("take OAuth access tokens");
  });

  test("need the invoker of the service", () => {
    expect(said("identity/run-invoker", post(`${URI}/a`, "OIDC"))).toEqual([]);
    expect(said("identity/run-invoker", post(`${URI}/a`, "OIDC"), "roles/run.viewer")[0]).toContain(
      "which has no roles/run.invoker on it",
    );
  });
});

/** The kind: an account that starts a function or a workflow without the right to. */
describe("accounts of events", () => {
  const triggered = (roles: readonly string[]): Resources => ({
    google_service_account: { runner: { account_id: "event-runner" } },
    google_project_iam_member: Object.fromEntries(
      roles.map((role, index) => [
        `r${index}`,
        { project: "acme-dev", role, member: "${google_service_account.runner.member}" },
      ]),
    ),
    google_eventarc_trigger: {
      t: {
        name: "t",
        location: "europe-west1",
        service_account: "${google_service_account.runner.email}",
        matching_criteria: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
        destination: { workflow: "projects/acme-dev/locations/europe-west1/workflows/flow" },
      },
    },
    google_cloudfunctions2_function: {
      f: {
        name: "f",
        location: "europe-west1",
        event_trigger: {
          event_type: "google.cloud.audit.log.v1.written",
          service_account_email: "${google_service_account.runner.email}",
        },
      },
    },
  });
  const reported = (...roles: string[]) =>
    check(ruleById("identity/event-receiver"), triggered(roles)).map(({ address }) => address);

  test("may receive events, and start the workflow", () => {
    expect(reported("roles/eventarc.eventReceiver", "roles/workflows.invoker")).toEqual([]);
    expect(reported("roles/eventarc.eventReceiver")).toEqual(["google_eventarc_trigger.t"]);
    expect(reported("roles/workflows.invoker")).toEqual(["google_cloudfunctions2_function.f"]);
  });
});
