import type { Issue, Path } from "../issue.ts";
import { type Environment, type Event, pathOf, type Service } from "../schema/environment.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools">;

/** What calls a service, and can be caused by the service itself. */
interface Cause {
  readonly path: Path;
  /** "the bucket uploads", "the topic orders". */
  readonly source: string;
  readonly loopEnds: string | undefined;
  /** How the service causes it; undefined where it does not. */
  readonly caused: { readonly how: string; readonly where: Path } | undefined;
}

/**
 * A service that writes to the bucket whose events it receives, or publishes to the topic whose messages it takes, calls itself for
 * ever, and is billed for it, unless its code ends that: the environment says why it does.
 */
export function endlessLoops(plan: Plan): Issue[] {
  return plan.services.flatMap((service) =>
    causes(service, pathOf(plan, service)).flatMap(({ path, source, loopEnds, caused }): Issue[] => {
      if (caused !== undefined && loopEnds === undefined)
        return [
          {
            path: [...path],
            value: source,
            allowed: `${service.name} ${caused.how}, so that each call may cause the next one, without end`,
            fix: `write elsewhere, or say in loopEnds why its own writes do not call it again: loopEnds: "objects below thumbnails/ are ignored"`,
            uses: [caused.where],
          },
        ];
      if (caused === undefined && loopEnds !== undefined)
        return [
          {
            path: [...path, "loopEnds"],
            value: `"${loopEnds}"`,
            allowed: `${service.name} does not write to ${source}, so that there is no loop`,
            fix: "remove it",
          },
        ];
      return [];
    }),
  );
}

function causes(service: Service, path: Path): Cause[] {
  const { events = [], subscriptions = [] } = service;
  return [
    ...events.map((event, index) => ({
      path: [...path, "events", index],
      source: sourceOf(event),
      loopEnds: event.loopEnds,
      caused:
        event.bucket === undefined ? publishes(service, path, event.topic) : writes(service, path, event),
    })),
    ...subscriptions.map(({ topic, loopEnds }, index) => ({
      path: [...path, "subscriptions", index],
      source: `the topic ${topic}`,
      loopEnds,
      caused: publishes(service, path, topic),
    })),
  ];
}

function sourceOf({ bucket, topic, audit }: Event): string {
  if (bucket !== undefined) return `the bucket ${bucket}`;
  return topic !== undefined ? `the topic ${topic}` : `what ${audit?.service} logs`;
}

function writes({ buckets = [] }: Service, path: Path, { bucket, change }: Event): Cause["caused"] {
  const index = buckets.findIndex((use) => use.bucket === bucket && use.access === "write");
  // Objects that it deletes come to an end by themselves.
  if (index < 0 || change === "deleted") return undefined;
  return {
    how: `writes to ${bucket} and is called by what is written there`,
    where: [...path, "buckets", index],
  };
}

function publishes(
  { publishes: topics = [] }: Service,
  path: Path,
  topic: string | undefined,
): Cause["caused"] {
  const index = topic === undefined ? -1 : topics.indexOf(topic);
  if (index < 0) return undefined;
  return { how: `publishes to ${topic} and is called by its messages`, where: [...path, "publishes", index] };
}
