import { describe, expect, test } from "@jest/globals";
import { findDrift } from "../../review/drift/find-drift.ts";
import { driftMarkdown } from "../../review/drift/markdown.ts";
import { driftText } from "../../review/drift/text.ts";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { reviewText } from "../../review/report/text.ts";
import type { Review } from "../../review/review.ts";
import { TODAY } from "../support/environments.ts";
import { plan, resourceChange } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";
import { change, planOf, reviewOf, reviewOfReal } from "./support.ts";

const everything = (review: Review): string =>
  [reviewMarkdown(review), JSON.stringify(review), reviewText(review).join("\n")].join("\n");

const secret = "s3cr3t/Zebra+42";

/** One resource that hides the secret, and another one that repeats it in the open. */
const repeating = (text: string): Json =>
  planOf(
    change("google_x", { v: "old" }, { v: secret }, { change: { after_sensitive: { v: true } } }),
    change("google_y", { w: "old" }, { w: text }),
  );

const driftEverything = (json: Json): string => {
  const report = findDrift({
    environment: { name: "dev", acknowledgements: [], waivers: [] },
    stacks: [{ name: "dev", refreshed: json }],
    failed: [],
    today: TODAY,
  });
  expect(report.drifted.length + report.noticed.length).toBeGreaterThan(0);
  return [driftMarkdown(report), JSON.stringify(report), driftText(report).join("\n")].join("\n");
};

describe("what is hidden at one place is hidden at every other", () => {
  test.each([
    ["within a text", `before ${secret} after`, secret],
    ["in base64", Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("base64")],
    ["in a URL", `https://a.example/?q=${encodeURIComponent(secret)}`, encodeURIComponent(secret)],
  ])("%s", (_, text, needle) => {
    expect(everything(reviewOf({ dev: repeating(text) }))).not.toContain(needle);
  });

  test("whatever signs it is made of", () => {
    for (const odd of ["a.b*c+(d)[e]{f}|^$\\-/", "half \ud83c of a sign", "漢字漢字漢字"]) {
      const json = planOf(
        change("google_x", { v: "old" }, { v: odd }, { change: { after_sensitive: { v: true } } }),
        change("google_y", { w: "old" }, { w: `see ${odd}` }),
      );
      expect(JSON.stringify(reviewOf({ dev: json }).stacks)).not.toContain(JSON.stringify(odd).slice(1, -1));
      expect(JSON.stringify(reviewOf({ dev: json }).stacks)).toContain("see (sensitive)");
    }
  });

  test("a sensitive variable, however deep, and what the state marks, also for drift", () => {
    const json = planOf(change("google_y", { w: "a", q: "b" }, { w: "deep-Zebra-1", q: "kept-Zebra-2" }));
    json.variables = { all: { value: { deep: ["deep-Zebra-1"] } } };
    json.configuration.root_module.variables = { all: { sensitive: true } };
    json.prior_state.values.root_module.resources.push({
      address: "google_x.it",
      mode: "managed",
      type: "google_x",
      name: "it",
      values: { v: "kept-Zebra-2" },
      sensitive_values: { v: true },
    });
    expect(everything(reviewOf({ dev: json }))).not.toContain("Zebra");
    const { resource_changes, ...refreshed } = json;
    expect(driftEverything({ ...refreshed, resource_drift: resource_changes })).not.toContain("Zebra");
  });

  test("but a word that only a name gives away stays in the sentences", () => {
    const env = (value: string) => ({
      name: "s",
      template: [{ containers: [{ env: [{ name: "PARTITION_KEY", value }] }] }],
    });
    const review = reviewOf({
      dev: planOf(
        change("google_cloud_run_v2_service", env("zone"), env("region")),
        change("google_y", { region: "a" }, { region: "region b" }),
      ),
    });
    expect(everything(review)).toContain("region b");
    expect(everything(review)).not.toContain("zone to region");
  });
});

