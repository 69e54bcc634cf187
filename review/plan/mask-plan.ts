import { isObject, type Json, listOf, objectOf, own } from "../../graph/index.ts";

/**
 * A copy of the plan for the rule book, in which marked values are unknown: rules quote values in their sentences.
 * Values that only their names give away stay, because rules must see that a password is written in plain text; no rule
 * quotes those, and the report masks them once more.
 */
export function withoutSecrets(plan: Json): Json {
  return {
    ...plan,
    resource_changes:
      plan.resource_changes === undefined
        ? undefined
        : listOf(own(plan, "resource_changes")).map(withoutMarked),
    planned_values: withoutStored(own(plan, "planned_values")),
    prior_state: priorState(own(plan, "prior_state")),
  };
}

function priorState(prior: unknown): Json {
  const state = objectOf(prior);
  return { ...state, values: withoutStored(own(state, "values")) };
}

function withoutMarked(item: unknown): Json {
  const resource = objectOf(item);
  const change = objectOf(own(resource, "change"));
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change;
  return {
    ...resource,
    change: {
      ...change,
      before: cut(before, before_sensitive),
      after: cut(after, after_sensitive),
      after_unknown: unknownToo(after_unknown, after_sensitive, after),
    },
  };
}

/** Without the values that are marked. */
function cut(value: unknown, marks: unknown): unknown {
  if (marks === true) return null;
  if (Array.isArray(value) && Array.isArray(marks))
    return value.map((item, index) => cut(item, marks[index]));
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, own(marks, key))]));
}

/** Marks of `after_unknown` with the sensitive ones added; a value that is not there stays so. */
function unknownToo(unknown: unknown, marks: unknown, after: unknown): unknown {
  if (marks === true) return after === null || after === undefined || after === "" ? unknown : true;
  if (unknown === true) return true;
  if (Array.isArray(marks)) {
    const list = listOf(after);
    const known = Array.isArray(unknown) ? unknown : [];
    return Array.from({ length: Math.max(marks.length, known.length) }, (_, index) =>
      unknownToo(known[index], marks[index], list[index]),
    );
  }
  if (!isObject(marks)) return unknown;
  const [known, values] = [objectOf(unknown), objectOf(after)];
  const keys = new Set([...Object.keys(known), ...Object.keys(marks)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, unknownToo(own(known, key), own(marks, key), own(values, key))]),
  );
}

/** The same for the resources of `planned_values` and a state, which carry `sensitive_values`. */
function withoutStored(values: unknown): Json {
  const root = objectOf(values);
  return { ...root, root_module: withoutInModule(own(root, "root_module")) };
}

function withoutInModule(module: unknown, depth = 0): Json {
  const body = objectOf(module);
  if (depth > 100) return {};
  return {
    ...body,
    resources: listOf(own(body, "resources")).map((item) => {
      const resource = objectOf(item);
      return { ...resource, values: cut(own(resource, "values"), own(resource, "sensitive_values")) };
    }),
    child_modules: listOf(own(body, "child_modules")).map((child) => withoutInModule(child, depth + 1)),
  };
}
