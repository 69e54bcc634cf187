import { Fragment } from "preact";
import { useId, useState } from "preact/hooks";
import { type Deadline, margin } from "../../platform/budgets/time-budget.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { isJob, type Job, type Service } from "../../platform/schema/environment.ts";
import { usePrinting } from "./page.tsx";
import { count, sentenceCase } from "./text.tsx";

/** Deadlines as bars, each within the one that it must end before. */
export function TimeBudget({ plan }: { readonly plan: PlatformPlan }) {
  const [chosen, setChosen] = useState("");
  const id = useId();
  // A worker pool has no deadline of its own.
  const all = [...plan.services, ...(plan.jobs ?? [])];
  const one = all.find(({ name }) => name === chosen) ?? all[0];
  const { chain, alertWindow } = plan.timeBudget;
  const platform = chain.filter((deadline) => deadline.service === undefined);
  const shown = usePrinting() ? all : one === undefined ? [] : [one];
  // What a start waits for comes first in the chain, its window last.
  const started = platform.findIndex(({ path }) => path[1] === "startupWindow") + 1;
  return (
    <section id="time" aria-labelledby="time-title">
      <h2 id="time-title">Time budget</h2>
      <p class="lead">Each deadline ends before the one that waits for it; the hatched part is its margin.</p>
      <h3>A container starts</h3>
      <Bars
        deadlines={platform.slice(0, started)}
        last={{
          name: "alert on a failed start",
          value: alertWindow,
          note: "looks back over the whole start-up window",
        }}
      />
      {one !== undefined && (
        <h3 class="choice">
          <label for={id}>{all.some(isJob) ? "One service or job:" : "One service:"}</label>{" "}
          <select id={id} value={one.name} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {all.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </h3>
      )}
      {shown.map((workload) => (
        <Fragment key={workload.name}>
          <h3 class="chosen-service">
            {isJob(workload) ? "Job" : "Service"} {workload.name}
          </h3>
          <Bars
            deadlines={chain
              .filter((deadline) => deadline.service === workload.name)
              .map((deadline) => ({ ...deadline, name: deadline.name.replace(`${workload.name}: `, "") }))}
            last={lastOf(workload)}
          />
        </Fragment>
      ))}
      <h3>All the time</h3>
      <Bars deadlines={platform.slice(started)} />
    </section>
  );
}

interface LastBar {
  readonly name: string;
  readonly value: number;
  readonly note: string;
}

/** What everything else of a service or a job ends before. */
function lastOf(workload: Service | Job): LastBar {
  return isJob(workload)
    ? { name: "task timeout", value: workload.timeout, note: "Cloud Run stops the task then" }
    : { name: "request timeout", value: workload.requestTimeout, note: "the load balancer waits 3,600 s" };
}

/** Each row at the scale of its bound where bounds differ widely would not nest: the longest of the group is the scale. */
function Bars({ deadlines, last }: { readonly deadlines: readonly Deadline[]; readonly last?: LastBar }) {
  const whole = Math.max(1, last?.value ?? 0, ...deadlines.flatMap(({ value, bound }) => [value, bound]));
  const width = (time: number): string => `${(time / whole) * 100}%`;
  return (
    <ol class="deadlines">
      {deadlines.map((deadline) => {
        const left = margin(deadline);
        const isBroken = deadline.strict ? left <= 0 : left < 0;
        return (
          <li key={deadline.name} class={isBroken ? "over" : ""}>
            <span class="name">{sentenceCase(deadline.name)}</span>
            <span class="track" aria-hidden="true">
              <span class="margin" style={{ width: width(deadline.bound) }} />
              <span class="value" style={{ width: width(deadline.value) }} />
            </span>
            <span class="figure">
              <strong>{count(deadline.value)} s</strong> of {count(deadline.bound)} s
            </span>
            <span class="headroom">
              {isBroken
                ? `▲ ${left === 0 ? "no margin" : `${count(-left)} s too long`}`
                : `${count(left)} s margin`}
            </span>
            <span class="bound">before {deadline.boundName}</span>
          </li>
        );
      })}
      {last !== undefined && (
        <li>
          <span class="name">{sentenceCase(last.name)}</span>
          <span class="track" aria-hidden="true">
            <span class="value" style={{ width: width(last.value) }} />
          </span>
          <span class="figure">
            <strong>{count(last.value)} s</strong>
          </span>
          <span class="headroom" />
          <span class="bound">{last.note}</span>
        </li>
      )}
    </ol>
  );
}
