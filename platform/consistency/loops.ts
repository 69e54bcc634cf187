import type { Issue, Path } from "../issue.ts";
import { type Environment, type Event, pathOf, type Service } from "../schema/environment.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools">;

/**
 * A service that writes to the bucket whose events it receives calls itself for ever, and is billed for it, unless its code ends
 * that: the environment says why it does. Messages of a topic are another matter, as a service says itself what it publishes.
 */
export function endlessLoops(plan: Plan): Issue[] {
  return plan.services.flatMap((service) =>
    (service.events ?? []).flatMap((event, index) => {
      const own = pathOf(plan, service);
      return evaluate(service, event, [...own, "events", index], own);
    }),
  );
}

function evaluate({ name, buckets = [] }: Service, event: Event, path: Path, own: Path): Issue[] {
  const { bucket, change, loopEnds } = event;
  // Objects that it deletes come to an end by themselves.
  const written =
    change === "deleted" ? -1 : buckets.findIndex((use) => use.bucket === bucket && use.access === "write");
  if (written >= 0 && loopEnds === undefined)
    return [
      {
        path,
        value: `of the bucket ${bucket}`,
        allowed: `${name} writes to ${bucket}, too, so that each call may cause the next one, without end`,
        fix: 'write to another bucket, or say why its own writes do not call it again: loopEnds: "objects below thumbnails/ are ignored"',
        uses: [[...own, "buckets", written]],
      },
    ];
  if (written < 0 && loopEnds !== undefined)
    return [
      {
        path: [...path, "loopEnds"],
        value: `"${loopEnds}"`,
        allowed: `${name} causes no such event itself, so that there is no loop`,
        fix: "remove it",
        uses: [[...path, "bucket"]],
      },
    ];
  return [];
}
