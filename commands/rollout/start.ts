import { randomBytes } from "node:crypto";
import process from "node:process";
import { creationRecord } from "../../delivery/in-flight/creations.ts";
import { inFlightStore } from "../../delivery/in-flight/store.ts";
import { lockMachine } from "../../delivery/machine-lock.ts";
import { takeoverLines } from "../../delivery/takeover.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { rolloutSteps } from "../../platform/workloads/rollout.ts";
import { rolloutUnits } from "../../platform/workloads/rollout-units.ts";
import type { ReviewedEnvironment } from "../../review/review.ts";
import { adopted, adoptionLines, unknownTo } from "../../rollout/adoption.ts";
import { changeLedger } from "../../rollout/change-ledger.ts";
import { chosenServices } from "../../rollout/chosen-services.ts";
import { startRollout } from "../../rollout/lifecycle.ts";
import { rolloutOrder } from "../../rollout/order.ts";
import type { RunResult } from "../../rollout/run.ts";
import type { RolloutPlan } from "../../rollout-adapters/context.ts";
import { cloudRunGateway } from "../../rollout-adapters/gateway.ts";
import { ledgerStore } from "../../rollout-adapters/ledger-store.ts";
import { observeOnce } from "../../rollout-adapters/observe-services.ts";
import { terraformGateway } from "../../rollout-adapters/terraform-gateway.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { withPlanFolder } from "../../terraform/plan-stacks.ts";
import type { StackFolder } from "../../terraform/stack-folders.ts";
import { today } from "../command.ts";
import { sleep } from "../google.ts";
import { googleContext } from "../google-context.ts";
import { runRollout } from "./run-rollout.ts";
import { rolloutSettings } from "./settings.ts";

/** The parts of a platform plan that a rollout starts from. */
type StartPlan = RolloutPlan & ReviewedEnvironment & Pick<PlatformPlan, "rollout">;

export interface Start {
  readonly platform: StartPlan;
  /** As they were just synthesized and checked. */
  readonly stacks: readonly StackFolder[];
  /** Output folder of the synthesis. */
  readonly output: string;
  /** Services to roll out; all where it is empty. Undefined: continue the rollout that is under way. */
  readonly services: readonly string[] | undefined;
  /** Templates that were rolled back may be rolled out again. */
  readonly again: boolean;
  readonly log: (line: string) => void;
}

/**
 * A new rollout, or the one that is under way, until its end.
 *
 * @throws UserError for unknown services, a rollout under way, or where this machine rolls out already
 */
export async function start({ platform, stacks, output, services, again, log }: Start): Promise<RunResult> {
  const units = rolloutUnits(platform);
  const wanted = services === undefined ? undefined : chosenServices(platform.name, units, services);
  const terraform = await findTerraform(process.env);
  const unlock = lockMachine(output, platform.name);
  const stop = new AbortController();
  const interrupt = new Interrupt((children) =>
    log(children === 0 ? "Stopping." : "Stopping: Terraform finishes what it has started; do not kill it."),
  );
  try {
    return await withPlanFolder(async (work) => {
      const google = googleContext(platform);
      const store = ledgerStore(platform, { ...google, output });
      const inFlight = inFlightStore(platform.state, { ...google, output });
      const settings = rolloutSettings(platform, "rollout");
      const client = cloudRunGateway({
        platform,
        google,
        signal: stop.signal,
        ledger: store,
        soak: platform.deadlines.soak,
        terraform: terraformGateway({
          platform,
          stacks,
          terraform,
          work,
          interrupt,
          today,
          log,
          recordOf: async (stack) => {
            const found = await inFlight.read(stack.name);
            const left = takeoverLines(new Map([[stack.name, found]]), [stack], platform, terraform.command);
            for (const line of left) log(line);
            return creationRecord(stack, found, { store: inFlight, by: settings.holder, sleep, log });
          },
        }),
      });
      await observeOnce(client, wanted);
      if (wanted !== undefined) {
        await changeLedger(store, platform.name, async (ledger) => {
          const known = await adopted(ledger, unknownTo(ledger, wanted), client);
          for (const line of adoptionLines(ledger, known)) log(line);
          const options = {
            id: rolloutId(),
            order: rolloutOrder(units, new Set(wanted)),
            steps: platform.rollout.steps,
            stepsOf: Object.fromEntries(
              units.map(({ name, service }) => [name, rolloutSteps(platform, service)]),
            ),
            again,
            images: settings.images,
            holder: settings.holder,
            lease: settings.lease,
          };
          return startRollout(known, options, google.now());
        });
      }
      return await runRollout(client, settings, google.now, stop);
    });
  } finally {
    interrupt.release();
    unlock();
  }
}

/** "20261121-1352-3f9a": start time and a few random digits. */
function rolloutId(): string {
  const [day = "", time = ""] = new Date().toISOString().split("T");
  return `${day.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}-${randomBytes(2).toString("hex")}`;
}
