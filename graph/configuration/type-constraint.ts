import { setOf } from "../expression/functions-type.ts";
import { parseExpression } from "../expression/parse.ts";
import { type Expression, HclSyntaxError } from "../expression/syntax.ts";
import { booleanOf, isList, isMap, mapOf, numberOf, textOf } from "../expression/values.ts";
import type { Value } from "../value.ts";

/** Converts a value to the type of its variable: numbers from text, optional attributes with their defaults. */
export type Conversion = (value: Value) => Value;

/** The conversion to a type constraint as it is written; no conversion where it is not understood. */
export function conversionTo(written: unknown, evaluate: (expression: Expression) => Value): Conversion {
  if (typeof written !== "string") return (value) => value;
  try {
    const tree = parseExpression(written.replace(/^\$\{([\s\S]*)\}$/, "$1"));
    return (value) => converted(value, tree, evaluate);
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    return (value) => value;
  }
}

function converted(value: Value, type: Expression, evaluate: (expression: Expression) => Value): Value {
  if (value === null) return null;
  if (type.kind === "name") {
    if (type.name === "string") return textOf(value) ?? value;
    if (type.name === "number") return numberOf(value) ?? value;
    return type.name === "bool" ? (booleanOf(value) ?? value) : value;
  }
  if (type.kind !== "call") return value;
  const [inner] = type.args;
  if (inner === undefined) return value;
  if (type.name === "optional") return converted(value, inner, evaluate);
  if (type.name === "object" && inner.kind === "object")
    return isMap(value) ? withAttributes(value, inner, evaluate) : value;
  if (type.name === "tuple" && inner.kind === "list") {
    return isList(value) ? value.map((item, i) => converted(item, inner.items[i] ?? inner, evaluate)) : value;
  }
  if (isList(value) && (type.name === "list" || type.name === "set")) {
    const items = value.map((item) => converted(item, inner, evaluate));
    return type.name === "set" ? setOf(items) : items;
  }
  if (isMap(value) && type.name === "map")
    return mapOf(Object.entries(value).map(([key, item]) => [key, converted(item, inner, evaluate)]));
  return value;
}

function withAttributes(
  value: { readonly [key: string]: Value },
  type: Expression & { kind: "object" },
  evaluate: (expression: Expression) => Value,
): Value {
  return mapOf(
    type.items.map(([keyExpression, attributeType]) => {
      const key = keyExpression.kind === "literal" ? String(keyExpression.value) : "";
      const given = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
      if (given !== null) return [key, converted(given, attributeType, evaluate)];
      const fallback =
        attributeType.kind === "call" && attributeType.name === "optional"
          ? attributeType.args[1]
          : undefined;
      return [key, fallback === undefined ? null : converted(evaluate(fallback), attributeType, evaluate)];
    }),
  );
}
