import type { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service/index.js";
import { conditional, Fn, Op, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { CANDIDATE_TAG, NO_STABLE } from "../platform/workloads/rollout.ts";

const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";

/**
 * The known good traffic split: 100 % to `stable`, by name, and 0 % to the newest revision behind a tag. An apply
 * alone never gives traffic to a new revision, an apply during a rollout is a rollback, and any other split shows in a
 * plan. Before the first deployment there is no revision to name, and the newest gets all traffic.
 *
 * Cloud Run and Terraform compare the entries in order: rollout/traffic.ts writes them in this one.
 */
export function declaredTraffic(stable: string) {
  const candidate = { type: LATEST, percent: 0, tag: CANDIDATE_TAG };
  if (!Token.isUnresolved(stable)) {
    return stable === NO_STABLE
      ? [{ type: LATEST, percent: 100 }, candidate]
      : [{ type: REVISION, revision: stable, percent: 100 }, candidate];
  }
  const isFirst = Op.eq(stable, NO_STABLE);
  return [
    {
      type: Token.asString(conditional(isFirst, LATEST, REVISION)),
      revision: Token.asString(conditional(isFirst, null, stable)),
      percent: 100,
    },
    candidate,
  ];
}

/**
 * Warns in every plan where the declared revision is not the serving one: after a rollback the traffic is as declared,
 * so that the plan would be empty without a word. A check, because a postcondition would fail the plan that fixes it.
 */
export function checkServing(scope: Construct, service: CloudRunV2Service, stable: string): void {
  const newest = Fn.basename(Fn.coalesce([service.latestReadyRevision, NO_STABLE]));
  const created = Fn.basename(Fn.coalesce([service.latestCreatedRevision, NO_STABLE]));
  TerraformStack.of(scope).addOverride(`check.${scope.node.id}-serves`, {
    assert: [
      {
        condition: Token.asString(Op.or(Op.eq(stable, NO_STABLE), Op.eq(newest, stable))),
        error_message: `The declared revision of ${service.nameInput} does not serve: ${stable} does, and the newest ready revision is ${newest}. A rollout moves traffic to it; after a rollback it waits until the cause is fixed.`,
      },
      {
        condition: Token.asString(Op.eq(newest, created)),
        error_message: `The newest revision of ${service.nameInput}, ${created}, is not ready: it never started. Its log in Cloud Run says why; a plan does not show it.`,
      },
    ],
  });
}
