import { isUnknown, unevaluated, type Value } from "../value.ts";
import type { Files, FunctionTable } from "./function.ts";
import { collectionFunctions } from "./functions-collection.ts";
import { encodingFunctions } from "./functions-encoding.ts";
import { fileFunctions } from "./functions-file.ts";
import { googleFunctions } from "./functions-google.ts";
import { networkFunctions } from "./functions-network.ts";
import { numberFunctions } from "./functions-number.ts";
import { textFunctions } from "./functions-text.ts";
import { timeFunctions } from "./functions-time.ts";
import { typeFunctions } from "./functions-type.ts";
import { Failure, unknownOf } from "./values.ts";
import { bounded, TooLarge, tooLarge, workOf } from "./work.ts";

const tables: readonly FunctionTable[] = [
  collectionFunctions,
  encodingFunctions,
  fileFunctions,
  googleFunctions,
  networkFunctions,
  numberFunctions,
  textFunctions,
  timeFunctions,
  typeFunctions,
];
const strict = new Map(tables.flatMap((table) => Object.entries(table.strict)));
const lenient = new Map(tables.flatMap((table) => Object.entries(table.lenient)));

/** Calls a function by its name; one that is not implemented gives an unknown value with that reason. */
export function callFunction(written: string, args: readonly Value[], files: Files): Value {
  const name = written.replace(/^core::/, "");
  const run = lenient.get(name) ?? strict.get(name);
  if (run === undefined) {
    files.note(`Function ${name} is not evaluated: what is made with it is unknown and was not checked.`);
    return unevaluated(`function ${name} is not evaluated`, unknownOf(args).references);
  }
  if (!lenient.has(name) && args.some(isUnknown)) return unknownOf(args);
  const failure = args.find((arg) => arg instanceof Failure);
  if (failure !== undefined) return failure;
  if (!files.spend(args.reduce<number>((work, arg) => work + workOf(arg), 1))) return tooLarge();
  try {
    const result = run(args, files);
    if (result === undefined) return new Failure(`function ${name} does not take these arguments`);
    if (args.some((arg) => files.isSensitive(arg))) files.markSensitive(result);
    return bounded(result, files);
  } catch (error) {
    if (error instanceof TooLarge)
      return files.giveUp(`function ${name} was not evaluated: ${error.message}`);
    // A number out of range, a regular expression of another dialect: for the graph the value is unknown in either case.
    const reason =
      error instanceof Error ? (error.message.split("\n")[0] ?? "").replace(/:$/, "") : String(error);
    files.note(`Function ${name} was not evaluated, and what is made with it is unknown: ${reason}.`);
    return unevaluated(`function ${name} was not evaluated: ${reason}`);
  }
}
