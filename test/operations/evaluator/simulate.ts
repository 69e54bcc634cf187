import { aggregated, comparison } from "./condition.ts";
import { logMatches } from "./log-filter.ts";
import type { Json, Stacks } from "./project.ts";
import type { World } from "./series.ts";

const MINUTE = 60;
const A_WEEK = 604800;

/** Whether something fires, minute by minute: element n is minute n + 1. */
export type Timeline = readonly boolean[];

/** A policy over the world's first minutes, as Monitoring evaluates it once a minute. */
export function simulate(stacks: Stacks, policy: Json, world: World, minutes: number): Timeline {
  const autoClose = Number.parseInt(policy.alert_strategy?.auto_close ?? `${A_WEEK}s`, 10);
  const timelines = policy.conditions.map((condition: Json) =>
    conditionTimeline(stacks, condition, world, minutes, autoClose),
  ) as Timeline[];
  return Array.from({ length: minutes }, (_, minute) => {
    const firing = timelines.map((timeline) => timeline[minute] === true);
    return policy.combiner === "AND" ? firing.every(Boolean) : firing.some(Boolean);
  });
}

function conditionTimeline(
  stacks: Stacks,
  condition: Json,
  world: World,
  minutes: number,
  autoClose: number,
): Timeline {
  const ats = Array.from({ length: minutes }, (_, minute) => (minute + 1) * MINUTE);
  const log = condition.condition_matched_log;
  if (log !== undefined) {
    const matched = world.logs.filter((entry) => logMatches(log.filter, entry)).map(({ at }) => at);
    return ats.map((at) => matched.some((time) => time <= at && at - time < autoClose));
  }
  if (condition.condition_absent !== undefined)
    return absenceTimeline(condition.condition_absent, world, ats);
  const compared = comparison(stacks, condition, world);
  if (compared === undefined) throw new Error("a condition of a kind that nobody evaluates");
  const groups = new Map<string, { since: number | undefined; firing: boolean; seen: number }>();
  return ats.map((at) => {
    const values = compared.valuesAt(at);
    for (const group of values.keys())
      if (!groups.has(group)) groups.set(group, { since: undefined, firing: false, seen: at });
    for (const [group, state] of groups) {
      const value = values.get(group);
      if (value !== undefined) state.seen = at;
      const violated =
        value !== undefined
          ? compared.violates(value)
          : compared.missing === "unchanged"
            ? undefined
            : compared.missing === "active";
      if (violated === undefined) {
        // Nothing is known: an open incident stays until it is closed for want of data.
        state.since = undefined;
        if (at - state.seen >= autoClose) state.firing = false;
        continue;
      }
      if (!violated) {
        state.since = undefined;
        state.firing = false;
        continue;
      }
      state.since ??= at;
      if (at - state.since >= compared.duration) state.firing = true;
    }
    return [...groups.values()].filter(({ firing }) => firing).length >= compared.triggerCount;
  });
}

/** Only a series that was there can be missed. */
function absenceTimeline(absent: Json, world: World, ats: readonly number[]): Timeline {
  const valuesAt = aggregated(absent.filter, absent.aggregations[0], world.series);
  const duration = Number.parseInt(absent.duration, 10);
  const seen = new Map<string, number>();
  return ats.map((at) => {
    for (const group of valuesAt(at).keys()) seen.set(group, at);
    return [...seen.values()].some((last) => at - last >= duration);
  });
}
