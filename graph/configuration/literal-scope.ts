import type { Scope } from "../expression/evaluate.ts";
import { Failure } from "../expression/values.ts";
import { unevaluated } from "../value.ts";

/** For places where expressions may not refer to anything: variable files. */
export const literalScope: Scope = {
  lookup: (name) => ({ value: new Failure(`${name} may not be used there`), used: 0 }),
  attribute: (value) => value,
  readFile: () => undefined,
  readBytes: () => undefined,
  hasFile: () => undefined,
  listFiles: () => undefined,
  spend: () => true,
  note: () => undefined,
  giveUp: unevaluated,
  markSensitive: () => undefined,
  isSensitive: () => false,
};
