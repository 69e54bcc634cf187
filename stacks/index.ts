/** What a project's own stacks are made with. */
export type { PlatformPlan } from "../platform/plan.ts";
export type { OwnStacks, PlatformStacks } from "./own-stacks.ts";
export { PlatformStack } from "./platform-stack.ts";