describe("what may not be seen", () => {
  test("the AUTH string of Redis appears nowhere, marked or not", () => {
    const json = plan("10-redis-tls");
    const secret = resourceChange(json, "google_redis_instance.cache").change.before.auth_string;
    expect(secret).toHaveLength(32);
    expect(everything(reviewOf({ dev: json }))).not.toContain(secret);
    const unmarked = reviewOfReal("10-redis-tls", (copy) => {
      for (const { change } of copy.resource_changes) {
        change.before_sensitive = {};
        change.after_sensitive = {};
      }
    });
    expect(everything(unmarked)).not.toContain(secret);
    expect(everything(unmarked)).toContain("auth_string: (sensitive)");
  });

  const cases: [string, string, Json, Json][] = [
    [
      "a password",
      "google_sql_user",
      { name: "u", password: "HUSH-old-1" },
      { name: "u", password: "HUSH-new-2" },
    ],
    [
      "a root password",
      "google_sql_database_instance",
      { name: "d", root_password: "HUSH-1" },
      { name: "d", root_password: "HUSH-2" },
    ],
    [
      "a secret's data",
      "google_secret_manager_secret_version",
      { secret_data: "HUSH-1" },
      { secret_data: "HUSH-2" },
    ],
    [
      "a private key",
      "google_compute_ssl_certificate",
      { name: "c", private_key: "HUSH-1" },
      { name: "c", private_key: "HUSH-2" },
    ],
    [
      "a key in any text",
      "google_storage_bucket_object",
      { name: "o", content: "a" },
      { name: "o", content: "-----BEGIN RSA PRIVATE KEY-----\nHUSH" },
    ],
    [
      "a URL with a password",
      "google_storage_bucket_object",
      { name: "o", content: "postgres://u:HUSH1@h/db" },
      { name: "o", content: "postgres://u:HUSH2@h/db" },
    ],
    [
      "a client's secret",
      "google_iap_client",
      { display_name: "c", secret: "HUSH-1" },
      { display_name: "c", secret: "HUSH-2" },
    ],
    [
      "labels of a token",
      "google_monitoring_notification_channel",
      { display_name: "c", sensitive_labels: [{ auth_token: "HUSH-1" }] },
      { display_name: "c", sensitive_labels: [{ auth_token: "HUSH-2" }] },
    ],
    [
      "a header",
      "google_cloud_scheduler_job",
      { name: "j", http_target: [{ headers: { Authorization: "Bearer HUSH-1", "X-Api-Key": "HUSH-1" } }] },
      { name: "j", http_target: [{ headers: { Authorization: "Bearer HUSH-2", "X-Api-Key": "HUSH-2" } }] },
    ],
    [
      "a password within JSON",
      "google_storage_bucket_object",
      { name: "o", content: "{}" },
      { name: "o", content: '{"user":"u","password":"HUSH"}' },
    ],
    [
      "a password within a script",
      "google_compute_instance",
      { name: "i", metadata: {} },
      { name: "i", metadata: { "startup-script": "export DB_PASSWORD=HUSH" } },
    ],
    [
      "a version of a variable",
      "google_cloudfunctions2_function",
      {
        name: "f",
        service_config: [{ environment_variables: { JWT_SECRET_V2: "HUSH-1", STRIPE_KEY: "HUSH-1" } }],
      },
      {
        name: "f",
        service_config: [{ environment_variables: { JWT_SECRET_V2: "HUSH-2", STRIPE_KEY: "HUSH-2" } }],
      },
    ],
    [
      "a map of variables",
      "google_cloudfunctions2_function",
      { name: "f", service_config: [{ environment_variables: { API_KEY: "HUSH-1" } }] },
      { name: "f", service_config: [{ environment_variables: { API_KEY: "HUSH-2" } }] },
    ],
  ];
  test.each(cases)("%s", (_, type, before, after) => {
    for (const changes of [
      change(type, before, after),
      change(type, null, after),
      change(type, before, null),
    ]) {
      const review = reviewOf({ dev: planOf(changes) });
      expect(everything(review)).not.toContain("HUSH");
      expect(review.stacks[0]?.changes).toHaveLength(1);
    }
    expect(everything(reviewOf({ dev: planOf(change(type, before, after)) }))).toContain("(sensitive)");
  });

  test("variables of a service that look secret, in the plan and in its meaning", () => {
    const service = (value: string): Json => ({
      name: "s",
      template: [
        {
          containers: [
            {
              image: "i",
              env: [
                { name: "JWT_SIGNING_KEY", value },
                { name: "PORT", value: value.length.toString() },
              ],
            },
          ],
        },
      ],
    });
    const review = reviewOf({
      dev: planOf(change("google_cloud_run_v2_service", service("HUSH-HUSH"), service("HUSH-HUSH-3"))),
    });
    expect(everything(review)).not.toContain("HUSH");
    const { impact } = review.stacks[0]?.changes[0] ?? { impact: [] };
    expect(impact.join(" ")).toContain("environment variable JWT_SIGNING_KEY changes");
    expect(impact.join(" ")).toContain("environment variable PORT 9 to 11");
    // The rule book sees that it is there all the same.
    expect(review.findings.map(({ rule }) => rule)).toContain("identity/plain-secret");
  });

  test("what Terraform marks is hidden, whatever it is called, also where a rule would quote it", () => {
    const marked = reviewOfReal("13-pool-and-deadline-raised", (json) => {
      const { change } = resourceChange(json, "google_cloud_run_v2_service.api");
      change.after_sensitive = {
        template: [
          { containers: [{ env: change.after.template[0].containers[0].env.map(() => ({ value: true })) }] },
        ],
      };
      change.before_sensitive = change.after_sensitive;
    });
    const { impact } = marked.stacks[0]?.changes[0] ?? { impact: [] };
    expect(impact.join(" ")).toContain("environment variable DATABASE_MAX_OVERFLOW changes");
    expect(everything(marked)).not.toMatch(/OVERFLOW[^)\n]*40|240 s/);
  });

  test("sensitive variables and outputs", () => {
    const json = planOf(change("terraform_data", { input: "x" }, { input: "uses HUSH-VALUE-9 within" }));
    json.variables = { key: { value: "HUSH-VALUE-9" } };
    json.configuration.root_module.variables = { key: { sensitive: true } };
    json.output_changes = {
      token: {
        actions: ["update"],
        before: "HUSH-1",
        after: "HUSH-2",
        after_unknown: false,
        before_sensitive: true,
        after_sensitive: true,
      },
      address: {
        actions: ["create"],
        before: null,
        after: "1.2.3.4",
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
      later: {
        actions: ["create"],
        before: null,
        after_unknown: true,
        before_sensitive: false,
        after_sensitive: false,
      },
    };
    const review = reviewOf({ dev: json });
    expect(everything(review)).not.toContain("HUSH");
    expect(review.stacks[0]?.outputs).toEqual([
      { name: "token", action: "update", before: "(sensitive)", after: "(sensitive)" },
      { name: "address", action: "create", before: undefined, after: '"1.2.3.4"' },
      { name: "later", action: "create", before: undefined, after: "(known after apply)" },
    ]);
  });

  test("what is no secret is shown: names of secrets, ports, switches", () => {
    const review = reviewOf({
      dev: planOf(
        change(
          "google_sql_database_instance",
          { name: "d", secret_id: "a" },
          { name: "d", secret_id: "b", password_validation_policy: [{ min_length: 12 }] },
        ),
      ),
    });
    expect(everything(review)).toContain('secret_id: "a" -> "b"');
    expect(everything(review)).toContain("min_length");
  });
});
