import { describeValidity } from "../versions.ts";
import { boundsOf } from "./bound.ts";
import { describeCondition } from "./condition.ts";
import type { Constraint } from "./constraint.ts";

/** The bound in words, for the rule book: "max_instances: 3 to 10 instances". */
export function describe(constraint: Constraint): string {
  const { since, until, when, unless } = constraint;
  const place = constraint.within === undefined ? "" : `${constraint.within.replaceAll("[]", "")}.`;
  const versions =
    since === undefined && until === undefined ? "" : ` (provider ${describeValidity(constraint)})`;
  const condition = when === undefined ? "" : ` where ${describeCondition(when)}`;
  const exception = unless === undefined ? "" : `, unless ${describeCondition(unless)}`;
  return `${bound(constraint, place)}${condition}${exception}${versions}`;
}

function bound(constraint: Constraint, place: string): string {
  switch (constraint.kind) {
    case "range":
      return `${place}${constraint.attribute}: ${boundsOf(constraint)}`;
    case "choice":
      return `${place}${constraint.attribute}: ${[...constraint.values, ...later(constraint.added)].join(", ")}`;
    case "form":
      return `${place}${constraint.attribute}: ${constraint.form}`;
    case "order":
      return `${place}${constraint.lower} below ${constraint.orEqual === true ? "or equal to " : ""}${constraint.higher}`;
    case "one of":
      return `${constraint.count} of ${constraint.attributes.map((path) => place + path).join(", ")}`;
    case "required":
      return `${constraint.attributes.map((path) => place + path).join(", ")} needed`;
    case "forbidden":
      return `no ${constraint.attributes.map((path) => place + path).join(", ")}`;
    case "conflict":
      return `not ${place}${describeCondition(constraint.values, " ", " with ")}`;
    case "unique":
      return `${place}${constraint.blocks}.${constraint.attribute}: each value once`;
    case "custom":
      return constraint.limit;
  }
}

/** "TLS_1_3 (provider from 7.17.0 on)". */
function later(added: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(added).map(([word, since]) => `${word} (provider from ${since} on)`);
}
