import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type App, TerraformStack } from "cdktf";
import { ProjectApis } from "../constructs/project-apis.ts";
import { isAppliedByHand } from "../platform/delivery/access.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { apiOf } from "../resources/facts/apis.ts";
import type { RequiredRole } from "../resources/resource-type.ts";
import { type FoundationStack, platformApis } from "./foundation-stack.ts";
import { stackContents } from "./stack-contents.ts";

/** The platform's stacks of one environment, for dependencies of and on a project's own stacks. */
export interface PlatformStacks {
  /** APIs, registry, identities and secrets. The project's own stacks come after it. */
  readonly foundation: FoundationStack;
  /** After it the network is there: foundation, where others manage the network or there is none. */
  readonly network: TerraformStack;
  /** Undefined where the environment has neither a database nor a cache. */
  readonly data: TerraformStack | undefined;
  /** Undefined where the environment has no topics. */
  readonly messaging: TerraformStack | undefined;
  /** Undefined where the environment has no buckets. */
  readonly storage: TerraformStack | undefined;
  /** Undefined where the environment has no preflight. */
  readonly preflight: TerraformStack | undefined;
  /** By the name of the service; in a further region by that with the region, "api-europe-west1". */
  readonly services: ReadonlyMap<string, TerraformStack>;
  /** Undefined where no service is public. */
  readonly edge: TerraformStack | undefined;
}

/** What a project adds to the platform. */
export interface OwnStacks {
  /**
   * Adds the project's own stacks to an environment; called once for each environment on Cloud Run. A stack that extends
   * `PlatformStack` has the environment's provider, labels, state and names. Each is checked by the rule book and deployed
   * with the others, after the stack foundation, which enables the APIs of its resources.
   *
   * @default none
   */
  readonly ownStacks?: (app: App, plan: PlatformPlan, stacks: PlatformStacks) => void;
  /**
   * The role, or the permissions, that the deployer of an environment with `delivery` needs to manage resources of a type
   * that the platform itself does not use: { google_spanner_instance: "roles/spanner.admin" }.
   *
   * @default those of the catalogue of resource types
   */
  readonly deployerRoles?: Readonly<Record<string, RequiredRole>>;
}

/**
 * Adds the project's own stacks, each after the foundation.
 *
 * @throws UserError where the project's code throws, or a stack belongs to no environment
 */
export function addOwnStacks(
  app: App,
  plan: PlatformPlan,
  platform: PlatformStacks,
  { ownStacks }: OwnStacks,
): void {
  if (ownStacks === undefined) return;
  const before = new Set(app.node.children);
  try {
    ownStacks(app, plan, platform);
    const added = app.node.children.filter((child) => !before.has(child));
    const stacks = added.filter((child) => TerraformStack.isStack(child));
    for (const stack of stacks) {
      if (!stack.node.id.startsWith(`${plan.prefix}-`))
        throw new UserError(
          `Stack ${stack.node.id} belongs to no environment: its name must start with "${plan.prefix}-". Extend PlatformStack, or name it plan.names.stack("${stack.node.id}").`,
        );
      if (isAppliedByHand(plan, stack.node.id))
        throw new UserError(
          `Stack ${stack.node.id} has the name of the stack that only an owner applies: choose another one.`,
        );
      stack.addDependency(platform.foundation);
    }
    const enabled = platformApis(plan);
    const apis = apisOf(stacks).filter((api) => !enabled.includes(api));
    if (apis.length > 0) new ProjectApis(platform.foundation, "own-apis", { project: plan.project, apis });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The project's own stacks of environment ${plan.name} cannot be made: ${String(error).trim()}${locationOf(error)}`,
    );
  }
}

/** The APIs of the stacks' resources, in alphabetical order. */
function apisOf(stacks: readonly TerraformStack[]): string[] {
  const apis = stackContents(stacks).types.flatMap((type) => apiOf(type) ?? []);
  return [...new Set(apis)].sort();
}

/** " (stacks/events.ts:12)": the innermost line of the project's own code in a stack trace. */
function locationOf(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? "") : "";
  const [, file, line] =
    [...trace.matchAll(/(file:\/\/[^\s)]+|\/[^\s):]+):(\d+):\d+/g)].find(
      ([frame]) => !frame.includes("/node_modules/"),
    ) ?? [];
  if (file === undefined) return "";
  const location = file.startsWith("file:") ? fileURLToPath(file) : file;
  return ` (${path.relative(process.cwd(), location)}:${line})`;
}
