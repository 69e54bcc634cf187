import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareEnvironments } from "../../platform/comparison.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { environment, issues, production, TODAY } from "../support/environments.ts";

const staging = environment();

/** The difference in one path, as "STANDING: LEFT / RIGHT". */
function difference(
  path: string,
  ...[left, right]: Parameters<typeof compareEnvironments>
): string | undefined {
  const found = compareEnvironments(left, right).differences.find((item) => item.path === path);
  return found === undefined ? undefined : `${found.standing}: ${found.values.join(" / ")}`;
}

describe("staging and production as they are", () => {
  const comparison = compareEnvironments(staging, production());

  test("every difference is by nature or declared, and every declaration covers one", () => {
    expect(comparison.differences.filter(({ standing }) => standing === "undeclared")).toEqual([]);
    expect(comparison.unused).toEqual([]);
  });

  test("numbers are there with both values and the reason", () => {
    expect(comparison.differences).toContainEqual({
      path: "services.backend.instances.max",
      values: ["20 instances", "40 instances"],
      standing: "declared",
      reason: "Sized for the load of production; the budgets prove that the numbers fit together.",
    });
  });

  test("the direction changes the order of the values and nothing else", () => {
    const turned = compareEnvironments(production(), staging);
    const paths = (found: typeof comparison): string[] => found.differences.map(({ path }) => path).sort();
    expect(paths(turned)).toEqual(paths(comparison));
    expect(turned.same).toBe(comparison.same);
    expect(difference("database.maxConnections", production(), staging)).toBe(
      "declared: 3000 connections / 1250 connections",
    );
  });
});

test("a changed deadline is undeclared", () => {
  const other = environment((draft) => {
    draft.deadlines.databaseInitialization = 80;
  }, "quality");
  expect(difference("deadlines.databaseInitialization", staging, other)).toBe("undeclared: 75 s / 80 s");
});

test("elements of lists are compared by name: their order says nothing, a missing one is compared value by value", () => {
  const other = environment((draft) => {
    draft.services.reverse();
    draft.services[2].secrets.reverse();
    draft.secrets.push({ name: "extra" });
  }, "quality");
  const undeclared = compareEnvironments(staging, other).differences.filter(
    ({ standing }) => standing === "undeclared",
  );
  expect(undeclared.map(({ path, values }) => [path, ...values])).toEqual([
    ["secrets.extra.name", "-", "extra"],
    ["secrets.extra.version", "-", "1"],
  ]);
});

test("where a range lies differs by nature; how large it is, is a number", () => {
  const moved = environment((draft) => {
    draft.network.addresses.directEgress = "10.9.8.0/24";
  }, "quality");
  expect(difference("network.addresses.directEgress", staging, moved)).toBe(
    "by nature: 10.1.8.0/24 / 10.9.8.0/24",
  );
  const larger = environment((draft) => {
    draft.network.addresses.directEgress = "10.9.8.0/23";
  }, "quality");
  expect(difference("network.addresses.directEgress", staging, larger)).toBe(
    "undeclared: 10.1.8.0/24 / 10.9.8.0/23",
  );
});

describe("declarations", () => {
  const declaring = (path: string, from = "staging") =>
    environment((draft) => {
      draft.services[1].instances.max = 19;
      draft.differences = [{ from, paths: [path], reason: "because a test says so" }];
    }, "quality");
  const path = "services.backend.instances.max";

  test.each([
    ["the path itself", path],
    ["its section", "services.backend"],
    ["the whole list", "services"],
    ["a star for any one", "services.*.instances.max"],
  ])("%s covers it", (_what, declared) => {
    expect(difference(path, staging, declaring(declared))).toBe("declared: 20 instances / 19 instances");
  });

  test.each([
    ["a longer name", "services.backend.instances.maximum"],
    ["the beginning of a name", "services.back"],
    ["a star for two steps", "services.*.max"],
  ])("%s does not, and is said to cover nothing", (_what, declared) => {
    const comparison = compareEnvironments(staging, declaring(declared));
    expect(comparison.differences.find((item) => item.path === path)?.standing).toBe("undeclared");
    expect(comparison.unused).toEqual([{ environment: "quality", path: declared }]);
  });

  test("a declaration from another environment says nothing about this one", () => {
    const comparison = compareEnvironments(staging, declaring(path, "production"));
    expect(comparison.differences.find((item) => item.path === path)?.standing).toBe("undeclared");
    expect(comparison.unused).toEqual([]);
  });

  test("need a reason", () => {
    expect(
      issues((draft) => {
        draft.differences = [{ from: "production", paths: ["database.tier"], reason: "" }];
      }),
    ).toEqual([
      'differences[0].reason is "": allowed is a sentence that says why. Fix: write at least ten characters.',
    ]);
  });
});

test("subscriptions are compared by their topics, in whatever order they are written", () => {
  const subscribed = (...subscriptions: readonly object[]) =>
    environment((draft) => {
      draft.projectNumber = "123456789012";
      draft.topics = [{ name: "orders" }, { name: "refunds" }];
      draft.services[0].subscriptions = subscriptions;
    });
  const left = subscribed({ topic: "orders", attempts: 5 }, { topic: "refunds" });
  const right = subscribed({ topic: "refunds" }, { topic: "orders" });
  expect(compareEnvironments(left, right).differences).toMatchObject([
    { path: "services.auth.subscriptions.orders.attempts", values: ["5 attempts", "10 attempts"] },
  ]);
});

test("what a service does with buckets is compared by their names", () => {
  const using = (...buckets: readonly object[]) =>
    environment((draft) => {
      draft.buckets = [{ name: "uploads" }, { name: "exports" }];
      draft.services[0].buckets = buckets;
    });
  const left = using({ bucket: "uploads", access: "read" }, { bucket: "exports", access: "read" });
  const right = using({ bucket: "exports", access: "write" }, { bucket: "uploads", access: "read" });
  expect(compareEnvironments(left, right).differences).toMatchObject([
    { path: "services.auth.buckets.exports.access", values: ["read", "write"] },
  ]);
});

test("two environments with one number apart differ in exactly that number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 14, max: 365 }), fc.integer({ min: 14, max: 365 }), (left, right) => {
      const of = (retained: number) =>
        environment((draft) => {
          draft.database.backups = { retained };
        });
      const { differences } = compareEnvironments(of(left), of(right));
      expect(differences.map(({ path, values }) => [path, ...values])).toEqual(
        left === right ? [] : [["database.backups.retained", `${left} backups`, `${right} backups`]],
      );
    }),
    { numRuns: 50 },
  );
});

test("what an environment of its own project must have of its own is no difference to declare", () => {
  for (const [name, input] of Object.entries(shapes)) {
    const [first, second] = ["acme-web", "acme-two"].map((project, index) => {
      const text = JSON.stringify({ ...input, projectNumber: "123456789012" });
      const own = text
        .replaceAll('"acme-web"', `"${project}"`)
        .replaceAll("@acme-web.", `@${project}.`)
        .replaceAll("123456789012", `12345678901${index}`)
        .replaceAll(/"([a-z]+)\.acme\.example"/g, `"$1${index}.acme.example"`);
      const parsed = parseEnvironment(name.slice(0, 8) + index, JSON.parse(own), TODAY);
      if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
      return parsed.environment;
    }) as [Environment, Environment];
    const undeclared = compareEnvironments(first, second).differences.filter(
      // Whose account another one runs as is somebody's decision.
      ({ standing, path }) => standing === "undeclared" && !path.endsWith(".serviceAccount"),
    );
    expect({ [name]: undeclared }).toEqual({ [name]: [] });
  }
});
