import path from "node:path";
import { objectOf, own } from "../graph/index.ts";
import type { Terraform } from "./binary.ts";
import { jsonOf } from "./diagnostics.ts";
import { type StackFailure, stackFailure } from "./failure.ts";
import type { Interrupt } from "./interrupt.ts";
import { LOCK_TIMEOUT, type PlannedStack } from "./plan-stacks.ts";
import { runTerraform } from "./process.ts";

export interface ApplyOptions {
  readonly work: string;
  readonly interrupt: Interrupt;
  readonly log: (line: string) => void;
  /** Called with the addresses that are being created, whenever they change. @default none */
  readonly creating?: (addresses: readonly string[]) => void;
}

/** Applies exactly the saved plan: Terraform refuses it where the state has changed since. */
export async function applyStack(
  terraform: Terraform,
  stack: PlannedStack,
  { work, interrupt, log, creating }: ApplyOptions,
): Promise<StackFailure | undefined> {
  const args = [
    "apply",
    "-input=false",
    "-no-color",
    "-json",
    `-lock-timeout=${LOCK_TIMEOUT}s`,
    stack.planFile,
  ];
  const inFlight = new Set<string>();
  const ended = await runTerraform(terraform, args, {
    folder: stack.folder,
    log: path.join(work, `${stack.name}.apply`),
    interrupt,
    onLine: (line) => {
      if (changesInFlight(line, inFlight)) creating?.([...inFlight]);
      const progress = progressLine(line);
      if (progress !== undefined) log(`  ${stack.name}: ${progress}`);
    },
  });
  if (ended.code === 0) return undefined;
  return stackFailure(stack, "apply", `${ended.stdout}\n${ended.stderr}`, terraform);
}

/**
 * Whether the event starts or ends a creation; the set follows it. A creation that failed may have made something too, but
 * then Terraform has it in its state.
 */
export function changesInFlight(line: string, inFlight: Set<string>): boolean {
  const event = objectOf(jsonOf(line));
  const hook = objectOf(event.hook);
  const address = String(own(objectOf(hook.resource), "addr"));
  if (event.type === "apply_start" && hook.action === "create") {
    inFlight.add(address);
    return true;
  }
  return (event.type === "apply_complete" || event.type === "apply_errored") && inFlight.delete(address);
}

/** Seconds between two progress lines of one resource; Terraform writes one every ten. */
const PROGRESS_INTERVAL = 60;

/** Progress line of a machine-readable event; undefined for other events. */
export function progressLine(line: string): string | undefined {
  const event = objectOf(jsonOf(line));
  const hook = objectOf(event.hook);
  const address = String(own(objectOf(hook.resource), "addr"));
  const seconds = Number(hook.elapsed_seconds);
  switch (event.type) {
    case "apply_start":
      return `${address}: ${String(hook.action)} ...`;
    case "apply_progress":
      return seconds % PROGRESS_INTERVAL < 10 && seconds >= PROGRESS_INTERVAL
        ? `${address}: still running after ${seconds} s`
        : undefined;
    case "provision_progress":
      return `${address}: ${String(hook.output)}`;
    case "apply_complete":
      return `${address}: done after ${seconds} s`;
    case "apply_errored":
      return `${address}: failed after ${seconds} s`;
    default:
      return undefined;
  }
}
