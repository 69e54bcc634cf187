import { blanked } from "../../analysis/identity/cel.ts";
import { type Grant, grants } from "../../analysis/identity/grants.ts";
import { HOLE, textOf } from "../../analysis/references/text.ts";
import type { Block, Resource } from "../../graph/index.ts";
import { isNearMiss } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";

/** What IAM conditions can call. https://docs.cloud.google.com/iam/docs/conditions-attribute-reference */
const FUNCTIONS = [
  "date",
  "destination",
  "duration",
  "endsWith",
  "extract",
  "getAttribute",
  "getDate",
  "getDayOfMonth",
  "getDayOfWeek",
  "getDayOfYear",
  "getFullYear",
  "getHours",
  "getMilliseconds",
  "getMinutes",
  "getMonth",
  "getSeconds",
  "hasAny",
  "hasOnly",
  "hasTagKey",
  "hasTagKeyId",
  "inIpRange",
  "matchTag",
  "matchTagId",
  "startsWith",
  "timestamp",
];
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const BASIC = /^roles\/(owner|editor|viewer)$/;
const PUBLIC = /^all(Authenticated)?Users$/;

/** A grant with a condition is one that IAM takes. */
export const condition: Rule = {
  id: "identity/condition",
  why: "IAM takes a condition for predefined and custom roles and for named members only, written with the functions that it knows.",
  limit:
    "no condition on roles/owner, roles/editor, roles/viewer, nor for allUsers and allAuthenticatedUsers; functions such as startsWith and timestamp, in this spelling; a timestamp with date, time and zone",
  fix: "Grant a predefined role to named members, or remove the condition.",
  source: "https://docs.cloud.google.com/iam/docs/conditions-overview#limitations",
  *check(graph) {
    for (const grant of grants(graph)) {
      if (grant.kind === "policy") continue;
      for (const block of grant.resource.blocks("condition")) yield* evaluate(grant, block);
    }
  },
};

function* evaluate({ resource, role, principals }: Grant, block: Block): Iterable<Violation> {
  // The documentation of the provider has such examples.
  if (typeof role === "string" && BASIC.test(role))
    yield {
      resource,
      severity: "warning",
      message: `${role} is granted with a condition; rejected by the API: basic roles take no conditions.`,
      fix: "Grant the predefined role that is needed, or remove the condition.",
    };
  const open = principals.find((who) => typeof who === "string" && PUBLIC.test(who));
  if (typeof open === "string")
    yield {
      resource,
      message: `${open} is granted a role with a condition; rejected by the API: a public grant takes no condition.`,
      fix: "Name the members, or remove the condition.",
    };
  const expression = textOf(block.get("expression")) ?? "";
  yield* misspelt(resource, expression);
  yield* incomplete(resource, expression);
}

/** A date alone, or a time without its zone, is no timestamp. */
function* incomplete(resource: Resource, expression: string): Iterable<Violation> {
  for (const [, written = ""] of expression.matchAll(/\btimestamp\(\s*["']([^"'\\]*)["']\s*\)/g)) {
    if (written.includes(HOLE) || TIMESTAMP.test(written)) continue;
    yield {
      resource,
      message: `condition.expression has timestamp("${written}"); rejected by the API: it is not a date with time and zone.`,
      fix: 'Write for example timestamp("2030-01-01T00:00:00Z").',
    };
  }
}

function* misspelt(resource: Resource, expression: string): Iterable<Violation> {
  const called = new Set([...blanked(expression).matchAll(/(\w+)\s*\(/g)].map(([, name = ""]) => name));
  for (const name of called) {
    const meant = FUNCTIONS.includes(name)
      ? undefined
      : FUNCTIONS.find((known) => known.toLowerCase() === name.toLowerCase() || isNearMiss(name, known));
    if (meant === undefined) continue;
    yield {
      resource,
      message: `condition.expression calls ${name}(); rejected by the API: there is no such function, the nearest is ${meant}().`,
      fix: `Write ${meant}(...).`,
    };
  }
}
