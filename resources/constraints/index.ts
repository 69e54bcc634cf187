export * from "./builders.ts";
export { anything, meets } from "./condition.ts";
export { type Constraint, type Location, type Outcome, type Range, SECURITY_RISK } from "./constraint.ts";
export { describe } from "./describe.ts";
export { durationSeconds, evaluate, type FieldViolation } from "./evaluate.ts";
