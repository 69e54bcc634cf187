import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { type PlatformPlan, platformPlan } from "../../platform/plan.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { type Draft, TODAY } from "./environments.ts";

type Change = (draft: Draft) => void;

interface ChangedShape {
  /** @throws Error with every issue where the changed shape is refused */
  environment(change?: Change): Environment;
  plan(change?: Change): PlatformPlan;
  /** What is refused of the changed shape, one text each. */
  issues(change: Change): string[];
}

/** One shape of the fixtures, as it is or changed. */
export function changedShape(name: keyof typeof shapes): ChangedShape {
  const parsed = (change: Change = () => {}) => {
    const draft = structuredClone(shapes[name]) as EnvironmentInput;
    change(draft);
    return parseEnvironment(name, draft, TODAY);
  };
  const environment = (change?: Change): Environment => {
    const result = parsed(change);
    if (!result.ok) throw new Error(result.issues.map(formatIssue).join("\n"));
    return result.environment;
  };
  return {
    environment,
    plan: (change) => platformPlan(environment(change)),
    issues: (change) => {
      const result = parsed(change);
      return result.ok ? [] : result.issues.map(formatIssue);
    },
  };
}
