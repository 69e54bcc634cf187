import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import type { ReportedIssue } from "../../platform/issue.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";
import { nameForms, unnamed } from "../support/name-forms.ts";
import { type Json, synthesized } from "../support/synthesized.ts";

/** Lists of an environment whose elements are named by whoever writes it. */
const LISTS = [
  "services",
  "jobs",
  "workerPools",
  "topics",
  "buckets",
  "databases",
  "caches",
  "externalDependencies",
  "secrets",
] as const;
/** A name of 40 characters is the longest that the schema takes of most of them. */
const LONGEST = 40;
/** https://docs.cloud.google.com/resource-manager/docs/labels-overview#requirements */
const LONGEST_LABEL = 63;
const LONG_REGION = "northamerica-northeast1";

/** The names of a shape, of every list. */
function namesOf(input: Json): string[] {
  const instances = [input.database, ...(input.databases ?? [])].filter((one) => one !== undefined);
  const within = [
    ...instances,
    ...instances.flatMap(({ replicas = [] }) => replicas),
    ...(input.cache === undefined ? [] : [input.cache]),
    ...(input.services ?? []).flatMap(({ events = [] }: Json) => events),
    ...(input.network?.furtherConnectors ?? []),
  ];
  const listed = LISTS.flatMap((list) => input[list] ?? []);
  return [...new Set([...listed, ...within].map(({ name }: Json) => String(name ?? "")))].filter(
    (name) => name !== "" && name !== "undefined",
  );
}

/** A name that starts like the short one and has this length. */
function lengthened(name: string, length: number): string {
  return name.length >= length ? name.slice(0, length) : `${name}${"x".repeat(length - name.length)}`;
}

/** The input with every text that is one of the names in its longer form, also as a part of "orders/audit". */
function renamed(value: unknown, longer: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string")
    return /^[\w-]+\/[\w-]+$/.test(value)
      ? value
          .split("/")
          .map((part) => longer.get(part) ?? part)
          .join("/")
      : (longer.get(value) ?? value.replaceAll(/@acme-web\./g, `@${longer.get("acme-web")}.`));
  if (Array.isArray(value)) return value.map((one) => renamed(one, longer));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [longer.get(key) ?? key, renamed(one, longer)]),
  );
}

/** The shape with long names, prefix, project and region; names that are refused as too long are shortened until they are taken. */
function longest(shape: EnvironmentInput): { environment: Environment; refusals: ReportedIssue[] } {
  const lengths = new Map(namesOf(shape).map((name) => [name, LONGEST]));
  const refusals: ReportedIssue[] = [];
  for (let round = 0; round < 60; round += 1) {
    const longer = new Map([...lengths].map(([name, length]) => [name, lengthened(name, length)] as const));
    longer.set("us-central1", LONG_REGION);
    longer.set("acme-web", `acme-${"w".repeat(25)}`);
    const input = {
      ...(renamed(shape, longer) as EnvironmentInput),
      prefix: "abcdefghi",
    };
    const parsed = parseEnvironment("shape", input, TODAY);
    if (parsed.ok) return { environment: parsed.environment, refusals };
    refusals.push(...parsed.issues);
    const about = (name: string): ReportedIssue | undefined =>
      parsed.issues.find(({ path, value }) => `${path} ${value}`.includes(longer.get(name) ?? ""));
    const blamed = [...lengths].flatMap(([name, length]) => {
      const issue = about(name);
      if (issue === undefined || length <= name.length) return [];
      return [[name, Math.max(name.length, length - Number(/by (\d+)/.exec(issue.fix)?.[1] ?? 1))] as const];
    });
    if (blamed.length === 0) throw new Error(JSON.stringify(parsed.issues, null, 1));
    for (const [name, length] of blamed) lengths.set(name, length);
  }
  throw new Error("no length of its names is taken");
}

/** Every name of a resource that Google would refuse, with why. */
function refused(environment: Environment): string[] {
  return Object.values(synthesized(environment)).flatMap((stack) =>
    Object.entries(stack.resource ?? {}).flatMap(([type, resources]) => {
      const form = nameForms[type];
      if (form === undefined) return unnamed.test(type) ? [] : [`${type} has no form of its name`];
      return Object.values(resources as Record<string, Json>).flatMap((resource) => {
        const name = resource[form.attribute];
        const project = type === "google_sql_database_instance" ? `${environment.project}:` : "";
        const labels = Object.entries({ ...resource.labels, ...resource.user_labels }).filter(
          ([key, value]) => [key, String(value)].some((text) => text.length > LONGEST_LABEL),
        );
        return [
          ...(typeof name === "string" && form.pattern.test(name) ? [] : [`${type} is named ${name}`]),
          ...(`${project}${name}`.length > form.longest
            ? [
                `${type} ${name} has ${`${project}${name}`.length} characters, and ${form.longest} are allowed`,
              ]
            : []),
          ...labels.map((label) => `${type} has the label ${label.join("=")}`),
        ];
      });
    }),
  );
}

/** The kind: a name that is made of others and longer than Google takes. */
describe.each(Object.entries(shapes))(
  "in the platform %s with the longest names that are taken",
  (_, shape) => {
    const { environment, refusals } = longest(shape);

    test("every name of every resource is one that Google takes", () => {
      expect(refused(environment)).toEqual([]);
    });

    test("each longer name is refused with what is too long, and by how much", () => {
      for (const { allowed, fix } of refusals)
        expect(`${allowed}. Fix: ${fix}`).toMatch(/characters|bytes|a name of 1 to \d+|shorten/);
    });
  },
);

/** What exists may have any name that Google takes, and what is created in it is named after it. */
test("names that are made of those of an existing network are short enough, too", () => {
  const existing = { network: `corp-${"n".repeat(58)}`, router: "corp", nat: `corp-${"n".repeat(58)}` };
  const parsed = parseEnvironment("outside", { ...shapes.outside, existing }, TODAY);
  expect(parsed.ok ? refused(parsed.environment) : parsed.issues).toEqual([]);
});
