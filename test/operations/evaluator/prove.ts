import { seriesFilter } from "./filter.ts";
import { logMatches } from "./log-filter.ts";
import { harmlessLines, logLines } from "./log-lines.ts";
import type { Json, Stacks } from "./project.ts";
import { refusals } from "./refusals.ts";
import { MINUTE, type Scenario, scenarioOf, type Wanted } from "./scenario.ts";
import { simulate } from "./simulate.ts";

const MARGIN = 10;

/** What is wrong with a policy: empty where it fires just beyond its threshold, not just within it, and recovers. */
export function prove(stacks: Stacks, policy: Json): string[] {
  const refused = refusals(stacks, policy);
  if (refused.length > 0) return refused.map((why) => `refused: ${why}`);
  try {
    const quiet = simulate(stacks, policy, { series: [], logs: [] }, MARGIN * 3);
    return [
      ...(quiet.includes(true) ? ["fires before there is any data"] : []),
      ...policy.conditions.flatMap((condition: Json) => proveCondition(stacks, policy, condition)),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function proveCondition(stacks: Stacks, policy: Json, condition: Json): string[] {
  const name = condition.display_name;
  if (condition.condition_matched_log !== undefined) return proveLog(stacks, policy, condition);
  if (condition.condition_absent !== undefined) return proveAbsence(stacks, policy, condition);
  const scenario = scenarioOf(stacks, condition);
  const { beyond, within, most } = scenario;
  if (beyond > most || within < 0)
    return [`${name}: it can never fire, ${beyond} is more than the ${most} there can be`];
  const above = thrice(stacks, policy, scenario, beyond);
  const below = thrice(stacks, policy, scenario, within);
  const idle = silence(stacks, policy, scenario);
  return [
    ...(above.before ? [`${name}: fires while all is well`] : []),
    ...(above.during ? [] : [`${name}: does not fire at ${beyond}`]),
    ...(above.after ? [`${name}: does not recover from ${beyond}`] : []),
    ...(below.ever ? [`${name}: fires at ${within}`] : []),
    ...(idle.includes(true) ? [`${name}: fires when all was well and no data comes any more`] : []),
  ];
}

/** All is well, then the value holds for long enough, then all is well again. */
function thrice(stacks: Stacks, policy: Json, scenario: Scenario, value: number) {
  const length = Math.ceil((longest(stacks, policy, scenario) + duration(policy)) / MINUTE) + MARGIN;
  const wanted: Wanted = (at) => (at > length * MINUTE && at <= 2 * length * MINUTE ? value : scenario.quiet);
  const timeline = simulate(stacks, policy, scenario.world(wanted, 3 * length), 3 * length);
  return {
    before: timeline.slice(0, length).includes(true),
    during: timeline[2 * length - 1] === true,
    after: timeline[3 * length - 1] === true,
    ever: timeline.includes(true),
  };
}

/** All is well, then nothing is reported: a service without requests, or without instances. */
function silence(stacks: Stacks, policy: Json, scenario: Scenario): readonly boolean[] {
  const length = Math.ceil((longest(stacks, policy, scenario) + duration(policy)) / MINUTE) + MARGIN;
  return simulate(
    stacks,
    policy,
    scenario.world(() => scenario.quiet, length),
    2 * length,
  );
}

/** With "AND" every condition must have seen enough, not only the one in question. */
function longest(stacks: Stacks, policy: Json, own: Scenario): number {
  if (policy.combiner !== "AND") return own.window;
  return Math.max(...policy.conditions.map((condition: Json) => scenarioOf(stacks, condition).window));
}

function duration(policy: Json): number {
  const kinds = policy.conditions.flatMap((condition: Json) => Object.values(condition)) as Json[];
  return Math.max(0, ...kinds.map((kind) => Number.parseInt(kind.duration ?? "0", 10)));
}

/** A run every few minutes, then silence, then runs again. */
function proveAbsence(stacks: Stacks, policy: Json, condition: Json): string[] {
  const { condition_absent: absent, display_name: name } = condition;
  const gap = Number.parseInt(absent.duration, 10) / MINUTE;
  const runs = (silence: number) => {
    const end = gap + silence;
    const ats = Array.from({ length: 3 * gap + silence }, (_, minute) => minute + 1).filter(
      (minute) => minute <= gap || minute >= end,
    );
    const points = ats.map((minute) => ({ at: minute * MINUTE, value: 1 }));
    const world = { logs: [], series: [{ ...seriesFilter(absent.filter), points }] };
    return simulate(stacks, policy, world, 3 * gap + silence);
  };
  const silent = runs(gap + 1);
  return [
    ...(silent.slice(0, gap).includes(true) ? [`${name}: fires while runs come`] : []),
    ...(silent.includes(true) ? [] : [`${name}: does not fire after ${gap} minutes of silence`]),
    ...(silent.at(-1) === true ? [`${name}: does not recover with the next run`] : []),
    ...(runs(gap).includes(true) ? [`${name}: fires a minute too early`] : []),
  ];
}

function proveLog(stacks: Stacks, policy: Json, condition: Json): string[] {
  const { display_name: name, condition_matched_log: log } = condition;
  const line = logLines(stacks).find((entry) => logMatches(log.filter, { at: 0, entry }));
  if (line === undefined) return [`${name}: no entry matches, it can never fire`];
  const minutes = Number.parseInt(policy.alert_strategy.auto_close, 10) / MINUTE + MARGIN;
  const timeline = simulate(stacks, policy, { series: [], logs: [{ at: MINUTE, entry: line }] }, minutes);
  const harmless = harmlessLines(stacks).map((entry) => ({ at: MINUTE, entry }));
  return [
    ...(timeline[0] === true ? [] : [`${name}: does not fire with the entry`]),
    ...(timeline.at(-1) === true ? [`${name}: is never closed`] : []),
    ...(simulate(stacks, policy, { series: [], logs: harmless }, MARGIN).includes(true)
      ? [`${name}: fires at entries that mean nothing`]
      : []),
  ];
}
