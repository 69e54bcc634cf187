import { describe, expect, test } from "@jest/globals";
import { form } from "../../../rules/schema/form.ts";
import { outOfRange } from "../../../rules/schema/out-of-range.ts";
import { unknownValue } from "../../../rules/schema/unknown-value.ts";
import { wrongType } from "../../../rules/schema/wrong-type.ts";
import { redis, reported } from "./support.ts";

const REDIS = "google_redis_instance";

describe("schema/wrong-type", () => {
  const types = (body: unknown) => reported(wrongType, REDIS, { ...redis, ...(body as object) });

  test("what Terraform converts passes: numbers and booleans as strings, strings as numbers, one block or a list of one", () => {
    expect(
      types({
        memory_size_gb: "1",
        auth_enabled: "true",
        name: 7,
        labels: { tier: 1, on: true },
        persistence_config: [{ persistence_mode: "RDB" }],
        maintenance_policy: { weekly_maintenance_window: [{ day: "MONDAY", start_time: {} }] },
      }),
    ).toEqual([]);
  });

  test("what is not known passes", () => {
    expect(types({ memory_size_gb: "${var.size}", labels: "${var.labels}" })).toEqual([]);
  });

  test.each([
    [
      { memory_size_gb: "1 GB" },
      'memory_size_gb is "1 GB"; rejected at plan: it is a whole number. Write a whole number.',
    ],
    [
      { auth_enabled: "yes" },
      'auth_enabled is "yes"; rejected at plan: it is true or false. Write true or false.',
    ],
    [{ name: ["cache"] }, "name is a list; rejected at plan: it is a string. Write a string."],
    [
      { labels: ["a"] },
      "labels is a list; rejected at plan: it is a map of strings. Write a map of strings.",
    ],
    [
      { labels: { a: ["b"] } },
      "labels is an object; rejected at plan: it is a map of strings. Write a map of strings.",
    ],
    [
      { persistence_config: "RDB" },
      'persistence_config is "RDB"; rejected at plan: it is a block. Write a block.',
    ],
    ...["1.5", 1.5].map(
      (size) =>
        [
          { memory_size_gb: size },
          `memory_size_gb is ${JSON.stringify(size)}; rejected at plan: it is a whole number. Write a whole number.`,
        ] as const,
    ),
  ])("%j", (body, message) => {
    expect(types(body)).toEqual([`error: ${message}`]);
  });

  test("a fraction passes where the provider takes one", () => {
    const objective = (goal: unknown, days: unknown) =>
      reported(wrongType, "google_monitoring_slo", { service: "api", goal, rolling_period_days: days });
    expect(objective(0.999, 28)).toEqual([]);
    expect(objective("0.999", "28.0")).toEqual([]);
    expect(objective(0.999, 27.5)).toEqual([
      "error: rolling_period_days is 27.5; rejected at plan: it is a whole number. Write a whole number.",
    ]);
  });

  test("a set given as one string", () => {
    const nat = { name: "n", router: "r", region: "europe-west1", nat_ips: "203.0.113.4" };
    expect(reported(wrongType, "google_compute_router_nat", nat)).toEqual([
      'error: nat_ips is "203.0.113.4"; rejected at plan: it is a set of strings. Write a set of strings.',
    ]);
    expect(reported(wrongType, "google_compute_router_nat", { ...nat, nat_ips: ["203.0.113.4"] })).toEqual(
      [],
    );
  });
});

