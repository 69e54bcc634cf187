import { isNearMiss } from "../../values/nearest.ts";
import { setOf } from "../expression/functions-type.ts";
import { parseExpression } from "../expression/parse.ts";
import { type Expression, HclSyntaxError } from "../expression/syntax.ts";
import { booleanOf, isList, isMap, mapOf, numberOf, textOf } from "../expression/values.ts";
import type { Value } from "../value.ts";

/** Converts a value to the type of its variable: numbers from text, optional attributes with their defaults. */
export type Conversion = (value: Value) => Value;

/** What a conversion to an object type leaves out although it nearly is one of its attributes. */
export interface DroppedAttribute {
  readonly name: string;
  readonly meant: string;
}

interface Context {
  readonly evaluate: (expression: Expression) => Value;
  readonly onDropped: (dropped: DroppedAttribute) => void;
}

/** The conversion to a type constraint as it is written; no conversion where it is not understood. */
export function conversionTo(
  written: unknown,
  evaluate: (expression: Expression) => Value,
  onDropped: (dropped: DroppedAttribute) => void = () => undefined,
): Conversion {
  if (typeof written !== "string") return (value) => value;
  try {
    const tree = parseExpression(written.replace(/^\$\{([\s\S]*)\}$/, "$1"));
    return (value) => converted(value, tree, { evaluate, onDropped });
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    return (value) => value;
  }
}

function converted(value: Value, type: Expression, context: Context): Value {
  if (value === null) return null;
  if (type.kind === "name") {
    if (type.name === "string") return textOf(value) ?? value;
    if (type.name === "number") return numberOf(value) ?? value;
    return type.name === "bool" ? (booleanOf(value) ?? value) : value;
  }
  if (type.kind !== "call") return value;
  const [inner] = type.args;
  if (inner === undefined) return value;
  if (type.name === "optional") return converted(value, inner, context);
  if (type.name === "object" && inner.kind === "object")
    return isMap(value) ? withAttributes(value, inner, context) : value;
  if (type.name === "tuple" && inner.kind === "list") {
    return isList(value) ? value.map((item, i) => converted(item, inner.items[i] ?? inner, context)) : value;
  }
  if (isList(value) && (type.name === "list" || type.name === "set")) {
    const items = value.map((item) => converted(item, inner, context));
    return type.name === "set" ? setOf(items) : items;
  }
  if (isMap(value) && type.name === "map")
    return mapOf(Object.entries(value).map(([key, item]) => [key, converted(item, inner, context)]));
  return value;
}

function withAttributes(
  value: { readonly [key: string]: Value },
  type: Expression & { kind: "object" },
  context: Context,
): Value {
  reportDropped(value, type, context);
  return mapOf(
    type.items.map(([keyExpression, attributeType]) => {
      const key = keyExpression.kind === "literal" ? String(keyExpression.value) : "";
      const given = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
      if (given !== null) return [key, converted(given, attributeType, context)];
      const fallback =
        attributeType.kind === "call" && attributeType.name === "optional"
          ? attributeType.args[1]
          : undefined;
      return [
        key,
        fallback === undefined ? null : converted(context.evaluate(fallback), attributeType, context),
      ];
    }),
  );
}

/** Terraform leaves out what the type does not have, without a word: where that was meant, an attribute keeps its default. */
function reportDropped(
  value: { readonly [key: string]: Value },
  type: Expression & { kind: "object" },
  { onDropped }: Context,
): void {
  const attributes = type.items.map(([key]) => (key.kind === "literal" ? String(key.value) : ""));
  for (const name of Object.keys(value)) {
    if (attributes.includes(name)) continue;
    const meant = attributes.find(
      (attribute) => (value[attribute] ?? null) === null && isNearMiss(name, attribute),
    );
    if (meant !== undefined) onDropped({ name, meant });
  }
}
