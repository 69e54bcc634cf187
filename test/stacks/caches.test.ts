import { describe, expect, test } from "@jest/globals";
import { budgetChanges } from "../../review/budget/budgets.ts";
import { statedBy } from "../../review/drift/environment-keys.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { findings, type Json, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const { plan, environment } = changedShape("caches");
const subject = environment();
const stacks = synthesized(subject);

describe("several caches", () => {
  test("are instances of one stack, each with a name in the private zone", () => {
    const json = stacks["caches-data"];
    expect(resources(json, "google_redis_instance").map(({ name }) => name)).toEqual([
      "caches-queue",
      "caches-sessions",
    ]);
    expect(resources(json, "google_dns_record_set").map(({ name }) => name)).toEqual([
      "redis-queue.caches.internal.",
      "redis-sessions.caches.internal.",
    ]);
  });

  test("give their secrets to those alone that use them", () => {
    const readers = resources(stacks["caches-foundation"], "google_secret_manager_secret_iam_member").map(
      ({ secret_id, member }) => [
        /secret-([a-z-]+)_/.exec(secret_id)?.[1],
        /identity-([a-z]+)_/.exec(member)?.[1],
      ],
    );
    expect(readers.sort()).toEqual([
      ["queue-auth", "api"],
      ["queue-auth", "nightly"],
      ["sessions-auth", "api"],
      ["sessions-auth", "web"],
      ["sessions-ca", "api"],
      ["sessions-ca", "web"],
    ]);
  });

  test("have one budget each: npm start, the review and the rule book count the same", () => {
    const whole = plan();
    const graph = synthesisOf(subject).graph(subject);
    const levels = budgetChanges(graph, graph, whole)
      .filter(({ unit }) => unit === "clients")
      .map(({ name, after }) => [name, after]);
    expect(levels.sort()).toEqual(
      whole.connectionBudget.caches
        .map(({ instance, used, limit }) => [`Clients of Redis ${instance.instance}`, { used, limit }])
        .sort(),
    );
  });

  test("have alerts and a section of the dashboard each", () => {
    const { alerts, dashboards } = plan();
    const clients = alerts.filter(({ id }) => /^redis-.*-clients$/.test(id)).map(({ id }) => id);
    expect(clients).toEqual(["redis-sessions-clients", "redis-queue-clients"]);
    expect(dashboards[0]?.sections.flatMap(({ title }) => /Redis: .*/.exec(title) ?? [])).toEqual([
      "Redis: caches-sessions",
      "Redis: caches-queue",
    ]);
  });

  test("are imported where they exist", () => {
    const imported = synthesized(
      environment((draft: Draft) => {
        draft.existing = { network: true, caches: { sessions: "legacy-sessions" } };
      }),
    );
    const { import: blocks } = imported["caches-data"] as Json;
    expect(blocks.map(({ to, id }: Json) => [to.replace(/_[0-9A-F]{8}$/, ""), id])).toEqual([
      [
        "google_redis_instance.cache-sessions",
        "projects/acme-web/locations/europe-west1/instances/legacy-sessions",
      ],
    ]);
  });

  test("hold the rule book, and their drift names the setting of the one that differs", () => {
    expect(findings(subject).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(
      statedBy(subject, {
        stack: "caches-data",
        type: "google_redis_instance",
        attribute: "memory_size_gb",
        address: "google_redis_instance.cache-sessions_0123ABCD",
      }),
    ).toBe("caches.sessions.memoryGibibytes");
  });
});