describe("schema/unknown-value", () => {
  const words = (body: unknown, options = {}) =>
    reported(unknownValue, REDIS, { ...redis, ...(body as object) }, options);

  test("words of the provider pass, and so does what is empty or unknown", () => {
    expect(words({ tier: "STANDARD_HA", connect_mode: "", read_replicas_mode: "${var.mode}" })).toEqual([]);
  });

  test("another word is an error where no newer provider is allowed, or where it is misspelled", () => {
    expect(words({ tier: "PREMIUM" }, { version: "~> 6.0" })).toEqual([
      expect.stringContaining(
        'error: tier is "PREMIUM"; rejected at plan: google accepts BASIC, STANDARD_HA. Write one of them',
      ),
    ]);
    expect(words({ tier: "PREMIUM" })).toEqual([expect.stringContaining('warning: tier is "PREMIUM"')]);
    expect(words({ tier: "standard-ha" })).toEqual([
      'error: tier is "standard-ha"; rejected at plan: google accepts BASIC, STANDARD_HA. Write one of them, for example STANDARD_HA.',
    ]);
  });

  test("a word that some versions accept", () => {
    const policy = { name: "p", min_tls_version: "TLS_1_3" };
    const type = "google_compute_ssl_policy";
    expect(reported(unknownValue, type, policy)).toEqual([]);
    expect(reported(unknownValue, type, policy, { version: "~> 6.0" })).toEqual([
      expect.stringContaining(
        'error: min_tls_version is "TLS_1_3"; rejected at plan: google accepts TLS_1_0, TLS_1_1, TLS_1_2.',
      ),
    ]);
    expect(reported(unknownValue, type, policy, { version: ">= 6.0" })).toEqual([
      expect.stringContaining(
        'warning: min_tls_version is "TLS_1_3"; rejected at plan with google from 6.0.0 until 7.17.0',
      ),
    ]);
  });

  test("where the provider checks nothing, a word that the API's public description does not have is a warning", () => {
    const instance = { name: "main", region: "europe-west1", settings: { tier: "db-f1-micro" } };
    const type = "google_sql_database_instance";
    expect(reported(unknownValue, type, { ...instance, database_version: "POSTGRES_17" })).toEqual([]);
    expect(reported(unknownValue, type, { ...instance, database_version: "postgres_17" })).toEqual([]);
    expect(reported(unknownValue, type, { ...instance, database_version: "POSTGRESQL_17" })).toEqual([
      expect.stringMatching(
        /^warning: database_version is "POSTGRESQL_17"; rejected by the API: it knows MYSQL_5_1, .* for example POSTGRES_17\.$/,
      ),
    ]);
  });
});

describe("schema/out-of-range", () => {
  const window = (hours: unknown) => ({
    ...redis,
    maintenance_policy: { weekly_maintenance_window: { day: "MONDAY", start_time: { hours } } },
  });

  test.each([0, 23, "23", "${var.hours}"])("hours may be %j", (hours) => {
    expect(reported(outOfRange, REDIS, window(hours))).toEqual([]);
  });

  test.each([-1, 24])("hours may not be %j", (hours) => {
    expect(reported(outOfRange, REDIS, window(hours))).toEqual([
      `error: maintenance_policy.weekly_maintenance_window.start_time.hours is ${hours}; rejected at plan: it is 0 to 23. Write a value within the bounds.`,
    ]);
  });

  test("more blocks than there may be", () => {
    const config = { persistence_mode: "RDB" };
    expect(reported(outOfRange, REDIS, { ...redis, persistence_config: [config] })).toEqual([]);
    expect(reported(outOfRange, REDIS, { ...redis, persistence_config: [config, config] })).toEqual([
      "error: persistence_config is a list of 2; rejected at plan: there is at most 1 block. Write a value within the bounds.",
    ]);
    const unknown = { dynamic: { persistence_config: { for_each: "${var.modes}", content: {} } } };
    expect(reported(outOfRange, REDIS, { ...redis, persistence_config: [config], ...unknown })).toEqual([]);
  });

  test("the length of a text", () => {
    const intent = (length: number) =>
      reported(outOfRange, "google_dialogflow_cx_intent", { display_name: "a".repeat(length) });
    expect(intent(64)).toEqual([]);
    expect(intent(65)).toEqual([
      `error: display_name is "${"a".repeat(65)}"; rejected at plan: it has 0 to 64 characters. Write a value within the bounds.`,
    ]);
  });
});

describe("schema/form", () => {
  const folder = (name: string) => reported(form, "google_storage_folder", { bucket: "logs", name });

  test("a text that the provider's pattern matches passes, and one that is not known", () => {
    expect(folder("logs/")).toEqual([]);
    expect(folder("${var.folder}")).toEqual([]);
  });

  test("another is refused", () => {
    expect(folder("logs")).toEqual([
      'error: name is "logs"; rejected at plan: it has to match /$. Write a text of this form.',
    ]);
  });

  test("patterns that JavaScript reads in another way than Go are not tried", () => {
    const source = { organization: "1", display_name: "?" };
    expect(reported(form, "google_scc_source", source)).toEqual([]);
  });
});
