import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Files, FunctionTable } from "./function.ts";
import { collectionFunctions } from "./functions-collection.ts";
import { encodingFunctions } from "./functions-encoding.ts";
import { networkFunctions } from "./functions-network.ts";
import { numberFunctions } from "./functions-number.ts";
import { textFunctions } from "./functions-text.ts";
import { typeFunctions } from "./functions-type.ts";
import { Failure, unknownOf } from "./values.ts";

const tables: readonly FunctionTable[] = [
  collectionFunctions,
  encodingFunctions,
  networkFunctions,
  numberFunctions,
  textFunctions,
  typeFunctions,
];
const strict = new Map(tables.flatMap((table) => Object.entries(table.strict)));
const lenient = new Map(tables.flatMap((table) => Object.entries(table.lenient)));

/** Calls a function by its name; one that is not implemented gives an unknown value with that reason. */
export function callFunction(written: string, args: readonly Value[], files: Files): Value {
  const name = written.replace(/^core::/, "");
  const run = lenient.get(name) ?? strict.get(name);
  if (run === undefined) return new Unknown(unknownOf(args).references, `function ${name} is not evaluated`);
  if (!lenient.has(name) && args.some(isUnknown)) return unknownOf(args);
  const failure = args.find((arg) => arg instanceof Failure);
  if (failure !== undefined) return failure;
  if (!files.spend(args.reduce<number>((work, arg) => work + sizeOf(arg), 1)))
    return new Unknown([], "the expressions are too large to evaluate");
  try {
    const result = run(args, files);
    return result === undefined ? new Failure(`function ${name} does not take these arguments`) : result;
  } catch (error) {
    // A number out of range, a regular expression of another dialect: for the graph the value is unknown in either case.
    return new Unknown(
      [],
      `function ${name} was not evaluated: ${error instanceof Error ? error.message : ""}`,
    );
  }
}

function sizeOf(value: Value): number {
  if (typeof value === "string") return value.length / 100;
  return Array.isArray(value) ? value.length : 1;
}
